"""T14 at the public door: a form that another site sends does nothing, whatever it carries."""

import secrets
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from havre.intake.form_tokens import holder_of, minted_token, ticket_for
from havre.intake.rules.receipts import words_of
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from tests import make
from tests.walking import Walker

pytestmark = pytest.mark.django_db
EVERYTHING = Context(actor="station:test", scope=Scope.WORK)
ELSEWHERE = (
    {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "null"},
    {"HTTP_SEC_FETCH_SITE": "same-site", "HTTP_ORIGIN": "null"},
    {"HTTP_ORIGIN": "https://example.com"},
)
STORY = {"happening": "meeting", "story": "He asked me to meet."}


def everything_kept() -> dict[str, str]:
    """A digest of every table, whoever may see it: the log and the drafts too."""
    with acting_as(EVERYTHING), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1"
        )
        tables = [name for (name,) in cursor.fetchall()]
        kept = {}
        for table in tables:
            cursor.execute(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t")
            kept[table] = cursor.fetchone()[0]
    return kept


@pytest.fixture
def secret():
    make.directory()
    held = secrets.token_bytes(10)
    make.report(holder=holder_of(held))
    return held


@pytest.fixture
def walker(secret):
    """Somebody in the middle of the journey, whose browser another site makes send forms."""
    walker = Walker(Client(HTTP_HOST="localhost", enforce_csrf_checks=True))
    walker.walk("check")
    return walker


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_no_form_from_another_site_changes_anything(walker, secret, elsewhere):
    ticket, words = ticket_for(secret), " ".join(words_of(secret, language="en"))
    with clock.clock_set_to(clock.now() - timedelta(seconds=30)):
        token = minted_token()
    sent = {
        "/en/tell/what": {"happening": "threat", "token": token, "begin": "1"},
        "/en/tell/where": {"where_kind": "game"},
        "/en/tell/quick": {"story": "He is here."},
        "/en/tell/check": {},
        "/en/tell/done": {},
        "/en/report": {**STORY, "token": token},
        "/en/report/words": {"token": token},
        "/en/come-back": {"words": words},
        "/en/come-back/add": {"ticket": ticket, "message": "It was at noon."},
        "/en/come-back/withdraw": {"ticket": ticket},
    }
    before = everything_kept()

    answers = {path: walker.client.post(path, fields, **elsewhere) for path, fields in sent.items()}

    assert everything_kept() == before
    assert {a.status_code for a in answers.values()} <= {302, 303, 403, 422}
    for path, answer in answers.items():
        assert b"He asked me to meet on Saturday" not in answer.content, path


@pytest.mark.parametrize(
    "path", ["/en/come-back/withdraw", "/en/come-back/add", "/en/report/words"]
)
def test_what_changes_something_is_never_done_by_opening_an_address(walker, path):
    before = everything_kept()

    assert walker.client.get(path).status_code == 405
    assert everything_kept() == before

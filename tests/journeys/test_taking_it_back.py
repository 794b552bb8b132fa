"""Taking a report back; and words that open nothing look alike, whatever the reason."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake import models
from havre.intake.actions import open_report
from havre.intake.form_tokens import holder_of
from havre.intake.rules.receipts import secret_of, words_of
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from tests.pages import OWN_PAGE, assert_sound, hidden, told, words_on

pytestmark = pytest.mark.django_db
EVERYTHING = Context(actor="station:test", scope=Scope.WORK)


@pytest.fixture
def client() -> Client:
    return Client(HTTP_HOST="localhost")


def words_of_a_report(client: Client) -> str:
    return " ".join(words_on(assert_sound(told(client).content)))


def back(client: Client, words: str):
    return client.post("/en/come-back", {"words": words}, **OWN_PAGE)


def test_a_report_that_is_taken_back_says_so_to_its_readers_and_opens_no_more(client):
    words = words_of_a_report(client)
    ticket = hidden(back(client, words).content, "ticket")

    answer = client.post("/en/come-back/withdraw", {"ticket": ticket}, **OWN_PAGE)
    again = client.post("/en/come-back/withdraw", {"ticket": ticket}, **OWN_PAGE)

    assert_sound(answer.content)
    assert answer.status_code == again.status_code == 200
    assert answer.content == again.content
    assert back(client, words).status_code == 422
    with acting_as(EVERYTHING):
        (report,) = models.Report.objects.all()
        assert Entry.objects.filter(event=Event.REPORT_WITHDRAWN, about=str(report.pk)).count() == 1
    (message,) = open_report(report.reference, by=Station.PIPELINE).messages
    assert (message.from_reporter, message.text) == (True, "I take this report back.")


def test_a_report_is_not_taken_back_from_somebody_else_s_page(client):
    words = words_of_a_report(client)
    ticket = hidden(back(client, words).content, "ticket")

    sent = {"ticket": ticket}
    client.post("/en/come-back/withdraw", sent, HTTP_SEC_FETCH_SITE="cross-site")

    assert back(client, words).status_code == 200


def asked(client: Client, words: str) -> tuple[list[str], bytes, int, list[tuple[str, str]]]:
    """The statements that words lead to, and the page, but for the words themselves."""
    with CaptureQueriesContext(connection) as caught:
        answer = back(client, words)
    statements = [
        re.sub(r"_x\d+", "", one["sql"]).split(" WHERE ")[0][:120]
        for one in caught.captured_queries
    ]
    page = answer.content.replace(words.encode(), b"")
    headers = sorted(one for one in answer.headers.items() if one[0] != "Content-Length")
    return statements, page, answer.status_code, headers


def test_words_that_are_wrong_expired_or_taken_back_make_the_same_statements_and_bytes(client):
    expired, withdrawn = (words_of_a_report(client) for _ in range(2))
    ticket = hidden(back(client, withdrawn).content, "ticket")
    client.post("/en/come-back/withdraw", {"ticket": ticket}, **OWN_PAGE)
    lookups = {one: secret_of(one).secret for one in (expired, withdrawn)}
    assert all(lookups.values())
    with acting_as(Context(actor="test", scope=Scope.RECEIPT, token=lookup_of(expired))):
        ended = clock.now() - timedelta(days=1)
        assert models.Receipt.objects.update(until=ended) == 1
    wrong = " ".join(words_of(b"0123456789", language="en"))

    seen = [asked(client, one) for one in (wrong, expired, withdrawn)]

    assert seen[0][0], "no statement at all would prove nothing"
    assert seen[0] == seen[1] == seen[2]


def lookup_of(words: str) -> str:
    return holder_of(secret_of(words).secret).lookup

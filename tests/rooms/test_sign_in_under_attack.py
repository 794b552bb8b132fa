"""Failed tries slow the next one and never lock; what a stranger learns from them is nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connections
from django.test import Client

from havre.agencies.models import SignInFailure
from havre.agencies.rules.slowing import FREE_FAILURES
from havre.agencies.tries import begin_try
from havre.audit.rules import Event
from havre.plumbing import clock
from tests.pages import assert_sound
from tests.signing_in import (
    CODE,
    ELSEWHERE,
    HERE,
    PASSWORD,
    an_officer,
    later,
    lines,
    signed_in,
    stopped_clock,
    try_password,
    with_totp,
)

__all__ = ["stopped_clock"]
pytestmark = pytest.mark.django_db


def test_after_three_failures_the_next_try_waits_and_is_told_how_long(client):
    an_officer("robin")
    for _ in range(3):
        assert try_password(client, "robin").status_code == 200

    told = try_password(client, "robin", PASSWORD)
    assert told.status_code == 429
    assert told["Retry-After"] == "1"
    assert "Please wait 1 second, then try again." in told.content.decode()
    assert_sound(told.content)
    with later(seconds=1):
        assert try_password(client, "robin", PASSWORD).url == "/en/desk"
    with later(seconds=2):
        assert try_password(Client(), "robin").status_code == 200, "success forgives"


def test_the_wait_is_told_in_french_too(client):
    for _ in range(4):
        answer = client.post("/fr/connexion", {"login": "robin", "password": "non"})
    assert "Veuillez attendre 1 seconde, puis réessayer." in answer.content.decode()


def test_a_colleague_behind_the_same_address_waits_no_second(client):
    """Twenty tries at one officer; the colleague's own first try is heard at once."""
    an_officer("robin")
    an_officer("sasha")
    for _ in range(20):
        try_password(client, "robin")
    assert try_password(client, "robin", PASSWORD).status_code == 429

    assert try_password(Client(), "sasha", PASSWORD).url == "/en/desk"


def test_passkeys_behind_one_address_are_never_slowed(client):
    """A passkey cannot be guessed, so a whole agency may come in within a minute."""
    tries = [client.post("/en/sign-in/passkey", {"credential": "{}"}) for _ in range(15)]
    assert {answer.status_code for answer in tries} == {302}


def test_an_attack_from_elsewhere_adds_nothing_where_the_officer_signed_in_before(client):
    an_officer("robin")
    try_password(client, "robin", PASSWORD)
    for number in range(30):
        begin_try("robin", f"198.51.{number}.10")

    assert try_password(Client(), "robin", PASSWORD).url == "/en/desk"
    assert try_password(Client(), "robin", PASSWORD, ELSEWHERE).status_code == 429
    with later(seconds=5):
        begin_try("robin", "198.51.99.10")
        assert try_password(Client(), "robin", PASSWORD, ELSEWHERE).url == "/en/desk"


def test_guessing_codes_with_a_stolen_password_is_slowed_and_the_password_forgives_nothing():
    with_totp(an_officer("robin"))
    refused = 0
    for _ in range(3):
        browser = Client()
        refused += try_password(browser, "robin", PASSWORD).status_code == 429
        for guess in ("000001", "000002"):
            answer = browser.post(CODE, {"code": guess}, REMOTE_ADDR=HERE)
            refused += answer.status_code == 429
    assert len(lines(Event.SIGN_IN_FAILED)) == 3
    assert refused


def test_an_unknown_name_and_a_closed_account_answer_like_a_wrong_password(client):
    an_officer("robin")
    closed = an_officer("gone")
    closed.is_active = False
    closed.save()

    pages = {
        try_password(client, name, password).content.decode().replace(name, "*")
        for name, password in (("robin", "wrong"), ("nobody", PASSWORD), ("gone", PASSWORD))
    }

    assert len({without_tokens(page) for page in pages}) == 1
    assert len(lines(Event.SIGN_IN_FAILED)) == 3


def without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_the_hasher_runs_for_an_unknown_name_too(client, monkeypatch):
    runs = []
    encode = Argon2PasswordHasher.encode
    monkeypatch.setattr(
        Argon2PasswordHasher, "encode", lambda *a, **k: runs.append(1) or encode(*a, **k)
    )
    try_password(client, "nobody")
    assert runs == [1]


def test_no_address_and_no_name_is_stored_when_a_try_fails(client):
    try_password(client, "robin", address=HERE)

    stored = [bytes(row.digest) for row in SignInFailure.objects.all()]
    assert len(stored) == 2
    assert not any(b"robin" in digest or HERE.encode() in digest for digest in stored)


def test_tries_at_the_present_password_are_slowed_inside_too():
    browser = signed_in(an_officer("robin"))
    typed = {"oldpassword": "wrong", "password1": "gull harbour", "password2": "gull harbour"}
    answers = [browser.post("/en/password", typed).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]


@pytest.mark.real_commits
def test_tries_that_arrive_all_at_once_are_counted_one_after_the_other(real_database):
    """Three are heard; whoever sends twelve in the same moment gains nothing."""

    moment = clock.now()

    def one_try(_number: int) -> bool:
        try:
            with clock.clock_set_to(moment):
                return not isinstance(begin_try("robin", HERE), int)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(12) as pool:
        heard = list(pool.map(one_try, range(12)))

    assert sum(heard) == FREE_FAILURES

"""Signing in: password and second factor, how long it lasts, and its lines in the log."""

import base64

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from havre.agencies.reads import has_second_factor, second_factors_of
from havre.agencies.rules.permits import Role, may
from havre.agencies.tries import account_digest, spend_code
from havre.agencies.views import DESKS
from havre.audit.rules import Event
from tests.pages import assert_sound
from tests.signing_in import (
    CODE,
    PASSWORD,
    SIGN_IN,
    an_officer,
    later,
    lines,
    signed_in,
    stopped_clock,
    totp_code,
    try_password,
    with_totp,
)

__all__ = ["stopped_clock"]
pytestmark = pytest.mark.django_db


def test_a_password_alone_leads_to_the_second_factor_and_the_code_to_the_desk(client):
    officer = with_totp(an_officer("robin"))

    half_way = try_password(client, "robin", PASSWORD)
    assert (half_way.status_code, half_way.url) == (302, CODE)
    assert client.get("/en/desk").url.startswith(SIGN_IN)
    assert not lines(Event.OFFICER_SIGNED_IN)

    through = client.post(CODE, {"code": totp_code()})
    assert (through.status_code, through.url) == (302, "/en/desk")
    assert client.get("/en/desk").url == "/en/second-factor"
    assert [line.about for line in lines(Event.OFFICER_SIGNED_IN)] == [str(officer.pk)]


def test_a_wrong_code_opens_nothing_and_is_written_down_without_what_was_typed(client):
    with_totp(an_officer("robin"))
    try_password(client, "robin", PASSWORD)

    answer = client.post(CODE, {"code": "000000"})

    assert answer.status_code == 200
    assert "This code is not right" in answer.content.decode()
    (line,) = lines(Event.SIGN_IN_FAILED)
    assert (line.about, line.details) == (account_digest("robin").hex(), {"step": "code"})
    assert client.get("/en/desk").url.startswith(SIGN_IN)


def test_a_code_opens_only_once_in_whichever_process_it_is_typed():
    assert spend_code("robin", "123456")
    assert not spend_code("robin", "123456")
    assert spend_code("sasha", "123456")
    with later(minutes=16):
        assert spend_code("robin", "123456")


def test_an_officer_without_a_second_factor_can_only_set_one_up(client):
    an_officer("robin")

    assert try_password(client, "robin", PASSWORD).url == "/en/desk"
    assert client.get("/en/desk").url == "/en/second-factor"
    page = client.get("/en/second-factor")
    assert "A password alone opens nothing here." in page.content.decode()


def test_demo_sign_ins_need_no_second_factor(client, settings):
    settings.DEMO = True
    an_officer("robin")

    try_password(client, "robin", PASSWORD)

    assert client.get("/en/password").status_code == 200


def test_an_older_sign_in_by_password_alone_ends_when_a_second_factor_is_set_up(client):
    officer = an_officer("robin")
    try_password(client, "robin", PASSWORD)
    with_totp(officer)

    answer = client.get("/en/second-factor")

    assert answer.url.startswith(SIGN_IN)
    assert lines(Event.OFFICER_SIGNED_OUT)[0].details == {"why": "second-factor-newer"}


def test_setting_up_an_app_takes_the_password_again_and_a_first_code(client):
    officer = an_officer("robin")
    try_password(client, "robin", PASSWORD)

    asked = client.get("/en/second-factor/app")
    assert asked.url.startswith("/en/confirm")
    client.post(asked.url, {"password": PASSWORD})
    page = client.get("/en/second-factor/app")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    wrong = client.post("/en/second-factor/app", {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    done = client.post("/en/second-factor/app", {"code": totp_code(secret)})

    assert done.url == "/en/second-factor/recovery-codes"
    (app,) = second_factors_of(officer.pk)
    assert secret not in str(app.data), "the secret is stored wrapped"
    kinds = [line.details["kind"] for line in lines(Event.AUTHENTICATOR_ADDED)]
    assert sorted(kinds) == ["recovery_codes", "totp"]
    assert client.get("/en/desk").url == "/en/second-factor", "this session has shown it"


def test_a_recovery_code_opens_the_account_once(client):
    officer = an_officer("robin")
    browser = signed_in(officer)
    again = browser.get("/en/second-factor/recovery-codes/new").url
    browser.post(again, {"password": PASSWORD})
    browser.post("/en/second-factor/recovery-codes/new")
    code = browser.get("/en/second-factor/recovery-codes").context["unused_codes"][0]

    try_password(client, "robin", PASSWORD)
    assert client.post(CODE, {"code": code}).url == "/en/desk"
    second = Client()
    try_password(second, "robin", PASSWORD)
    assert second.post(CODE, {"code": code}).status_code == 200


def test_the_only_second_factor_cannot_be_removed():
    officer = an_officer("robin")
    browser = signed_in(officer)
    browser.post(browser.get("/en/second-factor/app/remove").url, {"password": PASSWORD})

    answer = browser.post("/en/second-factor/app/remove")

    assert "This is your only second factor." in answer.content.decode()
    assert len(second_factors_of(officer.pk)) == 1


def test_signing_out_is_written_down_and_half_way_in_can_be_broken_off(client):
    officer = an_officer("robin")
    browser = signed_in(officer)
    assert browser.get("/en/sign-out").status_code == 200
    assert browser.post("/en/sign-out").url == SIGN_IN
    assert lines(Event.OFFICER_SIGNED_OUT)[0].details == {"why": "asked"}

    try_password(client, "robin", PASSWORD)
    assert client.get(SIGN_IN).url == CODE
    client.post("/en/sign-out", {"next": SIGN_IN})
    assert client.get(SIGN_IN).status_code == 200


@pytest.mark.parametrize(("away", "why"), [({"minutes": 30}, "idle"), ({"hours": 8}, "too-long")])
def test_a_sign_in_runs_out(away, why):
    browser = signed_in(an_officer("robin"))
    assert browser.get("/en/second-factor").status_code == 200

    with later(**away):
        answer = browser.get("/en/second-factor", follow=True)

    assert answer.redirect_chain[0][0] == f"{SIGN_IN}?next=%2Fen%2Fsecond-factor"
    assert "You were signed out" in answer.content.decode()
    assert lines(Event.OFFICER_SIGNED_OUT)[0].details == {"why": why}


def test_a_page_that_refreshes_itself_is_no_person_at_the_desk():
    browser = signed_in(an_officer("robin"))
    polls = {"HTTP_HX_REQUEST": "true"}
    with later(minutes=29):
        assert browser.get("/en/second-factor", **polls).status_code == 200
    with later(minutes=31):
        answer = browser.get("/en/second-factor", **polls)
    assert answer["HX-Redirect"] == SIGN_IN

    browser = signed_in(an_officer("sasha"))
    with later(minutes=29):
        browser.get("/en/second-factor")
    with later(minutes=31):
        assert browser.get("/en/second-factor").status_code == 200


def test_an_officer_arrives_at_a_desk_in_their_own_language(client):
    with_totp(an_officer("robin", language="fr"))
    try_password(client, "robin", PASSWORD)
    assert client.post(CODE, {"code": totp_code()}).url == "/fr/bureau"


def test_whoever_was_sent_to_sign_in_comes_back_to_the_page(client):
    with_totp(an_officer("robin"))
    sent = client.get("/en/password").url
    client.post(sent, {"login": "robin", "password": PASSWORD})
    assert client.post(CODE, {"code": totp_code()}).url == "/en/password"


def test_a_new_password_needs_the_present_one_and_must_not_be_common():
    browser = signed_in(an_officer("robin"))

    def change(old: str, new: str):
        typed = {"oldpassword": old, "password1": new, "password2": new}
        return browser.post("/en/password", typed)

    assert "This is not your present password." in change("wrong", "x" * 20).content.decode()
    assert change(PASSWORD, "password1234").status_code == 200
    assert change(PASSWORD, "gull harbour rope 7").url == "/en/second-factor"
    assert browser.get("/en/second-factor").status_code == 200, "this session goes on"
    assert len(lines(Event.PASSWORD_CHANGED)) == 1
    assert len(lines(Event.SIGN_IN_FAILED)) == 1


@pytest.mark.parametrize("address", ["/en/sign-in", "/en/desk", "/fr/connexion"])
def test_staff_pages_stand_at_a_name_because_passkeys_refuse_a_bare_address(client, address):
    answer = client.get(f"{address}?a=1", headers={"host": "127.0.0.1:8123"})
    assert answer.url == f"http://localhost:8123{address}?a=1"


def test_public_pages_stay_at_the_address_they_were_asked_at(client):
    assert client.get("/en/", headers={"host": "127.0.0.1:8123"}).status_code == 200


def test_somebody_else_s_passkey_is_like_one_that_is_not_there():
    browser, other = signed_in(an_officer("robin")), with_totp(an_officer("sasha"))
    theirs = second_factors_of(other.pk)[0].pk
    again = browser.get(f"/en/second-factor/passkeys/{theirs}/rename").url
    browser.post(again, {"password": PASSWORD})

    for pk in (theirs, 10**9):
        for act in ("rename", "remove"):
            answer = browser.get(f"/en/second-factor/passkeys/{pk}/{act}")
            assert answer.status_code == 404


PAGES = (
    "account_login",
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_sign_in_is_sound_in_both_languages(client, name, language):
    with override(language):
        address, confirm = reverse(name), reverse("account_reauthenticate")
    browser = client
    if name != "account_login":
        officer = an_officer("robin", language=language)
        browser = client if name == "mfa_activate_totp" else signed_in(officer, client)
        if name == "mfa_activate_totp":
            client.force_login(officer)
        if name != "account_reauthenticate":
            browser.post(confirm, {"password": PASSWORD})
    if name == "mfa_view_recovery_codes":
        with override(language):
            browser.post(reverse("mfa_generate_recovery_codes"))

    answer = browser.get(address)

    assert answer.status_code == 200
    tree = assert_sound(answer.content)
    assert tree.get("lang") == language


def test_our_app_for_tests_shows_the_code_of_rfc_6238():
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert totp_code(secret, at=59) == "287082"


@pytest.mark.parametrize(
    ("role", "name"),
    [
        (Role.TIPLINE_ANALYST, "queue"),
        (Role.DETECTIVE, "inbox"),
        (Role.AUDITOR, "log"),
        (Role.OUTREACH_OFFICER, "mfa_index"),
    ],
)
def test_everybody_s_desk_is_where_their_work_begins(role, name):
    assert next(desk for permit, desk in DESKS if may(role, permit)) == name
    assert reverse(name)


def test_every_role_has_a_desk():
    for role in Role:
        assert any(may(role, permit) for permit, _name in DESKS), role


def test_the_sign_in_of_an_account_that_is_closed_is_nobody_s():
    officer = an_officer("robin", role=Role.DETECTIVE)
    browser = signed_in(officer)
    assert browser.get("/en/inbox").status_code == 200
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    assert browser.get("/en/inbox").url.startswith("/en/sign-in")


def test_recovery_codes_without_an_app_or_a_passkey_are_no_second_factor():
    officer = an_officer("robin")
    RecoveryCodes.activate(officer)
    assert not has_second_factor(officer)
    assert has_second_factor(with_totp(officer))

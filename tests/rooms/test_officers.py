"""Officers' accounts: added, changed, closed, helped back in; by whom, and what it leaves."""

import re
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from havre.agencies.actions import add_officer
from havre.agencies.models import Officer
from havre.agencies.rules.permits import Compartment, Role, WrongPlaceError
from havre.agencies.staff import actions
from havre.agencies.staff.reads import ROWS
from havre.agencies.staff.rules import ONE_TIME_LASTS, OfficerRefusedError, Refusal
from havre.audit.rules import Event, Station
from havre.triage.actions import AlreadyClaimedError, claim_report
from havre.wiring.cli import make_parser
from havre.wiring.commands.officers import keep_officers
from havre.wiring.commands.up import UpRefusedError
from tests import make
from tests.house.doors import as_bare
from tests.pages import assert_sound
from tests.signing_in import (
    CODE,
    PASSWORD,
    SIGN_IN,
    later,
    lines,
    stopped_clock,
    totp_code,
    try_password,
    with_totp,
)

__all__ = ["stopped_clock"]
pytestmark = pytest.mark.django_db
OWN = "gull harbour rope 7"
ACTS = ("close_officer", "reopen_officer", "reset_password", "reset_second_factor")


@pytest.fixture
def harbor():
    return make.directory()


@pytest.fixture
def admin(harbor) -> Officer:
    return make.officer(make.the_tipline(), Role.PLATFORM_ADMIN)


@pytest.fixture
def sergeant(harbor) -> Officer:
    return make.officer(harbor, Role.AGENCY_SUPERVISOR)


def added(by: Officer, agency, role: Role = Role.DETECTIVE, username: str = "r.gagnon"):
    return actions.add_with_one_time_password(
        username, name="Robin Gagnon", agency=agency, role=role, language="en", by=by
    )


def fresh(officer: Officer) -> Officer:
    return Officer.objects.select_related("agency").get(pk=officer.pk)


def at(name: str, officer_id: UUID, language: str = "en") -> str:
    with override(language):
        return reverse(name, kwargs={"officer_id": officer_id})


def refusal_of(act, *args, **kwargs) -> Refusal:
    with pytest.raises(OfficerRefusedError) as caught:
        act(*args, **kwargs)
    return caught.value.refusal


@pytest.mark.parametrize("role", [Role.TIPLINE_ANALYST, Role.SUPERVISOR, Role.PLATFORM_ADMIN])
def test_the_first_way_to_add_an_officer_refuses_a_desk_role_elsewhere_too(harbor, role):
    with pytest.raises(WrongPlaceError, match="of the kind police"):
        add_officer("x.y", name="X", agency=harbor, role=role, password=None, by=Station.SET_UP)
    assert not Officer.objects.filter(username="x.y").exists()


def test_a_new_officer_exchanges_the_one_time_password_before_anything_else(admin, harbor):
    made = added(admin, harbor)
    client = Client()

    assert try_password(client, "r.gagnon", made.password).url == "/en/desk"
    for page in ("/en/desk", "/en/second-factor", "/en/inbox"):
        assert client.get(page).url == "/en/password", page
    told = client.get("/en/password")
    assert "Your password was made for you" in told.content.decode()

    def change(new: str):
        typed = {"oldpassword": made.password, "password1": new, "password2": new}
        return client.post("/en/password", typed)

    assert "Choose another password" in change(made.password).content.decode()
    assert change(OWN).url == "/en/second-factor"
    assert client.get("/en/inbox").url == "/en/second-factor"
    with_totp(made.officer)
    again = Client()
    assert try_password(again, "r.gagnon", OWN).url == CODE
    again.post(CODE, {"code": totp_code()})
    assert again.get("/en/inbox").status_code == 200
    assert "not right" in try_password(Client(), "r.gagnon", made.password).content.decode()


def test_a_one_time_password_whose_time_is_up_is_like_a_wrong_one(admin, harbor):
    made = added(admin, harbor)
    with later(days=ONE_TIME_LASTS.days):
        answer = try_password(Client(), "r.gagnon", made.password)
        assert answer.status_code == 200
        assert "not right" in answer.content.decode()
        again = actions.reset_password(made.officer.pk, by=admin)
        assert try_password(Client(), "r.gagnon", again.password).url == "/en/desk"
    assert len(lines(Event.SIGN_IN_FAILED)) == 1


def test_a_name_is_taken_in_whatever_letters(admin, harbor):
    added(admin, harbor, username="r.gagnon")
    assert refusal_of(added, admin, harbor, username="R.Gagnon") is Refusal.NAME_TAKEN


def test_closing_ends_the_sign_in_at_once_and_opening_again_does_not_revive_it(admin, harbor):
    officer = make.officer(harbor)
    browser = make.browser(officer)
    browser.post("/en/confirm", {"password": PASSWORD})
    client = Client()
    try_password(client, officer.username, PASSWORD)
    client.post(CODE, {"code": totp_code()})
    assert client.get("/en/inbox").status_code == 200

    with later(minutes=1):
        actions.close_officer(officer.pk, by=admin)
        assert client.get("/en/inbox").url.startswith(SIGN_IN)
        assert "not right" in try_password(Client(), officer.username, PASSWORD).content.decode()
        actions.reopen_officer(officer.pk, by=admin)
        assert client.get("/en/inbox").url.startswith(SIGN_IN)
    with later(minutes=2):
        assert try_password(Client(), officer.username, PASSWORD).url == CODE
    closed, opened = lines(Event.OFFICER_CLOSED), lines(Event.OFFICER_REOPENED)
    assert [line.about for line in (*closed, *opened)] == [str(officer.pk)] * 2


def test_a_report_in_the_hands_of_who_was_closed_is_free_to_be_claimed(admin):
    report = make.report()
    gone, analyst = make.analyst(), make.analyst()
    claim_report(report.reference, by=gone)
    with pytest.raises(AlreadyClaimedError):
        claim_report(report.reference, by=analyst)

    actions.close_officer(gone.pk, by=admin)

    page = make.browser(analyst).get("/en/queue").content.decode()
    assert f'Claim<span class="hide"> {report.reference}' in page
    claim_report(report.reference, by=analyst)


def test_a_lost_second_factor_is_reset_and_the_next_sign_in_sets_up_another(admin, harbor):
    officer = with_totp(make.officer(harbor))
    client = Client()
    try_password(client, officer.username, PASSWORD)
    client.post(CODE, {"code": totp_code()})
    assert client.get("/en/inbox").status_code == 200

    with later(minutes=1):
        actions.reset_second_factor(officer.pk, by=admin)
        assert not Authenticator.objects.filter(user=officer).exists()
        said = client.get("/en/inbox", follow=True)
        assert "Your sign-in was ended for you." in said.content.decode()
    with later(minutes=2):
        again = Client()
        assert try_password(again, officer.username, PASSWORD).url == "/en/desk"
        assert again.get("/en/inbox").url == "/en/second-factor"
    (taken,) = lines(Event.AUTHENTICATOR_REMOVED)
    assert taken.actor == admin.signature
    assert lines(Event.OFFICER_SIGNED_OUT)[0].details == {"why": "by-keeper"}
    refusal = refusal_of(actions.reset_second_factor, admin.pk, by=admin)
    assert refusal is Refusal.ONESELF


def test_a_new_role_holds_from_the_next_click_on(admin, harbor):
    officer = make.officer(harbor)
    browser = make.browser(officer)
    assert browser.get("/en/inbox").status_code == 200

    actions.change_officer(officer.pk, role=Role.RESEARCHER, language="fr", by=admin)

    assert browser.get("/en/inbox").status_code == 404
    assert fresh(officer).language == "fr"
    (line,) = lines(Event.OFFICER_CHANGED)
    assert line.details["role_before"] == Role.DETECTIVE


def test_compartments_are_opened_by_an_administrator_alone(admin):
    leader = make.officer(make.the_tipline(), Role.SUPERVISOR)
    analyst = make.analyst()
    both = [Compartment.GENERAL, Compartment.TRAFFICKING]
    change = {"role": Role.TIPLINE_ANALYST, "language": "en", "compartments": both}

    refusal = refusal_of(actions.change_officer, analyst.pk, **change, by=leader)
    assert refusal is Refusal.COMPARTMENT_NOT_YOURS
    actions.change_officer(analyst.pk, **change, by=admin)
    assert fresh(analyst).context.compartments == "general,trafficking"
    refusal = refusal_of(actions.reset_password, analyst.pk, by=leader)
    assert refusal is Refusal.ABOVE_YOU


def test_the_last_administrator_is_not_closed_even_from_the_machine(admin):
    second = make.officer(make.the_tipline(), Role.PLATFORM_ADMIN)
    actions.close_officer(second.pk, by=admin)
    refusal = refusal_of(actions.close_officer, admin.pk, by=Station.SET_UP)
    assert refusal is Refusal.LAST_ADMIN
    actions.reopen_officer(second.pk, by=admin)
    actions.close_officer(admin.pk, by=second)
    assert not fresh(admin).is_active


def test_a_supervisor_finds_the_own_agency_s_officers_and_nobody_else(sergeant, admin, harbor):
    ours = make.officer(harbor)
    theirs = make.officer(make.agency("valley-police"))
    browser = make.browser(sergeant)

    shown = {row.officer.pk for row in actions.read_officers(by=sergeant).rows}
    assert shown == {ours.pk, sergeant.pk}
    assert theirs.pk in {row.officer.pk for row in actions.read_officers(by=admin).rows}
    assert browser.get(at("officer", ours.pk)).status_code == 200
    for act in (*ACTS, "change_officer", "officer"):
        missing = browser.get(at(act, uuid4()))
        foreign = browser.get(at(act, theirs.pk))
        assert foreign.status_code == 404
        assert as_bare(foreign) == as_bare(missing), act
    with pytest.raises(Officer.DoesNotExist):
        actions.close_officer(theirs.pk, by=sergeant)
    before = lines(Event.OFFICER_ADDED)
    given = {"name": "X", "username": "x.y", "role": "detective", "language": "en"}
    answer = browser.post("/en/officers/add", given | {"agency": theirs.agency.code})
    assert answer.status_code == 422
    assert lines(Event.OFFICER_ADDED) == before


def test_the_one_time_password_is_shown_once_and_is_in_no_line_of_the_log(sergeant, harbor):
    browser = make.browser(sergeant)
    typed = {"name": "Sam Roy", "username": "s.roy", "role": "detective", "language": "fr"}

    answer = browser.post("/en/officers/add", typed | {"agency": harbor.code})

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    made = answer.context["made"]
    assert f'id="one-time-password">{made.password}<' in answer.content.decode()
    page = browser.get(at("officer", made.officer.pk)).content.decode()
    assert made.password not in page
    assert "Officer added" in page
    assert not [
        line for event in Event for line in lines(event) if made.password in str(line.details)
    ]
    taken = browser.post("/en/officers/add", typed | {"agency": harbor.code})
    assert taken.status_code == 422
    assert "Somebody signs in by this name already." in taken.content.decode()


def test_a_list_is_sought_narrowed_and_turned_over(admin, harbor):
    for number in range(ROWS + 1):
        add_officer(
            f"pier-{number:03}",
            name=f"Pier {number}",
            agency=harbor,
            role=Role.DETECTIVE,
            password=None,
            by=Station.SET_UP,
        )
    closed = Officer.objects.get(username="pier-007")
    actions.close_officer(closed.pk, by=admin)
    browser = make.browser(admin)

    first = browser.get("/en/officers?sought=PIER&agency=harbor-police&role=detective")
    assert (len(first.context["page"].rows), first.context["page"].chosen) == (ROWS, ROWS + 1)
    second = browser.get(f"/en/officers?sought=pier&after={first.context['page'].next}")
    assert [row.officer.username for row in second.context["page"].rows] == [f"pier-{ROWS:03}"]
    shut = browser.get("/en/officers?state=closed")
    assert [row.officer for row in shut.context["page"].rows] == [closed]
    nobody = browser.get("/fr/agents?sought=personne-ici")
    assert "Aucun compte" in nobody.content.decode()
    assert all("pier" not in str(line.details).lower() for line in lines(Event.OFFICERS_READ))


def test_one_s_own_account_offers_its_language_alone(sergeant):
    browser = make.browser(sergeant)
    page = browser.get(at("officer", sergeant.pk)).content.decode()
    assert "This is your own account." in page
    assert at("reset_password", sergeant.pk) not in page
    form = browser.get(at("change_officer", sergeant.pk)).context["form"]
    assert form.fields["role"].choices == [("agency-supervisor", "Agency supervisor")]
    typed = {"role": "agency-supervisor", "language": "fr"}
    assert browser.post(at("change_officer", sergeant.pk), typed).status_code == 302
    assert fresh(sergeant).language == "fr"
    for act in ACTS:
        assert browser.post(at(act, sergeant.pk)).status_code == 422, act
    assert fresh(sergeant).is_active


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_an_account_is_sound_in_both_languages(admin, harbor, language):
    officer = added(admin, harbor).officer
    browser = make.browser(admin)
    with override(language):
        addresses = [reverse("officers"), reverse("add_officer")]
    addresses += [at(name, officer.pk, language) for name in ("officer", "change_officer", *ACTS)]
    for address in addresses:
        tree = assert_sound(browser.get(address).content)
        assert tree.get("lang") == language


def typed(*words: str) -> None:
    keep_officers(make_parser().parse_args(["officers", *words]))


def test_the_very_first_administrator_is_added_at_the_machine_and_signs_in(harbor, capsys):
    typed("add", "k.larsen", "--name", "Kit Larsen", "--language", "fr")

    said = capsys.readouterr().out
    password = re.search(r"one-time password +(\S+)", said).group(1)
    officer = Officer.objects.select_related("agency").get(username="k.larsen")
    assert (officer.role, officer.agency) == (Role.PLATFORM_ADMIN, make.the_tipline())
    assert try_password(Client(), "k.larsen", password).url == "/fr/bureau"
    (line,) = lines(Event.OFFICER_ADDED)
    assert line.actor == Station.SET_UP.signature

    with_totp(officer)
    with later(minutes=1):
        typed("reset-second-factor", "K.Larsen")
        typed("reset-password", "k.larsen")
    assert not Authenticator.objects.filter(user=officer).exists()
    assert "one-time password" in capsys.readouterr().out
    for words, why in (
        (("close", "k.larsen"), "last platform administrator"),
        (("close", "nobody"), "Nobody signs in as nobody"),
        (("add", "K L", "--name", "K"), "small letters"),
        (("add", "k.larsen", "--name", "K"), "by this name already"),
        (("add", "k.l", "--name", "K", "--role", "king"), "no role king"),
        (("add", "k.l", "--name", "K", "--agency", "nowhere"), "no agency nowhere"),
        (("add", "k.l", "--name", "K", "--agency", harbor.code), "no such role in this agency"),
    ):
        with pytest.raises(UpRefusedError, match=why):
            typed(*words)
    typed("add", "second", "--name", "Second")
    typed("close", "k.larsen")
    assert not fresh(officer).is_active

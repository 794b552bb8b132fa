"""A guest of an agency is not one of its own: it receives nobody and gives nothing away."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from havre.agencies.models import Officer
from havre.agencies.reads import the_tipline
from havre.agencies.rules.permits import Role
from havre.agencies.secondments import actions
from havre.agencies.secondments.rules import Refusal
from havre.agencies.staff.actions import reset_password
from havre.audit.rules import Station
from havre.cases.actions import open_case
from havre.cases.models import Case, Grant
from havre.cases.operations.actions import invite_partner, plan_operation
from havre.cases.operations.models import Partner
from havre.cases.rules.access import AlsoTheirsError, GrantKind
from havre.cases.sharing.actions import hand_over_case, share_case
from havre.plumbing import clock
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.referrals.actions import accept_referral, open_referral
from havre.referrals.inbox.actions import hand_over
from havre.referrals.records.actions import issue_system_key
from havre.referrals.sending.actions import note_conflict
from tests import make
from tests.lending import MOMENT, NOW, OVER, Town, a_town, choose, place_at, refused

IN_WORDS = {
    "en": "You belong to that agency too. Nothing was changed",
    "fr": "Vous êtes aussi de ce service.",
}
RECORDS = "/records/v1/referrals"
AT = {"en": ("cases", "share"), "fr": ("dossiers", "partage")}


@pytest.fixture
def town(db) -> Iterator[Town]:
    with clock_set_to(NOW):
        yield a_town()


def at_the_tipline(town: Town) -> tuple[Officer, Officer]:
    """The desk's own supervisor, and one who comes from the harbor."""
    tipline = the_tipline()
    own = make.officer(tipline, Role.SUPERVISOR)
    return own, place_at(make.officer(town.harbor), tipline, Role.SUPERVISOR)


def test_a_guest_receives_nobody_from_home_in_the_host_s_name(town):
    """One agency would stand on both sides, and fill the desk with its own."""
    own, guest = at_the_tipline(town)
    asked = town.ask(host=the_tipline(), role=Role.TIPLINE_ANALYST)
    assert refused(actions.agree_secondment, asked.pk, by=guest) is Refusal.NOT_YOURS
    assert actions.agree_secondment(asked.pk, by=own).place is not None


def test_nor_asks_at_the_host_for_what_home_then_agrees_to(town):
    own, guest = at_the_tipline(town)
    agreed = actions.agree_secondment(
        town.ask(host=the_tipline(), role=Role.TIPLINE_ANALYST).pk, by=own
    )
    last = agreed.last_day + timedelta(days=5)
    asked = actions.ask_renewal(agreed.pk, last=last, by=guest)
    assert refused(actions.agree_secondment, asked.pk, by=town.lender) is Refusal.NOT_YOURS


def test_a_guest_lets_nobody_in_again_whom_home_has_reset(town):
    own, guest = at_the_tipline(town)
    agreed = actions.agree_secondment(
        town.ask(host=the_tipline(), role=Role.TIPLINE_ANALYST).pk, by=own
    )
    reset_password(town.detective.pk, by=town.lender)
    assert refused(actions.let_in_again, agreed.pk, by=guest) is Refusal.NOT_YOURS
    # Nor does the page offer it to a guest, who may end it as before.
    guests = make.browser(guest.person)
    choose(guests, guest)
    for browser, is_offered in ((guests, False), (make.browser(own), True)):
        page = browser.get(f"/en/secondments/{agreed.pk}").content.decode()
        assert ('value="let-in"' in page) is is_offered
        assert 'value="end"' in page
    actions.let_in_again(agreed.pk, by=own)
    assert town.place().is_here


def test_whoever_belongs_to_two_agencies_gives_no_case_of_one_to_the_other(town):
    town.lend()
    place, until = town.place(), clock.now() + timedelta(days=30)
    town.detective.refresh_from_db()
    for giver, to in ((place, town.harbor), (town.detective, town.valley)):
        case = open_case("Pier", by=giver).reference
        for kind in GrantKind:
            with pytest.raises(AlsoTheirsError):
                share_case(case, to=to, until=until, kind=kind, by=giver)
        with pytest.raises(AlsoTheirsError):
            hand_over_case(case, to=to, by=giver)
        operation = plan_operation("Fog", "Harbor Chat", by=giver).reference
        with pytest.raises(AlsoTheirsError):
            invite_partner(operation, to=to, by=giver)
    with acting_as(Station.SET_UP.context):
        assert not Grant.objects.exists()
        assert not Partner.objects.exists()
        assert Case.objects.count() == len((place, town.detective))


def test_to_a_third_agency_they_do_as_everybody_there(town):
    town.lend()
    place, third = town.place(), make.agency("shore-police")
    case = open_case("Pier", by=place).reference
    share_case(
        case, to=third, until=clock.now() + timedelta(days=30), kind=GrantKind.JOINT, by=place
    )
    assert hand_over_case(case, to=third, by=place).agency == third


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_says_who_can(town, language):
    town.lend()
    place, browser = town.place(), make.browser(town.detective)
    case = open_case("Pier", by=place).reference
    choose(browser, place)
    day = (clock.now() + timedelta(days=30)).date().isoformat()
    typed = {"to": town.harbor.code, "until": day, "kind": "joint"}
    where, share = AT[language]
    answer = browser.post(f"/{language}/{where}/{case}/{share}", typed, follow=True)
    assert IN_WORDS[language] in answer.content.decode()


def test_nothing_that_names_somebody_at_home_is_put_into_a_guest_s_hands(town):
    """They could not open it, and nobody would know that it lies there."""
    town.lend()
    place, analyst = town.place(), make.analyst()
    sent = [make.referral(make.report(), to=town.valley, by=analyst) for _each in range(2)]
    note_conflict(sent[0].report, agency=town.harbor, by=analyst)
    told, other = (one.reference for one in sent)
    own = make.officer(town.valley)
    for reference in (told, other):
        open_referral(reference, by=own)
        accept_referral(reference, by=own)
    typed = {"to": place.username, "note": "She is in school on Monday."}
    refusal = make.browser(own).post(f"/en/referrals/{told}/hand-over", typed)
    assert refusal.status_code == 422
    assert "Choose a colleague from the list." in refusal.content.decode()
    with pytest.raises(Officer.DoesNotExist):
        hand_over(told, to=place.username, note="-", by=own)
    assert hand_over(told, to=own.username, note="-", by=own).assigned_to == own
    assert hand_over(other, to=place.username, note="-", by=own).assigned_to == place


def test_a_key_that_a_guest_answers_for_opens_nothing_once_their_time_is_over(town):
    town.lend()
    _row, shown = issue_system_key("Files", officer=town.place().username, by=town.receiver)
    asks = {"HTTP_AUTHORIZATION": f"Bearer {shown}"}
    assert Client().get(RECORDS, **asks).status_code == 200
    with clock_set_to(OVER - MOMENT):
        assert Client().get(RECORDS, **asks).status_code == 200
    with clock_set_to(OVER):
        assert Client().get(RECORDS, **asks).status_code == 401

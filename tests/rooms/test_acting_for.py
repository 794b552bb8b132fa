"""Whoever is on secondment acts for one agency at a time, and for it no longer than agreed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.test import Client

from havre.agencies.models import Officer
from havre.agencies.reads import the_tipline
from havre.agencies.rules.permits import Role
from havre.agencies.secondments import actions
from havre.agencies.secondments.models import Secondment
from havre.agencies.secondments.rules import Refusal, State
from havre.agencies.staff.actions import close_officer, reset_password, reset_second_factor
from havre.audit.rules import Event, Station
from havre.cases.actions import mark_case, open_case
from havre.cases.contents.actions import set_task
from havre.cases.leaving.actions import read_left
from havre.cases.models import Case
from havre.identifiers.rules.words import Kind
from havre.links.watches.actions import Terms, add_watch, end_watch
from havre.links.watches.rules import Authority, Purpose, Tells
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.referrals.actions import accept_referral, record_outcome
from havre.referrals.models import Referral
from havre.referrals.rules.outcomes import Disposition
from havre.triage.duty.actions import set_shifts
from havre.triage.duty.models import Shift
from havre.triage.duty.reads import standing_shifts
from havre.triage.duty.rules.shifts import Refusal as ShiftRefusal
from havre.triage.duty.rules.shifts import ShiftRefusedError
from havre.wiring.sweeps.secondments import settle_secondments
from tests import make
from tests.lending import (
    LAST,
    MOMENT,
    NOW,
    OVER,
    TODAY,
    Town,
    a_town,
    choose,
    lines,
    refused,
    seen_by,
    state_of,
)
from tests.pages import assert_sound


@pytest.fixture
def town(db) -> Iterator[Town]:
    with clock_set_to(NOW):
        yield a_town()


def test_acting_for_one_agency_shows_nothing_of_the_other(town):
    """By raw SQL, for A, for B and after the end."""
    town.lend()
    place = town.place()
    ours, theirs = (
        make.referral(make.report(), to=agency, by=make.analyst())
        for agency in (town.harbor, town.valley)
    )
    at_home = open_case("Pier at home", by=town.detective)
    away = open_case("Pier away", by=place)

    def reports(officer: Officer) -> list[str]:
        with acting_as(officer.context), connection.cursor() as cursor:
            return [
                row[0] for row in cursor.execute("SELECT reference FROM intake_report").fetchall()
            ]

    def cases(officer: Officer) -> list[str]:
        with acting_as(officer.context), connection.cursor() as cursor:
            return [row[0] for row in cursor.execute("SELECT reference FROM cases_case").fetchall()]

    assert reports(town.detective) == [ours.report.reference]
    assert reports(place) == [theirs.report.reference]
    assert (cases(town.detective), cases(place)) == ([at_home.reference], [away.reference])
    assert list(Referral.objects.visible_to(town.detective).values_list("pk", flat=True)) == []

    with clock_set_to(OVER):
        assert set(seen_by(place).values()) == {0}
        assert cases(town.detective) == [at_home.reference]
        with pytest.raises(ProgrammingError):
            open_case("Too late", by=place)
    with clock_set_to(OVER - MOMENT):
        assert cases(place) == [away.reference]


def test_what_was_made_there_stays_there(town):
    town.lend()
    case = open_case("Pier away", by=town.place())
    with clock_set_to(OVER):
        settle_secondments()
        with acting_as(town.receiver.context):
            kept = Case.objects.visible_to(town.receiver).get(reference=case.reference)
            assert kept.opened_by == town.place()
        with acting_as(town.detective.context):
            assert not Case.objects.visible_to(town.detective).exists()


def test_each_line_of_the_log_says_who_of_which_agency_and_for_which(town):
    town.lend()
    place = town.place()
    open_case("Pier away", by=place)
    (line,) = lines(Event.CASE_OPENED)
    assert (line.actor, line.agency) == (place.signature, town.valley.pk)
    assert line.details["person"] == f"officer:{town.detective.pk}"
    assert line.details["home"] == str(town.harbor.pk)
    open_case("Pier at home", by=town.detective)
    assert "home" not in lines(Event.CASE_OPENED)[0].details


def test_she_chooses_at_sign_in_and_in_the_head_of_each_page(town):
    town.lend()
    town.detective.refresh_from_db()
    place, browser = town.place(), make.browser(town.detective)
    assert browser.get("/en/desk").url == "/en/act-for"
    page = browser.get("/en/act-for")
    assert_sound(page.content)
    assert "Valley Police" in page.content.decode()

    assert choose(browser, place).url == "/en/desk"
    assert browser.get("/en/desk").url == "/en/inbox"
    assert "Acting for Valley Police" in browser.get("/en/inbox").content.decode()
    choose(browser, None)
    head = browser.get("/en/inbox").content.decode()
    assert "Acting for" not in head
    assert "Harbor Police" in head
    chosen = lines(Event.AGENCY_CHOSEN)
    assert {line.agency for line in chosen} == {town.harbor.pk, town.valley.pk}


def test_whoever_is_lent_to_nobody_is_asked_nothing(town):
    assert make.browser(town.detective).get("/en/desk").url == "/en/inbox"
    assert choose(make.browser(town.detective), town.lender).status_code == 404
    browser = make.browser(town.detective)
    assert browser.post("/en/act-for", {}).status_code == 404
    assert browser.post("/en/act-for", {"place": "x"}).status_code == 404


def test_nobody_acts_from_the_place_of_another(town):
    town.lend()
    other = make.browser(make.officer(town.harbor))
    assert choose(other, town.place()).status_code == 404


def test_nothing_goes_over_from_one_agency_to_the_other(town):
    """Neither a message that waits to be shown, nor a form that was opened before."""
    town.lend()
    place, browser = town.place(), Client(enforce_csrf_checks=True)
    make.signed_in(town.detective, browser)
    page = browser.get("/en/cases/new")
    token = page.context["csrf_token"]
    assert browser.post("/en/act-for", {"place": place.pk, "csrfmiddlewaretoken": token}).url
    late = {"title": "Of home", "csrfmiddlewaretoken": str(token)}
    assert browser.post("/en/cases/new", late).status_code == 403
    with acting_as(Station.SET_UP.context):
        assert not Case.objects.exists()


def test_a_message_for_one_agency_is_never_shown_in_the_other(town):
    town.lend()
    place, browser = town.place(), make.browser(town.detective)
    choose(browser, place)
    browser.post("/en/cases/new", {"title": "Pier away"})
    choose(browser, None)
    assert b"flash" not in browser.get("/en/inbox").content


def test_a_page_that_was_opened_for_the_other_agency_does_not_refresh_itself(town):
    town.lend()
    place, browser = town.place(), make.browser(town.detective)
    of_home = {"HTTP_HX_REQUEST": "true", "HTTP_X_HAVRE_OPENED_FOR": str(town.detective.pk)}
    assert browser.get("/en/inbox", **of_home).status_code == 200
    choose(browser, place)
    answer = browser.get("/en/inbox", **of_home)
    assert (answer["HX-Redirect"], answer.content) == ("/en/desk", b"")


def test_it_is_over_at_the_moment_it_runs_out_without_any_job(town):
    town.lend()
    place = town.place()
    with clock_set_to(OVER - timedelta(minutes=10)):
        browser = make.browser(town.detective)
        choose(browser, place)
    with clock_set_to(OVER - MOMENT):
        assert "Acting for Valley" in browser.get("/en/inbox").content.decode()
    with clock_set_to(OVER):
        refusal = browser.post("/en/cases/new", {"title": "Pier"})
        assert refusal.url == "/en/desk"
        page = browser.get("/en/inbox").content.decode()
        assert "Your time in the other agency is over" in page
        assert "Acting for" not in page
        with acting_as(Station.SET_UP.context):
            assert not Case.objects.exists()


def test_before_its_first_day_nothing_opens(town):
    tomorrow = TODAY + timedelta(days=1)
    assert town.lend(first=tomorrow).state is State.TO_BEGIN
    place, browser = town.place(), make.browser(town.detective)
    assert choose(browser, place).status_code == 404
    assert set(seen_by(place).values()) == {0}
    with clock_set_to(datetime(2026, 12, 1, 5, tzinfo=UTC)):
        assert place.is_here


@pytest.mark.parametrize("side", ["lender", "receiver"])
def test_either_side_ends_it_early_at_once(town, side):
    agreed = town.lend()
    place, browser = town.place(), make.browser(town.detective)
    choose(browser, place)
    actions.end_secondment(agreed.pk, by=getattr(town, side))
    assert browser.get("/en/inbox").url == "/en/desk"
    assert set(seen_by(town.place()).values()) == {0}
    assert refused(actions.end_secondment, agreed.pk, by=town.lender) is Refusal.STATE


@pytest.mark.parametrize("reset", [reset_password, reset_second_factor])
def test_whoever_resets_the_account_at_home_does_not_get_into_the_other_agency(town, reset):
    agreed = town.lend()
    reset(town.detective.pk, by=town.lender)
    assert not town.place().is_here
    assert state_of(agreed, town) is State.HELD
    assert refused(actions.let_in_again, agreed.pk, by=town.lender) is Refusal.NOT_YOURS
    actions.let_in_again(agreed.pk, by=town.receiver)
    assert town.place().is_here


def test_a_closed_account_has_no_place_either(town):
    agreed = town.lend()
    close_officer(town.detective.pk, by=town.lender)
    assert not town.place().is_here
    assert refused(actions.let_in_again, agreed.pk, by=town.receiver) is Refusal.STATE


def test_nobody_signs_in_to_a_place_and_nobody_keeps_it_as_an_account(town):
    town.lend()
    place = town.place()
    typed = {"login": place.username, "password": make.PASSWORD}
    assert Client().post("/en/sign-in", typed).status_code == 200
    place.set_password(make.PASSWORD)
    place.save()
    assert Client().post("/en/sign-in", typed).status_code == 200
    for keeper in (town.receiver, make.officer(the_tipline(), Role.PLATFORM_ADMIN)):
        with pytest.raises(Officer.DoesNotExist):
            reset_password(place.pk, by=keeper)


def test_one_s_own_account_is_kept_as_oneself_wherever_one_acts(town):
    town.lend()
    place, browser = town.place(), make.browser(town.detective)
    choose(browser, place)
    page = browser.get("/en/second-factor")
    assert page.status_code == 200
    assert page.context["request"].user == town.detective
    assert "Acting for Valley Police" in page.content.decode()


def test_shifts_are_set_for_the_time_alone_and_taken_off_when_it_is_cut_short(town):
    last = date(2026, 12, 8)
    agreed = town.lend(last=last)
    place = town.place()
    with pytest.raises(ShiftRefusedError) as caught:
        set_shifts(place.username, day=last, begins=time(20), ends=time(8), by=town.receiver)
    assert caught.value.refusal is ShiftRefusal.AWAY
    set_shifts(place.username, day=last, begins=time(8), ends=time(20), by=town.receiver)
    settle_secondments()
    with acting_as(town.receiver.context):
        assert len(standing_shifts(town.valley.pk, actor=town.receiver)) == 1
    actions.end_secondment(agreed.pk, by=town.lender)
    settle_secondments()
    with acting_as(town.receiver.context):
        (shift,) = Shift.objects.visible_to(town.receiver)
    assert shift.removed_at == NOW


def test_the_host_s_supervisor_finds_what_is_left(town):
    agreed = town.lend()
    case = open_case("Pier away", by=town.place())
    set_task(case.reference, "Call the library", assigned_to=town.place().pk, by=town.place())
    with clock_set_to(OVER):
        page = read_left(agreed.pk, by=town.receiver)
        assert [one.kind for one in page.things] == ["case", "task"]
        with pytest.raises(Secondment.DoesNotExist):
            read_left(agreed.pk, by=town.lender)
        boss = make.browser(town.receiver)
        assert_sound(boss.get(f"/en/secondments/{agreed.pk}/left").content)


def test_what_was_sent_to_and_watched_by_whoever_left_is_found_as_well(town):
    """And nothing that is over, nor anybody else's."""
    agreed = town.lend()
    sent, over, _others = (
        make.referral(make.report(), to=town.valley, by=make.analyst()) for _ in range(3)
    )
    for referral in (sent, over):
        accept_referral(referral.reference, by=town.place())
    record_outcome(over.reference, disposition=Disposition.NO_OFFENCE, by=town.place())
    terms = Terms(
        until=LAST + timedelta(days=60),
        purpose=Purpose.INVESTIGATION,
        authority=Authority.DUTY,
        tells=Tells.AGENCY,
    )
    watched, ended = (
        add_watch(f"{name}@example.com", kind=Kind.EMAIL, terms=terms, by=town.place())
        for name in ("grebe", "heron")
    )
    end_watch(ended.reference, by=town.place())
    add_watch("tern@example.com", kind=Kind.EMAIL, terms=terms, by=town.receiver)
    with clock_set_to(OVER):
        page = read_left(agreed.pk, by=town.receiver)
        assert [(one.kind, one.reference) for one in page.things] == [
            ("referral", sent.reference),
            ("watch", watched.reference),
        ]
    with clock_set_to(OVER + timedelta(days=70)):
        page = read_left(agreed.pk, by=town.receiver)
        assert [one.kind for one in page.things] == ["referral"]


def test_a_restricted_case_that_nobody_else_could_open_is_given_to_a_supervisor(town):
    town.lend()
    case = open_case("Pier away", by=town.place())
    mark_case(case.reference, restricted=True, for_court=False, by=town.place())
    with acting_as(town.receiver.context):
        assert not Case.objects.visible_to(town.receiver).exists()
    settle_secondments()
    with acting_as(town.receiver.context):
        assert not Case.objects.visible_to(town.receiver).exists()
    with clock_set_to(OVER):
        for _again in range(2):
            settle_secondments()
        with acting_as(town.receiver.context):
            assert Case.objects.visible_to(town.receiver).get() == case
        assert len(lines(Event.CASE_MEMBER_ADDED)) == 1

"""The rota: who is on call by the clock in Toronto, across both changes; swaps, gaps, walls."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.translation import override

from havre.agencies.models import Officer
from havre.agencies.reads import agency_by_code
from havre.agencies.rules.permits import Role
from havre.agencies.staff.actions import close_officer
from havre.audit.reads import done_to
from havre.audit.rules import Event, Station
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.triage.duty.actions import give_shift, read_rota, remove_shift, set_shifts
from havre.triage.duty.models import Shift
from havre.triage.duty.reads import on_call_now
from havre.triage.duty.rules.shifts import (
    LONGEST,
    SHORTEST,
    Refusal,
    ShiftRefusedError,
    Span,
    Turn,
    gaps_in,
    moment_on_the_wall,
    on_call,
    refusal_to_set,
    spans_of,
)
from havre.triage.duty.wording import REFUSALS, on_the_wall
from tests import make

HOUR = timedelta(hours=1)
FORWARD, BACK = date(2027, 3, 14), date(2026, 11, 1)
NOON = datetime(2026, 11, 29, 17, tzinfo=UTC)
TODAY = date(2026, 11, 29)


# ------------------------------------------------------------------------------- rules


def test_the_same_night_on_the_wall_is_an_hour_shorter_in_march_and_longer_in_november():
    lengths = {
        day: [
            one.ends - one.starts
            for one in spans_of(day - timedelta(days=2), time(19), time(7), days=3)
        ]
        for day in (FORWARD, BACK)
    }

    assert lengths[FORWARD] == [12 * HOUR, 11 * HOUR, 12 * HOUR]
    assert lengths[BACK] == [12 * HOUR, 13 * HOUR, 12 * HOUR]


@pytest.mark.parametrize("day", [FORWARD, BACK])
def test_nights_and_days_on_the_wall_leave_no_gap_when_the_clock_is_changed(day):
    first = day - timedelta(days=2)
    nights = spans_of(first, time(19), time(7), days=4)
    days = spans_of(first, time(7), time(19), days=5)

    within = Span(days[0].starts, days[-1].ends)
    assert gaps_in([*nights, *days], within=within) == []


def test_the_hour_that_comes_twice_is_nobody_s_gap():
    begins, ends = (moment_on_the_wall(BACK, time(1, 30), is_end=end) for end in (False, True))

    assert ends - begins == HOUR
    before, after = Span(begins - HOUR, ends), Span(begins, ends + HOUR)
    assert gaps_in([before, after], within=Span(begins - HOUR, ends + HOUR)) == []


@pytest.mark.parametrize("is_end", [False, True])
def test_the_hour_that_does_not_come_is_refused(is_end):
    with pytest.raises(ShiftRefusedError) as caught:
        moment_on_the_wall(FORWARD, time(2, 30), is_end=is_end)

    assert caught.value.refusal is Refusal.NO_SUCH_HOUR


def test_a_whole_day_on_the_wall_is_never_too_long():
    for day in (FORWARD - timedelta(days=1), BACK - timedelta(days=1), BACK):
        (span,) = spans_of(day, time(0, 0), time(0, 0))
        assert refusal_to_set(span, taken=[], now=span.starts) is None


@pytest.mark.parametrize(
    ("length", "taken_from", "refusal"),
    [
        (SHORTEST, None, None),
        (SHORTEST - timedelta(minutes=1), None, Refusal.TOO_SHORT),
        (LONGEST, None, None),
        (LONGEST + timedelta(minutes=1), None, Refusal.TOO_LONG),
        (2 * HOUR, 1 * HOUR, Refusal.ALREADY_ON),
        (2 * HOUR, 2 * HOUR, None),
        (2 * HOUR, -1 * HOUR, None),
    ],
)
def test_a_shift_is_refused_with_its_reason(length, taken_from, refusal):
    taken = [] if taken_from is None else [Span(NOON + taken_from, NOON + taken_from + HOUR)]

    assert refusal_to_set(Span(NOON, NOON + length), taken=taken, now=NOON) is refusal


def test_a_shift_that_is_over_is_refused():
    assert refusal_to_set(Span(NOON - HOUR, NOON), taken=[], now=NOON) is Refusal.OVER


def test_gaps_stand_before_between_and_after_shifts():
    at = [NOON + each * HOUR for each in range(10)]
    shifts = [Span(at[5], at[6]), Span(at[1], at[3]), Span(at[2], at[4]), Span(at[9], at[9] + HOUR)]

    gaps = gaps_in(shifts, within=Span(at[0], at[8]))

    assert gaps == [Span(at[0], at[1]), Span(at[4], at[5]), Span(at[6], at[8])]
    assert gaps_in([Span(at[0], at[8])], within=Span(at[0], at[8])) == []


def test_whoever_began_first_is_called_first_and_nobody_twice():
    first, second, later = uuid4(), uuid4(), uuid4()
    turns = [
        Turn(officer=second, span=Span(NOON - HOUR, NOON + HOUR)),
        Turn(officer=first, span=Span(NOON - 2 * HOUR, NOON + HOUR)),
        Turn(officer=first, span=Span(NOON, NOON + HOUR)),
        Turn(officer=later, span=Span(NOON + HOUR, NOON + 2 * HOUR)),
    ]

    assert on_call(turns, now=NOON) == [first, second]
    assert on_call(turns, now=NOON + HOUR) == [later]


def test_moments_are_written_with_their_zone_in_both_languages():
    assert on_the_wall(NOON, "en") == "Sun 29 Nov, 12:00 EST"
    assert on_the_wall(NOON, "fr") == "dim. 29 nov., 12 h 00 HNE"
    july = datetime(2026, 7, 1, 16, tzinfo=UTC)
    assert on_the_wall(july, "en").endswith("12:00 EDT")
    assert on_the_wall(july, "fr").endswith("12 h 00 HAE")


def test_every_refusal_says_what_to_do():
    assert set(REFUSALS) == set(Refusal)


# ------------------------------------------------------------------------------- the room


@pytest.fixture
def harbor(db):
    with clock_set_to(NOON):
        yield make.directory()


@pytest.fixture
def sergeant(harbor) -> Officer:
    return make.officer(harbor, Role.AGENCY_SUPERVISOR)


@pytest.fixture
def detective(harbor) -> Officer:
    return make.officer(harbor)


@pytest.fixture
def coordinator(harbor) -> Officer:
    return make.officer(agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR)


def put_on(officer: Officer, by: Officer, *, day=TODAY, begins=time(8), ends=time(20), days=1):
    set_shifts(officer.username, day=day, begins=begins, ends=ends, days=days, by=by)
    with acting_as(by.context):
        return list(Shift.objects.filter(officer=officer).order_by("starts_at"))


def called(by: Officer) -> list[Officer]:
    with acting_as(by.context):
        return on_call_now(by.agency_id, actor=by)


def events_of(about) -> list[str]:
    with acting_as(Station.PIPELINE.context):
        return [entry.event for entry in done_to(about)]


def refusal_of(act, *args, **kwargs) -> Refusal:
    with pytest.raises(ShiftRefusedError) as caught:
        act(*args, **kwargs)
    return caught.value.refusal


def test_who_is_on_call_is_on_from_the_first_moment_to_the_last(sergeant, detective):
    put_on(detective, sergeant)

    assert called(sergeant) == [detective]
    for moment, people in (
        (datetime(2026, 11, 29, 12, 59, tzinfo=UTC), []),
        (datetime(2026, 11, 29, 13, tzinfo=UTC), [detective]),
        (datetime(2026, 11, 30, 0, 59, tzinfo=UTC), [detective]),
        (datetime(2026, 11, 30, 1, tzinfo=UTC), []),
    ):
        with clock_set_to(moment):
            assert called(sergeant) == people
    assert Event.SHIFTS_SET in events_of(detective.pk)


def test_shifts_are_set_all_or_none(sergeant, detective):
    put_on(detective, sergeant, day=TODAY + timedelta(days=2))

    assert refusal_of(put_on, detective, sergeant, days=3) is Refusal.ALREADY_ON
    with acting_as(sergeant.context):
        assert Shift.objects.count() == 1


def test_a_colleague_takes_a_shift_over_and_gives_it_back(sergeant, detective):
    colleague = make.officer(sergeant.agency)
    (shift,) = put_on(detective, sergeant)

    give_shift(shift.pk, to=colleague.username, by=sergeant)

    assert called(sergeant) == [colleague]
    assert read_rota(by=detective).shifts[0].instead_of == detective
    give_shift(shift.pk, to=detective.username, by=sergeant)
    assert called(sergeant) == [detective]
    assert read_rota(by=detective).shifts[0].instead_of is None
    assert events_of(shift.pk).count(Event.SHIFT_GIVEN) == 2


def test_a_shift_goes_to_nobody_who_has_it_or_is_on_already_or_works_elsewhere(sergeant, detective):
    busy, stranger = make.officer(sergeant.agency), make.officer(agency_by_code("valley-police"))
    (shift,) = put_on(detective, sergeant)
    put_on(busy, sergeant)

    assert refusal_of(give_shift, shift.pk, to=detective.username, by=sergeant) is (
        Refusal.SAME_OFFICER
    )
    assert refusal_of(give_shift, shift.pk, to=busy.username, by=sergeant) is Refusal.ALREADY_ON
    for username in (stranger.username, "nobody"):
        with pytest.raises(Officer.DoesNotExist):
            give_shift(shift.pk, to=username, by=sergeant)
    with pytest.raises(Officer.DoesNotExist):
        put_on(make.officer(sergeant.agency, Role.CROWN_LIAISON), sergeant)


def test_what_is_taken_off_is_a_gap_at_once_and_can_be_set_again(sergeant, detective):
    (shift,) = put_on(detective, sergeant)
    assert read_rota(by=sergeant).gaps[0].starts == shift.ends_at

    remove_shift(shift.pk, by=sergeant)

    page = read_rota(by=sergeant)
    assert (page.on_call, page.shifts) == ((), ())
    assert page.gaps == (Span(page.now, page.until),)
    assert Event.SHIFT_REMOVED in events_of(shift.pk)
    with pytest.raises(Shift.DoesNotExist):
        remove_shift(shift.pk, by=sergeant)
    put_on(detective, sergeant)
    assert called(sergeant) == [detective]


def test_whoever_is_let_in_no_more_is_on_call_no_more(sergeant, detective):
    put_on(detective, sergeant)

    close_officer(detective.pk, by=Station.SET_UP)

    assert called(sergeant) == []
    assert read_rota(by=sergeant).gaps[0].starts == NOON


def test_a_desk_neither_sees_nor_changes_another_s_shifts(sergeant, detective):
    (shift,) = put_on(detective, sergeant)
    theirs = make.officer(agency_by_code("valley-police"), Role.AGENCY_SUPERVISOR)

    assert read_rota(by=theirs).shifts == ()
    for act, more in ((remove_shift, {}), (give_shift, {"to": theirs.username})):
        with pytest.raises(Shift.DoesNotExist):
            act(shift.pk, **more, by=theirs)


def test_the_coordinator_sees_gaps_at_the_tipline_and_wherever_a_rota_is_kept(
    sergeant, detective, coordinator
):
    assert [desk.agency.code for desk in read_rota(by=coordinator).elsewhere] == ["tipline"]

    (shift,) = put_on(detective, sergeant)

    found = {desk.agency.code: desk.gaps for desk in read_rota(by=coordinator).elsewhere}
    assert set(found) == {"harbor-police", "tipline"}
    assert found["harbor-police"] == (Span(shift.ends_at, NOON + timedelta(hours=48)),)
    assert read_rota(by=sergeant).elsewhere == ()
    with pytest.raises(Shift.DoesNotExist):
        remove_shift(shift.pk, by=coordinator)


def test_a_desk_that_is_covered_alarms_nobody(sergeant, detective, coordinator):
    colleague = make.officer(sergeant.agency)
    put_on(detective, sergeant, begins=time(8), ends=time(20), days=3)
    put_on(colleague, sergeant, begins=time(20), ends=time(8), days=3)

    assert [desk.agency.code for desk in read_rota(by=coordinator).elsewhere] == ["tipline"]


def test_the_page_asks_the_database_as_often_for_many_shifts_as_for_one(
    sergeant, detective, django_assert_max_num_queries
):
    put_on(detective, sergeant, days=12)
    with acting_as(sergeant.context), django_assert_max_num_queries(8):
        assert len(read_rota(by=sergeant).shifts) == 12


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_supervisor_sets_gives_over_and_takes_off_by_page(sergeant, detective, language):
    colleague, browser = make.officer(sergeant.agency), make.browser(sergeant)
    asked = {"officer": detective.username, "day": "2026-11-29", "begins": "08:00", "ends": "20:00"}

    with override(language):
        at, add = reverse("rota"), reverse("add_shifts")
    said = browser.post(add, {**asked, "days": "2"}, follow=True).content.decode()
    with acting_as(sergeant.context):
        shift = Shift.objects.order_by("starts_at").first()
    gap = {"en": "nobody from Sun 29 Nov, 20:00 EST", "fr": "personne du dim. 29 nov., 20 h 00 HNE"}
    assert gap[language] in said
    again = browser.post(add, {**asked, "days": "1"})
    assert again.status_code == 422
    with override(language):
        give = reverse("give_shift", kwargs={"shift_id": shift.pk})
        remove = reverse("remove_shift", kwargs={"shift_id": shift.pk})
        assert str(REFUSALS[Refusal.ALREADY_ON]) in again.content.decode()
    assert browser.post(give, {"to": colleague.username}).status_code == 302
    assert called(sergeant) == [colleague]
    refused = browser.post(give, {"to": colleague.username}, follow=True).content.decode()
    with override(language):
        assert str(REFUSALS[Refusal.SAME_OFFICER]) in refused
    assert browser.post(give, {"to": "nobody"}).status_code == 404
    assert browser.post(give).status_code == 404
    browser.post(remove)
    assert called(sergeant) == []
    seen = make.browser(detective).get(at).content.decode()
    assert add not in seen
    assert remove not in seen


def test_a_day_the_clock_is_put_forward_says_so_on_the_form(sergeant, detective):
    asked = {"officer": detective.username, "day": "2027-03-14", "begins": "02:30", "ends": "08:00"}

    page = make.browser(sergeant).post("/en/rota/add", {**asked, "days": "1"})

    assert page.status_code == 422
    assert str(REFUSALS[Refusal.NO_SUCH_HOUR]) in page.content.decode()

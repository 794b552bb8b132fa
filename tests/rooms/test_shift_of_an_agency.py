"""The summary of a shift at an agency: what came, waits and ran out, and who was called."""

from datetime import timedelta

import pytest

from havre.agencies.reads import agency_by_code
from havre.agencies.rules.permits import Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.referrals.actions import accept_referral, record_outcome, return_report
from havre.referrals.rules.outcomes import Disposition
from havre.referrals.rules.states import ANSWER_MINUTES
from havre.referrals.shifts.actions import read_agency_shift
from havre.triage.paging.rules.ladder import Rung
from havre.wiring.jobs import ring_clocks
from tests import make
from tests.on_duty import CALM, MINUTE, NOW, TURN, built, house, on_call, reached, told
from tests.pages import assert_sound

__all__ = ["built", "house"]

HOUR = timedelta(hours=1)


@pytest.fixture
def harbor(house):
    return agency_by_code("harbor-police")


@pytest.fixture
def duty(harbor):
    with clock_set_to(NOW):
        return reached(make.officer(harbor), "duty")


@pytest.fixture
def chief(harbor, duty):
    with clock_set_to(NOW):
        chief = reached(make.officer(harbor, Role.AGENCY_SUPERVISOR), "chief")
        on_call(duty, chief)
    return chief


@pytest.fixture
def sent(house, harbor):
    def send(*story: str, to=None, at=NOW):
        report = told(*story, at=at)
        with clock_set_to(at):
            return make.referral(report, to=to or harbor, by=house.first)

    return send


@pytest.fixture
def called(house, sent, chief):
    sent()
    house.called(NOW)


def test_it_counts_what_came_and_went_at_the_agency_alone(sent, duty, chief):
    valley = agency_by_code("valley-police")
    before = sent(CALM, at=NOW - 40 * HOUR)
    taken, back, waits = (sent(CALM) for _ in range(3))
    sent(CALM, to=valley)
    with clock_set_to(NOW + MINUTE):
        accept_referral(taken.reference, by=duty)
        accept_referral(before.reference, by=duty)
        record_outcome(taken.reference, disposition=Disposition.UNDER_INVESTIGATION, by=duty)
        return_report(back.reference, note="Not our harbor.", by=duty)
        page = read_agency_shift(hours=8, by=chief)

    assert (page.came, page.accepted, page.sent_back, page.outcomes) == (3, 2, 1, 1)
    lanes = {lane.band: lane for lane in page.lanes}
    lane = lanes[waits.band]
    assert (lane.came, lane.waits, lane.oldest, lane.late) == (3, 1, NOW, 0)
    assert sum(one.waits for one in page.lanes) == 1
    with acting_as(Station.PIPELINE.context):
        line = Entry.objects.filter(event=Event.SHIFT_READ).latest("id")
    assert (line.about, line.actor) == (str(chief.agency_id), chief.signature)


def test_a_clock_that_ran_out_in_the_shift_stands_there_until_it_is_answered_and_after(
    sent, duty, chief
):
    referral = sent(CALM)
    late = NOW + timedelta(minutes=ANSWER_MINUTES[referral.band]) + MINUTE
    with clock_set_to(late):
        ring_clocks(timestamp=0)
        open_one = read_agency_shift(hours=8, by=chief)
        accept_referral(referral.reference, by=duty)
        answered = read_agency_shift(hours=8, by=chief)
    with clock_set_to(late + 9 * HOUR):
        later = read_agency_shift(hours=8, by=chief)

    assert [(one.reference, one.answered_at) for one in open_one.clocks] == [
        (referral.reference, None)
    ]
    assert sum(lane.late for lane in open_one.lanes) == 1
    assert [one.answered_at for one in answered.clocks] == [late]
    assert later.clocks == ()


def test_what_was_taken_and_not_acted_on_in_time_is_counted(sent, duty, chief):
    referral = sent(CALM)
    with clock_set_to(NOW + MINUTE):
        accept_referral(referral.reference, by=duty)
        assert read_agency_shift(by=chief).unacted == 0
    with clock_set_to(NOW + timedelta(days=400)):
        assert read_agency_shift(by=chief).unacted == 1


def test_it_says_who_was_called_from_which_rung_and_who_answered(house, sent, duty, chief):
    valley = agency_by_code("valley-police")
    with clock_set_to(NOW):
        other = make.officer(valley, Role.AGENCY_SUPERVISOR)
        on_call(other, other)
    referral = sent()
    sent(to=valley)
    house.called(NOW)
    house.called(NOW + TURN)
    with clock_set_to(NOW + TURN + MINUTE):
        accept_referral(referral.reference, by=duty)
        (called,) = read_agency_shift(hours=8, by=chief).calls
        said = make.browser(chief).get("/en/inbox/shift?hours=8").content.decode()

    assert called.page.reference == referral.reference
    assert [(one.officer, one.rung) for one in called.calls] == [
        (duty, Rung.ON_CALL),
        (chief, Rung.SUPERVISOR),
    ]
    assert called.referral.accepted_by == duty
    assert f"Answered by {duty.display_name}" in said


@pytest.mark.parametrize(
    ("at", "inbox", "title"),
    [
        ("/en/inbox/shift", "/en/inbox", "Clocks that ran out"),
        ("/fr/reception/quart", "/fr/reception", "Délais dépassés"),
    ],
)
@pytest.mark.usefixtures("called")
def test_who_keeps_a_rota_finds_it_from_the_inbox(chief, at, inbox, title):
    with clock_set_to(NOW + MINUTE):
        shown = make.browser(chief).get(at)
        assert title in assert_sound(shown.content).text_content()
        assert at in make.browser(chief).get(inbox).content.decode()


@pytest.mark.usefixtures("called")
def test_nobody_else_opens_it(house, duty):
    with clock_set_to(NOW + MINUTE):
        assert "/inbox/shift" not in make.browser(duty).get("/en/inbox").content.decode()
        for other in (duty, house.first, house.supervisor):
            assert make.browser(other).get("/en/inbox/shift").status_code == 404

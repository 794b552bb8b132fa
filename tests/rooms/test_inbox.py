"""The addressee's side: what is unread, questions, hand-overs, and clocks that ring."""

from datetime import timedelta

import pytest
from lxml import html

from havre.agencies.models import Officer
from havre.agencies.reads import agency_by_code
from havre.agencies.rules.permits import Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.actions import (
    accept_referral,
    open_referral,
    open_sent,
    read_inbox,
    record_outcome,
    return_report,
)
from havre.referrals.inbox.actions import (
    answer_question,
    ask_tipline,
    decline_referral,
    hand_over,
    raise_alarm,
    read_alarms,
)
from havre.referrals.inbox.reads import alarms_to_raise, asks_the_desk
from havre.referrals.models import Referral
from havre.referrals.rules.outcomes import Disposition, ReferralState
from havre.referrals.rules.sending import Ending
from havre.referrals.rules.states import ACTION_MINUTES, ANSWER_MINUTES, PATIENCE_MINUTES
from havre.triage.actions import read_queue
from havre.wiring.jobs import ring_clocks
from havre.wiring.route import walk
from tests import make
from tests.pages import assert_sound


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def analyst(harbor):
    return make.analyst()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def supervisor(harbor):
    return make.officer(harbor, Role.AGENCY_SUPERVISOR)


@pytest.fixture
def coordinator():
    return make.officer(agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR)


@pytest.fixture
def sent(analyst, harbor):
    return make.referral(make.report(), to=harbor, by=analyst)


@pytest.fixture
def people(detective, supervisor, coordinator, analyst) -> tuple[Officer, ...]:
    return detective, supervisor, coordinator, analyst


def sweep(*, minutes_past: float, of: Referral, due: str = "answer_by") -> None:
    """The job that rings, so many minutes after a clock of a referral was due."""
    with acting_as(Station.PIPELINE.context):
        moment = getattr(Referral.objects.get(pk=of.pk), due)
    with clock.clock_set_to(moment + timedelta(minutes=minutes_past)):
        ring_clocks(timestamp=0)


def heard_by(*people: Officer) -> list[list[str]]:
    return [[row.alarm.level for row in read_alarms(by=one)] for one in people]


@pytest.mark.parametrize("taken", [False, True], ids=["not answered", "not acted on"])
def test_a_breach_goes_up_a_level_at_a_time(sent, people, *, taken):
    due, minutes = "answer_by", ANSWER_MINUTES[sent.band]
    if taken:
        accept_referral(sent.reference, by=people[0])
        due, minutes = "act_by", ACTION_MINUTES[sent.band]
    patience = PATIENCE_MINUTES[sent.band]

    sweep(minutes_past=-minutes / 3 - 1, of=sent, due=due)
    assert heard_by(*people) == [[], [], [], []]
    sweep(minutes_past=-minutes / 3 + 1, of=sent, due=due)
    assert heard_by(*people) == [["reminder"], [], [], ["reminder"]]
    sweep(minutes_past=1, of=sent, due=due)
    assert heard_by(*people) == [["supervisor"], ["supervisor"], [], ["supervisor"]]
    sweep(minutes_past=patience + 1, of=sent, due=due)
    sweep(minutes_past=patience + 2, of=sent, due=due)
    assert heard_by(*people) == [["coordinator"]] * 4


def test_the_coordinator_hears_of_an_agency_and_reads_nothing_of_it(sent, coordinator):
    sweep(minutes_past=10_000, of=sent)

    (row,) = read_alarms(language="fr", by=coordinator)
    page = make.browser(coordinator).get("/en/clocks")

    assert (row.agency, row.opens) == ("Harbor Police (fr)", False)
    assert sent.reference in assert_sound(page.content).text_content()
    with pytest.raises(Referral.DoesNotExist):
        open_referral(sent.reference, by=coordinator)


def test_another_agency_hears_nothing(sent):
    stranger = make.officer(agency_by_code("valley-police"), Role.AGENCY_SUPERVISOR)
    sweep(minutes_past=10_000, of=sent)

    assert heard_by(stranger) == [[]]


def test_an_answer_ends_the_alarms_and_nothing_rings_twice(sent, detective, coordinator):
    sweep(minutes_past=10_000, of=sent)
    accept_referral(sent.reference, by=detective)
    assert heard_by(detective, coordinator) == [[], []]

    sweep(minutes_past=10_000, of=sent, due="act_by")
    assert heard_by(coordinator) == [["coordinator"]]
    record_outcome(sent.reference, disposition=Disposition.UNDER_INVESTIGATION, by=detective)
    sweep(minutes_past=90_000, of=sent, due="act_by")
    assert heard_by(coordinator) == [[]]
    with acting_as(Station.PIPELINE.context):
        assert Entry.objects.filter(event="alarm.raised").count() == 6


def test_an_alarm_that_another_worker_raised_is_not_raised_again(sent, detective):
    with acting_as(Station.PIPELINE.context), clock.clock_set_to(sent.answer_by):
        (due,) = alarms_to_raise(actor=Station.PIPELINE)
    for _ in range(2):
        raise_alarm(due, by=Station.PIPELINE)

    assert heard_by(detective) == [["reminder"]]


def test_a_clock_that_was_late_rings_at_the_next_agency_too(sent, analyst, detective):
    return_report(sent.reference, note="Not ours.", by=detective)
    valley = agency_by_code("valley-police")
    with clock.clock_set_to(sent.answer_by + timedelta(minutes=1)):
        walk(sent.report_id, was_returned=True)
        second = make.referral(sent.report, to=valley, by=analyst)
    sweep(minutes_past=2, of=second)

    assert heard_by(make.officer(valley)) == [["supervisor"]]


def test_a_question_is_answered_and_read(sent, analyst, detective):
    open_referral(sent.reference, by=detective)
    ask_tipline(sent.reference, text="Which library?", by=detective)
    with acting_as(analyst.context):
        assert asks_the_desk(analyst) == [sent]
    page = make.browser(analyst).get("/en/clocks")
    assert "wait for your answer" in assert_sound(page.content).text_content()

    answer_question(sent.reference, text="The one by the river.", by=analyst)

    (row,) = read_inbox(state="unread", by=detective).rows
    opened = open_referral(row.referral.reference, by=detective)
    assert [text for _, text in opened.remarks] == ["Which library?", "The one by the river."]
    assert read_inbox(state="unread", by=detective).rows == ()
    with acting_as(analyst.context):
        assert asks_the_desk(analyst) == []


def test_a_hand_over_note_stays_in_the_agency(sent, analyst, detective, supervisor):
    accept_referral(sent.reference, by=detective)

    hand_over(sent.reference, to=supervisor.username, note="She knows him.", by=detective)

    assert [row.referral for row in read_inbox(state="mine", by=supervisor).rows] == [sent]
    assert read_inbox(state="mine", by=detective).rows == ()
    opened = open_referral(sent.reference, by=supervisor)
    assert [text for _, text in opened.remarks] == ["She knows him."]
    _, (row,) = open_sent(sent.report.reference, by=analyst)
    assert row.remarks == ()
    stranger = make.officer(agency_by_code("valley-police"))
    with pytest.raises(Officer.DoesNotExist):
        hand_over(sent.reference, to=stranger.username, note="Hers.", by=detective)


def test_what_is_declined_waits_at_the_tipline_again(sent, analyst, detective):
    declined = decline_referral(
        sent.reference, because=Ending.NO_POWER, note="Not ours to do.", by=detective
    )
    walk(sent.report_id, was_returned=True)

    assert declined.state == ReferralState.DECLINED
    assert [row.report for row in read_queue(by=analyst).rows] == [sent.report]
    page = make.browser(analyst).get(f"/en/reports/{sent.report.reference}")
    text = assert_sound(page.content).text_content()
    assert "The law gives no power to act on it" in text
    assert "Not ours to do." in text


def test_the_parts_of_the_inbox(sent, analyst, harbor, detective):
    taken = make.referral(make.report(), to=harbor, by=analyst)
    accept_referral(taken.reference, by=detective)

    def part(word: str) -> list[Referral]:
        return [row.referral for row in read_inbox(state=word, by=detective).rows]

    assert part("free") == [sent]
    assert part("unread") == [sent]
    assert part("mine") == [taken]
    assert part("late") == []
    with clock.clock_set_to(clock.now() + timedelta(days=60)):
        assert part("late") == [sent, taken]
        assert read_inbox(by=detective).late == 2


@pytest.mark.parametrize(
    ("door", "typed"),
    [
        ("ask", {"text": " "}),
        ("decline", {"because": "mistake", "note": "x"}),
        ("hand-over", {"to": "nobody", "note": "x"}),
    ],
)
def test_what_does_not_read_is_said_on_the_page(sent, detective, door, typed):
    answer = make.browser(detective).post(f"/en/referrals/{sent.reference}/{door}", typed)

    tree = assert_sound(answer.content)
    assert answer.status_code == 422
    assert tree.findtext(".//title").startswith("Error:")
    assert tree.xpath("//details[@open]")


def test_an_inbox_that_has_not_changed_is_not_shown_again_and_leaves_no_line(
    sent, analyst, harbor, detective
):
    browser = make.browser(detective)
    first = browser.get("/en/inbox")
    (mark,) = html.fromstring(first.content).xpath("//@data-mark")

    same = browser.get("/en/inbox", headers={"If-None-Match": mark})
    elsewhere = browser.get("/en/inbox?state=mine", headers={"If-None-Match": mark})
    make.referral(make.report(), to=harbor, by=analyst)
    changed = browser.get("/en/inbox", headers={"If-None-Match": mark})

    assert (same.status_code, same.content) == (304, b"")
    assert elsewhere.status_code == changed.status_code == 200
    with acting_as(Station.PIPELINE.context):
        assert Entry.objects.filter(event=Event.INBOX_READ).count() == 3


def test_whatever_an_inbox_shows_of_a_referral_makes_another_page(sent, analyst, detective):
    marks = [read_inbox(by=detective).mark]
    for happens in (
        lambda: open_referral(sent.reference, by=detective),
        lambda: accept_referral(sent.reference, by=detective),
        lambda: ask_tipline(sent.reference, text="Which pier?", by=detective),
        lambda: answer_question(sent.reference, text="The old one.", by=analyst),
    ):
        happens()
        marks.append(read_inbox(by=detective).mark)
    with clock.clock_set_to(clock.now() + timedelta(days=400)):
        marks.append(read_inbox(by=detective).mark)

    # That somebody asked does not show in the list.
    assert marks[3] == marks[2]
    assert len(set(marks)) == len(marks) - 1
    (row,) = read_inbox(by=detective).rows
    assert row.at == row.referral.news_at > sent.sent_at

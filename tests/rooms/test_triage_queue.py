"""The queue: what stands in it, in which order, and who has what in hand."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from lxml import html

from havre.agencies.reads import the_tipline
from havre.agencies.rules.permits import Compartment, Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.sending.actions import open_for_desk
from havre.triage import reads
from havre.triage.actions import (
    AlreadyClaimedError,
    claim_report,
    put_in_queue,
    read_queue,
    release_report,
)
from havre.triage.filters import counting
from havre.triage.models import QueueItem
from havre.triage.reads import queue_page
from havre.triage.rules.claims import CLAIM_HOLDS
from havre.triage.rules.clocks import Hurry, clock_of
from havre.triage.steps.actions import park_report
from havre.wiring.route import ROUTE, walk
from tests import make
from tests.pages import assert_sound

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
DANGER = "I am 14 and I am in danger now, he is in the house."
CALM = "I saw an odd page about boats."


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def analyst(harbor):
    return make.analyst()


def lines(event: Event) -> list[Entry]:
    with acting_as(Station.PIPELINE.context):
        return list(Entry.objects.filter(event=event).order_by("id"))


def references(page) -> list[str]:
    return [row.report.reference for row in page.rows]


def unscored(**facts):
    report = make.report("He writes every day.", walks=False, **facts)
    put_in_queue(report.pk, by=Station.PIPELINE)
    return report


def test_danger_stands_first_then_unscored_then_the_rest(analyst):
    calm = make.report(CALM, people=())
    waiting = unscored()
    danger = make.report(DANGER)

    page = read_queue(by=analyst)

    assert references(page) == [danger.reference, waiting.reference, calm.reference]
    assert (page.first, page.last, page.chosen) == (1, 3, 3)


def test_each_step_is_noted_once_however_often_it_is_taken():
    report = make.report(CALM)
    walk(report.pk)
    with acting_as(Station.PIPELINE.context):
        assert QueueItem.objects.get(report=report).done_steps == [name for name, _ in ROUTE]


def test_very_many_are_counted_once_in_a_while_for_each_person(analyst, monkeypatch):
    monkeypatch.setattr(counting.COUNTS, "many", 1)
    began = clock.now()
    with clock.clock_set_to(began):
        unscored()
        assert read_queue(by=analyst).chosen == 1
        unscored()
        page = read_queue(by=analyst)
        assert (len(page.rows), page.chosen, page.counts["unscored"]) == (2, 1, 1)
        assert read_queue(by=make.analyst()).chosen == 2
        assert page.as_of == began
    with clock.clock_set_to(began + counting.COUNTS.holds):
        assert read_queue(by=analyst).chosen == 2


def test_however_many_wait_danger_and_what_is_mine_are_counted_at_once(analyst, monkeypatch):
    monkeypatch.setattr(counting.COUNTS, "many", 1)
    began = clock.now()
    with clock.clock_set_to(began):
        unscored()
        before = read_queue(by=analyst)
    with clock.clock_set_to(began + timedelta(seconds=9)):
        danger = make.report(DANGER)
        claim_report(danger.reference, by=analyst)
        page = read_queue(by=analyst)
    assert (page.counts[""], page.counts["A"], page.counts["mine"]) == (1, 1, 1)
    assert page.as_of == before.as_of == began


def test_counts_that_another_process_holds_make_no_other_page(analyst, monkeypatch):
    monkeypatch.setattr(reads, "PAGE_ROWS", 1)
    make.report(DANGER)
    marks = []
    for many in (1, 10_000):
        monkeypatch.setattr(counting.COUNTS, "many", many)
        for lane in ("", "unscored"):
            before = read_queue(lane=lane, by=analyst)
            unscored()
            monkeypatch.setattr(counting.COUNTS, "_kept", {})
            after = read_queue(lane=lane, by=analyst)
            assert after.counts["unscored"] > before.counts["unscored"]
            marks.append(after.mark == before.mark)
    # A lane's own number, and any number while few wait, was counted for this very page.
    assert marks == [True, False, False, False]


def test_an_unscored_report_has_no_title_and_no_points(analyst):
    unscored()

    (row,) = read_queue(by=analyst).rows

    assert (row.title, row.chips, row.item.band) == ("", (), "")


def test_lanes_are_counted_and_each_shows_its_own(analyst):
    danger, waiting = make.report(DANGER), unscored()
    parked = make.report(CALM, people=())
    park_report(parked.pk, step="score", by=Station.PIPELINE)
    claim_report(danger.reference, by=analyst)

    counts = read_queue(by=analyst).counts
    shown = {lane: references(read_queue(lane=lane, by=analyst)) for lane in counts}

    assert shown["A"] == shown["mine"] == [danger.reference]
    assert shown["unscored"] == [waiting.reference]
    assert shown["attention"] == [parked.reference]
    assert shown["quarantine"] == []
    assert counts == {lane: len(found) for lane, found in shown.items()}


def test_the_filters_narrow_by_language_and_channel(analyst):
    french = make.report("Il me demande de le voir.", language="fr-CA")
    english = make.report(CALM)

    assert references(read_queue(spoken="fr", by=analyst)) == [french.reference]
    assert references(read_queue(spoken="en", by=analyst)) == [english.reference]
    assert references(read_queue(channel="phone", by=analyst)) == []


@pytest.mark.parametrize(
    "told", [{"compartment": "trafficking"}, {"channel": "telephone"}, {"quarantined": True}]
)
def test_a_row_of_the_queue_cannot_say_of_its_report_what_is_not_so(analyst, told):
    """Whoever could, would show a report to a desk that may not see it, or hide it."""
    report = make.report(CALM)
    of_it = QueueItem.objects.filter(report=report)
    for someone in (analyst, Station.PIPELINE):
        with (
            acting_as(someone.context),
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
        ):
            of_it.update(**told)
    with acting_as(analyst.context):
        assert of_it.update(needs_attention=True) == 1


def test_pages_follow_each_other_without_a_gap_or_a_double(analyst, monkeypatch):
    monkeypatch.setattr(reads, "PAGE_ROWS", 2)
    made = {unscored().reference for _ in range(3)} | {make.report(DANGER).reference}
    made.add(make.report(CALM, people=()).reference)

    seen, after, firsts = [], "", []
    while True:
        page = read_queue(after=after, by=analyst)
        seen += references(page)
        firsts.append(page.first)
        if not page.next:
            break
        after = page.next

    assert len(seen) == len(set(seen)) == 5
    assert set(seen) == made
    assert firsts == [1, 3, 5]


@pytest.mark.parametrize("after", ["x", "1_2_3_4", "9_9_1e999_00", "_", "1_2_-1e30_" + "0" * 32])
def test_what_is_no_place_in_the_queue_is_no_filter(analyst, after):
    report = make.report()

    assert references(read_queue(after=after, by=analyst)) == [report.reference]


def test_the_queue_shows_only_the_compartments_that_are_held(analyst):
    make.report(compartment=Compartment.OWN_STAFF_NAMED)
    general = make.report(CALM)

    page = read_queue(by=analyst)

    assert references(page) == [general.reference]
    assert page.counts[""] == 1


def test_an_agency_sees_nothing_of_the_queue(harbor):
    make.report()
    detective = make.officer(harbor)

    with acting_as(detective.context):
        assert queue_page(actor=detective).rows == ()
        assert not QueueItem.objects.exists()


def test_looking_at_the_queue_is_one_line_and_a_steady_number_of_questions(analyst):
    for _ in range(3):
        make.report(CALM)
    with CaptureQueriesContext(
        connection,
    ) as three:
        read_queue(by=analyst)
    for _ in range(4):
        make.report(CALM)
    with CaptureQueriesContext(connection) as seven:
        read_queue(by=analyst)

    assert len(three) == len(seven)
    assert [line.details["rows"] for line in lines(Event.QUEUE_READ)] == [3, 7]


def test_a_claim_holds_until_it_is_released(analyst):
    report, colleague = make.report(), make.analyst()

    claim_report(report.reference, by=analyst)
    with pytest.raises(AlreadyClaimedError):
        claim_report(report.reference, by=colleague)
    with pytest.raises(AlreadyClaimedError):
        release_report(report.reference, by=colleague)
    release_report(report.reference, by=analyst)
    claim_report(report.reference, by=colleague)

    assert len(lines(Event.REPORT_CLAIMED)) == 2
    assert len(lines(Event.REPORT_RELEASED)) == 1


def test_a_claim_lapses_by_itself_and_looking_at_the_report_renews_it(analyst):
    report, colleague = make.report(), make.analyst()
    began = clock.now()
    with clock.clock_set_to(began):
        claim_report(report.reference, by=analyst)

    with clock.clock_set_to(began + CLAIM_HOLDS - timedelta(minutes=1)):
        open_for_desk(report.reference, by=colleague)
        open_for_desk(report.reference, by=analyst)
    with clock.clock_set_to(began + CLAIM_HOLDS + timedelta(minutes=1)):
        assert references(read_queue(lane="mine", by=analyst)) == [report.reference]
        with pytest.raises(AlreadyClaimedError):
            claim_report(report.reference, by=colleague)
    with clock.clock_set_to(began + 2 * CLAIM_HOLDS):
        (row,) = read_queue(by=colleague).rows
        assert row.item.held_by is None
        assert references(read_queue(lane="mine", by=analyst)) == []
        claim_report(report.reference, by=colleague)
        open_for_desk(report.reference, by=analyst)
        assert references(read_queue(lane="mine", by=colleague)) == [report.reference]


def test_a_supervisor_puts_back_what_an_analyst_has_in_hand(analyst):
    report, supervisor = make.report(), make.officer(the_tipline(), Role.SUPERVISOR)
    claim_report(report.reference, by=analyst)

    shown = make.browser(supervisor).get("/en/queue").content.decode()
    others = make.browser(make.analyst()).get("/en/queue").content.decode()
    release_report(report.reference, by=supervisor)

    assert "Release" in shown
    assert "Release" not in others
    assert "until" in others
    (line,) = lines(Event.REPORT_RELEASED)
    assert line.details["held_by"] == str(analyst.pk)
    assert references(read_queue(lane="mine", by=analyst)) == []


def test_a_page_that_has_not_changed_is_not_shown_again_and_leaves_no_line(analyst):
    report, browser = make.report(DANGER), make.browser(analyst)
    first = browser.get("/en/queue")
    (mark,) = html.fromstring(first.content).xpath("//@data-mark")

    same = browser.get("/en/queue", headers={"If-None-Match": mark})
    elsewhere = browser.get("/en/queue?lane=mine", headers={"If-None-Match": mark})
    claim_report(report.reference, by=make.analyst())
    changed = browser.get("/en/queue", headers={"If-None-Match": mark})

    assert (same.status_code, same.content) == (304, b"")
    assert elsewhere.status_code == changed.status_code == 200
    assert len(lines(Event.QUEUE_READ)) == 3
    with clock.clock_set_to(clock.now() + timedelta(hours=1)):
        assert queue_page(actor=analyst).mark != mark


def test_claiming_what_one_may_not_see_is_claiming_nothing(analyst):
    hidden = make.report(compartment=Compartment.CONFLICT_OF_INTEREST)

    with pytest.raises(QueueItem.DoesNotExist):
        claim_report(hidden.reference, by=analyst)


def test_a_clock_is_plain_then_soon_then_late():
    until = NOW + timedelta(hours=3)
    read = {
        minutes: clock_of(since=NOW, until=until, now=NOW + timedelta(minutes=minutes))
        for minutes in (0, 119, 120, 180, 181, 222)
    }

    assert [read[m].hurry for m in (0, 119)] == [Hurry.PLAIN, Hurry.PLAIN]
    assert [read[m].hurry for m in (120, 180)] == [Hurry.SOON, Hurry.SOON]
    assert [read[m].is_late for m in (180, 181)] == [False, True]
    assert (read[181].minutes_over, read[222].minutes_over) == (1, 42)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/queue", ["IMMEDIATE", "UNSCORED", "Not scored yet: read by a person", "Claim"]),
        ("/fr/file", ["IMMÉDIAT", "NON CLASSÉ", "Pas encore évalué", "Prendre"]),
    ],
)
def test_the_page_reads_well_in_both_languages(analyst, address, words):
    danger, _ = make.report(DANGER), unscored()

    page = make.browser(analyst).get(address)

    tree = assert_sound(page.content)
    text = tree.text_content()
    assert page.status_code == 200
    assert danger.reference in text
    assert [word for word in words if word not in text] == []
    assert [cell.get("role") for cell in tree.xpath("//tbody/tr[1]/*")].count("rowheader") == 1


def test_a_late_clock_says_by_how_much(analyst):
    began = clock.now()
    make.report(DANGER)

    with clock.clock_set_to(began + timedelta(minutes=15 + 65, seconds=30)):
        (row,) = read_queue(by=analyst).rows

    assert (row.clock.hurry, row.clock.minutes_over) == (Hurry.LATE, 65)


@pytest.mark.parametrize("address", ["/en/queue", "/en/queue?lane=A&spoken=fr"])
def test_an_empty_queue_says_what_is_true(analyst, address):
    page = make.browser(analyst).get(address)

    assert b"No report waits." in page.content
    assert_sound(page.content)


def test_the_buttons_claim_and_release_and_say_so(analyst):
    report, browser = make.report(DANGER), make.browser(analyst)

    claimed = browser.post(f"/en/reports/{report.reference}/claim", {"lane": "A"}, follow=True)
    taken = make.browser(make.analyst()).post(
        f"/en/reports/{report.reference}/claim", {"from": "report"}, follow=True
    )
    released = browser.post(f"/fr/signalements/{report.reference}/remettre", follow=True)

    assert claimed.redirect_chain[-1][0] == "/en/queue?lane=A"
    assert f"You claimed {report.reference}.".encode() in claimed.content
    assert taken.redirect_chain[-1][0] == f"/en/reports/{report.reference}"
    assert b"A colleague has" in taken.content
    assert f"{report.reference} est de nouveau libre.".encode() in released.content


def test_what_somebody_typed_never_leaves_the_page_as_markup(analyst):
    report = make.report("<script>alert(1)</script> He asked me to meet on Saturday. <b>15</b>")

    page = make.browser(analyst).get(f"/en/reports/{report.reference}")

    assert b"<script>alert" not in page.content
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in page.content


def test_only_the_desk_opens_the_queue(harbor):
    office = make.agency("oversight-office", kind="oversight")
    for officer in (make.officer(harbor), make.officer(office, Role.AUDITOR)):
        assert make.browser(officer).get("/en/queue").status_code == 404

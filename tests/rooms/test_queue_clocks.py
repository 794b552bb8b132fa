"""Until when what a report points at is kept, on its row of the queue, and what runs out first."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from havre.agencies.rules.permits import Compartment
from havre.audit.rules import Station
from havre.intake.law.clocks import new_clock
from havre.intake.law.reads import legal_today
from havre.intake.rules.submission import (
    Channel,
    FileFacts,
    GivenIdentifier,
    Incident,
    Moment,
    Person,
    PersonRole,
    Submission,
)
from havre.plumbing.context import acting_as
from havre.triage import reads
from havre.triage.actions import read_queue
from havre.triage.closing.actions import close_report, reopen_report
from havre.triage.closing.rules import ClosingReason
from havre.triage.filters import places
from havre.triage.models import QueueItem
from havre.triage.rules.clocks import Hurry, last_day
from havre.triage.rules.expiring import logs_until
from havre.wiring.route import RETURNED, place
from tests import make
from tests.wires.wire import a_provider

TODAY = date(2026, 11, 30)


def seen(at: str | None, kind: str = "ip", value: str = "192.0.2.7") -> GivenIdentifier:
    return GivenIdentifier(kind=kind, value=value, at=Moment(at=at) if at else None)


def test_the_logs_of_addresses_are_reckoned_from_the_latest_time_one_was_seen():
    keeper = Person(role=PersonRole.SUSPECT, identifiers=(seen("2026-10-01T12:00:00+00:00"),))
    files = FileFacts(identifiers=(seen("2026-11-02"), seen("some day"), seen(None)))
    incident = Incident(identifiers=(seen("2026-11-29", kind="email", value="d@example.com"),))
    told = Submission(
        channel=Channel.ISPWS,
        language="en",
        incidents=(incident,),
        people=(keeper,),
        files=(files,),
    )
    assert logs_until(told) == date(2027, 1, 31)
    assert logs_until(replace(told, people=(), files=())) is None


@pytest.mark.parametrize(
    ("days", "hurry"),
    [(-1, Hurry.LATE), (0, Hurry.SOON), (5, Hurry.SOON), (6, Hurry.PLAIN)],
)
def test_a_last_day_is_soon_as_the_reminder_is(days, hurry):
    found = last_day(TODAY + timedelta(days=days), today=TODAY)
    assert found is not None
    assert (found.left, found.hurry) == (days, hurry)
    assert last_day(None, today=TODAY) is None


def a_provider_s(number: int, *, days: int = 0, **facts):
    """A report whose provider keeps what belongs to it until some days from now."""
    report = make.report("I saw an odd page about boats.", people=(), walks=False, **facts)
    running = new_clock(report.pk, number=number, provider=a_provider(f"ferry-{number}").provider)
    assert running is not None
    running.until = legal_today() + timedelta(days=days)
    with acting_as(Station.PIPELINE.context):
        running.save(force_insert=True)
    place(report.pk)
    return report


@pytest.fixture
def analyst(db):
    make.directory()
    return make.analyst()


def listed(analyst, **asked) -> list[str]:
    page = read_queue(lane="runs-out", **asked, by=analyst)
    return [row.report.reference for row in page.rows]


def test_what_runs_out_first_is_listed_first_page_by_page(analyst, monkeypatch):
    late, soon, over = (a_provider_s(n, days=days) for n, days in enumerate((9, 2, -3)))
    logged = make.report("He writes every day.", people=(), walks=False)
    place(logged.pk)
    with acting_as(Station.PIPELINE.context):
        until = legal_today() + timedelta(days=5)
        QueueItem.objects.filter(report=logged).update(logs_until=until)
    make.report("Another odd page.", people=())
    in_order = [one.reference for one in (soon, logged, late)]
    assert listed(analyst) == in_order
    assert over.reference in {row.report.reference for row in read_queue(by=analyst).rows}
    monkeypatch.setattr(reads, "PAGE_ROWS", 1)
    found, after = [], ""
    for _ in in_order:
        page = read_queue(lane="runs-out", after=after, by=analyst)
        assert page.first == len(found) + 1
        found += [row.report.reference for row in page.rows]
        after = page.next
    assert (found, after) == (in_order, "")
    assert listed(analyst, after="no_place") == in_order[:1]
    shown = make.browser(analyst).get("/en/queue?lane=runs-out").content.decode()
    assert f"provider keeps it until {legal_today() + timedelta(days=2)}" in shown
    assert places.RUNNING_OUT.order != places.BY_URGENCY.order


def test_a_report_that_is_opened_again_has_its_last_day_again(analyst):
    report = a_provider_s(7, days=2)
    close_report(report.reference, reason=ClosingReason.NO_OFFENCE, note="Boats.", by=analyst)
    reopen_report(report.reference, note="Read again.", by=analyst)
    place(report.pk, because=RETURNED)
    assert listed(analyst) == [report.reference]


def test_no_desk_sees_the_provider_s_own_row_nor_a_last_day_elsewhere(analyst):
    a_provider_s(8, days=2)
    hidden = a_provider_s(9, days=1, compartment=Compartment.CONFLICT_OF_INTEREST)
    with acting_as(analyst.context), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM law_preservation")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT report_id FROM triage_queueitem WHERE kept_until IS NOT NULL")
        assert {row for (row,) in cursor.fetchall()}.isdisjoint({hidden.pk})
    assert len(listed(analyst)) == 1

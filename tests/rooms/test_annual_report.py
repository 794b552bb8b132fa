"""The annual report on section 2: which year, what is counted, and what is not shown."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Role
from havre.agencies.rules.words import AgencyKind
from havre.intake.law.actions import note_incident, report_addresses
from havre.intake.law.rules.incidents import IncidentKind, IncidentWords
from havre.oversight.annual.actions import read_annual, write_annual
from havre.oversight.annual.models import AnnualText
from havre.oversight.annual.page import notes_of, paper_of, table_of
from havre.oversight.annual.rules import (
    ReportingYear,
    YearState,
    cells_shown,
    year_of,
    years_until,
)
from havre.plumbing import clock
from havre.referrals.actions import open_referral
from havre.referrals.sending.actions import note_conflict, undo_referral
from tests import make
from tests.house.callers import undone
from tests.wires.wire import Wire, a_provider

# Within the year that began on 1 April 2030, and after it.
THEN = datetime(2030, 6, 10, 16, 0, tzinfo=UTC)
LATER = datetime(2031, 5, 2, 16, 0, tzinfo=UTC)
ADDRESS = ("https://example.com/pier",)


@pytest.mark.parametrize(
    ("day", "begins"),
    [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2026, 12, 31), 2026)],
)
def test_the_year_begins_on_the_first_of_april(day, begins):
    year = year_of(day)
    assert year == ReportingYear(begins)
    assert (year.first_day, year.last_day) == (date(begins, 4, 1), date(begins + 1, 3, 31))
    assert year.due_on == date(begins + 1, 6, 30)
    assert (year.months[0], year.months[9], year.months[11]) == (
        date(begins, 4, 1),
        date(begins + 1, 1, 1),
        date(begins + 1, 3, 1),
    )


def test_a_year_is_complete_the_day_after_its_last():
    year = ReportingYear(2025)
    assert year.state(date(2026, 3, 31)) is YearState.RUNNING
    assert year.state(date(2026, 4, 1)) is YearState.COMPLETE


def test_there_is_a_report_of_every_year_from_the_first_record_to_the_running_one():
    today = date(2026, 11, 28)
    assert years_until(today, first=None) == (ReportingYear(2026),)
    assert [one.begins for one in years_until(today, first=date(2025, 3, 1))] == [2026, 2025, 2024]
    assert years_until(today, first=date(2030, 1, 1)) == (ReportingYear(2026),)


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ([0, 5, 12], (0, 5, 12)),
        ([4, 1, 12], (None, None, 12)),
        # One alone could be told from the total: the next smallest goes with it.
        ([4, 7, 12], (None, None, 12)),
        ([0, 3, 0], (0, None, 0)),
        ([], ()),
    ],
)
def test_small_counts_are_not_shown_nor_given_away_by_the_total(cells, shown):
    assert cells_shown(cells) == shown


@dataclass
class Desk:
    wire: Wire
    supervisor: Officer
    coordinator: Officer
    harbor: Agency


@pytest.fixture(scope="module")
def whole(lasting_block) -> Desk:
    """A year of seven reports: one that police have, one undone, one at child welfare."""
    harbor = make.directory()
    welfare = make.agency("harbor-welfare", kind=AgencyKind.CHILD_WELFARE)
    wire, supervisor = (
        a_provider("pier-chat"),
        make.officer(make.the_tipline(), Role.SUPERVISOR),
    )
    national = Agency.objects.get(code="national-centre")
    coordinator = make.officer(national, Role.NATIONAL_COORDINATOR)
    with clock.clock_set_to(THEN):
        told = [report_addresses(ADDRESS, by=wire.provider).report for _ in range(6)]
        sent = make.referral(told[0], to=harbor, by=supervisor)
        open_referral(sent.reference, by=make.officer(harbor))
        make.referral(told[1], to=welfare, by=supervisor)
        back = make.referral(told[2], to=harbor, by=supervisor)
        undo_referral(back.reference, by=supervisor)
        note_conflict(told[3], agency=harbor, by=supervisor)
        words = IncidentWords(
            happened="The line was down.", function="Late.", steps="A second line.", contact="R"
        )
        note_incident(IncidentKind.OUTAGE, words, noticed_at=THEN, by=supervisor)
    with clock.clock_set_to(LATER - timedelta(days=45)):
        report_addresses(ADDRESS, by=wire.provider)
    with clock.clock_set_to(LATER):
        report_addresses(ADDRESS, by=wire.provider)
    return Desk(wire, supervisor, coordinator, harbor)


@pytest.fixture
def desk(whole) -> Iterator[Desk]:
    with undone(), override("en"), clock.clock_set_to(LATER):
        yield whole


def test_the_counts_of_a_year_are_those_of_its_days_and_of_police_alone(desk):
    report = read_annual(2030, by=desk.coordinator).report
    assert (report.reports, report.led, report.conflicts) == (7, 1, 1)
    assert [one.steps for one in report.incidents] == ["A second line."]
    assert (report.is_preview, report.is_empty, report.began_on) == (False, False, THEN.date())
    by_month = {one.month.month: (one.reports, one.led) for one in report.months}
    # March's single report would be given away by the total, so June's six go too.
    assert (by_month[6], by_month[3], by_month[5]) == ((None, None), (None, 0), (0, 0))


def test_the_running_year_is_a_preview_and_an_empty_one_says_so(desk):
    opened = read_annual(by=desk.coordinator)
    assert [one.begins for one in opened.years] == [2031, 2030]
    report = opened.report
    assert (report.year.begins, report.reports, report.is_preview) == (2031, 1, True)
    assert report.began_on is None
    assert notes_of(report)[0].startswith("Preview: the year still runs.")
    with clock.clock_set_to(LATER + timedelta(days=800)):
        empty = read_annual(2032, by=desk.coordinator).report
    assert empty.is_empty
    assert len(notes_of(empty)) == 1
    for missing in (2029, 2032):
        with pytest.raises(AnnualText.DoesNotExist), undone():
            read_annual(missing, by=desk.coordinator)


def test_what_the_supervisor_writes_stands_in_page_table_and_paper(desk):
    write_annual(2030, measures="Old.", conflicts="", other="", by=desk.supervisor)
    write_annual(2030, measures="=Two walls.", conflicts="", other="None.", by=desk.supervisor)
    report = read_annual(2030, by=desk.coordinator).report
    rows = list(csv.reader(io.StringIO(table_of(report))))
    assert ["(a) Reports under section 2", "", "7"] in rows
    assert ["(b) Security measures", "", "'=Two walls."] in rows
    assert paper_of(report).startswith(b"%PDF-")
    with pytest.raises(AnnualText.DoesNotExist):
        write_annual(1999, measures="", conflicts="", other="", by=desk.supervisor)


def test_the_pages_are_read_by_the_coordinator_and_written_by_the_supervisor(desk):
    browser = make.browser(desk.coordinator)
    html = browser.get("/fr/rapport-annuel?year=2030").content.decode()
    assert "Partie d" in html
    assert "rediger" not in html
    assert "Part of a year" in browser.get("/en/annual-report/2030/table").content.decode()
    assert browser.get("/en/annual-report/2031/paper").content.startswith(b"%PDF-")
    assert browser.get("/en/annual-report?year=1999").status_code == 404
    assert "2031-04-01" in browser.get("/en/annual-report?year=pier").content.decode()
    writer = make.browser(desk.supervisor)
    answer = writer.post("/en/annual-report/2030/write", {"measures": "Two walls."}, follow=True)
    assert "Two walls." in answer.content.decode()
    answer = writer.post("/en/annual-report/2030/write", {"measures": "a" * 20_001})
    assert (answer.status_code, b"Shorten it" in answer.content) == (422, True)

"""What of a report is offered to interpreters, when, and to whom no more."""

import pytest
from django.db import connection

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.actions import send_message
from havre.plumbing.context import acting_as
from havre.triage.interpreting.actions import ask_interpreter
from havre.triage.interpreting.sheets.actions import (
    claim_sheet,
    finish_sheet,
    hand_back_sheet,
    open_sheet,
    read_sheets,
    release_sheet,
    save_draft,
    undo_sheet,
)
from havre.triage.interpreting.sheets.models import Sheet
from havre.triage.interpreting.sheets.reads import sheet_state
from havre.triage.interpreting.sheets.rules import TooLateError, Why, Writing
from havre.wiring.route import walk
from tests import make

OFFERING = "havre.triage.interpreting.sheets.offering"
FOREIGN = "Він пише мені щодня про човни та хоче побачитися біля пристані."
MORE = "Сьогодні він знову чекав біля школи."


@pytest.fixture
def analyst(db):
    make.directory()
    return make.analyst()


@pytest.fixture
def reader(analyst):
    return make.interpreter("uk", "ru")


def test_nothing_is_offered_before_the_identifiers_are_noted(analyst, reader):
    report = make.report(f"{FOREIGN} Robin Example.", walks=False)
    ask_interpreter(report.reference, language="uk", by=analyst)
    assert read_sheets(by=reader).offered == ()

    walk(report.pk)

    (sheet,) = read_sheets(by=reader).offered
    (passage,) = open_sheet(sheet.pk, by=reader).passages
    assert FOREIGN in passage.text
    assert "Robin Example" not in passage.text


def test_a_sheet_is_cut_anew_when_more_is_known_of_its_reporter(analyst, reader, monkeypatch):
    with monkeypatch.context() as unknown:
        unknown.setattr(f"{OFFERING}.reporters_own", lambda *_, **__: [])
        report = make.report(f"{FOREIGN} Robin Example.")
    (sheet,) = read_sheets(by=reader).offered
    assert "Robin Example" in open_sheet(sheet.pk, by=reader).passages[0].text

    walk(report.pk)
    walk(report.pk)

    (passage,) = open_sheet(sheet.pk, by=reader).passages
    assert FOREIGN in passage.text
    assert "Robin Example" not in passage.text
    with acting_as(Station.PIPELINE.context):
        assert Entry.objects.filter(event=Event.SHEET_OFFERED).count() == 2


def test_whoever_knows_somebody_in_a_report_is_offered_nothing_of_it(analyst, reader):
    report, other = make.report(FOREIGN), make.interpreter("uk", "ru")
    (first,) = read_sheets(by=reader).offered
    hand_back_sheet(first.pk, why=Why.KNOWS_THEM, by=reader)

    ask_interpreter(report.reference, language="ru", by=analyst)

    (second,) = read_sheets(by=other).offered
    assert second.pk != first.pk
    assert read_sheets(by=reader).offered == ()
    with pytest.raises(Sheet.DoesNotExist):
        open_sheet(second.pk, by=reader)
    assert [own_rows(each) for each in (reader, other)] == [0, 1]
    with acting_as(analyst.context):
        state = sheet_state(report.pk, actor=analyst)
    assert state.readers == 1
    assert [(one.officer, one.why) for one in state.handed_back] == [(reader, Why.KNOWS_THEM)]
    elsewhere = make.report(FOREIGN)
    assert [one.report_id for one in read_sheets(by=reader).offered] == [elsewhere.pk]


def added_to(report, holder) -> None:
    with acting_as(holder.of(str(report.pk)).context):
        send_message(report, MORE, receipt_key=holder.key, by=holder.of(str(report.pk)))
    walk(report.pk)


def test_what_is_in_hand_stays_as_it_is_whatever_is_written_since(analyst, reader):
    holder = make.receipt()
    report = make.report(FOREIGN, holder=holder)
    (sheet,) = read_sheets(by=reader).offered
    claim_sheet(sheet.pk, by=reader)

    added_to(report, holder)

    assert [one.text for one in open_sheet(sheet.pk, by=reader).passages] == [FOREIGN]


def test_what_is_finished_is_not_taken_back_once_more_was_offered(analyst, reader):
    holder = make.receipt()
    report = make.report(FOREIGN, holder=holder)
    (sheet,) = read_sheets(by=reader).offered
    claim_sheet(sheet.pk, by=reader)
    finish_sheet(sheet.pk, writing=Writing(english="Boats."), by=reader)

    added_to(report, holder)

    assert len(read_sheets(by=reader).offered) == 1
    with pytest.raises(TooLateError):
        undo_sheet(sheet.pk, by=reader)


def test_a_draft_is_gone_once_somebody_else_has_taken_the_sheet(analyst, reader):
    make.report(FOREIGN)
    other, (sheet,) = make.interpreter("uk"), read_sheets(by=reader).offered
    claim_sheet(sheet.pk, by=reader)
    save_draft(sheet.pk, writing=Writing(english="Boats."), by=reader)
    release_sheet(sheet.pk, by=reader)
    claim_sheet(sheet.pk, by=other)
    assert open_sheet(sheet.pk, by=other).writing == Writing()
    release_sheet(sheet.pk, by=other)

    claim_sheet(sheet.pk, by=reader)

    assert open_sheet(sheet.pk, by=reader).writing == Writing()


def walks_asked_for(report) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs"
            " WHERE task_name = 'route' AND args ->> 'report' = %s",
            [str(report.pk)],
        )
        return cursor.fetchone()[0]


def test_what_is_translated_or_taken_back_walks_its_route_anew(analyst, reader):
    """What was read in a translation is read there no more once it was taken back."""
    report = make.report(FOREIGN)
    (sheet,) = read_sheets(by=reader).offered
    before = walks_asked_for(report)
    claim_sheet(sheet.pk, by=reader)

    finish_sheet(sheet.pk, writing=Writing(english="Boats."), by=reader)
    assert walks_asked_for(report) == before + 1
    undo_sheet(sheet.pk, by=reader)
    assert walks_asked_for(report) == before + 2


def own_rows(officer) -> int:
    """How many sheets the walls alone show to an interpreter."""
    with acting_as(officer.context), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sheets_sheet")
        return cursor.fetchone()[0]

"""What of a report is offered to interpreters, and when."""

import pytest

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.plumbing.context import acting_as
from havre.triage.interpreting.actions import ask_interpreter
from havre.triage.interpreting.sheets.actions import open_sheet, read_sheets
from havre.wiring.route import walk
from tests import make

OFFERING = "havre.triage.interpreting.sheets.offering"
FOREIGN = "Він пише мені щодня про човни та хоче побачитися біля пристані."


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

"""What a reporter told and no job has looked at yet, and what is decided meanwhile."""

from datetime import timedelta

import pytest

from havre.audit.rules import Station
from havre.intake.actions import WORDS
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.triage.closing.actions import close_report
from havre.triage.closing.rules import ClosingReason, ReadTwice
from havre.triage.reads import reports_without_a_place
from havre.triage.steps.actions import park_report
from havre.wiring import route
from havre.wiring.route import walk
from tests import make, splitting
from tests.splitting import analyst, harbor, receipt, valley
from tests.told import CALM, place, say, words_of

__all__ = ["analyst", "harbor", "receipt", "valley"]  # fixtures
KNIFE = "He has a knife and waits outside."


def split(receipt, *, by):
    people = (splitting.suspect("Quay Example"), splitting.suspect("Pier Example"), make.REPORTER)
    report = make.report(splitting.STORY, people=people, holder=receipt)
    splitting.split_in_two(report, by=by)
    return report


def test_a_danger_that_was_read_before_it_was_scored_is_closed_by_two(analyst, receipt):
    report = make.report(CALM, holder=receipt)
    say(report, receipt, KNIFE)
    read, why = words_of(report, by=analyst), ClosingReason.INSUFFICIENT
    closing = close_report(report.reference, reason=why, note="Boats.", read=read, by=analyst)
    assert ReadTwice.IMMEDIATE in closing.read_twice
    assert closing.band == "A"


def test_what_no_job_can_score_is_closed_all_the_same(analyst, receipt, monkeypatch):
    report = make.report(CALM, holder=receipt)
    say(report, receipt, KNIFE)
    park_report(report.pk, step="score", by=Station.PIPELINE)

    def fails(_report):
        pytest.fail("it is not tried again")

    monkeypatch.setattr("havre.triage.closing.actions.score_anew", fails)
    read, why = words_of(report, by=analyst), ClosingReason.INSUFFICIENT
    close_report(report.reference, reason=why, note="Boats.", read=read, by=analyst)
    assert place(report) is None


@pytest.mark.parametrize("is_sent", [True, False])
def test_what_is_told_of_a_split_report_is_found_also_where_no_job_ran(
    analyst, receipt, harbor, is_sent
):
    report = split(receipt, by=analyst)
    for number in (2, 3):
        if is_sent:
            splitting.send(report, number, harbor, by=analyst)
        else:
            why = {"reason": ClosingReason.INSUFFICIENT, "note": "Boats."}
            close_report(report.reference, incident=number, **why, by=analyst)
    assert place(report) is None
    splitting.say(report, receipt, KNIFE)
    later = clock.now() + timedelta(minutes=2)
    with clock.clock_set_to(later), acting_as(Station.PIPELINE.context):
        assert report.pk in reports_without_a_place(actor=Station.PIPELINE)
    route.place(report.pk)
    assert place(report) is not None
    walk(report.pk)
    assert place(report).band == "A"


def test_a_split_report_of_which_the_last_word_was_put_meanwhile_is_not_put_back(
    analyst, receipt, harbor, valley
):
    report = split(receipt, by=analyst)
    for number, agency in ((2, harbor), (3, valley)):
        splitting.send(report, number, agency, by=analyst)
    splitting.tell(report, receipt, "Quay likes boats.")
    names = splitting.passages(report, by=analyst)
    splitting.put(report, {name: {2} for name in names.values()}, by=analyst)
    assert place(report) is None
    # The job had asked just before that.
    route.place(report.pk, because=WORDS)
    assert place(report) is None
    splitting.go_on(report)
    assert place(report) is None

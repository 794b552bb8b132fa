"""Who is called for a danger that is told where a report stands among the immediate ones."""

from datetime import timedelta

from havre.audit.rules import Station
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.triage.actions import claim_report
from havre.triage.paging.models import Page
from tests import make, splitting
from tests.splitting import analyst, harbor, receipt
from tests.told import TONIGHT, place, tell

__all__ = ["analyst", "harbor", "receipt"]  # fixtures
KNIFE = "He has a knife and waits outside."


def pages_of(report) -> int:
    with acting_as(Station.PIPELINE.context):
        return Page.objects.filter(report=report).count()


def calls_for_a_danger_alone(report, receipt, tells) -> None:
    assert (place(report).band, pages_of(report)) == ("A", 1)
    with clock.clock_set_to(clock.now() + timedelta(hours=20)):
        tells(report, receipt, "Thank you.")
        assert pages_of(report) == 1
        tells(report, receipt, KNIFE)
        assert pages_of(report) == 2
        # Whoever is being called already is not called once more.
        tells(report, receipt, "He sends me money.")
        assert pages_of(report) == 2


def test_a_danger_calls_anew_while_nobody_has_the_report(analyst, receipt):
    report = make.report(TONIGHT, holder=receipt)
    claim_report(report.reference, by=analyst)
    calls_for_a_danger_alone(report, receipt, tell)


def test_and_where_an_incident_of_a_split_one_makes_it_immediate(analyst, receipt):
    people = (splitting.suspect("Quay Example"), splitting.suspect("Pier Example"), make.REPORTER)
    story = "Quay wants to meet me tonight. Somebody else, Pier, sells old pictures of boats."
    report = make.report(story, people=people, holder=receipt)
    splitting.split_in_two(report, by=analyst)
    claim_report(report.reference, by=analyst)
    calls_for_a_danger_alone(report, receipt, splitting.tell)

"""Who is called for a danger that is told where a report stands among the immediate ones."""

from datetime import timedelta

from havre.audit.rules import Station
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.triage.actions import claim_report
from havre.triage.interpreting.actions import write_translation
from havre.triage.interpreting.rules import Translated
from havre.triage.paging.models import Page
from havre.wiring.route import walk
from tests import make, splitting
from tests.splitting import analyst, harbor, receipt
from tests.told import CALM, TONIGHT, place, tell

__all__ = ["analyst", "harbor", "receipt"]  # fixtures
FOREIGN = "Він хоче зустрітися зі мною."
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


def translated(report, text: str, *, by, of: str = "uk") -> None:
    """What the desk writes down of the whole page, and the route that follows."""
    told = Translated(text=text, who="No. 214")
    write_translation(report.reference, told=told, from_language=of, to_language="en", by=by)
    walk(report.pk)


def taken(report, *, by) -> None:
    """Whoever is called takes the report in hand, and is called no more."""
    claim_report(report.reference, by=by)
    assert place(report).band == "A"


def test_a_word_told_before_somebody_was_called_and_translated_after_calls_anew(analyst, receipt):
    report = make.report(CALM, holder=receipt)
    tell(report, receipt, FOREIGN)
    tell(report, receipt, TONIGHT)
    taken(report, by=analyst)
    assert pages_of(report) == 1

    translated(report, "Thank you for the boats.", by=analyst)
    assert pages_of(report) == 1
    translated(report, KNIFE, by=analyst)
    assert pages_of(report) == 2
    # Nor twice for the same, once somebody has it in hand.
    taken(report, by=analyst)
    translated(report, KNIFE, by=analyst)
    walk(report.pk)
    assert pages_of(report) == 2


def test_so_does_the_report_itself_where_only_a_translation_shows_it(analyst, receipt):
    report = make.report(FOREIGN, danger_now=True, holder=receipt)
    taken(report, by=analyst)
    assert pages_of(report) == 1
    translated(report, KNIFE, by=analyst)
    assert pages_of(report) == 2


def test_what_we_read_ourselves_and_is_put_into_our_other_language_calls_nobody(analyst, receipt):
    report = make.report(TONIGHT, holder=receipt)
    taken(report, by=analyst)
    translated(report, KNIFE, by=analyst, of="fr")
    assert (place(report).band, pages_of(report)) == ("A", 1)

"""What analysts keep beside a report, in the world of the walls and at the doors."""

from havre.agencies.models import Officer
from havre.intake.models import Report
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.triage.enrichment.actions import write_note
from havre.triage.enrichment.rules import KeptBack, Looked, Source

LOOKED = Looked(address="boats.example.com", how="Without an account.", found="Boats.")


def some_notes(analyst: Officer) -> None:
    """Each report was looked into: one note that was corrected, one that is kept back."""
    with acting_as(analyst.context):
        reports = list(Report.objects.visible_to(analyst).filter(provider=None))
    for report in reports:
        told = {"source": Source.SITE, "looked": LOOKED, "looked_at": clock.now(), "by": analyst}
        first = write_note(report.reference, **told)
        write_note(report.reference, corrects=first.pk, **told)
        write_note(report.reference, kept_back=KeptBack.NOT_CERTAIN, **told)

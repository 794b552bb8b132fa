"""What analysts keep beside a report, in the world of the walls and at the doors."""

from havre.agencies.models import Officer
from havre.intake.models import Report
from havre.intake.rules.submission import Happening
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.classifying.actions import classify_incident
from havre.triage.enrichment.actions import write_note
from havre.triage.enrichment.rules import KeptBack, Looked, Source
from havre.triage.interpreting.actions import ask_interpreter, write_translation
from havre.triage.interpreting.rules import Translated

LOOKED = Looked(address="boats.example.com", how="Without an account.", found="Boats.")


def some_notes(analyst: Officer) -> None:
    """Each report was looked into: one note that was corrected, one that is kept back.

    One of them is in a third language, and waits for an interpreter once more.
    """
    with acting_as(analyst.context):
        reports = list(Report.objects.visible_to(analyst).filter(provider=None))
    foreign = reports[0].reference
    told = Translated(text="He asked me to meet.", who="No. 214")
    write_translation(foreign, from_language="uk", to_language="en", told=told, by=analyst)
    ask_interpreter(foreign, language="ru", by=analyst)
    kind = {"incident": 1, "happening": Happening.THREAT, "reason": "It says so."}
    classify_incident(foreign, **kind, by=analyst)
    for report in reports:
        told = {"source": Source.SITE, "looked": LOOKED, "looked_at": clock.now(), "by": analyst}
        first = write_note(report.reference, **told)
        write_note(report.reference, corrects=first.pk, **told)
        write_note(report.reference, kept_back=KeptBack.NOT_CERTAIN, **told)

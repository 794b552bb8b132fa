"""Drawing a decision to be read by a second person. Parts of actions, which write the line.

No line of the log tells that one was drawn, and whoever decided finds no row of it: nobody decides
otherwise because somebody will look.
"""

from datetime import timedelta
from typing import Protocol
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.rules import Station
from havre.intake.models import Incident, Report
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.plumbing.keys import keys
from havre.triage.models import Suggestion
from havre.triage.reviews.models import Review
from havre.triage.reviews.rules.sampling import Decided, DecisionKind, is_drawn, sampling

PEPPER = "review"


class Known(Protocol):
    """Where the lane and rule of a report, or of an incident, stand when it is decided on."""

    band: str
    rule: str


def draw(
    kind: DecisionKind,
    subject: UUID,
    report: Report,
    known: Known,
    *,
    incident: Incident | None = None,
    by: Officer,
) -> None:
    """Draw a decision, or not: by its own number under a key, at the rate of its like."""
    policy = sampling()
    decided = Decided(kind=kind, band=known.band, channel=report.channel, language=report.language)
    percent = policy.percent_of(decided)
    if not is_drawn(subject, key=keys().pepper(PEPPER), percent=percent):
        return
    now = clock.now()
    Review(
        id=ids.uuid7(),
        kind=kind,
        subject=subject,
        report=report,
        incident=incident,
        band=known.band,
        channel=report.channel,
        language=report.language,
        sampled_by=policy.version,
        percent=percent,
        known=_as_known(report, known),
        decided_by=by,
        decided_at=now,
        due_at=now + timedelta(days=policy.days),
    ).save(force_insert=True)


def note_opened(review: Review, *, by: Officer) -> None:
    """A reader has opened it: what was decided is now read, whatever becomes of the decision."""
    mine = Review.objects.visible_to(by).filter(pk=review.pk, opened_at=None)
    mine.update(opened_at=clock.now())


def drop(subject: UUID) -> None:
    """A decision was taken back before it had an effect: nobody need read it. Safe to repeat.

    What a reader has opened stays: whoever decided takes nothing back from under their eyes.
    """
    by = Station.PIPELINE
    with acting_as(by.context):
        waiting = Review.objects.visible_to(by).waiting()
        waiting.filter(subject=subject, opened_at=None).update(dropped_at=clock.now())


def _as_known(report: Report, known: Known) -> dict[str, object]:
    """What stood on the desk then, as codes: scores change later, and suggestions with them."""
    # An incident for which no agency is suggested has none: the whole report's are not its own.
    suggested = getattr(known, "suggested", None)
    if suggested is None:
        suggested = [
            {"agency": str(one.agency_id), "probability": one.probability}
            for one in Suggestion.objects.filter(report=report)
        ]
    return {
        "rule": known.rule,
        "title": list(getattr(known, "title", ())),
        "risk": getattr(known, "risk", 0),
        "action": getattr(known, "action", 0),
        "policy": getattr(known, "policy", ""),
        "strong_links": getattr(known, "strong_links", 0),
        "gaps": list(getattr(known, "gaps", ())),
        "reasons": [
            {"factor": each["factor"], "points": each["points"]}
            for each in getattr(known, "reasons", ())
            if isinstance(each, dict)
        ],
        "suggested": [
            {"agency": one["agency"], "probability": one["probability"]} for one in suggested
        ],
    }

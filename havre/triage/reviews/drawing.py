"""Drawing a decision to be read by a second person. Parts of actions, which write the line.

No line of the log tells that one was drawn, and whoever decided finds no row of it: nobody decides
otherwise because somebody will look.
"""

from collections.abc import Collection
from dataclasses import dataclass
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
from havre.triage.reads import item_of
from havre.triage.reviews.models import Review
from havre.triage.reviews.rules.sampling import Decided, DecisionKind, is_drawn, sampling

PEPPER = "review"


@dataclass(slots=True)
class _NotWaiting:
    """Of a report that stands in no queue nothing is known beside its own words."""

    band: str = ""
    rule: str = ""


NOT_WAITING = _NotWaiting()


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
    of_words: Collection[UUID] = (),
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
        known=_as_known(report, known) | _as_words(of_words),
        decided_by=by,
        decided_at=now,
        due_at=now + timedelta(days=policy.days),
    ).save(force_insert=True)


def draw_withheld(report: Report, words: Collection[UUID], *, by: Officer) -> None:
    """Draw, or not, that later words, or passages of them, stay with the tipline."""
    if words:
        known = item_of(report.pk, actor=by) or NOT_WAITING
        draw(DecisionKind.WITHHELD, ids.uuid7(), report, known, of_words=words, by=by)


def drop_withheld(report: Report, words: Collection[UUID]) -> None:
    """What was kept back goes to somebody after all: nobody need read that it stayed. Repeatable.

    What a reader has opened stays.
    """
    by, gone = Station.PIPELINE, {str(one) for one in words}
    with acting_as(by.context):
        waiting = Review.objects.visible_to(by).waiting().filter(report=report)
        for one in waiting.filter(kind=DecisionKind.WITHHELD):
            if set(one.known["words"]) <= gone:
                drop(one.subject)


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


def _as_words(words: Collection[UUID]) -> dict[str, object]:
    return {"words": sorted(str(one) for one in words)} if words else {}


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

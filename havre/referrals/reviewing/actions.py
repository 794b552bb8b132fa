"""Opening a decision that was drawn, with what was known when it fell."""

from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.evidence.custody import key_of
from havre.intake.actions import open_report
from havre.intake.reads import OpenedReport
from havre.intake.sealed import Spot, open_text
from havre.referrals.models import Referral
from havre.referrals.sealed import Sent, opened_words
from havre.triage.overrides.sealed import OpenedOverride, opened_overrides
from havre.triage.reviews.drawing import note_opened
from havre.triage.reviews.models import Review
from havre.triage.reviews.reads import review_of
from havre.triage.reviews.rules.sampling import DecisionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReview:
    """A drawn decision with its words opened: a referral, a lane set by hand, words kept back."""

    review: Review
    opened: OpenedReport
    sent: Sent | None
    override: OpenedOverride | None
    note: str


@action(Event.REVIEW_READ)
def open_review(pk: UUID, *, by: Officer) -> OpenedReview:
    """Open a drawn decision to read it: the report, what was decided, and why.

    Of a split report, what belongs to the incident that was referred. Raises Review.DoesNotExist,
    also for what was drawn of one's own and nobody has read.

    The line is about the reading and not the report, so that nobody who looks at the report learns
    of it, whoever decided least of all.
    """
    review = review_of(pk, actor=by)
    number = review.incident.number if review.incident else None
    opened = open_report(review.report.reference, incident=number, by=by)
    note_opened(review, by=by)
    record(Event.REVIEW_READ, about_kind="review", about=review.pk, by=by)
    is_lane = review.kind == DecisionKind.LANE
    overrides = opened_overrides(review.report, by=by) if is_lane else ()
    return OpenedReview(
        review=review,
        opened=opened,
        sent=_sent(review, by) if review.kind == DecisionKind.REFERRAL else None,
        override=next((o for o in overrides if o.override.pk == review.subject), None),
        note=_note(review, by),
    )


def _sent(review: Review, by: Officer) -> Sent | None:
    found = Referral.objects.visible_to(by).filter(pk=review.subject)
    referral = found.select_related("report", "to_agency", "sent_by").first()
    return opened_words(referral, by=by) if referral else None


def _note(review: Review, by: Officer) -> str:
    if review.note is None:
        return ""
    key = key_of(review.report_id, by=by)
    spot = Spot("review", "note", review.pk)
    return open_text(review.report, review.note, key=key, spot=spot)

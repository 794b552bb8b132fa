"""Looking at the decisions that were drawn, saying what one thinks of one, and what followed."""

from collections.abc import Collection
from uuid import UUID

from havre.agencies.models import Agency, Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.evidence.custody import key_of
from havre.intake.sealed import Spot, seal_text
from havre.plumbing import clock
from havre.triage.reviews.models import Review
from havre.triage.reviews.reads import ReviewsPage, review_of, reviews_page
from havre.triage.reviews.rules.reading import (
    FollowUp,
    NotDrawnError,
    Verdict,
    Why,
    check_verdict,
)
from havre.triage.reviews.rules.sampling import DecisionKind
from havre.triage.rules.words import Band


@action(Event.REVIEWS_READ)
def read_reviews(*, state: str = "", after: str = "", by: Officer) -> ReviewsPage:
    """Look at a page of the decisions that were drawn."""
    page = reviews_page(state=state, after=after, actor=by)
    about = state or "waiting"
    record(Event.REVIEWS_READ, about_kind="reviews", about=about, by=by, rows=len(page.rows))
    return page


@action(Event.REVIEW_WRITTEN)
def write_review(
    pk: UUID,
    *,
    verdict: Verdict,
    why: Collection[Why] = (),
    instead_to: Agency | None = None,
    instead_band: Band | None = None,
    note: str = "",
    by: Officer,
) -> Review:
    """Say, as a second reader, whether one would have decided the same. Nothing changes by it.

    Raises Review.DoesNotExist, also for what was drawn of one's own, NotDrawnError, VerdictError.
    """
    review = _unread(pk, by)
    check_verdict(DecisionKind(review.kind), verdict, why)
    is_against = verdict is Verdict.DISAGREE
    review.verdict, review.why = verdict, sorted(why)
    review.instead_to = instead_to if is_against else None
    review.instead_band = instead_band or "" if is_against else ""
    review.read_by, review.read_at = by, clock.now()
    if note:
        key = key_of(review.report_id, by=by)
        spot = Spot("review", "note", review.pk)
        review.note = seal_text(review.report, note, key=key, spot=spot)
    review.save()
    record(
        Event.REVIEW_WRITTEN,
        about_kind="report",
        about=review.report_id,
        by=by,
        decision=review.kind,
        verdict=verdict,
        why=[*review.why],
        instead=str(instead_to.pk) if review.instead_to and instead_to else None,
    )
    return review


def _unread(pk: UUID, by: Officer) -> Review:
    review = review_of(pk, actor=by, is_held=True)
    if review.read_at:
        raise NotDrawnError
    return review


@action(Event.REVIEW_FOLLOWED)
def follow_review(pk: UUID, *, followed_as: FollowUp, by: Officer) -> Review:
    """Note what was done after a disagreement. Said again, the later word counts.

    Raises Review.DoesNotExist, NotDrawnError while nobody disagreed.
    """
    review = review_of(pk, actor=by, is_held=True)
    if review.verdict != Verdict.DISAGREE:
        raise NotDrawnError
    review.followed_as, review.followed_by, review.followed_at = followed_as, by, clock.now()
    review.save(update_fields=["followed_as", "followed_by", "followed_at"])
    record(
        Event.REVIEW_FOLLOWED,
        about_kind="report",
        about=review.report_id,
        by=by,
        followed_as=followed_as,
    )
    return review

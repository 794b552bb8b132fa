"""Decisions that were drawn by lot, in the world of the walls and at the doors."""

from unittest.mock import patch
from uuid import UUID, uuid4

from havre.agencies.models import Officer
from havre.plumbing.context import acting_as
from havre.triage.overrides.actions import set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.reviews.actions import write_review
from havre.triage.reviews.models import Review
from havre.triage.reviews.rules.reading import Verdict, Why
from havre.triage.rules.words import Band

REVIEW_DOORS = {"follow_review", "review"}
TYPED_REVIEWS = {
    "follow_review": {"followed_as": "nothing"},
    "review": {"verdict": "agree", "note": "", "instead_band": ""},
}


def some_reviews(reference: str, *, by: Officer, reader: Officer) -> dict[str, UUID]:
    """Of a lane set by hand, twice, both are drawn: one waits, one was disagreed with."""
    waiting, read = _drawn(reference, by=by, reader=reader)[:2]
    write_review(read, verdict=Verdict.DISAGREE, why=[Why.TOO_HIGH], note="-", by=reader)
    return {"waiting": waiting, "read": read, "missing": uuid4()}


def _drawn(reference: str, *, by: Officer, reader: Officer) -> list[UUID]:
    with patch("havre.triage.reviews.drawing.is_drawn", return_value=True):
        for band in (Band.A, Band.C):
            set_lane(reference, to=band, reason=OverrideReason.CONTEXT, note="-", by=by)
    with acting_as(reader.context):
        return list(Review.objects.filter(kind="lane").values_list("pk", flat=True))

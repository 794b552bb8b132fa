"""Which reports of the queue hold something of a split report that belongs to no incident yet."""

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from havre.intake.providers.reads import added_to
from havre.intake.splits.reads import count_to_place, split_among


class Later(StrEnum):
    """What came after a report was split: a report that adds to it, or words of its reporter."""

    REPORT = "report"
    WORDS = "words"


def told_later(reports: Collection[UUID]) -> dict[UUID, Later]:
    """Of reports, which add to a split one, or were told more of since they were split."""
    adds_to = added_to(reports)
    split = split_among(adds_to.values())
    found = {report: Later.REPORT for report, earlier in adds_to.items() if earlier in split}
    return found | dict.fromkeys(count_to_place(reports), Later.WORDS)

"""In which incidents of a split report an identifier stands.

Parts of actions, which write the line. A row tells whose a value is, and when and by which port: so
it is of an incident only where all of that stands there, and not by the value alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from havre.audit.rules import Actor
from havre.identifiers.models import Mention
from havre.identifiers.reads import token_of
from havre.identifiers.rules.submissions import TRANSLATION, find_in_submission
from havre.intake.models import Report
from havre.intake.rules.submission import Submission
from havre.intake.splits.reads import standing_parts
from havre.intake.splits.rules import in_place

# Value, role, field and start.
Place = tuple[bytes, str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The incidents of a split report in which identifiers stand, by place and by value."""

    by_place: Mapping[Place, list[int]]
    by_token: Mapping[bytes, list[int]]

    def numbers_of(self, mention: Mention) -> list[int]:
        """The incidents that a row is of. A translation has no places: there the value decides."""
        token = bytes(mention.token)
        if mention.field == TRANSLATION:
            return self.by_token.get(token, [])
        return self.by_place.get((token, mention.role, mention.field, mention.start), [])


def place_mentions(report: Report, told: Submission, *, by: Actor) -> None:
    """Mark the identifiers of a report with the incidents they stand in. Safe to repeat."""
    placed = placed_in(report, told, by=by)
    mentions = list(Mention.objects.visible_to(by).filter(record__report=report))
    for mention in mentions:
        mention.parts = None if placed is None else placed.numbers_of(mention)
    Mention.objects.bulk_update(mentions, ["parts"])


def placed_in(report: Report, told: Submission, *, by: Actor) -> Placed | None:
    """In which incidents of a split report each identifier stands; None while it is whole."""
    parts = standing_parts(report.pk, actor=by)
    if not parts:
        return None
    by_place: dict[Place, list[int]] = {}
    by_token: dict[bytes, list[int]] = {}
    for part in parts:
        kept = in_place(told, part.pieces)
        for each in find_in_submission(kept):
            place = (token_of(each.kind, each.value), each.role.value, each.field, each.start)
            by_place.setdefault(place, []).append(part.number)
        for token in tokens_in(kept):
            by_token.setdefault(token, []).append(part.number)
    return Placed(by_place=by_place, by_token=by_token)


def tokens_in(told: Submission) -> frozenset[bytes]:
    """The keyed digests of every identifier that a submission, or a part of it, holds."""
    return frozenset(token_of(each.kind, each.value) for each in find_in_submission(told))

"""In which incidents of a split report an identifier stands.

Parts of actions, which write the line. By its value: what stands in the words of two incidents is
of both.
"""

from havre.audit.rules import Actor
from havre.identifiers.models import Mention
from havre.identifiers.reads import token_of
from havre.identifiers.rules.submissions import find_in_submission
from havre.intake.models import Report
from havre.intake.rules.submission import Submission
from havre.intake.splits.reads import standing_parts
from havre.intake.splits.rules import in_place


def place_mentions(report: Report, told: Submission, *, by: Actor) -> None:
    """Mark the identifiers of a report with the incidents they stand in. Safe to repeat."""
    split = numbers_by_token(report, told, by=by)
    mentions = list(Mention.objects.visible_to(by).filter(record__report=report))
    for mention in mentions:
        mention.parts = None if split is None else split.get(bytes(mention.token), [])
    Mention.objects.bulk_update(mentions, ["parts"])


def numbers_by_token(
    report: Report, told: Submission, *, by: Actor
) -> dict[bytes, list[int]] | None:
    """In which incidents of a split report each value stands; None while it is whole."""
    parts = standing_parts(report.pk, actor=by)
    if not parts:
        return None
    found: dict[bytes, list[int]] = {}
    for part in parts:
        for token in tokens_in(in_place(told, part.pieces)):
            found.setdefault(token, []).append(part.number)
    return found


def tokens_in(told: Submission) -> frozenset[bytes]:
    """The keyed digests of every identifier that a submission, or a part of it, holds."""
    return frozenset(token_of(each.kind, each.value) for each in find_in_submission(told))

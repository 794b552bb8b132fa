"""In which incidents of a split report an identifier stands.

Parts of actions, which write the line. A row tells whose a value is, and when and by which port: so
it is of an incident only where all of that stands there, and not by the value alone. A value that
an incident tells at another place has a row of its own there.
"""

from collections.abc import Mapping, Sequence

from havre.audit.rules import Actor
from havre.identifiers.reads import token_of
from havre.identifiers.rules.submissions import (
    TRANSLATION,
    find_in_submission,
    find_told_later,
    find_with_translations,
)
from havre.identifiers.rules.words import Found
from havre.intake.models import Report
from havre.intake.rules.submission import Submission
from havre.intake.splits.reads import standing_parts
from havre.intake.splits.rules import in_place, put_in_place

# Kind, value, role, field and start.
Place = tuple[str, str, str, str, int]


def found_and_placed(
    report: Report,
    told: Submission,
    translations: Sequence[str],
    words: Mapping[str, str],
    *,
    by: Actor,
) -> list[tuple[Found, list[int] | None]]:
    """Every identifier of a report, each with the incidents that it stands in; None while whole.

    A translation has no places: there the value decides. What stands in later `words` alone,
    which nobody outside was given, is of no incident; nor is what stands in passages of one alone
    that were put to none.
    """
    parts = standing_parts(report.pk, actor=by)
    if parts:
        told, unput = put_in_place(told, {name for part in parts for name in part.pieces})
        words = {**words, **unput}
    whole = find_with_translations(told, translations)
    later = find_told_later(told, whole, words)
    if not parts:
        return [(each, None) for each in (*whole, *later)]
    numbers: dict[Place, list[int]] = {}
    of_value: dict[tuple[str, str], list[int]] = {}
    rows = {_place_of(each): each for each in whole}
    for part, found in ((one, find_in_submission(in_place(told, one.pieces))) for one in parts):
        for each in found:
            rows.setdefault(_place_of(each), each)
            numbers.setdefault(_place_of(each), []).append(part.number)
        for value in {_value_of(each) for each in found}:
            of_value.setdefault(value, []).append(part.number)
    placed = (
        (each, of_value.get(_value_of(each), []))
        if each.field == TRANSLATION
        else (each, numbers.get(place, []))
        for place, each in rows.items()
    )
    return [*placed, *((each, list[int]()) for each in later)]


def _value_of(found: Found) -> tuple[str, str]:
    return found.kind.value, found.value


def tokens_in(told: Submission) -> frozenset[bytes]:
    """The keyed digests of every identifier that a submission, or a part of it, holds."""
    return frozenset(token_of(each.kind, each.value) for each in find_in_submission(told))


def _place_of(found: Found) -> Place:
    return (found.kind.value, found.value, found.role.value, found.field, found.start)

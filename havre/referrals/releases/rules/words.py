"""Which word may be told after which outcome. No word tells what police did to anybody."""

from collections.abc import Collection

from havre.intake.releases.rules.words import ReleaseWord
from havre.referrals.rules.outcomes import Disposition

_IN_HAND = frozenset({ReleaseWord.IN_HAND})
_WITH_A_CHILD = frozenset({ReleaseWord.CHILD_HELPED, ReleaseWord.IN_HAND})
_NO_STEP = frozenset({ReleaseWord.NO_STEP})
OPENED_BY: dict[Disposition, frozenset[ReleaseWord]] = {
    Disposition.ARREST: _IN_HAND,
    Disposition.CHARGED: _IN_HAND,
    Disposition.CHILD_SAFEGUARDED: _WITH_A_CHILD,
    Disposition.CONVICTED: _IN_HAND,
    Disposition.DUPLICATE: frozenset({ReleaseWord.KNOWN}),
    Disposition.INSUFFICIENT: frozenset({ReleaseWord.NOT_ENOUGH}),
    Disposition.NO_OFFENCE: _NO_STEP,
    Disposition.REFERRED_ONWARD: frozenset({ReleaseWord.ELSEWHERE}),
    Disposition.UNDER_INVESTIGATION: _IN_HAND,
    Disposition.UNFOUNDED: _NO_STEP,
    Disposition.VICTIM_IDENTIFIED: _WITH_A_CHILD,
    Disposition.WARRANT_EXECUTED: _IN_HAND,
}


class ReleaseRefusedError(ValueError):
    """The word does not fit what the agency itself said came of the referral."""

    def __init__(self, word: ReleaseWord) -> None:
        super().__init__(word)
        self.word = word


def words_after(dispositions: Collection[str]) -> tuple[ReleaseWord, ...]:
    """The words that what an agency said so far opens, by name."""
    opened = frozenset[ReleaseWord]().union(*(OPENED_BY[Disposition(d)] for d in dispositions))
    return tuple(sorted(opened))


def check_release(word: ReleaseWord, dispositions: Collection[str]) -> None:
    """Refuse a word that no outcome opens. Raises ReleaseRefusedError."""
    if word not in words_after(dispositions):
        raise ReleaseRefusedError(word)

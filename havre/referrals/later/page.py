"""What the desk's page says of the words between a reporter and the tipline."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from havre.intake.later.reads import HeldSince, held_since
from havre.intake.later.talk import Said
from havre.intake.reads import OpenedReport
from havre.intake.splits.reads import count_to_place, split_among
from havre.referrals.later.reads import last_seen
from havre.referrals.later.wording import KEPT
from havre.referrals.models import Referral
from havre.referrals.rules.outcomes import ReferralState
from havre.referrals.rules.states import OVER
from havre.referrals.sealed import Sent


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRow:
    """One word in the talk: what became of it, where an agency has the report."""

    said: Said
    waits: bool
    kept: Promise | None
    can_be_taken_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsView:
    """The talk with a reporter, and what of it waits to be passed on to whoever has the report.

    `waiting` are the words that nobody decided on; `held` is who has the report, None where nobody
    has it, or where it is split.
    """

    rows: tuple[WordRow, ...]
    waiting: tuple[UUID, ...]
    # The same, and of a split report those that belong to no incident yet: a form carries them.
    undecided: tuple[UUID, ...]
    held: HeldSince | None
    # Of a split report, how many words belong to no incident yet.
    to_place: int
    closed: tuple[str, ...]

    @property
    def is_to_pass_on(self) -> bool:
        """Whether something waits that somebody who has the report does not know."""
        return bool(self.waiting) and self.held is not None


def words_view(opened: OpenedReport, sent: Sequence[Sent], *, language: str) -> WordsView:
    """The talk of a report with its reporter, oldest first."""
    report = opened.report.pk
    standing = [one.referral for one in sent if one.referral.state not in OVER]
    undecided = _undecided(opened)
    is_split = bool(opened.messages) and bool(split_among([report]))
    waiting = () if is_split else tuple(undecided)
    has_it = bool(standing) and bool(opened.messages) and not is_split
    held = held_since([report]).get(report) if has_it else None
    given = [one.decided_at for one in opened.messages if one.was_passed_on and one.is_decided]
    seen = last_seen(report) if given else None
    return WordsView(
        rows=tuple(
            WordRow(
                said=said,
                waits=held is not None and said.message in waiting,
                kept=KEPT.get(said.kept_because),
                can_be_taken_back=held is not None
                and said.is_decided
                and said.was_passed_on
                and said.decided_at is not None
                and not (seen and seen > said.decided_at),
            )
            for said in opened.messages
        ),
        waiting=waiting,
        undecided=tuple(undecided),
        held=held,
        to_place=count_to_place([report]).get(report, 0),
        closed=tuple(_closed(standing, language)),
    )


def _undecided(opened: OpenedReport) -> list[UUID]:
    return [one.message for one in opened.messages if one.from_reporter and not one.is_decided]


def _closed(standing: Sequence[Referral], language: str) -> list[str]:
    """Who said already what came of it, so that no clock of theirs runs."""
    over = (one for one in standing if one.state == ReferralState.CLOSED)
    return [one.to_agency.name(language) for one in over]

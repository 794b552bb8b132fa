"""Rows of the desk's page that tell of closings without referral."""

from dataclasses import dataclass

from django.utils.functional import Promise

from havre.agencies.models import Officer, is_same_person
from havre.triage.closing.rules import ClosingReason, ClosingState, answer_to
from havre.triage.closing.sealed import OpenedClosing
from havre.triage.closing.wording import ANSWERS, BECAUSE, REASONS, STATES
from havre.triage.models import Closing


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingView:
    """A closing in words, and whether this officer may be its second reader."""

    closing: Closing
    reason: Promise
    state: Promise
    note: str
    reopened_note: str
    because: tuple[Promise, ...]
    answer: Promise | None
    waits_for_me: bool
    # The incident of a split report that was closed; None where the report was.
    number: int | None

    @property
    def is_standing(self) -> bool:
        """Whether the report is closed by it now."""
        return self.closing.state is not ClosingState.REOPENED


def closing_views(opened: tuple[OpenedClosing, ...], *, actor: Officer) -> tuple[ClosingView, ...]:
    """The closings of a report, the latest first."""
    return tuple(_view(each, actor) for each in opened)


def _view(opened: OpenedClosing, actor: Officer) -> ClosingView:
    closing = opened.closing
    answer = ANSWERS[answer_to(ClosingReason(closing.reason))]
    waits = closing.state is ClosingState.TO_READ
    return ClosingView(
        closing=closing,
        reason=REASONS[closing.reason],
        state=STATES[closing.state],
        note=opened.note,
        reopened_note=opened.reopened_note,
        because=tuple(BECAUSE[code] for code in closing.read_twice),
        answer=answer if closing.tells_reporter else None,
        waits_for_me=waits and not is_same_person(closing.closed_by, actor),
        number=closing.incident.number if closing.incident else None,
    )

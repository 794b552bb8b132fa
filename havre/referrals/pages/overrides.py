"""Rows of the desk's page that tell of lanes set by hand."""

from dataclasses import dataclass

from django.utils.functional import Promise

from havre.agencies.models import Officer, is_same_person
from havre.triage.models import Override
from havre.triage.overrides.rules import OverrideState
from havre.triage.overrides.sealed import OpenedOverride
from havre.triage.overrides.wording import REASONS, STATES
from havre.triage.wording import LANES


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideView:
    """A lane set by hand in words, and whether this officer may confirm it."""

    override: Override
    scored: Promise | None
    to: Promise
    reason: Promise
    state: Promise
    note: str
    waits: bool
    waits_for_me: bool

    @property
    def is_standing(self) -> bool:
        """Whether it holds, or waits to be confirmed."""
        return self.override.ended_at is None


def override_views(
    opened: tuple[OpenedOverride, ...], *, actor: Officer
) -> tuple[OverrideView, ...]:
    """The lanes that persons set for a report, the latest first."""
    return tuple(_view(each, actor) for each in opened)


def _view(opened: OpenedOverride, actor: Officer) -> OverrideView:
    override = opened.override
    waits = override.state is OverrideState.TO_CONFIRM
    return OverrideView(
        override=override,
        scored=LANES[override.scored_band] if override.scored_band else None,
        to=LANES[override.to_band],
        reason=REASONS[override.reason],
        state=STATES[override.state],
        note=opened.note,
        waits=waits,
        waits_for_me=waits and not is_same_person(override.set_by, actor),
    )

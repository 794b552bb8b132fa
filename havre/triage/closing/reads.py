"""Questions about reports that were closed without referral."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from havre.agencies.models import Officer
from havre.audit.rules import Actor
from havre.intake.models import Report
from havre.triage.closing.rules import ClosingReason, ClosingState, DuplicateOfNothingError
from havre.triage.models import Closing
from havre.triage.policies.reads import policy_in_force
from havre.triage.reads import came_by
from havre.triage.rules.assess import title_by

ROWS = 50
# Beside the states: those that wait for this reader, who did not close them.
FOR_ME = "for-me"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingRow:
    """One closed report of the list, in the reader's language."""

    closing: Closing
    title: str
    came_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingsPage:
    """A page of closed reports, the latest first, and how many wait for a second reader."""

    rows: tuple[ClosingRow, ...]
    chosen: int
    next: str
    to_read: int
    for_me: int


def standing_closing(report: UUID, *, incident: UUID | None = None, actor: Actor) -> Closing | None:
    """The closing of a report, or of one incident of a split one, that is closed now."""
    closed = Closing.objects.visible_to(actor).filter(reopened_at=None)
    return closed.filter(report=report, incident=incident).first()


def closings_page(
    *,
    state: str = "",
    reason: str = "",
    sought: str = "",
    after: str = "",
    language: str = "en",
    actor: Actor,
) -> ClosingsPage:
    """Closed reports, the latest first; `after` is what the page before gave as its `next`."""
    everything = Closing.objects.visible_to(actor)
    chosen = everything.filter(_in_state(state, actor))
    if reason:
        chosen = chosen.filter(reason=reason)
    if sought:
        chosen = chosen.filter(report__reference__contains=sought.upper())
    found = list(_behind(chosen, after).select_related("report__provider", "closed_by", "read_by"))
    counted = everything.aggregate(
        to_read=Count("pk", filter=_in_state(ClosingState.TO_READ, actor)),
        for_me=Count("pk", filter=_in_state(FOR_ME, actor)),
    )
    return ClosingsPage(
        rows=_rows(found[:ROWS], language),
        chosen=chosen.count(),
        next=found[ROWS - 1].pk.hex if len(found) > ROWS else "",
        **counted,
    )


def first_of_duplicates(reference: str, *, than: Report, actor: Actor) -> Report:
    """The report that another one repeats. Raises DuplicateOfNothingError."""
    first = Report.objects.visible_to(actor).filter(reference=reference).first()
    if first is None or first == than:
        raise DuplicateOfNothingError
    standing = standing_closing(first.pk, actor=actor)
    if standing and standing.reason == ClosingReason.DUPLICATE:
        raise DuplicateOfNothingError
    return first


def title_of_closing(closing: Closing, *, language: str) -> str:
    """The title by rule that the report had when it was closed, or "" when it had no score."""
    if not closing.band:
        return ""
    return title_by(closing.title, policy=policy_in_force(), language=language)


def _behind(chosen: QuerySet[Closing], after: str) -> QuerySet[Closing]:
    try:
        behind = chosen.filter(pk__lt=UUID(after)) if after else chosen
    except ValueError:
        behind = chosen
    return behind.order_by("-pk")[: ROWS + 1]


def _in_state(state: str, actor: Actor) -> Q:
    waits = Q(reopened_at=None, read_at=None) & ~Q(read_twice=[])
    states = {
        ClosingState.FINAL: Q(reopened_at=None) & (Q(read_twice=[]) | Q(read_at__isnull=False)),
        ClosingState.REOPENED: Q(reopened_at__isnull=False),
        ClosingState.TO_READ: waits,
        FOR_ME: waits & ~Q(closed_by__in=Officer.objects.rows_of(actor)),
    }
    return states.get(state, Q())


def _rows(found: Sequence[Closing], language: str) -> tuple[ClosingRow, ...]:
    return tuple(
        ClosingRow(
            closing=closing,
            title=title_of_closing(closing, language=language),
            came_by=came_by(closing.report),
        )
        for closing in found
    )

"""Questions about sheets: which wait for an interpreter, and where one of a report stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Role
from havre.audit.rules import Actor
from havre.plumbing import clock
from havre.triage.interpreting.sheets.models import HandedBack, Sheet
from havre.triage.interpreting.sheets.rules import CLAIM_LASTS, UNDO_LASTS, Why
from havre.triage.models import QueueItem

# What left the queue waits as what has no score does: before THIS WEEK.
UNRANKED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsPage:
    """The work of an interpreter: in hand, offered by urgency, finished just now."""

    mine: tuple[Sheet, ...]
    offered: tuple[Sheet, ...]
    done: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetState:
    """Where the words of a report stand with the interpreters, as the desk sees it."""

    sheet: Sheet
    # How many interpreters with an account read this language.
    readers: int
    handed_back: tuple[HandedBack, ...]


def sheets_to_do(actor: Actor) -> list[Sheet]:
    """The open sheets that an interpreter may see, in no order."""
    return list(Sheet.objects.visible_to(actor).select_related("claimed_by"))


def by_urgency(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Sheets by the place of their reports in the queue, which an interpreter is not shown.

    Ask it as one of Havre's own stations.
    """
    reports = [one.report_id for one in sheets]
    ranks = dict(QueueItem.objects.filter(report__in=reports).values_list("report", "rank"))
    return sorted(sheets, key=lambda one: (ranks.get(one.report_id, UNRANKED), one.offered_at))


def just_finished(officer: Officer) -> QuerySet[Sheet]:
    """What an interpreter finished and may still take back. Ask it as one of Havre's stations."""
    since = clock.now() - UNDO_LASTS
    return Sheet.objects.filter(finished_by=officer, finished_at__gt=since).order_by("-finished_at")


def run_out(now: datetime) -> QuerySet[Sheet]:
    """Open sheets whose claim has run out. Ask it as one of Havre's own stations."""
    return Sheet.objects.open().filter(claimed_at__lte=now - CLAIM_LASTS, claimed_by__isnull=False)


def sheet_state(report: UUID, *, actor: Actor) -> SheetState | None:
    """Where the open sheet of a report stands, if one is open."""
    seen = Sheet.objects.visible_to(actor).open().select_related("claimed_by")
    sheet = seen.filter(report=report).first()
    if sheet is None:
        return None
    told = Q(sheet=sheet) | Q(report=report, why=Why.KNOWS_THEM)
    back = HandedBack.objects.visible_to(actor).filter(told).select_related("officer")
    readers = Officer.objects.filter(
        role=Role.INTERPRETER,
        is_active=True,
        interprets__contains=[sheet.language],
        compartments__contains=[sheet.compartment],
    ).exclude(pk__in=[one.officer_id for one in back])
    return SheetState(sheet=sheet, readers=readers.count(), handed_back=tuple(back))

"""Questions about the board: what hangs there for somebody, and who has read it."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Agency
from havre.audit.rules import Actor
from havre.cases.bulletins.models import Mark, Notice

NOTICE_ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage:
    """A page of the board, newest first, and which of it the reader has read."""

    notices: tuple[Notice, ...]
    next: str
    read: frozenset[UUID]


def notices_page(actor: Actor, *, officer: UUID, after: str = "") -> NoticePage:
    """The notices that somebody may read."""
    rows = Notice.objects.visible_to(actor).select_related("agency")
    try:
        rows = rows.filter(pk__lt=UUID(after)) if after else rows
    except ValueError:
        rows = rows.none()
    found = list(rows[: NOTICE_ROWS + 1])
    more = len(found) > NOTICE_ROWS
    shown = tuple(found[:NOTICE_ROWS])
    marks = Mark.objects.filter(notice__in=shown, officer=officer)
    return NoticePage(
        notices=shown,
        next=str(shown[-1].pk) if more else "",
        read=frozenset(marks.values_list("notice", flat=True)),
    )


def notice_by_reference(reference: str, *, actor: Actor) -> Notice:
    """One notice. Raises Notice.DoesNotExist, alike for held, expired, withdrawn and missing."""
    seen = Notice.objects.visible_to(actor)
    return seen.select_related("agency", "posted_by").get(reference=reference)


def readers_of(notice: Notice) -> list[tuple[Agency, int]]:
    """Which agencies have read it, and how many officers of each: its own agency asks."""
    marks = Mark.objects.filter(notice=notice).select_related("agency")
    counted = Counter(mark.agency for mark in marks)
    return sorted(counted.items(), key=lambda pair: pair[0].code)

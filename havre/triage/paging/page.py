"""Pages as their list shows them, in the reader's language."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language

from havre.agencies.models import Officer
from havre.triage.paging.models import Call, Page, Reach
from havre.triage.paging.reads import PagesPage
from havre.triage.paging.wording import KINDS, RUNGS, STATES, WAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """One person who was called by one way, and what came of it."""

    call: Call
    name: str
    rung: Promise
    way: Promise | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """One page: for what, since when, who was called, who took it."""

    page: Page
    kind: Promise
    state: Promise
    calls: tuple[CallRow, ...]
    # Whose people are called, where it is not the desk's own.
    agency: str = ""
    # Whether the reader may take it.
    is_theirs: bool = True

    @property
    def waits(self) -> bool:
        """Whether somebody must still take it."""
        return not self.page.acknowledged_at and not self.page.ended_at


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesInWords:
    """The whole list."""

    waiting: tuple[PageRow, ...]
    over: tuple[PageRow, ...]
    next: str


def pages_in_words(found: PagesPage, reader: Officer) -> PagesInWords:
    """The list of pages in words, as an officer reads it."""
    return PagesInWords(
        waiting=tuple(_row(page, reader) for page in found.waiting),
        over=tuple(_row(page, reader) for page in found.over),
        next=found.next,
    )


def _row(page: Page, reader: Officer) -> PageRow:
    return PageRow(
        page=page,
        kind=KINDS[page.kind],
        state=STATES[page.state],
        agency=page.agency.name(get_language() or "en") if page.agency else "",
        is_theirs=page.may_be_taken_by(reader),
        calls=tuple(
            CallRow(
                call=call,
                name=call.officer.display_name,
                rung=RUNGS[call.rung],
                way=WAYS.get(call.way),
            )
            for call in page.calls.all()
        ),
    )


def results_in_words(reach: Reach) -> list[tuple[Promise, str]]:
    """Each way of the last test, and why it failed; "" where it went out."""
    return [(WAYS[way], because) for way, because in sorted(reach.test_results.items())]

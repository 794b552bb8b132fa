"""The rota as its page shows it: moments by the clock in Toronto, in the reader's language."""

from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Officer
from havre.triage.duty.models import Shift
from havre.triage.duty.reads import RotaPage
from havre.triage.duty.rules.shifts import Span
from havre.triage.duty.wording import on_the_wall


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """From when to when, in words."""

    starts: str
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRow:
    """One shift of the rota."""

    id: UUID
    hours: Hours
    officer: Officer
    instead_of: str
    is_now: bool
    others: tuple[Officer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskWords:
    """Another desk, and when nobody is on call there."""

    name: str
    gaps: tuple[Hours, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaWords:
    """The whole page."""

    now: str
    until: str
    on_call: tuple[Officer, ...]
    rows: tuple[ShiftRow, ...]
    gaps: tuple[Hours, ...]
    elsewhere: tuple[DeskWords, ...]


def page_in_words(page: RotaPage, *, language: str) -> RotaWords:
    """The rota in the reader's language."""

    def hours(span: Span) -> Hours:
        starts, ends = (on_the_wall(each, language) for each in (span.starts, span.ends))
        return Hours(starts=starts, ends=ends)

    def row(shift: Shift) -> ShiftRow:
        return ShiftRow(
            id=shift.pk,
            hours=hours(shift.span),
            officer=shift.officer,
            instead_of=shift.instead_of.display_name if shift.instead_of else "",
            is_now=shift.starts_at <= page.now,
            others=tuple(one for one in page.colleagues if one.pk != shift.officer_id),
        )

    return RotaWords(
        now=on_the_wall(page.now, language),
        until=on_the_wall(page.until, language),
        on_call=page.on_call,
        rows=tuple(row(shift) for shift in page.shifts),
        gaps=tuple(hours(span) for span in page.gaps),
        elsewhere=tuple(
            DeskWords(name=each.agency.name(language), gaps=tuple(hours(g) for g in each.gaps))
            for each in page.elsewhere
        ),
    )

"""What an interpreter's pages show: languages by name, and until when something holds."""

from dataclasses import asdict, dataclass
from datetime import datetime

from havre.triage.interpreting.sheets.actions import OpenedSheet
from havre.triage.interpreting.sheets.forms import HandBackForm, WritingForm
from havre.triage.interpreting.sheets.models import Sheet
from havre.triage.interpreting.sheets.reads import SheetsPage
from havre.triage.interpreting.sheets.rules import CLAIM_LASTS, UNDO_LASTS
from havre.triage.interpreting.wording import language_name


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A sheet in a list. `until`: held so long, or to be taken back so long."""

    sheet: Sheet
    language: str
    parts: int
    until: datetime | None


def sheets_context(page: SheetsPage) -> dict[str, object]:
    """What the list shows."""
    return {
        "mine": [_row(one, held_until(one)) for one in page.mine],
        "offered": [_row(one, None) for one in page.offered],
        "done": [_row(one, one.finished_at and one.finished_at + UNDO_LASTS) for one in page.done],
    }


def sheet_context(
    opened: OpenedSheet, *, writing: WritingForm | None = None, back: HandBackForm | None = None
) -> dict[str, object]:
    """What the page of a sheet shows; a form that was refused keeps what was typed."""
    return {
        "opened": opened,
        "language_of": language_name(opened.sheet.language),
        "until": held_until(opened.sheet),
        "form": writing or WritingForm(initial=asdict(opened.writing)),
        "back": back or HandBackForm(),
        "faulty": next((form for form in (writing, back) if form and form.errors), None),
    }


def held_until(sheet: Sheet) -> datetime | None:
    """Until when a claim holds."""
    return sheet.claimed_at and sheet.claimed_at + CLAIM_LASTS


def _row(sheet: Sheet, until: datetime | None) -> SheetRow:
    named = language_name(sheet.language)
    return SheetRow(sheet=sheet, language=named, parts=len(sheet.places), until=until)

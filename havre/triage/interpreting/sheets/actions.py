"""What an interpreter does: looks, takes a sheet in hand, writes, finishes, hands it back.

Whoever acts must see the row; what changes is changed by the pipeline, which may write it.
"""

from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Detail, Event, Station
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.triage.interpreting.anew import note_before_given
from havre.triage.interpreting.keeping import end_waiting, keep_translation, walk_again
from havre.triage.interpreting.models import TakenBack, Translation, Wanted
from havre.triage.interpreting.rules import Translated
from havre.triage.interpreting.sheets.models import HandedBack, Sheet
from havre.triage.interpreting.sheets.reads import (
    SheetsPage,
    by_urgency,
    just_finished,
    run_out,
    sheets_to_do,
)
from havre.triage.interpreting.sheets.rules import (
    HeldByAnotherError,
    NotInHandError,
    Passage,
    TooLateError,
    Why,
    Writing,
    may_undo,
    words_in,
)
from havre.triage.interpreting.sheets.sealed import open_draft, open_passages, seal_draft

BY = Station.PIPELINE


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSheet:
    """A sheet with its words, and what whoever has it in hand wrote so far."""

    sheet: Sheet
    passages: tuple[Passage, ...]
    writing: Writing
    is_mine: bool


@action(Event.SHEETS_READ)
def read_sheets(*, by: Officer) -> SheetsPage:
    """Look at what waits in one's languages. What nobody goes on with is free for others first."""
    with acting_as(BY.context):
        for sheet in run_out(clock.now()).select_for_update():
            _let_go(sheet)
            _note(Event.SHEET_RELEASED, sheet, by=BY)
    seen = sheets_to_do(by)
    with acting_as(BY.context):
        rows = by_urgency(seen)
        done = tuple(just_finished(by))
    record(Event.SHEETS_READ, about_kind="sheets", about=by.pk, by=by, rows=len(rows))
    return SheetsPage(
        mine=tuple(one for one in rows if one.claimed_by_id),
        offered=tuple(one for one in rows if not one.claimed_by_id),
        done=done,
    )


@action(Event.SHEET_READ)
def open_sheet(sheet_id: UUID, *, by: Officer) -> OpenedSheet:
    """Look at the words of one sheet. Raises Sheet.DoesNotExist, alike for others' and missing."""
    sheet = _locked(sheet_id, by=by)
    _note(Event.SHEET_READ, sheet, by=by)
    is_mine = sheet.claimed_by_id == by.pk
    return OpenedSheet(
        sheet=sheet,
        passages=open_passages(sheet),
        # Whoever takes it in hand finds no draft of another.
        writing=open_draft(sheet) if is_mine else Writing(),
        is_mine=is_mine,
    )


@action(Event.SHEET_CLAIMED)
def claim_sheet(sheet_id: UUID, *, by: Officer) -> None:
    """Take a sheet in hand, for two hours from then and from each draft on.

    Raises HeldByAnotherError, Sheet.DoesNotExist.
    """
    sheet = _locked(sheet_id, by=by)
    _take_up(sheet, by=by)
    _note(Event.SHEET_CLAIMED, sheet, by=by)


@action(Event.SHEET_RELEASED)
def release_sheet(sheet_id: UUID, *, by: Officer) -> None:
    """Let another interpreter have it. One's draft waits until somebody else takes it.

    Raises NotInHandError, Sheet.DoesNotExist.
    """
    sheet = _in_hand(sheet_id, by=by)
    _let_go(sheet)
    _note(Event.SHEET_RELEASED, sheet, by=by)


@action(Event.SHEET_KEPT)
def save_draft(sheet_id: UUID, *, writing: Writing, by: Officer) -> None:
    """Keep what was written so far, for oneself. Raises NotInHandError, Sheet.DoesNotExist."""
    sheet = _in_hand(sheet_id, by=by)
    _take_up(sheet, by=by)
    _put_draft(sheet, writing, by=by)
    _note(Event.SHEET_KEPT, sheet, by=by)


@action(Event.TRANSLATION_WRITTEN)
def finish_sheet(sheet_id: UUID, *, writing: Writing, by: Officer) -> None:
    """Give the desk the translation: the report is scored anew on it, and waits no more.

    Raises NotInHandError, Sheet.DoesNotExist.
    """
    sheet = _in_hand(sheet_id, by=by)
    _put_draft(sheet, writing, by=by)
    with acting_as(BY.context):
        for code, text in writing.texts.items():
            keep_translation(
                sheet.report,
                Translated(text=text, who=by.display_name, unsure=writing.unsure.strip()),
                languages=(sheet.language, code),
                sheet=sheet.pk,
                of_words=words_in(sheet.places),
                by=by,
                as_whom=BY,
            )
        _put(sheet, claimed_by=None, claimed_at=None, finished_by=by, finished_at=clock.now())
        end_waiting(sheet.report, is_unread=True, by=by)
    into = ",".join(writing.texts)
    _note(Event.TRANSLATION_WRITTEN, sheet, by=by, language=sheet.language, to=into)


@action(Event.TRANSLATION_TAKEN_BACK)
def undo_sheet(sheet_id: UUID, *, by: Officer) -> None:
    """Take back what one finished a moment ago, and have it in hand again with all its words.

    The report keeps the rank that the words gave it. Raises TooLateError, Sheet.DoesNotExist.
    """
    with acting_as(BY.context):
        sheet = _row(sheet_id, finished_by=by)
        others = Sheet.objects.open().filter(report=sheet.report_id)
        if sheet.finished_at is None or not may_undo(sheet.finished_at, now=clock.now()):
            raise TooLateError
        if others.exists():
            raise TooLateError
        for row in Translation.objects.standing().filter(sheet=sheet.pk):
            TakenBack(translation=row).save(force_insert=True)
        _put(sheet, finished_by=None, finished_at=None, claimed_by=by, claimed_at=clock.now())
        waits_again = {"ended_at": None, "ended_by": None, "is_unread": False}
        Wanted.objects.filter(report=sheet.report_id).update(**waits_again)
        walk_again(sheet.report)
    _note(Event.TRANSLATION_TAKEN_BACK, sheet, by=by)


@action(Event.SHEET_HANDED_BACK)
def hand_back_sheet(sheet_id: UUID, *, why: Why, by: Officer) -> None:
    """Say that one cannot do a sheet: it is offered to others, and the desk reads why.

    The draft of another stays. Raises HeldByAnotherError, Sheet.DoesNotExist.
    """
    sheet = _locked(sheet_id, by=by)
    own = {"draft": None, "draft_by": None} if sheet.draft_by_id == by.pk else {}
    with acting_as(BY.context):
        told = HandedBack(
            id=ids.uuid7(), sheet=sheet, report_id=sheet.report_id, officer=by, why=why
        )
        told.save(force_insert=True)
        _put(sheet, claimed_by=None, claimed_at=None, **own)
    _note(Event.SHEET_HANDED_BACK, sheet, by=by, why=why)


def _locked(sheet_id: UUID, *, by: Officer) -> Sheet:
    """A sheet that an interpreter sees, held until the act is done.

    What its report's identifiers hide of its reporter is known before, by the present rules.
    """
    note_before_given(Sheet.objects.visible_to(by).get(pk=sheet_id).report_id)
    with acting_as(BY.context):
        sheet = _row(sheet_id, finished_at=None, withdrawn_at=None)
    if sheet.claimed_by_id not in {None, by.pk}:
        raise HeldByAnotherError
    return sheet


def _row(sheet_id: UUID, **which: object) -> Sheet:
    rows = Sheet.objects.select_for_update(of=("self",)).select_related("report")
    return rows.get(pk=sheet_id, **which)


def _in_hand(sheet_id: UUID, *, by: Officer) -> Sheet:
    """A sheet that is in hand. A claim that ran out, with nobody else come, still holds."""
    sheet = _locked(sheet_id, by=by)
    if sheet.claimed_by_id != by.pk:
        raise NotInHandError
    return sheet


def _take_up(sheet: Sheet, *, by: Officer) -> None:
    fresh = {} if sheet.draft_by_id in {None, by.pk} else {"draft": None, "draft_by": None}
    with acting_as(BY.context):
        _put(sheet, claimed_by=by, claimed_at=clock.now(), **fresh)


def _let_go(sheet: Sheet) -> None:
    with acting_as(BY.context):
        _put(sheet, claimed_by=None, claimed_at=None)


def _put_draft(sheet: Sheet, writing: Writing, *, by: Officer) -> None:
    sealed = seal_draft(sheet, writing)
    with acting_as(BY.context):
        _put(sheet, draft=sealed, draft_by=by)


def _put(sheet: Sheet, **columns: object) -> None:
    for name, value in columns.items():
        setattr(sheet, name, value)
    sheet.save(update_fields=list(columns))


def _note(event: Event, sheet: Sheet, *, by: Actor, **details: Detail) -> None:
    record(event, about_kind="report", about=sheet.report_id, by=by, sheet=str(sheet.pk), **details)

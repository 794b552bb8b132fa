"""Writing down what was looked at in the open, and reading it again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.intake.models import Report
from havre.intake.reads import report_by_reference
from havre.plumbing import clock, ids
from havre.triage.claims import still_in_hand
from havre.triage.enrichment.models import Note, NoteText
from havre.triage.enrichment.rules import (
    CorrectedAlreadyError,
    KeptBack,
    Looked,
    Source,
    check_moment,
)
from havre.triage.enrichment.sealed import OpenedNote, opened_notes, sealed_words


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedNotes:
    """The notes on a report, the latest first, and the one that is to be corrected."""

    report: Report
    notes: tuple[OpenedNote, ...]
    correcting: OpenedNote | None


@action(Event.ENRICHMENT_WRITTEN)
def write_note(
    reference: str,
    *,
    source: Source,
    looked: Looked,
    looked_at: datetime,
    kept_back: KeptBack | None = None,
    corrects: UUID | None = None,
    by: Officer,
) -> Note:
    """Write down what was looked at in the open for a report, or correct such a note by another.

    Raises Report.DoesNotExist, Note.DoesNotExist, CorrectedAlreadyError, NotYetError.
    """
    report = report_by_reference(reference, actor=by)
    check_moment(looked_at, now=clock.now())
    earlier = _to_correct(report, corrects, by)
    note = Note(
        id=ids.uuid7(),
        report=report,
        corrects=earlier,
        source=source,
        looked_at=looked_at,
        by=by,
        role=by.role,
        kept_back=kept_back or "",
    )
    note.save(force_insert=True)
    NoteText(note=note, body=sealed_words(note, looked, by=by)).save(force_insert=True)
    still_in_hand(report, by=by)
    record(
        Event.ENRICHMENT_WRITTEN,
        about_kind="report",
        about=report.pk,
        by=by,
        source=source,
        corrects=str(note.corrects_id or ""),
        kept_back=note.kept_back,
    )
    return note


@action(Event.ENRICHMENT_READ)
def read_notes(reference: str, *, corrects: UUID | None = None, by: Officer) -> OpenedNotes:
    """Look at what was looked at for a report, those that were corrected too.

    Raises Report.DoesNotExist, Note.DoesNotExist when `corrects` is none that stands.
    """
    report = report_by_reference(reference, actor=by)
    found = opened_notes(report, by=by)
    standing = {each.note.pk: each for each in found if each.is_standing}
    if corrects and corrects not in standing:
        raise Note.DoesNotExist
    about = report.pk
    record(Event.ENRICHMENT_READ, about_kind="report", about=about, by=by, rows=len(found))
    return OpenedNotes(
        report=report,
        notes=found[::-1],
        correcting=standing[corrects] if corrects else None,
    )


def _to_correct(report: Report, corrects: UUID | None, by: Officer) -> Note | None:
    if corrects is None:
        return None
    notes = Note.objects.visible_to(by).filter(report=report)
    earlier = notes.get(pk=corrects)
    if notes.filter(corrects=earlier).exists():
        raise CorrectedAlreadyError
    return earlier

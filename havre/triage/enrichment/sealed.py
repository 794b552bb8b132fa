"""What was looked at, sealed and opened. Parts of actions, which write the line."""

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db.models import QuerySet

from havre.audit.rules import Actor
from havre.evidence.custody import key_of
from havre.intake.models import Report
from havre.intake.sealed import Spot, open_text, seal_text
from havre.plumbing.values.written import written_once
from havre.triage.enrichment.models import Note, NoteText
from havre.triage.enrichment.rules import Looked


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedNote:
    """A note with its words; without them for whoever is not given them."""

    note: Note
    looked: Looked | None
    is_standing: bool


def sealed_words(note: Note, looked: Looked, *, by: Actor) -> bytes:
    """What was looked at, sealed under the report's key."""
    said = json.dumps(asdict(looked), ensure_ascii=False)
    return seal_text(note.report, said, key=key_of(note.report_id, by=by), spot=_spot(note))


def opened_notes(report: Report, *, by: Actor) -> tuple[OpenedNote, ...]:
    """Every note on a report in the order they were written, as far as `by` is given them."""
    notes = _notes(report.pk, by)
    if not notes:
        return ()
    key = key_of(report.pk, by=by)
    texts = {text.note_id: text.body for text in NoteText.objects.filter(note__in=notes)}
    corrected = {note.corrects_id for note in notes}

    def opened(note: Note) -> Looked | None:
        if note.pk not in texts:
            return None
        words = open_text(report, texts[note.pk], key=key, spot=_spot(note))
        return Looked(**json.loads(words))

    return tuple(
        OpenedNote(note=note, looked=opened(note), is_standing=note.pk not in corrected)
        for note in notes
    )


@written_once
def _notes(report: UUID, by: Actor) -> QuerySet[Note]:
    return Note.objects.visible_to(by).filter(report=report).select_related("report", "by")


def _spot(note: Note) -> Spot:
    return Spot("enrichment_note", "body", note.pk)

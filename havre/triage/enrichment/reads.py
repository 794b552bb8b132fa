"""Notes on what was looked at, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from havre.agencies.wording import ROLES
from havre.triage.enrichment.models import Note
from havre.triage.enrichment.rules import Looked
from havre.triage.enrichment.sealed import OpenedNote
from havre.triage.enrichment.wording import KEPT_BACK, SOURCES


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """A note in words; `looked` is None where it is kept back from whoever reads."""

    note: Note
    source: Promise
    role: Promise
    looked: Looked | None
    kept_back: Promise | None
    is_standing: bool


def note_rows(opened: Iterable[OpenedNote]) -> tuple[NoteRow, ...]:
    """Notes in the reader's language, in the order they are given."""
    return tuple(
        NoteRow(
            note=each.note,
            source=SOURCES[each.note.source],
            role=ROLES[each.note.role],
            looked=each.looked,
            kept_back=KEPT_BACK[each.note.kept_back] if each.note.kept_back else None,
            is_standing=each.is_standing,
        )
        for each in opened
    )

"""What pages tell of words in a third language: who is asked for them, and what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from havre.agencies.models import Officer
from havre.plumbing import clock
from havre.referrals.pages.tables import in_words
from havre.referrals.sending.actions import OnTheDesk
from havre.triage.interpreting.reads import Waits, waiting_for_interpreters, waits_of
from havre.triage.interpreting.sealed import OpenedTranslation
from havre.triage.interpreting.sheets.reads import SheetState, sheet_state
from havre.triage.interpreting.sheets.wording import TOLD
from havre.triage.interpreting.wording import language_name


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationRow:
    """A translation as it is read: `spoken` is the code of the language it is in."""

    text: str
    unsure: str
    spoken: str
    from_language: str
    into: str
    who: str
    by: str
    at: datetime

    @property
    def is_written_down(self) -> bool:
        """Whether somebody else wrote it down than who translated."""
        return self.who != self.by


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """Whether words wait for an interpreter, with whom they stand, and what they say.

    `is_new`: nobody of the desk has opened the report since the interpreter gave it.
    """

    waits: Waits | None
    sheet: SheetState | None
    # Who handed the words back, and why, in words.
    handed_back: tuple[tuple[str, object], ...]
    rows: tuple[TranslationRow, ...]
    is_new: bool
    # The code of the language that its words came in, where it is a third one.
    spoken: str


def translation_rows(opened: Sequence[OpenedTranslation]) -> tuple[TranslationRow, ...]:
    """Translations in the reader's language, in the order they are given."""
    return tuple(
        TranslationRow(
            text=in_words(each.told.text),
            unsure=in_words(each.told.unsure),
            spoken=each.translation.to_language,
            from_language=language_name(each.translation.from_language),
            into=language_name(each.translation.to_language),
            who=each.told.who,
            by=each.translation.by.display_name,
            at=each.translation.at,
        )
        for each in opened
    )


def translated_view(desk: OnTheDesk, *, band: str, actor: Officer) -> Translated:
    """What is known of the words of a report in another language."""
    report, opened = desk.opened.report.pk, desk.translations
    row = waiting_for_interpreters([report]).get(report)
    sheet = sheet_state(report, actor=actor) if row else None
    back = sheet.handed_back if sheet else ()
    return Translated(
        waits=waits_of(row, band=band, now=clock.now()) if row else None,
        sheet=sheet,
        handed_back=tuple((one.officer.display_name, TOLD[one.why]) for one in back),
        rows=translation_rows(opened),
        is_new=desk.is_newly_translated,
        spoken=row.language if row else spoken_of(opened),
    )


def spoken_of(opened: Sequence[OpenedTranslation]) -> str:
    """The code of the language that words were translated from; nothing where none were."""
    return opened[0].translation.from_language if opened else ""

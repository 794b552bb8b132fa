"""Asking for an interpreter, keeping what is translated, and reading what stands in it."""

from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.identifiers.actions import note_mentions
from havre.identifiers.editions.reads import was_noted_otherwise
from havre.intake.models import Report
from havre.intake.reads import report_by_id, report_by_reference
from havre.intake.sealed import told_in
from havre.intake.splits.rules import later_field
from havre.links.silent.carrying import carry_forms, other_forms
from havre.plumbing import clock
from havre.triage.claims import still_in_hand
from havre.triage.interpreting.entering import note_language
from havre.triage.interpreting.keeping import (
    end_waiting,
    keep_translation,
    let_kept_words_wait,
    note_read,
)
from havre.triage.interpreting.models import Translation, Wanted
from havre.triage.interpreting.rules import NothingWaitsError, Translated
from havre.triage.interpreting.sealed import (
    OpenedTranslation,
    opened_translations,
    translations_to_read,
    words_not_given,
    words_since,
)
from havre.triage.interpreting.sheets.offering import settle_sheet, texts_given
from havre.triage.reads import item_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedWords:
    """The words of a report as they came, who is asked for them, and how they were translated."""

    report: Report
    words: tuple[str, ...]
    wanted: Wanted | None
    translations: tuple[OpenedTranslation, ...]


@action(Event.INTERPRETER_ASKED)
def ask_interpreter(reference: str, *, language: str, by: Officer) -> Wanted:
    """Ask for an interpreter of a language: for the first time, again, or of another one.

    Whoever waited goes on waiting since then. Raises Report.DoesNotExist.
    """
    report = report_by_reference(reference, actor=by)
    row = Wanted.objects.select_for_update(of=("self",)).filter(report=report).first()
    if row is None:
        row = Wanted(report=report, language=language, asked_by=by)
        row.save(force_insert=True)
    else:
        if row.ended_at:
            row.asked_at = clock.now()
        row.language, row.asked_by, row.ended_at, row.ended_by = language, by, None, None
        row.save(update_fields=["language", "asked_at", "asked_by", "ended_at", "ended_by"])
    settle_sheet(report)
    about = report.pk
    record(Event.INTERPRETER_ASKED, about_kind="report", about=about, by=by, language=language)
    return row


@action(Event.INTERPRETER_LET_GO)
def let_interpreter_go(reference: str, *, by: Officer) -> None:
    """Say that a report needs no interpreter. Raises Report.DoesNotExist, NothingWaitsError."""
    report = report_by_reference(reference, actor=by)
    ended = Wanted.objects.waiting().filter(report=report)
    if not ended.update(ended_at=clock.now(), ended_by=by):
        raise NothingWaitsError
    settle_sheet(report)
    record(Event.INTERPRETER_LET_GO, about_kind="report", about=report.pk, by=by)


@action(Event.TRANSLATION_WRITTEN)
def write_translation(
    reference: str, *, from_language: str, to_language: str, told: Translated, by: Officer
) -> Translation:
    """Keep what a report says, translated; the report is scored anew on it and waits no more.

    The translation before stays; the latest is read. Raises Report.DoesNotExist.
    """
    report = report_by_reference(reference, actor=by)
    languages = (from_language, to_language)
    # It may tell of every word that was on the page, whatever was decided on it.
    words = [UUID(pk) for pk in words_since(report, by=by)]
    row = keep_translation(report, told, languages=languages, of_words=words, by=by, as_whom=by)
    end_waiting(report, is_unread=False, by=by)
    settle_sheet(report)
    still_in_hand(report, by=by)
    record(
        Event.TRANSLATION_WRITTEN,
        about_kind="report",
        about=report.pk,
        by=by,
        language=from_language,
        to=to_language,
    )
    return row


@action(Event.TRANSLATION_READ)
def open_words(reference: str, *, by: Officer) -> OpenedWords:
    """Look at the words of a report beside their translations. Raises Report.DoesNotExist."""
    report = report_by_reference(reference, actor=by)
    words = texts_given(report, by=by)
    note_read(report)
    record(Event.TRANSLATION_READ, about_kind="report", about=report.pk, by=by)
    return OpenedWords(
        report=report,
        words=tuple(words.values()),
        wanted=Wanted.objects.waiting().filter(report=report).first(),
        translations=opened_translations(report, by=by),
    )


@action(Event.IDENTIFIERS_NOTED)
def note_identifiers(report_id: UUID, *, by: Actor) -> int:
    """Note the identifiers of a report, those of its translations too, and ask for interpreters.

    A step of the route, safe to repeat. What a person translated is further text of the report, and
    so is what its reporter told later; whose identifiers are the reporter's own is known before an
    interpreter is given its words. What was kept back before it was translated waits again. What is
    watched or kept quiet in a form of other rules is so in the present one from then on.
    """
    report = report_by_id(report_id, actor=by)
    # Held by whoever splits, merges or puts words too, before what is noted.
    item = item_of(report.pk, actor=by, is_held=True)
    # What was decided on long ago is read by no interpreter because a release looks again.
    is_over = item is None and was_noted_otherwise(report.pk)
    let_kept_words_wait(report)
    read = translations_to_read(report, by=by)
    given = {row.pk for row in Translation.objects.given().filter(report=report)} if read else set()
    texts = [each.told.text for each in read if each.translation.pk in given]
    words = {later_field(one.pk): text for one, text in words_not_given(report, by=by).items()}
    # What is translated of words that nobody outside was given is given to nobody either.
    words |= {
        later_field(each.translation.pk): each.told.text
        for each in read
        if each.translation.pk not in given
    }
    # Before its mentions are others: they tell what the value is.
    forms = other_forms(report.pk, by=by)
    noted = note_mentions(report_id, translations=texts, words=words, by=by)
    carry_forms(forms, by=by)
    note_language(report, told_in(report, by=by), is_over=is_over, by=by)
    return noted

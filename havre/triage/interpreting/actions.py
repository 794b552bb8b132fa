"""Asking for an interpreter, and keeping what they translated."""

from dataclasses import dataclass

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.identifiers.reads import reporters_own
from havre.intake.actions import ROUTE_TASK
from havre.intake.models import Report
from havre.intake.reads import report_by_reference
from havre.intake.sealed import told_in
from havre.plumbing import clock, ids
from havre.plumbing.queue import defer
from havre.triage.claims import still_in_hand
from havre.triage.interpreting.models import Translation, Wanted
from havre.triage.interpreting.rules import (
    NothingWaitsError,
    Translated,
    without,
    words_to_translate,
)
from havre.triage.interpreting.sealed import (
    OpenedTranslation,
    opened_translations,
    sealed_translation,
)


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
    record(Event.INTERPRETER_LET_GO, about_kind="report", about=report.pk, by=by)


@action(Event.TRANSLATION_WRITTEN)
def write_translation(
    reference: str, *, from_language: str, to_language: str, told: Translated, by: Officer
) -> Translation:
    """Keep what a report says, translated; the report is scored anew on it and waits no more.

    The translation before stays; the latest is read. Raises Report.DoesNotExist.
    """
    report = report_by_reference(reference, actor=by)
    row = Translation(
        id=ids.uuid7(), report=report, from_language=from_language, to_language=to_language, by=by
    )
    row.body = sealed_translation(row, told, by=by)
    row.save(force_insert=True)
    waited = Wanted.objects.waiting().filter(report=report)
    waited.update(ended_at=clock.now(), ended_by=by)
    still_in_hand(report, by=by)
    defer(ROUTE_TASK, queue=ROUTE_TASK, report=str(report.pk), because="translated")
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
    told = (text for text in words_to_translate(told_in(report, by=by)) if text)
    texts = {str(place): text for place, text in enumerate(told)}
    own = reporters_own(report.pk, texts, actor=by)
    words = tuple(
        without(text, [(start, end) for field, start, end in own if field == place])
        for place, text in texts.items()
    )
    record(Event.TRANSLATION_READ, about_kind="report", about=report.pk, by=by)
    return OpenedWords(
        report=report,
        words=words,
        wanted=Wanted.objects.waiting().filter(report=report).first(),
        translations=opened_translations(report, by=by),
    )

"""Keeping a translation: a part of the actions of whoever wrote it, who leave the line."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from havre.agencies.models import Officer
from havre.audit.rules import Actor
from havre.intake.actions import ROUTE_TASK, WORDS
from havre.intake.models import Closure, Message, Report
from havre.plumbing import clock, ids
from havre.plumbing.queue import defer
from havre.plumbing.values.absent import none_without
from havre.plumbing.values.written import written_once
from havre.triage.interpreting.models import Translation, Wanted
from havre.triage.interpreting.rules import Translated
from havre.triage.interpreting.sealed import sealed_translation

BECAUSE = "translated"
# The job in which whoever has the report already learns that it was translated.
TELL = "tell-of-translation"


def keep_translation(
    report: Report,
    told: Translated,
    *,
    languages: tuple[str, str],
    sheet: UUID | None = None,
    of_words: Collection[UUID] = (),
    by: Officer,
    as_whom: Actor,
) -> Translation:
    """Keep what words say in another language, `languages` from and to, as `by` wrote it.

    `of_words` are the later words among them. `as_whom` holds the report's key: the desk itself, or
    the pipeline for an interpreter.
    """
    from_language, to_language = languages
    row = Translation(
        id=ids.uuid7(),
        report=report,
        from_language=from_language,
        to_language=to_language,
        sheet=sheet,
        of_words=list(of_words),
        by=by,
    )
    row.body = sealed_translation(row, told, by=as_whom)
    row.save(force_insert=True)
    return row


def end_waiting(report: Report, *, is_unread: bool, by: Officer) -> None:
    """Nobody waits for an interpreter of this report any more, and it is scored anew.

    What was closed while one was asked for waits again: nobody had read what it says.
    """
    ended = {"ended_at": clock.now(), "ended_by": by, "is_unread": is_unread}
    was_asked = Wanted.objects.waiting().filter(report=report).update(**ended)
    walk_again(report)
    if was_asked:
        _open_if_closed(report)
    defer(TELL, queue=ROUTE_TASK, report=str(report.pk))


def walk_again(report: Report) -> None:
    """Let a report walk its route again: its translations are other ones now."""
    defer(ROUTE_TASK, queue=ROUTE_TASK, report=str(report.pk), because=BECAUSE)


def let_kept_words_wait(report: Report) -> None:
    """What was kept back before a person translated it waits to be decided again. Safe to repeat.

    Whoever kept it back had not read what that says. When and why they did stays noted meanwhile:
    what they had read warns nobody.
    """
    kept = Message.objects.filter(from_reporter=True, report=report, parts=[])
    for word in _kept_back(report.pk):
        since = Translation.objects.filter(report=report, at__gt=word.decided_at)
        as_read = kept.filter(pk=word.pk, decided_at=word.decided_at)
        if since.filter(of_words__contains=[word.pk]).exists() and as_read.update(parts=None):
            defer(WORDS, queue=ROUTE_TASK, report=str(report.pk))
            _open_if_closed(report)


def _open_if_closed(report: Report) -> None:
    if Closure.objects.filter(report=report).exists():
        defer(ROUTE_TASK, queue=ROUTE_TASK, report=str(report.pk), because="returned")


@none_without("intake_message")
@written_once
def _kept_back(report: UUID) -> QuerySet[Message]:
    kept = Message.objects.filter(from_reporter=True, report=report, parts=[])
    return kept.filter(decided_at__isnull=False)


def note_read(report: Report) -> bool:
    """Somebody of the desk opens a report: whether an interpreter had translated it since."""
    return bool(Wanted.objects.unread().filter(report=report).update(is_unread=False))

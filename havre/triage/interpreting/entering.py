"""When a report is in a third language, an interpreter is asked. A part of other actions."""

from uuid import UUID

from django.db.models import QuerySet

from havre.audit.actions import record
from havre.audit.rules import Actor, Event
from havre.intake.models import Report
from havre.intake.public.rules.languages import third_language_of
from havre.intake.rules.submission import Submission
from havre.intake.splits.rules import later_field
from havre.plumbing import clock
from havre.plumbing.values.written import written_once
from havre.triage.interpreting.models import Wanted
from havre.triage.interpreting.rules import language_to_translate
from havre.triage.interpreting.sealed import words_since
from havre.triage.interpreting.sheets.offering import places_asked_for, settle_sheet


@written_once
def _wanted(report: UUID) -> QuerySet[Wanted]:
    return Wanted.objects.filter(report=report).order_by()


def note_language(report: Report, told: Submission, *, is_over: bool = False, by: Actor) -> None:
    """Ask for an interpreter where a report is in a third language. Safe to repeat.

    A hint that moves nothing: the report keeps its place, and whoever was asked stays asked. What
    its reporter adds later is asked for in its turn. Where it `is_over`, that alone is.
    """
    messages = words_since(report, by=by)
    row = next(iter(_wanted(report.pk)), None)
    if row is None and is_over and not messages:
        return
    if row is None:
        _ask(Wanted(report=report), language_to_translate(told, messages.values()), by=by)
    elif row.ended_at is not None and messages:
        asked = places_asked_for(report)
        fresh = [text for pk, text in messages.items() if later_field(pk) not in asked]
        _ask(row, third_language_of(fresh), by=by)
    elif row.ended_at is None:
        settle_sheet(report)


def _ask(row: Wanted, language: str, *, by: Actor) -> None:
    """Ask for a language, where there is one to ask for."""
    if not language:
        return
    row.language, row.asked_at, row.ended_at, row.ended_by = language, clock.now(), None, None
    row.save()
    settle_sheet(row.report)
    about = row.report_id
    record(Event.INTERPRETER_ASKED, about_kind="report", about=about, by=by, language=language)

"""When a report in a third language is scored, an interpreter is asked. A part of that action."""

from havre.audit.actions import record
from havre.audit.rules import Actor, Event
from havre.intake.models import Report
from havre.intake.rules.submission import Submission
from havre.triage.interpreting.models import Wanted
from havre.triage.interpreting.rules import language_to_translate


def note_language(report: Report, told: Submission, *, by: Actor) -> None:
    """Ask for an interpreter where a report is in a third language. Safe to repeat.

    A hint that moves nothing: the report keeps its place, and whoever was asked stays asked.
    """
    language = language_to_translate(told)
    if not language:
        return
    _, is_new = Wanted.objects.get_or_create(report=report, defaults={"language": language})
    if is_new:
        about = report.pk
        record(Event.INTERPRETER_ASKED, about_kind="report", about=about, by=by, language=language)

"""Looking at all that happened in a case."""

from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action
from havre.audit.rules import Event
from havre.cases.actions import OpenedCase, look_at_case
from havre.cases.models import Note, Task
from havre.cases.sealed import open_words
from havre.cases.timeline.reads import moments_of
from havre.cases.timeline.rules.moments import Happening, Moment, page_of, place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A page of what happened, newest first, with the words of notes and tasks by their id."""

    opened: OpenedCase
    moments: tuple[Moment, ...]
    words: dict[str, str]
    next: str


@action(Event.CASE_READ)
def read_timeline(reference: str, *, after: str = "", by: Officer) -> Timeline:
    """Look at what happened in a case; `after` is what the page before gave as its `next`.

    Only what the page shows is opened. Raises Case.DoesNotExist.
    """
    opened = look_at_case(reference, by=by)
    place = place_of(after)
    moments, following = page_of(
        moments_of(opened.case, standing=opened.standing, before=place, actor=by), after=place
    )
    return Timeline(opened=opened, moments=moments, words=_words(opened, moments), next=following)


def _words(opened: OpenedCase, moments: tuple[Moment, ...]) -> dict[str, str]:
    case, key = opened.case, opened.key
    noted = [UUID(one.about) for one in moments if one.what is Happening.NOTED]
    asked = {Happening.TASK_SET, Happening.TASK_DONE}
    tasks = [UUID(one.about) for one in moments if one.what in asked]
    return {
        str(note.pk): open_words(case, note.body, key=key, column="note", row=note.pk)
        for note in Note.objects.filter(pk__in=noted)
    } | {
        str(task.pk): open_words(case, task.what, key=key, column="task", row=task.pk)
        for task in Task.objects.filter(pk__in=tasks)
    }

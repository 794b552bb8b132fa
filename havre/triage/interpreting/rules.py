"""Which words of a report an interpreter is asked for, and how long they may wait."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from havre.identifiers.rules.submissions import TRANSLATION
from havre.intake.public.rules.languages import third_language_of
from havre.intake.rules.submission import PersonRole, Submission
from havre.triage.rules.words import Assessment, Band

# What the public form found in the words it took, among what came beside its fields.
MARK = "interpreter"
TOLD_ON = "anything_else"
LEFT_OUT = "[…]"
LATE_AFTER = {Band.A: timedelta(minutes=30), Band.B: timedelta(hours=4)}
LATE_AT_LAST = timedelta(hours=24)


class InterpretingRefusedError(ValueError):
    """It is not so that words of this report wait, or wait in this language."""


class NothingWaitsError(InterpretingRefusedError):
    """No interpreter is asked for this report: somebody was faster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """What a report says in another language, and who put it into that one."""

    text: str
    who: str
    # Where whoever translated was not sure, in their words.
    unsure: str = ""


def words_to_translate(submission: Submission) -> Iterator[str]:
    """Everything that was written freely of the matter; nothing that its reporter is reached by."""
    for incident in submission.incidents:
        yield from (incident.narrative, incident.escalation)
        if incident.meeting_planned is not None:
            yield incident.meeting_planned.said
    for person in submission.people:
        if person.role is not PersonRole.REPORTER:
            yield from (person.notes, *person.threats)
    yield from (file.notes for file in submission.files)
    yield from (said for name, said in submission.extra if name == TOLD_ON)


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with stretches of it left out, each shown by a mark."""
    pieces, at = list[str](), 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        if start > at or not pieces:
            pieces += [text[at:start], LEFT_OUT]
        at = end
    return "".join((*pieces, text[at:]))


def language_to_translate(submission: Submission, messages: Iterable[str] = ()) -> str:
    """The third language that a report is marked with or seems to be in; "" where there is none.

    `messages` is what its reporter wrote after it.
    """
    marked = dict(submission.extra).get(MARK, "")
    told = [text for text in (*words_to_translate(submission), *messages) if text]
    return marked or third_language_of(told)


def with_translations(submission: Submission, texts: Iterable[str]) -> Submission:
    """A submission that tells what its translations tell beside what it tells itself."""
    further = ((TRANSLATION, text) for text in texts)
    return replace(submission, extra=(*submission.extra, *further))


def more_urgent(one: Assessment, other: Assessment) -> Assessment:
    """The one of two assessments that ranks higher: a translation alone never lowers a report."""
    return min(one, other, key=lambda each: (each.band, -each.risk, -each.actionability))


def is_late(*, asked_at: datetime, band: str, now: datetime) -> bool:
    """Whether words wait too long for an interpreter. What has no score waits as today's does."""
    lasts = LATE_AFTER.get(Band(band) if band else Band.B, LATE_AT_LAST)
    return now - asked_at > lasts

"""Signs of danger in what a submission says: in its fields, and in its running text.

The text is only ever searched: nothing in it can order or switch off a rule. A "no", a "hoax" or a
"joke" is for the person who reads; here it takes nothing away. Narrow frames and senses may, see
there.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice, takewhile
from typing import Any

import re2

from havre.intake.rules.submission import (
    Access,
    AgeClass,
    Channel,
    FileFacts,
    Happening,
    Incident,
    Moment,
    Person,
    PersonRole,
    Submission,
    age_class_of,
)
from havre.triage.reading.rules.ages import StatedAge, ages_stated
from havre.triage.reading.rules.concepts import MOST_PLACES, concepts_seen
from havre.triage.reading.rules.dates import NamedDay, days_named
from havre.triage.reading.rules.frames import set_apart
from havre.triage.reading.rules.senses import covered
from havre.triage.rules.folding import Folded, fold, quick
from havre.triage.rules.policy import Policy
from havre.triage.rules.words import Sign

SOON = timedelta(hours=72)
# A reason with fewer letters says nothing that a flag does not.
SHORTEST_REASON_LETTERS = 12
# Fewer letters are a test or a slip, and no telling.
SHORTEST_TOLD_LETTERS = 24
# How long after its hour a meeting still counts as near: it may be going on.
STILL_ON = timedelta(days=1)

# How far around a meeting its day is looked for, in characters.
BEFORE = 240
AFTER = 320

_BY_HAPPENING = {
    Happening.FAMILY_OR_KNOWN: "access-to-children",
    Happening.PICTURES: "asks-for-pictures",
    Happening.SAW_ONLINE: "seen-online",
    Happening.THREAT: "threatened",
    Happening.TRAFFICKING: "trafficking",
}
_BY_AGE_CLASS = {AgeClass.UNDER_12: "child-under-12", AgeClass.TWELVE_TO_17: "child-12-17"}
_BY_INCIDENT_FLAG = {
    "csamSolicitation": "asks-for-pictures",
    "minorToMinorInteraction": "child-mentioned",
    "sadisticOnlineExploitation": "coercing-group",
    "sextortion": "money-demand",
}
_BY_FILE_FLAG = {
    "bestiality": "file-violent",
    "infant": "file-infant",
    "liveStreaming": "live-stream",
    "physicalHarm": "file-violent",
    "possibleSelfProduction": "file-new",
    "violenceGore": "file-violent",
}
_BY_CLASSIFICATION = {"A1": "file-a1", "A2": "file-a2", "B1": "file-b1", "B2": "file-b2"}
_SENTENCE_END = re2.compile(r"[.!?\n]")
# Telling a trusted grown-up is not that grown-up's access: "I told my teacher".
_TOLD = re2.compile(
    r"\b(?:i|we) (?:told|tell|talked to|talk to|spoke to|spoke with|asked)\s$"
    r"|\bj'?(?:ai|en ai) (?:dit|parle) a\s$"
    r"|\b(?:i'?m|i am|we are|we're|je suis|jsuis)\s$"
)
_SAID_REPORT = re2.compile(
    r"^ (?:m'? ?a |a |has |also |who )?"
    r"(?:said|says|told|dit|asked|made|wants?|suggested|conseille|demande)\b"
    r"[^.!?\n]{0,16}\b(?:report|tell|write|contact|ask|call|dire|ecrire|signaler|appeler|contacter"
    r"|vous|you)\b"
)
# "Pas d'enfants", "no kids": no child is spoken of.
_CHILD_WORDS = frozenset({"child-mentioned", "child-near"})
_ACCESS = frozenset({"access-to-children", "near-person"})
_NONE = re2.compile(
    r"\b(?:no|without|sans|aucune?|(?:pas|jamais) (?:eu )?(?:d'|de )|never had(?: any)?"
    r"|(?:i|we) (?:was|were)(?: just| only)?(?: an?)?|j'etais(?: une?)?)\s?$"
)
_ORDERED = re2.compile(r"^\s?(?:to stop|to leave|d'arreter|de (?:me )?laisser)")


def find_signs(submission: Submission, *, now: datetime, policy: Policy) -> tuple[Sign, ...]:
    """Every sign in a submission, fields first, each with the place it stands at.

    `now` is the moment of reading, against which "Saturday" is understood. Raises ValueError
    when it has no zone.
    """
    if now.tzinfo is None:
        msg = "the moment of reading needs a zone"
        raise ValueError(msg)
    signs = [*_field_signs(submission, now)]
    folded = [(field, fold(typed)) for field, typed in _texts(submission) if typed]
    for field, text in folded:
        read, harmless = covered(field, text, policy.senses)
        signs.extend((*_text_signs(field, read, now, policy), *harmless))
    signs.extend(_told_in_words(submission))
    told = dict.fromkeys(sign for sign in signs if sign.factor in policy.factors)
    return tuple(set_apart(told, folded, policy.frames))


def _field_signs(submission: Submission, now: datetime) -> Iterator[Sign]:
    for number, incident in enumerate(submission.incidents):
        yield from _incident_signs(f"incidents.{number}", incident, now)
    for number, person in enumerate(submission.people):
        yield from _person_signs(f"people.{number}", person)
    for number, file in enumerate(submission.files):
        yield from _file_signs(f"files.{number}", file)
    if submission.reporter_is_minor:
        yield Sign("reporter-minor", "reporter_is_minor")


def _incident_signs(field: str, incident: Incident, now: datetime) -> Iterator[Sign]:
    if incident.danger_now:
        yield Sign("danger-now", f"{field}.danger_now")
    if incident.happening in _BY_HAPPENING:
        yield Sign(_BY_HAPPENING[incident.happening], f"{field}.happening")
    if incident.meeting_planned is not None:
        factor = _meeting_at(incident.meeting_planned, now)
        yield Sign(factor, f"{field}.meeting_planned")
    elif incident.happening is Happening.MEETING:
        folded = fold(incident.narrative)
        factor = _meeting_within(folded.text, now)
        yield Sign(factor, f"{field}.happening")
    if incident.escalation:
        factor = "provider-escalated" if _is_reason(incident.escalation) else "provider-flagged"
        yield Sign(factor, f"{field}.escalation")
    if incident.category:
        yield Sign("provider-category", f"{field}.category")
    for number, flag in enumerate(incident.annotations):
        if flag in _BY_INCIDENT_FLAG:
            yield Sign(_BY_INCIDENT_FLAG[flag], f"{field}.annotations.{number}")


def _person_signs(field: str, person: Person) -> Iterator[Sign]:
    age_class = age_class_of(person.age) if person.age is not None else person.age_class
    if age_class in _BY_AGE_CLASS:
        where = "age" if person.age is not None else "age_class"
        yield Sign(_BY_AGE_CLASS[age_class], f"{field}.{where}")
    if person.role is PersonRole.VICTIM and age_class is AgeClass.UNKNOWN:
        yield Sign("child-mentioned", f"{field}.role")
    if person.access in (Access.FAMILY, Access.WORK_OR_CARE):
        yield Sign("access-to-children", f"{field}.access")
    if any(threat.strip() for threat in person.threats):
        yield Sign("threatened", f"{field}.threats")


def _file_signs(field: str, file: FileFacts) -> Iterator[Sign]:
    classed = _BY_CLASSIFICATION.get(file.classification.strip().upper())
    if classed:
        yield Sign(classed, f"{field}.classification")
    for number, flag in enumerate(file.annotations):
        if flag in _BY_FILE_FLAG:
            yield Sign(_BY_FILE_FLAG[flag], f"{field}.annotations.{number}")
            # A provider reports files because a child is in them.
            yield Sign("child-mentioned", f"{field}.annotations.{number}")


def _told_in_words(submission: Submission) -> Iterator[Sign]:
    """What a person told in words, of whatever language; a provider's form text tells nothing."""
    if submission.channel is Channel.ISPWS:
        return
    for number, incident in enumerate(submission.incidents):
        if sum(map(str.isalpha, incident.narrative)) >= SHORTEST_TOLD_LETTERS:
            field = f"incidents.{number}.narrative"
            yield Sign("text-told", field, 0, len(incident.narrative))


def _texts(submission: Submission) -> Iterator[tuple[str, str]]:
    """Every field that holds running text, with its path."""
    for number, incident in enumerate(submission.incidents):
        yield f"incidents.{number}.narrative", incident.narrative
        yield f"incidents.{number}.escalation", incident.escalation
        if incident.meeting_planned is not None:
            yield f"incidents.{number}.meeting_planned.said", incident.meeting_planned.said
    for number, person in enumerate(submission.people):
        yield f"people.{number}.notes", person.notes
        for threat, said in enumerate(person.threats):
            yield f"people.{number}.threats.{threat}", said
    for number, file in enumerate(submission.files):
        yield f"files.{number}.notes", file.notes
    for number, (_key, said) in enumerate(submission.extra):
        yield f"extra.{number}.1", said


def _text_signs(field: str, folded: Folded, now: datetime, policy: Policy) -> Iterator[Sign]:
    days = days_named(folded.text, now.date())
    ages = ages_stated(folded.text)
    for factor, start, end in dict.fromkeys(_places(folded.text, days, ages, policy)):
        if _is_helper(factor, folded.text, start, end):
            continue
        if factor in _CHILD_WORDS and _NONE.search(folded.text[max(0, start - 16) : start]):
            continue
        named = factor
        if factor == "meeting-wanted":
            named = _meeting_on(_beside(folded.text, days, start, end), now)
        yield _sign(named, field, folded, start, end)
    for stated in ages:
        named = "child-past" if stated.is_past else _BY_AGE_CLASS[age_class_of(stated.age)]
        yield _sign(named, field, folded, stated.start, stated.end)


def _places(
    text: str, days: Sequence[NamedDay], ages: Sequence[StatedAge], policy: Policy
) -> Iterator[tuple[str, int, int]]:
    """Every factor's places in folded text: by its own words first, then by ideas side by side."""
    said = quick(text)
    for factor in policy.factors.values():
        if factor.words:
            for match in islice(_compiled(factor.words).finditer(said), MOST_PLACES):
                yield factor.id, match.start(), match.end()
    given = [
        *(("day", day.start, day.end) for day in days),
        *(("child-age", age.start, age.end) for age in ages if not age.is_past),
    ]
    for seen in concepts_seen(text, policy.concepts, given=given):
        yield seen.factor, seen.start, seen.end


@lru_cache(maxsize=1024)
def _compiled(words: tuple[str, ...]) -> Any:  # noqa: ANN401 - re2 has no types
    return re2.compile("|".join(f"(?:{pattern})" for pattern in words))


def _sign(factor: str, field: str, folded: Folded, start: int, end: int) -> Sign:
    return Sign(factor, field, *folded.span(start, end))


def _is_helper(factor: str, text: str, start: int, end: int) -> bool:
    """Whether the person with access is the one who tells, or was told, and nothing more."""
    if factor not in _ACCESS:
        return False
    before, after = text[max(0, start - 24) : start], text[end : end + 48]
    if _SAID_REPORT.search(after):
        return True
    return bool(_TOLD.search(before)) and not _ORDERED.search(after)


def _is_reason(escalation: str) -> bool:
    """Whether a provider's escalation gives a reason, and not "true" or a dash."""
    return sum(map(str.isalpha, escalation)) >= SHORTEST_REASON_LETTERS


def _beside(text: str, days: Sequence[NamedDay], start: int, end: int) -> list[NamedDay]:
    """The days named in the sentence of a match and in the one after it."""
    first, last = _around(text, start, end)
    at = bisect_left(days, first, key=lambda day: day.start)
    return list(takewhile(lambda day: day.end <= last, days[at:]))


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence of a match begins and the one after it ends."""
    least = max(0, start - BEFORE)
    before = max((m.end() for m in _SENTENCE_END.finditer(text[least:start])), default=0)
    after = [m.start() for m in _SENTENCE_END.finditer(text[end : end + AFTER])]
    return least + before, end + (after[1] if len(after) > 1 else AFTER)


def _meeting_within(text: str, now: datetime) -> str:
    """Which meeting factor the days named in a text make."""
    return _meeting_on(days_named(text, now.date()), now)


def _meeting_on(named: Sequence[NamedDay], now: datetime) -> str:
    """Which meeting factor the days named beside a meeting make: the nearest one counts."""
    days = [one.day for one in named if one.day is not None and one.day >= now.date()]
    if any(_is_soon(day, now) for day in days):
        return "meeting-soon"
    if any(one.day is None for one in named):
        return "meeting-planned"
    return "meeting-later" if days else "meeting-wanted"


def _is_soon(day: date, now: datetime) -> bool:
    return day <= (now + SOON).date()


def _meeting_at(moment: Moment, now: datetime) -> str:
    """Which meeting factor a structured moment makes. An unreadable moment is not a late one."""
    if moment.at is None:
        told = _meeting_within(fold(moment.said).text, now)
        return "meeting-planned" if told == "meeting-wanted" else told
    try:
        at = datetime.fromisoformat(moment.at)
    except ValueError:
        return "meeting-planned"
    at = at if at.tzinfo else at.replace(tzinfo=now.tzinfo)
    if at < now - STILL_ON:
        return "met-in-person"
    return "meeting-soon" if at <= now + SOON else "meeting-later"

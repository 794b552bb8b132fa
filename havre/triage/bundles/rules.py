"""What a report tells in outline; when many are one empty form, and when many are of one file.

An outline is codes and keyed digests: nobody reads the report from it. It says too much rather than
too little: what is not known to be nothing keeps a report by itself.
"""

import hmac
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from havre.identifiers.rules.words import Found, Kind
from havre.intake.floods.rules.danger import mentions_danger
from havre.intake.public.rules.languages import third_language_of
from havre.intake.rules.submission import (
    Access,
    AgeClass,
    FileFacts,
    Incident,
    Person,
    PersonRole,
    Submission,
)
from havre.triage.reading.rules.ages import ages_stated
from havre.triage.rules.folding import fold
from havre.triage.rules.words import Band

# So many reports are shown one by one first.
FEWEST = 10
QUIET_BANDS = (Band.C, Band.D)
DIGEST_CHARACTERS = 32
WORDS = "words:"
# Whoever reports, and a provider's own desk: nobody that police look for.
WHO_TELLS = frozenset({PersonRole.REPORTER, PersonRole.SERVICE})
# What a provider writes of itself, or of the form: nobody is found by it.
OF_THE_FORM = ("report/reporter/", "report/batchedReport/")
OF_THE_FORM_TOO = ("/chatClient", "/incidentDateTimeDescription")
SAYS_NOTHING = frozenset({"informational", "potentialMeme", "spam", "viral"})
# Whatever holds one of these is read by itself, however many others are like it.
ALONE = frozenset(
    {
        *("danger", "danger-words", "escalation", "file:liveStreaming", "foreign-language"),
        *("meeting", "minor-reports", "several-files", "threat", "victim"),
    }
)
_WORD = re.compile(r"\S+")
_AROUND = ".,;:!?()[]{}<>\"'"
_DIGIT = re.compile(r"\d")


class BundleKind(StrEnum):
    """Why reports stand together."""

    EMPTY = "empty"
    SAME_FILE = "same-file"


class BundleState(StrEnum):
    """Where a bundle stands. Reports stand in it only while it is standing."""

    REFUSED = "refused"
    STANDING = "standing"
    SUGGESTED = "suggested"


class What(StrEnum):
    """What may become of a bundle, or of one report in it, by one button."""

    ACCEPT = "accept"
    ASK = "ask"
    ASK_NO_MORE = "ask-no-more"
    BACK = "back"
    OUT = "out"
    REFUSE = "refuse"
    REOPEN = "reopen"


class NotSoError(Exception):
    """A bundle does not stand as whoever decides on it believed. Nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedTogether:
    """Of a bundle's reports, how many were closed, set apart as later words of them wait, left."""

    closed: int
    apart: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlined:
    """A report in outline. `template` is "" when it tells anything that police could act on."""

    template: str
    told: tuple[str, ...]
    hashes: tuple[str, ...]


def outline_of(
    submission: Submission, found: Sequence[Found], *, sealed: Sequence[str] = (), key: bytes
) -> Outlined:
    """A submission in outline; `found` are its identifiers, `sealed` the hashes of its files."""
    told = tuple(sorted({*_told(submission, found, key)}))
    given = {one.value for one in found if one.kind is Kind.FILE_HASH}
    says_nothing = all(each.startswith(WORDS) for each in told)
    has_file = bool(submission.files or given or sealed)
    return Outlined(
        template="" if has_file or not says_nothing else _template(submission, told, key),
        told=told,
        hashes=tuple(sorted(given | {*sealed})),
    )


def common_to(outlines: Sequence[Collection[str]]) -> frozenset[str]:
    """What at least half of these reports tell."""
    counted = Counter(each for told in outlines for each in {*told})
    return frozenset(each for each, count in counted.items() if 2 * count >= len(outlines))


def stays_apart_for(told: Collection[str], *, common: Collection[str]) -> tuple[str, ...]:
    """What keeps a report out of a bundle of one file: danger, and whatever the others lack."""
    return tuple(sorted(each for each in {*told} if is_alone(each) or each not in common))


def is_alone(code: str) -> bool:
    """Whether what tells this is read by itself in any case."""
    return code in ALONE or code.startswith("annotation:")


def _told(submission: Submission, found: Sequence[Found], key: bytes) -> Iterator[str]:
    for incident in submission.incidents:
        yield from _of_incident(incident, key)
    for person in submission.people:
        yield from _of_person(person)
    for file in submission.files:
        yield from _of_file(file)
    whole = {
        "minor-reports": submission.reporter_is_minor,
        "several-files": len(submission.files) > 1,
    }
    yield from (code for code, is_told in whole.items() if is_told)
    for one in found:
        if one.kind is not Kind.FILE_HASH and one.role not in WHO_TELLS:
            yield f"identifier:{one.kind}"
    for path, said in submission.extra:
        if not path.startswith(OF_THE_FORM) and not path.endswith(OF_THE_FORM_TOO):
            yield "extra"
        if mentions_danger(said):
            yield "danger-words"


def _of_incident(incident: Incident, key: bytes) -> Iterator[str]:
    told = {
        "danger": incident.danger_now,
        "escalation": incident.escalation.strip(),
        "meeting": incident.meeting_planned is not None,
        "place": incident.places,
        "age": ages_stated(fold(incident.narrative).text),
        "danger-words": mentions_danger(incident.narrative),
        "foreign-language": third_language_of([incident.narrative]),
    }
    yield from (code for code, is_told in told.items() if is_told)
    yield from (f"annotation:{each}" for each in {*incident.annotations} - SAYS_NOTHING)
    if incident.narrative.strip():
        yield WORDS + _digest(key, *_without_numbers(incident.narrative))


def _of_person(person: Person) -> Iterator[str]:
    if person.role in WHO_TELLS:
        return
    age = person.age is not None or person.age_class is not AgeClass.UNKNOWN or person.date_of_birth
    told = {
        "age": age,
        "name": person.names,
        "notes": person.notes.strip(),
        "place": person.places,
        "threat": any(map(str.strip, person.threats)),
        "access": person.access in {Access.FAMILY, Access.WORK_OR_CARE},
        "danger-words": mentions_danger(person.notes),
        "victim": person.role is PersonRole.VICTIM,
    }
    yield from (code for code, is_told in told.items() if is_told)


def _of_file(file: FileFacts) -> Iterator[str]:
    yield "file"
    yield from (f"file:{each}" for each in {*file.annotations} - SAYS_NOTHING)
    if file.classification.strip():
        yield f"class:{file.classification.strip().upper()}"
    if mentions_danger(file.notes):
        yield "danger-words"


def _template(submission: Submission, told: Sequence[str], key: bytes) -> str:
    """The shape of a document with its values stripped, as a digest."""
    shape = [
        submission.channel,
        [
            [one.happening, one.category, one.platform, sorted(one.annotations)]
            for one in submission.incidents
        ],
        sorted(person.role for person in submission.people),
        sorted({path for path, _ in submission.extra}),
    ]
    return _digest(key, json.dumps(shape), *told)


def _without_numbers(text: str) -> Iterator[str]:
    """The words of a text, whatever holds a digit taken for one sign: numbers and ids change."""
    for word in _WORD.findall(text.casefold()):
        yield "#" if _DIGIT.search(word) else word.strip(_AROUND)


def _digest(key: bytes, *parts: str) -> str:
    return hmac.digest(key, "\x00".join(parts).encode(), "sha256").hex()[:DIGEST_CHARACTERS]

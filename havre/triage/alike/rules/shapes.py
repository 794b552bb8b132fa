"""What of a report is compared with others, as keyed digests, and to which group it belongs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from uuid import UUID

from havre.identifiers.rules.submissions import find_in_submission
from havre.intake.floods.rules.danger import words_of_danger
from havre.intake.floods.rules.likeness import (
    DIGEST_BYTES,
    Sketch,
    are_alike,
    likeness,
    sketch_of,
)
from havre.intake.public.rules.languages import third_language_of
from havre.intake.rules.submission import PersonRole, Submission, as_tree

# What came longer ago is no copy that still goes round.
AS_OLD = timedelta(days=30)
# The digests of a sketch by which others like it are looked for.
FEELERS = 4
# Who holds more than this is compared in nothing but words, and never stands behind another.
MOST_HELD = 200
# Of the tree of a submission: told in words and compared as such, or said by Havre itself.
_TEXTS = frozenset({"narrative", "escalation"})
_OURS = frozenset({"exhibit", "name", "size", "media_type", "language", "channel", "version"})
_WORD = re.compile(r"\w+")
# A name, a place, a number: a word that may say who, where or when.
_TELLING = re.compile(r"\b[^\W\d_a-z]\w+|\w*\d\w*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A report as it is compared: its words, its files together, and each thing that it holds."""

    words: Sketch
    files: bytes | None
    holds: frozenset[bytes]
    is_alone: bool


def shape_of(told: Submission, *, files: Iterable[str], key: bytes) -> Shape:
    """The shape of what a report tells; `files` are the SHA-256 of what came with it."""
    text, hashes = _text_of(told), sorted(set(files) | set(_given_hashes(told)))
    words = sketch_of(text, key)
    held = {f"file {each}" for each in hashes} | {*_held(told)} | {*_telling(text)}
    if not words:
        # Too little to be like others in words: then it is like those that say the very same.
        held.add("words " + " ".join(_WORD.findall(text.casefold())))
    return Shape(
        words=words,
        files=_digest("\n".join(hashes), key) if hashes else None,
        holds=frozenset(_digest(each, key) for each in held),
        is_alone=len(held) > MOST_HELD or _must_be_seen(told),
    )


def group_for(shape: Shape, firsts: Iterable[tuple[UUID, Sketch, bytes | None]]) -> UUID | None:
    """Which of these groups says nearly the same, the likest; or has the very same files.

    A report is compared with the first of a group alone, so that no group drifts from copy to copy.
    """
    known = list(firsts)
    alike = [
        (likeness(shape.words, words), -group.int, group)
        for group, words, _files in known
        if are_alike(shape.words, words) and shape.words
    ]
    if alike:
        return max(alike)[2]
    same = [group for group, _words, files in known if shape.files and files == shape.files]
    return min(same, key=lambda group: group.int, default=None)


def _must_be_seen(told: Submission) -> bool:
    """Whether it says of a child, or of danger, what no other report may stand before."""
    return (
        told.reporter_is_minor
        or any(each.danger_now or each.meeting_planned for each in told.incidents)
        or any(each.escalation for each in told.incidents)
        or any(person.threats for person in told.people)
        or third_language_of([each.narrative for each in told.incidents]) != ""
    )


def _text_of(told: Submission) -> str:
    return "\n".join(
        text for each in told.incidents for text in (each.narrative, each.escalation) if text
    )


def _given_hashes(told: Submission) -> Iterator[str]:
    for facts in told.files:
        for _algorithm, value in facts.hashes:
            yield value.lower()


def _held(told: Submission) -> Iterator[str]:
    """Identifiers and facts, of everybody but whoever reports: they are asked by their own row."""
    for found in find_in_submission(told):
        if found.role is not PersonRole.REPORTER:
            yield f"{found.kind} {found.value}"
    tree = as_tree(told)
    others = [each for each in tree["people"] if each["role"] != PersonRole.REPORTER]
    for place, branch in (("people", others), ("files", tree["files"])):
        yield from _leaves(place, branch)
    for incident in tree["incidents"]:
        yield from _leaves("incident", incident | {"people": [], "files": []})


def _leaves(name: str, branch: object) -> Iterator[str]:
    if isinstance(branch, dict):
        for key, each in branch.items():
            if key not in _TEXTS | _OURS:
                yield from _leaves(key, each)
    elif isinstance(branch, (list, tuple)):
        for each in branch:
            yield from _leaves(name, each)
    elif branch not in {None, "", False}:
        yield f"{name}: {branch}"


def _telling(text: str) -> Iterator[str]:
    for found in _TELLING.findall(text):
        yield f"word {found.casefold()}"
    for word in words_of_danger(text):
        yield f"danger {word}"


def _digest(text: str, key: bytes) -> bytes:
    # Apart from the sketch's own digests, which are of words.
    return blake2b(b"held/" + text.encode(), digest_size=DIGEST_BYTES, key=key).digest()

"""From a draft to a submission: every answer finds its place in the same tree as any other door's.

Nothing typed is lost: what has no field of its own stands among the extras, in its own words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import rfc8785

from havre.intake.public.rules.journey import Door, Draft, Page, Step, pages
from havre.intake.public.rules.languages import third_language_of
from havre.intake.rules.public_form import (
    Answer,
    child_of,
    identifiers_in,
    meeting_of,
    reporter_of,
    said,
    suspect_of,
)
from havre.intake.rules.submission import (
    AgeClass,
    Channel,
    GivenIdentifier,
    Happening,
    Incident,
    Moment,
    Person,
    PersonRole,
    Submission,
    age_class_of,
)

# What is kept beside the story in its own words, by the name of its field.
_EXTRA_OF_ONE = ("anything_else", "contact_is_safe", "contact_when", "my_language")
_EXTRA_OF_WORK = ("my_role", "my_workplace")
_TYPED = frozenset({"anything_else", "child_notes", "story", "their_notes", "threats"})
_EXTRA_OF_EACH = ("still_going", "deadline", "wanted")
_LINK = re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE)


def submission_of(
    draft: Draft, language: str, channel: Channel = Channel.PUBLIC_FORM
) -> Submission:
    """The submission that a draft's answers make, in a language ("en" or "fr")."""
    told = {page.key: _trimmed(draft.of(page)) for page in pages(draft)}
    people = (*_others(draft, told), *_children(draft, told), *_tellers(draft, told))
    once = _once(told)
    return Submission(
        channel=channel,
        language=language,
        incidents=tuple(_incidents(draft, told, len(people))),
        people=people,
        reporter_is_minor=draft.door is Door.YOUNG,
        reply_wanted=bool(said(once, "my_contact")) and once.get("contact_is_safe") != Answer.NO,
        extra=tuple(_extra(told, texts_of(draft))),
    )


def source_of(draft: Draft) -> bytes:
    """The answers as they came, in canonical JSON (RFC 8785): what is kept as the source."""
    told = {page.key: dict(draft.of(page)) for page in pages(draft) if draft.of(page)}
    return rfc8785.dumps({"form": "journey/1", "door": draft.door.value, "answers": told})


def _trimmed(answers: Mapping[str, str]) -> dict[str, str]:
    return {name: value.strip() for name, value in answers.items()}


def _once(told: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The answers to questions that are asked once, whichever page asked them."""
    once: dict[str, str] = {}
    for step in (Step.DANGER, Step.QUICK, Step.MORE, Step.YOU):
        once |= _given(told.get(step.value, {}))
    return once


def _given(answers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in answers.items() if value}


def _incidents(
    draft: Draft, told: Mapping[str, Mapping[str, str]], people: int
) -> Iterator[Incident]:
    numbers = [1, *(page.number for page in pages(draft) if page.step is Step.STORY)]
    for number in dict.fromkeys(numbers):
        asked: dict[str, str] = {}
        steps = (Step.WHAT, Step.QUICK, Step.STORY, Step.WHERE, Step.WHEN, Step.NEXT)
        for step in steps:
            asked |= _given(told.get(Page(step, number).key, {}))
        when = said(asked, "when")
        yield Incident(
            happening=_happening(draft, asked),
            narrative=asked.get("story", ""),
            platform=said(asked, "where") or asked.get("where_kind", "").replace("unknown", ""),
            danger_now=draft.is_danger and number == 1,
            meeting_planned=meeting_of(asked),
            moment=Moment(said=when) if when else None,
            annotations=tuple(_marks(draft)) if number == 1 else (),
            identifiers=tuple(_links(said(asked, "links"))),
            people=tuple(range(people)),
        )


def texts_of(draft: Draft) -> list[str]:
    """Everything that was typed at length."""
    return [
        value for told in draft.answers.values() for name, value in told.items() if name in _TYPED
    ]


def _marks(draft: Draft) -> Iterator[str]:
    """How the report came. No text of anybody's, so no word of it counts as a sign."""
    if draft.door is not Door.ADULT:
        yield f"door:{draft.door.value}"
    if draft.via:
        yield f"via:{draft.via}"
    if third := third_language_of(texts_of(draft)):
        yield f"written-in:{third}"


def _happening(draft: Draft, asked: Mapping[str, str]) -> Happening:
    if draft.door is Door.SURVIVOR:
        return Happening.PICTURES
    return Happening(asked.get("happening") or Happening.OTHER)


def _links(text: str) -> Iterator[GivenIdentifier]:
    found, _rest = identifiers_in(text)
    yield from found
    for line in text.split("\n"):
        piece = line.strip()
        if "." in piece and not _LINK.match(piece) and not set(" @") & set(piece):
            yield GivenIdentifier(kind="url", value=piece)


def _others(draft: Draft, told: Mapping[str, Mapping[str, str]]) -> tuple[Person, ...]:
    where = said(told.get("where", {}), "where")
    pages_told = [told.get(p.key, {}) for p, _ in draft.several(Step.PERSON)] or [{}]
    quick = told.get("quick", {})
    people = []
    for number, answers in enumerate(pages_told):
        both = {**quick, **_given(answers)} if number == 0 else answers
        person = suspect_of({**both, "where": where}) or Person(role=PersonRole.SUSPECT)
        age = said(answers, "their_age")
        threats = _threats(told) if number == 0 else ()
        notes = "\n".join(filter(None, (person.notes, age, said(answers, "their_notes"))))
        person = replace(person, age_class=_age_class(age), notes=notes, threats=threats)
        if person != Person(role=PersonRole.SUSPECT):
            people.append(person)
    return tuple(people)


def _threats(told: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    texts = (said(answers, "threats") for key, answers in told.items() if key.startswith("next"))
    return tuple(text for text in texts if text)


def _age_class(text: str) -> AgeClass:
    numbers = [int(digits) for digits in re.findall(r"\d{1,3}", text)]
    return age_class_of(min(numbers, default=None))


def _children(draft: Draft, told: Mapping[str, Mapping[str, str]]) -> tuple[Person, ...]:
    """The children, the first of them where danger was said to be; a young person is one."""
    first = {**told.get("danger", {}), **told.get("quick", {})}
    answered = [told.get(page.key, {}) for page, _ in draft.several(Step.CHILD)] or [{}]
    children = []
    for number, answers in enumerate(answered):
        both = {**first, **_given(answers)} if number == 0 else answers
        child = child_of(both)
        notes = said(both, "child_notes")
        if notes:
            child = child or Person(role=PersonRole.VICTIM)
            child = replace(child, notes="\n".join(filter(None, (child.notes, notes))))
        if child is not None:
            children.append(child)
    return tuple(children)


def _tellers(draft: Draft, told: Mapping[str, Mapping[str, str]]) -> tuple[Person, ...]:
    once = _once(told)
    reporter = reporter_of(once)
    if reporter is None:
        return ()
    is_grown = draft.door in (Door.ADULT, Door.DUTY, Door.PARENT)
    return (replace(reporter, age_class=AgeClass.ADULT if is_grown else AgeClass.UNKNOWN),)


def _extra(told: Mapping[str, Mapping[str, str]], texts: list[str]) -> Iterator[tuple[str, str]]:
    once = _once(told)
    for name in (*_EXTRA_OF_ONE, *_EXTRA_OF_WORK):
        if name == "contact_is_safe" and not said(once, "my_contact"):
            continue
        if text := said(once, name):
            yield name, text
    if third := third_language_of(texts):
        yield "interpreter", third
    for key, answers in told.items():
        for name in _EXTRA_OF_EACH:
            if (text := said(answers, name)) and text != Answer.UNKNOWN:
                yield f"{name}-{key.rpartition('-')[2]}" if "-" in key else name, text
    if (readers := told.get("readers", {}).get("readers")) and readers != Answer.NO:
        yield "readers", readers

"""From the answers of the public form to a submission. Nothing typed is lost, little is guessed.

Whatever a field says beyond what could be taken out of it stays beside it in its own words.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

from havre.intake.rules.submission import (
    Access,
    AgeClass,
    Channel,
    GivenIdentifier,
    Happening,
    Incident,
    Moment,
    Person,
    PersonRole,
    Place,
    PlaceRole,
    Submission,
    age_class_of,
)
from havre.plumbing.sealing import canonical_json


class Answer(StrEnum):
    """The answer to a question of yes or no."""

    NO = "no"
    UNKNOWN = "unknown"
    YES = "yes"


class Teller(StrEnum):
    """Who fills in the form."""

    ADULT = "adult"
    UNDER_18 = "under-18"
    UNKNOWN = "unknown"


class WhereAnswer(StrEnum):
    """Answers to "which province" that name none."""

    OUTSIDE = "outside"
    UNKNOWN = "unknown"


CANADA = "CA"
# CLDR's code for a country that is not known; all we are told is that it is another one.
ANOTHER_COUNTRY = "ZZ"
OLDEST_AGE_TAKEN = 120

# What people type where they have nothing to say, folded.
_NOTHING = frozenset(
    {
        "", "-", "?", "aucun", "aucune", "dont know", "i do not know", "i dont know", "idk",
        "inconnu", "je l'ignore", "je ne sais pas", "je sais pas", "jsp", "n a", "na", "no",
        "no idea", "non", "none", "nope", "not that i know", "nothing", "pas que je sache",
        "rien", "unknown",
    }
)  # fmt: skip
_EMAIL = re.compile(r"[^\s@,;<>()]{1,64}@[^\s@,;<>()]{1,200}\.[^\s@,;<>().]{2,24}")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>,;]{2,500}", re.IGNORECASE)
_PHONE = re.compile(r"\+?\(?\d[\d\s().\-\u00a0\u2010-\u2013]{5,20}\d")
_BETWEEN = re.compile(r"[\n,;]+")
_DIGITS = re.compile(r"\d+")
_MONTHS_OLD = re.compile(r"\bmo(?:nth|is)")
_JOINING = re.compile(r"\b(?:and|et|or|ou)\b|[\s,;.:/()-]+", re.IGNORECASE)


def submission_of(cleaned: Mapping[str, str], language: str) -> Submission:
    """The submission that the form's cleaned answers make, in a language ("en" or "fr")."""
    told = {name: value.strip() for name, value in cleaned.items()}
    people = tuple(
        person
        for person in (suspect_of(told), child_of(told), reporter_of(told))
        if person is not None
    )
    contact = said(told, "my_contact")
    incident = Incident(
        happening=Happening(told.get("happening") or Happening.OTHER),
        narrative=told.get("story", ""),
        platform=said(told, "where"),
        danger_now=told.get("danger") == Answer.YES,
        meeting_planned=meeting_of(told),
        people=tuple(range(len(people))),
    )
    return Submission(
        channel=Channel.PUBLIC_FORM,
        language=language,
        incidents=(incident,),
        people=people,
        reporter_is_minor=told.get("who") == Teller.UNDER_18,
        reply_wanted=bool(contact) and told.get("contact_is_safe") != Answer.NO,
        extra=tuple(_extra(told, has_contact=bool(contact))),
    )


def source_of(answers: Mapping[str, str]) -> bytes:
    """The answers as they came, in canonical JSON (RFC 8785): what is kept as the source."""
    return canonical_json({"form": "public-form/1", "answers": dict(answers)})


def said(told: Mapping[str, str], name: str) -> str:
    """What an answer says; empty where it only says that there is nothing to say."""
    text = told.get(name, "").strip()
    return "" if _folded(text) in _NOTHING else text


def identifiers_in(text: str) -> tuple[tuple[GivenIdentifier, ...], str]:
    """Addresses, links and phone numbers in an answer, and what is left of it."""
    found: list[GivenIdentifier] = []
    for kind, pattern in (("url", _URL), ("email", _EMAIL), ("phone", _PHONE)):
        found += [
            GivenIdentifier(kind=kind, value=m.group().strip()) for m in pattern.finditer(text)
        ]
        text = pattern.sub(" ", text)
    return tuple(found), _JOINING.sub(" ", text).strip()


def _handles(text: str, platform: str) -> Iterator[GivenIdentifier]:
    for piece in filter(None, (part.strip() for part in _BETWEEN.split(text))):
        if _URL.fullmatch(piece):
            yield GivenIdentifier(kind="url", value=piece, platform=platform)
        elif _EMAIL.fullmatch(piece):
            yield GivenIdentifier(kind="email", value=piece, platform=platform)
        else:
            yield GivenIdentifier(kind="handle", value=piece, platform=platform)


def suspect_of(told: Mapping[str, str]) -> Person | None:
    """The other person, as far as anything was said of them."""
    contact = said(told, "their_contact")
    found, rest = identifiers_in(contact)
    handles = tuple(_handles(said(told, "their_name"), said(told, "where")))
    suspect = Person(
        role=PersonRole.SUSPECT,
        identifiers=handles + found,
        access=Access(told.get("their_access") or Access.UNKNOWN),
        notes=contact if rest else "",
    )
    return suspect if suspect != Person(role=PersonRole.SUSPECT) else None


def child_of(told: Mapping[str, str]) -> Person | None:
    """The child, as far as anything was said of them."""
    age_said = said(told, "child_age")
    ages = _ages(age_said)
    child = Person(
        role=PersonRole.VICTIM,
        age=ages[0] if len(ages) == 1 else None,
        # Of several ages the youngest counts: the most protective one.
        age_class=age_class_of(min(ages, default=None)),
        places=tuple(_places(told)),
        notes="" if age_said.isdecimal() else age_said,
    )
    return child if child != Person(role=PersonRole.VICTIM) else None


def reporter_of(told: Mapping[str, str]) -> Person | None:
    """Whoever tells, when they said who they are or how to reach them."""
    name, contact = said(told, "my_name"), said(told, "my_contact")
    if not (name or contact):
        return None
    found, rest = identifiers_in(contact)
    return Person(
        role=PersonRole.REPORTER,
        names=(name,) if name else (),
        age_class=AgeClass.ADULT if told.get("who") == Teller.ADULT else AgeClass.UNKNOWN,
        identifiers=tuple(replace(one, verified=False) for one in found),
        notes=contact if rest else "",
    )


def _places(told: Mapping[str, str]) -> Iterator[Place]:
    region, town = told.get("region", ""), said(told, "town")
    if region == WhereAnswer.OUTSIDE:
        yield Place(role=PlaceRole.CHILD, country=ANOTHER_COUNTRY, city=town)
    elif region and region != WhereAnswer.UNKNOWN:
        yield Place(role=PlaceRole.CHILD, country=CANADA, region=region, city=town)
    elif town:
        yield Place(role=PlaceRole.CHILD, city=town)


def meeting_of(told: Mapping[str, str]) -> Moment | None:
    """A planned meeting, as it was said."""
    when = said(told, "meeting")
    return Moment(said=when) if when else None


def _extra(told: Mapping[str, str], *, has_contact: bool) -> Iterator[tuple[str, str]]:
    if more := said(told, "anything_else"):
        yield "anything_else", more
    if has_contact and (is_safe := told.get("contact_is_safe")):
        yield "contact_is_safe", is_safe


def _ages(text: str) -> tuple[int, ...]:
    if _MONTHS_OLD.search(_folded(text)):
        return (0,)
    numbers = (int(digits[:4]) for digits in _DIGITS.findall(text))
    return tuple(dict.fromkeys(number for number in numbers if number <= OLDEST_AGE_TAKEN))


def _folded(text: str) -> str:
    lower = text.casefold().replace("\u2019", "'").replace("'t ", "t ").strip(" .!?")
    letters = lower or text.strip()
    if not letters.isascii():
        plain = unicodedata.normalize("NFKD", letters)
        letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(letters.replace("/", " ").split())

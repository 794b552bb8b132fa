"""The words, places and persons of the demo world, read from `data/demo/`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from havre.intake.rules.submission import Access, Channel, Happening

DATA = Path(__file__).parents[1] / "data" / "demo"
SEED = "havre demo 1"
VIRAL = "viral"
NAMED_IN_TEXT = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A city that reports come from, with an area code of it."""

    city: str
    region: str
    area: str
    often: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """An invented person whom several reports name, with the spellings they use."""

    handle: str
    variants: tuple[str, ...]
    email: str
    phone: str
    at: tuple[str, ...]
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What one kind of report tells, as lists of sentences to choose from."""

    channel: Channel
    band: str
    happening: Happening
    ages: tuple[int, ...]
    sentences: tuple[tuple[str, ...], ...]
    who: str = "unknown"
    danger: str = "no"
    meeting: str = ""
    access: Access = Access.UNKNOWN
    category: str = ""
    escalation: str = ""
    annotations: tuple[str, ...] = ()
    classification: str = ""


def dice(*names: object) -> Random:
    """Chance that falls alike every time it is thrown for the same thing."""
    return Random("|".join(map(str, (SEED, *names))))  # noqa: S311 - the demo world only


@cache
def people() -> dict[str, Any]:
    """Officers, providers and the one password."""
    return _read("people.toml")


@cache
def abroad() -> dict[str, Any]:
    """What passes between the desk and partners abroad, and hangs on the boards."""
    return _read("abroad.toml")


@cache
def foreign_story() -> str:
    """What somebody wrote in a language that an interpreter of the demo world reads."""
    story: str = _read("foreign.toml")["story"]
    return story


@cache
def spots() -> tuple[Spot, ...]:
    """The cities that reports come from."""
    return tuple(Spot(**row) for row in _read("places.toml")["place"])


@cache
def suspects() -> tuple[Suspect, ...]:
    """Those who are reported again and again; the first of them to two agencies."""
    return tuple(
        Suspect(**row | {"variants": tuple(row["variants"]), "at": tuple(row["at"])})
        for row in _read("suspects.toml")["suspect"]
    )


@cache
def stories(language: str) -> tuple[Story, ...]:
    """Everything that is told in a language."""
    return tuple(_story(row) for row in _texts(language)["story"])


def story_for(band: str, channel: Channel, *, language: str, chance: Random) -> Story:
    """A story meant for a lane."""
    fitting = [s for s in stories(language) if s.band == band and s.channel is channel]
    return chance.choice(fitting)


def narrative(story: Story, *, language: str, handle: str, city: str, chance: Random) -> str:
    """One sentence of each list, and perhaps what the other is called."""
    told = [chance.choice(sentences) for sentences in story.sentences]
    if handle and chance.random() < NAMED_IN_TEXT:
        told.append(chance.choice(_texts(language)["named"]))
    return " ".join(told).format(handle=handle, city=city)


def said(what: str, *, language: str, chance: Random, city: str = "") -> str:
    """A sentence of one of the other lists: reasons, questions, answers, notes and more."""
    sentence: str = chance.choice(_texts(language)[what])
    return sentence.format(city=city)


def made_up_handle(number: int, chance: Random) -> str:
    """A name that nobody else in the demo world has."""
    first, second = (chance.choice(words) for words in _read("suspects.toml")["handle_words"])
    return f"{first}_{second}{number}"


def reporter_name(chance: Random) -> str:
    """A first name of somebody who tells."""
    name: str = chance.choice(_read("suspects.toml")["reporters"])
    return name


def _story(row: dict[str, Any]) -> Story:
    lists = tuple(tuple(row[part]) for part in ("open", "then", "close"))
    plain = {key: value for key, value in row.items() if key not in {"open", "then", "close"}}
    return Story(
        **plain
        | {
            "channel": Channel(row["channel"]),
            "happening": Happening(row["happening"]),
            "access": Access(row.get("access", Access.UNKNOWN)),
            "ages": tuple(row["ages"]),
            "annotations": tuple(row.get("annotations", ())),
            "sentences": lists,
        }
    )


def _texts(language: str) -> dict[str, Any]:
    return _read(f"texts_{language}.toml")


@cache
def _read(name: str) -> dict[str, Any]:
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)

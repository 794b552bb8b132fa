"""Canadian places: names in text, postal codes and area codes, and the region each points at."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import re2

from havre.triage.rules.folding import fold

DATA = Path(__file__).parent.parent / "data"
REGIONS = ("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT")

# A name that is also a person's or a larger place's counts only behind one of these.
_BEFORE = re2.compile(
    r"\b(?:in|near|from|at|around|outside|downtown|a|de|d'|pres de|vers|dans)\s?$"
)
# "Kingston, ON": the code in capitals behind a comma.
_CODE = re2.compile(rf", ?({'|'.join(REGIONS)})\b")
_PREFIX_CHARACTERS = 3
_CANADIAN_NUMBER = re2.compile(r"^\+1(\d{3})\d{7}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A Canadian place named in a text. `name` is the list's own spelling, never the typed one."""

    name: str
    region: str
    is_city: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    region: str
    is_city: bool
    is_careful: bool


def places_in_text(text: str) -> tuple[NamedPlace, ...]:
    """Every Canadian province, territory and larger city a text names, in order."""
    folded = fold(text)
    entries, pattern = _names()
    found = []
    for match in pattern.finditer(folded.text):
        entry = entries[_spelling(match.group(0))]
        before = folded.text[max(0, match.start() - 12) : match.start()]
        after = text[folded.span(match.start(), match.end())[1] :][:4]
        if entry.is_careful and not (_BEFORE.search(before) or _CODE.match(after)):
            continue
        code = _CODE.match(after)
        start, end = folded.span(match.start(), match.end())
        if code and code.group(1) != entry.region:
            continue  # "Windsor, NS" is not the larger Windsor
        found.append(
            NamedPlace(
                name=entry.name, region=entry.region, is_city=entry.is_city, start=start, end=end
            )
        )
    found.extend(_codes(text))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def regions_of_postal_code(postal_code: str) -> tuple[str, ...]:
    """The regions a postal code may lie in; none when it is no Canadian code."""
    prefixes = _table("postal_letters.csv", "prefix")
    said = postal_code.strip().upper()[:_PREFIX_CHARACTERS]
    for length in range(len(said), 0, -1):
        if said[:length] in prefixes and (len(said) == 1 or said[1].isdigit()):
            return prefixes[said[:length]]
    return ()


def area_code(phone: str) -> str:
    """The area code of an E.164 number of country code 1; "" for any other."""
    match = _CANADIAN_NUMBER.match(phone)
    return str(match.group(1)) if match else ""


def regions_of_area_code(code: str) -> tuple[str, ...]:
    """The Canadian regions an area code serves; none when it serves none."""
    return _table("area_codes.csv", "code").get(code, ())


def regions_by_name() -> dict[str, str]:
    """The region each province's and territory's name means, in either language, folded."""
    return {
        fold(row["name"]).text: row["region"]
        for row in _rows("places.csv")
        if row["kind"] == "province"
    }


@cache
def cities_of_force(code: str) -> frozenset[str]:
    """The folded names of the cities that the police force of this directory code serves."""
    return frozenset(
        fold(row["city"]).text for row in _rows("city_forces.csv") if row["agency"] == code
    )


@cache
def listed_cities() -> frozenset[str]:
    """The folded names of every city on our lists; any other name is only what someone typed."""
    named = {row["name"] for row in _rows("places.csv") if row["kind"] == "city"}
    policed = {row["city"] for row in _rows("city_forces.csv")}
    return frozenset(fold(name).text for name in named | policed)


def _codes(text: str) -> Iterator[NamedPlace]:
    for match in _CODE.finditer(_clean(text)):
        region = match.group(1)
        yield NamedPlace(
            name=region, region=region, is_city=False, start=match.start(1), end=match.end(1)
        )


def _clean(text: str) -> str:
    """The text with half characters, which RE2 refuses, made blank one for one."""
    if text.isascii():
        return text
    return "".join(" " if "\ud800" <= character <= "\udfff" else character for character in text)


def _spelling(name: str) -> str:
    """A folded name without the marks that people leave out: "St. John's" as "st john s"."""
    return " ".join(name.replace("-", " ").replace(".", " ").replace("'", " ").split())


@cache
def _names() -> tuple[dict[str, _Entry], Any]:
    entries: dict[str, _Entry] = {}
    for row in _rows("places.csv"):
        spelling = _spelling(fold(row["name"]).text)
        entries[spelling] = _Entry(
            row["name"], row["region"], row["kind"] == "city", row["careful"] == "1"
        )
    longest_first = sorted(entries, key=len, reverse=True)
    alternatives = "|".join(r"[-. ']{1,2}".join(name.split()) for name in longest_first)
    return entries, re2.compile(rf"\b(?:{alternatives})\b")


@cache
def _table(file: str, key: str) -> dict[str, tuple[str, ...]]:
    return {row[key]: tuple(row["regions"].split()) for row in _rows(file)}


def _rows(file: str) -> list[dict[str, str]]:
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))

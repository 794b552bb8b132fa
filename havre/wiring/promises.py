"""What Havre promises the public, and whom to call: policy texts with an owner, read from data.

They stand in `data/`, apart from the templates, so that whoever answers for them can change them.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from havre.agencies.rules.directory import (
    COUNTRY,
    EmergencyRow,
    numbers_for,
    shipped_emergency_numbers,
)

DATA = Path(__file__).parent / "data"
# A whole North American number; shorter ones (911, 988) are dialled as they stand.
LONG_NUMBER = 10
FOR_YOUNG = "young_"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyNumber:
    """Whom to call. `dial` is what a telephone link needs, empty where digits are missing."""

    name: str
    number: str
    dial: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise: who answers for it, since when it holds, and in how many days it is kept."""

    key: str
    text: str
    owner: str
    as_of: date
    days: int = 0
    # Said to young people on their own path, in words of their own.
    is_for_young: bool = False


@cache
def promises_in(language: str) -> dict[str, Promise]:
    """Every promise by its key, in a language ("en" or "fr")."""
    told = _read("promises.toml")["promise"]
    return {
        promise["key"]: Promise(
            key=promise["key"],
            text=promise[language].format(days=promise.get("days", 0)),
            owner=promise["owner"],
            as_of=promise["as_of"],
            days=promise.get("days", 0),
            is_for_young=promise["key"].startswith(FOR_YOUNG),
        )
        for promise in told
    }


@cache
def emergency_in(language: str, region: str = "", town: str = "") -> tuple[EmergencyNumber, ...]:
    """The numbers to call, in a language: of one region and the country, or of every region.

    `town` is a community's name as it stands in the data.
    """
    rows = shipped_emergency_numbers()
    chosen = numbers_for(rows, region, town) if region else rows
    return tuple(_number(row, language) for row in chosen)


@cache
def helpline_in(language: str) -> EmergencyNumber:
    """The number for whoever wants to talk: the first that answers in the whole country."""
    return emergency_in(language, COUNTRY)[0]


def _number(row: EmergencyRow, language: str) -> EmergencyNumber:
    return EmergencyNumber(
        name=row.name_fr if language == "fr" else row.name_en,
        number=written_number(row.number, language),
        dial=_dial(row.number),
        note=row.note_fr if language == "fr" else row.note_en,
    )


def written_number(number: str, language: str) -> str:
    """A phone number as each language writes it: 1-800-555-0100, 1 800 555-0100."""
    *areas, last = number.split("-")
    if language != "fr" or not areas:
        return number
    return "\u00a0".join((*areas[:-1], f"{areas[-1]}-{last}"))


def _dial(number: str) -> str:
    if "_" in number:
        return ""
    digits = number.replace("-", "")
    return digits if len(digits) < LONG_NUMBER else f"+1{digits[-LONG_NUMBER:]}"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))

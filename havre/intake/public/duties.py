"""The duty to report a child in need of protection: which law says so where, and since when.

Data with a source and a date, as the emergency numbers are; a law that is replaced keeps its row,
with the day it ended.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "duties.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One law: who must report, to whom it says so, and from when until when it holds."""

    region: str
    name_en: str
    name_fr: str
    section: str
    since: date | None
    until: date | None
    source: str
    as_of: date

    def is_in_force(self, day: date) -> bool:
        """Whether the law holds on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A law as a page shows it: the region's name, the law's, its section."""

    region: str
    law: str
    section: str


@cache
def shipped_duties() -> tuple[Duty, ...]:
    """Every law in the file, in its order."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return tuple(
            Duty(
                region=row["region"],
                name_en=row["name_en"],
                name_fr=row["name_fr"],
                section=row["section"],
                since=_day(row["since"]),
                until=_day(row["until"]),
                source=row["source"],
                as_of=date.fromisoformat(row["as_of"]),
            )
            for row in csv.DictReader(file)
        )


def duties_on(day: date, language: str, *, names: dict[str, str]) -> tuple[DutyRow, ...]:
    """The law of each region on a day, in a language, by the regions' own names."""
    return tuple(
        DutyRow(
            names[duty.region],
            duty.name_fr if language == "fr" else duty.name_en,
            duty.section,
        )
        for duty in shipped_duties()
        if duty.is_in_force(day)
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

"""Kinds of legal requests, and what the law gives each from which day on: data, not code."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


class RequestKind(StrEnum):
    """What is asked of whoever holds data, or of the court."""

    INFORMATION_TO_OBTAIN = "information-to-obtain"
    MLAT = "mlat"
    PRESERVATION_DEMAND = "preservation-demand"
    PRESERVATION_ORDER = "preservation-order"
    PRODUCTION_ORDER = "production-order"
    TRACKING_DATA = "tracking-data"
    TRANSMISSION_DATA = "transmission-data"


class NoSuchLawError(Exception):
    """A kind of request that the law did not know on that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What the law gives a kind of request from a day on."""

    kind: RequestKind
    since: date
    days: int | None
    foreign_days: int | None
    lapses: bool
    provision_en: str
    provision_fr: str
    form: str
    standing: str
    as_of: date

    def provision(self, language: str) -> str:
        """Where the law says so, in a language."""
        return self.provision_fr if language == "fr" else self.provision_en

    def lasting(self, *, is_foreign: bool) -> int | None:
        """For how many days it binds; None where the order or the officer says."""
        return self.foreign_days if is_foreign else self.days


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAddress:
    """Where a provider takes legal requests. `standing` says how sure that is."""

    code: str
    name: str
    country: str
    address: str
    portal: str
    usual_days: int | None
    standing: str
    source: str
    as_of: date


def term_of(kind: RequestKind, *, on: date) -> Term:
    """What the law gives a kind of request that is sent on a day. Raises NoSuchLawError."""
    in_force = [term for term in all_terms() if term.kind is kind and term.since <= on]
    if not in_force:
        raise NoSuchLawError
    return max(in_force, key=lambda term: term.since)


@cache
def all_terms() -> tuple[Term, ...]:
    """Every row of the data."""
    return tuple(
        Term(
            kind=RequestKind(kind),
            since=date.fromisoformat(since),
            days=int(days) if days else None,
            foreign_days=int(foreign) if foreign else None,
            lapses=lapses == "yes",
            provision_en=english,
            provision_fr=french,
            form=form,
            standing=standing,
            as_of=date.fromisoformat(as_of),
        )
        for kind, since, days, foreign, lapses, english, french, form, standing, as_of in _rows(
            "kinds.csv"
        )
    )


@cache
def service_addresses() -> Mapping[str, ServiceAddress]:
    """Where providers take legal requests, by their code."""
    return {
        code: ServiceAddress(
            code=code,
            name=name,
            country=country,
            address=address,
            portal=portal,
            usual_days=int(days) if days else None,
            standing=standing,
            source=source,
            as_of=date.fromisoformat(as_of),
        )
        for code, name, country, address, portal, days, standing, source, as_of in _rows(
            "providers.csv"
        )
    }


def _rows(file: str) -> Iterator[list[str]]:
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    yield from csv.reader(line for line in lines if line and not line.startswith("#"))

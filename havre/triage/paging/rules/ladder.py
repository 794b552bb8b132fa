"""The ladder of a page: who is called, and who comes next when nobody acknowledges.

First whoever is on call, one after another; then the supervisors of the desk or agency, all at
once; then the national coordinators. Where nobody is on call, it begins with the supervisors.
After the last rung it begins again: a page never ends because nobody took it.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class PageKind(StrEnum):
    """Why somebody is called: a report or a referral that cannot wait, a queue nobody looks at."""

    REFERRAL = "referral"
    REPORT = "report"
    UNATTENDED = "unattended"


class Rung(StrEnum):
    """Where on the ladder somebody stands."""

    COORDINATOR = "coordinator"
    ON_CALL = "on-call"
    SUPERVISOR = "supervisor"


class PageEnd(StrEnum):
    """How a page ended that nobody acknowledged."""

    ANSWERED = "answered"
    ATTENDED = "attended"
    LEFT_LANE = "left-lane"


class PageState(StrEnum):
    """Where a page stands. Missed: the whole ladder was called, and nobody took it."""

    ACKNOWLEDGED = "acknowledged"
    ENDED = "ended"
    MISSED = "missed"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who may be called for one page at a moment, first to be called first."""

    on_call: tuple[UUID, ...] = ()
    supervisors: tuple[UUID, ...] = ()
    coordinators: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Who is called next, and from which rung."""

    rung: Rung
    officers: tuple[UUID, ...]


def next_step(people: People, *, called: frozenset[UUID]) -> Step | None:
    """Who is called after those who were; None when everybody was. Nobody is called twice."""
    for officer in people.on_call:
        if officer not in called:
            return Step(rung=Rung.ON_CALL, officers=(officer,))
    for rung, group in (
        (Rung.SUPERVISOR, people.supervisors),
        (Rung.COORDINATOR, people.coordinators),
    ):
        left = tuple(each for each in group if each not in called)
        if left:
            return Step(rung=rung, officers=left)
    return None

"""When an agency may be told who reported, and what it is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from havre.intake.rules.submission import Person, PersonRole


class Because(StrEnum):
    """Why a reporter's identity is given. Nothing else lifts the privilege of who informs."""

    AGREES = "agrees"
    ORDERED = "ordered"


class GivenAlreadyError(ValueError):
    """The agency was given the identity with this referral, and still has it."""


class NobodyNamedError(ValueError):
    """The reporter gave neither name nor contact: there is nothing to give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoReported:
    """A reporter's names and ways of contact, each with its kind."""

    names: tuple[str, ...]
    contacts: tuple[tuple[str, str], ...]


def who_reported(people: Iterable[Person]) -> tuple[WhoReported, ...]:
    """Those who reported, as far as they said who they are."""
    found = (
        WhoReported(
            names=tuple(person.names),
            contacts=tuple((one.kind, one.value) for one in person.identifiers),
        )
        for person in people
        if person.role is PersonRole.REPORTER
    )
    return tuple(one for one in found if one.names or one.contacts)

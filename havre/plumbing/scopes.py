"""In what capacity somebody acts: the facts that the row-security policies may ask about."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """In what capacity somebody acts. The policies name these words."""

    AGENCY = "agency"
    AUDITOR = "auditor"
    COORDINATOR = "coordinator"
    INTERPRETER = "interpreter"
    # No policy names this one: whoever acts so finds nothing.
    NOBODY = "nobody"
    PARTNER = "partner"
    PROVIDER = "provider"
    PUBLIC = "public"
    RECEIPT = "receipt"
    TIPLINE = "tipline"
    WORK = "work"


# The tipline's own table, and Havre's stations.
DESK = frozenset({Scope.TIPLINE, Scope.WORK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The facts a policy may ask about. Ids are UUIDs as text, or empty.

    `person` and `home` are for the log alone: who acts from a place in another agency, and of which
    agency that one is. No policy is told.
    """

    actor: str
    scope: Scope
    agency: str = ""
    provider: str = ""
    report: str = ""
    token: str = ""
    compartments: str = ""
    person: str = ""
    home: str = ""

"""In what capacity somebody acts: the facts that the row-security policies may ask about."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """In what capacity somebody acts. The policies name these words."""

    AGENCY = "agency"
    AUDITOR = "auditor"
    COORDINATOR = "coordinator"
    INTERPRETER = "interpreter"
    NOBODY = "nobody"  # no policy names this one: whoever acts so finds nothing
    PARTNER = "partner"
    PROVIDER = "provider"
    PUBLIC = "public"
    RECEIPT = "receipt"
    TIPLINE = "tipline"
    WORK = "work"


# The tipline's own table, and Havre's stations.
DESK = frozenset({Scope.TIPLINE, Scope.WORK})
# Somebody of an agency, for it alone or for all of them.
AGENCIES = frozenset({Scope.AGENCY, Scope.COORDINATOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The facts a policy may ask about. Ids are UUIDs as text, or empty."""

    actor: str
    scope: Scope
    agency: str = ""
    provider: str = ""
    report: str = ""
    token: str = ""
    compartments: str = ""
    # The other agencies that whoever acts belongs to, for a time or at home: what keeps a report
    # from one of them keeps it from this person everywhere.
    elsewhere: str = ""

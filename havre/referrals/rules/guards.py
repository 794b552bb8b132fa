"""Who may not be sent a report: whom it accuses, and who has it already."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from havre.agencies.rules.words import AgencyKind

COUNTRY = "CA"


class ReferralRefusedError(ValueError):
    """A report may not go to this agency. `agency` is its code."""

    def __init__(self, agency: str) -> None:
        super().__init__(agency)
        self.agency = agency


class AlreadyReferredError(ReferralRefusedError):
    """The agency has this incident already: add to it instead."""


class CentreNotAskedError(ReferralRefusedError):
    """It meets a watch that the national coordinator brokers, who was not asked."""


class ClosedReportError(ReferralRefusedError):
    """The report is closed without referral: it is opened again first."""


class ConflictOfInterestError(ReferralRefusedError):
    """Somebody whom the report names works for this agency: another one must look at it."""


class HeldElsewhereError(ReferralRefusedError):
    """The agency has the same person already from another report: add to that one."""


class IncidentNotOpenError(ReferralRefusedError):
    """The report is split: one of its incidents goes, and none that was closed."""


class OneIncidentHeldError(ReferralRefusedError):
    """The agency has one incident of a split report alone: nothing whole is added to that."""


class RiskNotAssessedError(ReferralRefusedError):
    """A partner abroad is told nothing before the risk of mistreatment was assessed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What the guards need to know of an agency."""

    code: str
    kind: AgencyKind
    regions: frozenset[str]
    names: tuple[str, ...] = ()
    is_default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """Where a report goes when it must not go to one agency, and who watches over that one."""

    agencies: tuple[str, ...]
    oversight: tuple[str, ...]


def check_recipient(agency: str, *, holding: Collection[str], conflicts: Collection[str]) -> None:
    """Refuse an agency that is named in the report, or has it already.

    Raises ConflictOfInterestError, which weighs more, or AlreadyReferredError.
    """
    if agency in conflicts:
        raise ConflictOfInterestError(agency)
    if agency in holding:
        raise AlreadyReferredError(agency)


def check_risk(agency: str, kind: str) -> None:
    """Refuse to tell a partner abroad anything: its desk at home assesses the risk first.

    What it was sent before that was asked for is taken back or cancelled. Raises
    RiskNotAssessedError.
    """
    if kind == AgencyKind.FOREIGN:
        raise RiskNotAssessedError(agency)


def instead_of(agency: str, *, directory: Iterable[Candidate]) -> Instead:
    """Who can take a report that names an officer of this agency, the nearest first.

    Other police that answer for its region by default, then the national centre; and the bodies
    that oversee the agency. Raises KeyError for an agency that the directory does not hold.
    """
    known = {one.code: one for one in directory}
    regions = known[agency].regions
    others = [one for one in known.values() if one.code != agency]
    police = [
        one.code
        for one in others
        if one.kind is AgencyKind.POLICE and one.is_default and one.regions & regions
    ]
    centres = [one.code for one in others if one.kind is AgencyKind.NATIONAL_CENTRE]
    watching = [one for one in others if one.kind is AgencyKind.OVERSIGHT]
    near = [one.code for one in watching if one.regions & regions]
    far = [one.code for one in watching if COUNTRY in one.regions and one.code not in near]
    return Instead(agencies=(*police, *centres), oversight=tuple(near or far))


def named_in(texts: Iterable[str], *, directory: Iterable[Candidate]) -> tuple[str, ...]:
    """The police whose names stand in what was told: perhaps a person reported is one of theirs."""
    told = "\n".join(texts).casefold()
    return tuple(
        one.code
        for one in directory
        if one.kind in {AgencyKind.POLICE, AgencyKind.NATIONAL_CENTRE}
        and any(name and name.casefold() in told for name in one.names)
    )

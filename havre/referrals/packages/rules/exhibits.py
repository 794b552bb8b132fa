"""Which files go into a package, sealed to the agency's key, and why others do not."""

from collections.abc import Sequence
from enum import StrEnum

from havre.agencies.rules.words import AgencyKind

# Together; the archive is made in memory.
LARGEST_BYTES = 32 * 1024 * 1024
# Whose work needs the material itself, and whose law lets them hold it.
HOLDERS = frozenset({AgencyKind.BORDER, AgencyKind.NATIONAL_CENTRE, AgencyKind.POLICE})


class Absence(StrEnum):
    """Why a file is not in a package."""

    BEYOND_NEED = "beyond-need"
    NO_KEY = "no-key"
    TOO_LARGE = "too-large"


def absences(
    sizes: Sequence[int], *, recipient: AgencyKind, has_key: bool
) -> tuple[Absence | None, ...]:
    """Why each file stays out, or None where it goes in; the smaller of many go in first."""
    if recipient not in HOLDERS:
        return (Absence.BEYOND_NEED,) * len(sizes)
    if not has_key:
        return (Absence.NO_KEY,) * len(sizes)
    left = LARGEST_BYTES
    going: list[Absence | None] = [Absence.TOO_LARGE] * len(sizes)
    for place in sorted(range(len(sizes)), key=lambda place: sizes[place]):
        if sizes[place] <= left:
            left -= sizes[place]
            going[place] = None
    return tuple(going)

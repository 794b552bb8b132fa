"""Section 9: whoever reported by another law is deemed to have complied with section 2.

S.C. 2011, c. 4, s. 9: for the information that was reported under an obligation in the law of a
province or of another country. Nothing else falls away: sections 3, 4 and 5 go on.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

LONGEST_REFERENCE = 60


class OtherLaw(StrEnum):
    """Under which other law something was reported."""

    MANITOBA = "ca-mb"
    OTHER_COUNTRY = "other-country"
    OTHER_PROVINCE = "other-province"
    US_2258A = "us-2258a"


class Duty(StrEnum):
    """What the Act asks of a provider."""

    NOTIFY_POLICE = "section-3"
    PRESERVE = "section-4"
    REPORT_ADDRESS = "section-2"
    SAY_NOTHING = "section-5"


class DeemedFault(StrEnum):
    """What is wrong with a record of section 9."""

    DAY_TO_COME = "day-to-come"
    NUMBER_MISSING = "number-missing"
    NUMBER_NOT_NEEDED = "number-not-needed"


def fault_of(
    *, is_standing: bool, reference: str, reported_on: date, today: date
) -> tuple[str, DeemedFault] | None:
    """What is wrong with a record, and where; None for a whole one.

    A record of one report names its number there; a standing one tells how the provider works
    from a day on, and stands for no single report.
    """
    if reported_on > today:
        return "reported_on", DeemedFault.DAY_TO_COME
    if is_standing and reference:
        return "reference", DeemedFault.NUMBER_NOT_NEEDED
    if not is_standing and not reference:
        return "reference", DeemedFault.NUMBER_MISSING
    return None


def duties_left(*, is_standing: bool) -> Mapping[Duty, bool]:
    """Which duties go on (True) for what a record speaks of.

    A standing record discharges nothing by itself: only what was in fact reported counts.
    """
    return {
        Duty.REPORT_ADDRESS: is_standing,
        Duty.NOTIFY_POLICE: True,
        Duty.PRESERVE: True,
        Duty.SAY_NOTHING: True,
    }

"""How long the records of section 2 are kept: two years (SOR/2011-292, s. 5), then at will."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from havre.intake.law.rules.regimes import CA_MRA, RECEIPT_KEPT_YEARS

FEBRUARY, LEAP_DAY = 2, 29


def kept_until(received_at: datetime, *, zone: ZoneInfo = CA_MRA.zone) -> date:
    """The last day on which a record must be there: two years after it came."""
    day = received_at.astimezone(zone).date()
    year = day.year + RECEIPT_KEPT_YEARS
    if (day.month, day.day) == (FEBRUARY, LEAP_DAY):
        return date(year, FEBRUARY + 1, 1)
    return day.replace(year=year)


def may_be_destroyed(received_at: datetime, *, today: date, is_with_agency: bool) -> bool:
    """Whether a record may go: its two years are over, and no agency works with it."""
    return kept_until(received_at) < today and not is_with_agency

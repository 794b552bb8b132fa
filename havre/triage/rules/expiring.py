"""Until when somebody may still know who had the addresses that a report names."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from havre.intake.rules.submission import GivenIdentifier, Submission

# Nobody must keep who had an address, and for how long differs: an estimate, shown as one.
LOGS_KEPT = timedelta(days=90)
IP = "ip"


def logs_until(told: Submission) -> date | None:
    """Until when somebody may still know who had the addresses of a report; None without a time.

    Counted from the latest time at which an address was seen: until then, one at least is left.
    """
    days = [day for each in _addresses(told) if (day := _day_of(each)) is not None]
    return max(days) + LOGS_KEPT if days else None


def _addresses(told: Submission) -> Iterator[GivenIdentifier]:
    held = [
        *(person.identifiers for person in told.people),
        *(incident.identifiers for incident in told.incidents),
        *(facts.identifiers for facts in told.files),
    ]
    for identifiers in held:
        yield from (each for each in identifiers if each.kind == IP)


def _day_of(given: GivenIdentifier) -> date | None:
    if given.at is None or given.at.at is None:
        return None
    try:
        return datetime.fromisoformat(given.at.at).date()
    except ValueError:
        return None

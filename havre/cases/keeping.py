"""Parts of the actions on cases: the line in the log, and the next number."""

from havre.agencies.models import Agency
from havre.audit.actions import record
from havre.audit.rules import Actor, Event
from havre.cases.models import Case, Counter
from havre.plumbing import ids


def note_on(case: Case, event: Event, *, by: Actor, **details: str | int | bool | None) -> None:
    """Write a line of the log about a case."""
    record(event, about_kind="case", about=case.pk, by=by, **details)


def next_number(agency: Agency, year: int) -> int:
    """The next number of an agency's cases in a year. Two at once wait for each other.

    Nobody sees every case of an agency, so nobody can count them.
    """
    Counter.objects.bulk_create(
        [Counter(id=ids.uuid7(), agency=agency, year=year)], ignore_conflicts=True
    )
    counter = Counter.objects.select_for_update().get(agency=agency, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last

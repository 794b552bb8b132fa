"""Who is on call, and who was called, in the world of the doors and the walls."""

from collections.abc import Iterable
from datetime import time, timedelta
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.rules import Station
from havre.plumbing import clock
from havre.triage.duty.actions import set_shifts
from havre.triage.paging.actions import set_reach, write_page
from havre.triage.paging.rules.ways import Way
from havre.wiring.sweeps.paging import call_people


def some_calls(officers: Iterable[Officer], holder: Officer, closed_report: UUID) -> None:
    """Each of these is on call tomorrow, and was called for a report in a closed compartment."""
    tomorrow = (clock.now() + timedelta(days=1)).date()
    for one in officers:
        set_shifts(one.username, day=tomorrow, begins=time(8), ends=time(20), by=one)
    for one in (*officers, holder):
        email = f"{one.username}@example.com"
        set_reach(email=email, phone="", webhook="", new_secret=False, by=one)
    write_page(closed_report, by=Station.PIPELINE)
    call_people({Way.EMAIL: lambda _letter: None})

"""Who is on call in the demo world, and how each is reached."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from uuid import UUID

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Permit, Role
from havre.audit.rules import Station
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.triage.duty.actions import set_shifts
from havre.triage.paging.actions import NotWaitingError, acknowledge_page, set_reach
from havre.triage.paging.reads import page_waiting_for
from havre.triage.paging.rules.ways import Letter, Way
from havre.wiring.country.people import Country
from havre.wiring.sweeps.paging import call_people

# From the first day of the demo world on, and a week ahead of its last.
DAY, NIGHT = time(8), time(20)
DAYS_AHEAD = 7


def settle_duty(country: Country, *, now: datetime) -> None:
    """Whoever may be called says how; two analysts share the days and nights around now."""
    for officer in country.officers:
        if officer.may(Permit.PAGE_ANSWER):
            email = f"{officer.username}@example.com"
            set_reach(email=email, phone="", webhook="", new_secret=False, by=officer)
    keeper = next(one for one in country.officers if one.role == Role.SUPERVISOR)
    by_day, by_night = [one for one in country.officers if one.role == Role.TIPLINE_ANALYST][:2]
    started = clock.now().astimezone(clock.LEGAL_ZONE)
    last = now.astimezone(clock.LEGAL_ZONE).date() + timedelta(days=DAYS_AHEAD)
    for officer, begins, ends in ((by_day, DAY, NIGHT), (by_night, NIGHT, DAY)):
        # A world that begins in the evening has no day left that day.
        is_over = begins < ends <= started.time()
        first = started.date() + timedelta(days=int(is_over))
        days = (last - first).days
        set_shifts(officer.username, day=first, begins=begins, ends=ends, days=days, by=keeper)


def call_in_the_demo() -> None:
    """Call people as the jobs do; here a letter goes nowhere."""
    call_people({Way.EMAIL: _nowhere})


def take_page(report: UUID, *, by: Officer) -> None:
    """An analyst takes the page of a report, if one waits."""
    with acting_as(Station.PIPELINE.context):
        page = page_waiting_for(report, actor=Station.PIPELINE)
    if page:
        with suppress(NotWaitingError):
            acknowledge_page(page.pk, by=by)


def _nowhere(_letter: Letter) -> None:
    """Nothing leaves a demo world while it is made."""

"""Who is on call in the demo world, and how each is reached."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from uuid import UUID

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Permit
from havre.audit.rules import Station
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.triage.duty.actions import set_shifts
from havre.triage.paging.actions import NotWaitingError, acknowledge_page, set_reach
from havre.triage.paging.reads import page_waiting_for
from havre.triage.paging.rules.ways import Letter, Way
from havre.wiring.country.people import Country
from havre.wiring.country.texts import people
from havre.wiring.sweeps.paging import call_people

# From the first day of the demo world on, and a week ahead of its last.
DAY, NIGHT = time(8), time(20)
DAYS_AHEAD = 7


def settle_duty(country: Country, *, now: datetime) -> None:
    """Whoever may be called says how; at each desk with a keeper two share days and nights."""
    for officer in country.officers:
        if officer.may(Permit.ROTA_READ):
            email = f"{officer.username}@example.com"
            set_reach(email=email, phone="", webhook="", new_secret=False, by=officer)
    lent = {row["officer"] for row in people()["secondment"]}
    desks: dict[UUID, list[Officer]] = {}
    for officer in country.officers:
        if officer.may(Permit.ROTA_READ) and officer.username not in lent:
            desks.setdefault(officer.agency_id, []).append(officer)
    for desk in desks.values():
        keeper = next((one for one in desk if one.may(Permit.ROTA_KEEP)), None)
        if keeper:
            others = [one for one in desk if one != keeper]
            _share([*others, keeper][:2], now=now, by=keeper)


def _share(pair: list[Officer], *, now: datetime, by: Officer) -> None:
    """The first takes the days from now on, the second the nights."""
    started = clock.now().astimezone(clock.LEGAL_ZONE)
    last = now.astimezone(clock.LEGAL_ZONE).date() + timedelta(days=DAYS_AHEAD)
    for officer, (begins, ends) in zip(pair, ((DAY, NIGHT), (NIGHT, DAY)), strict=False):
        # A world that begins in the evening has no day left that day.
        is_over = begins < ends <= started.time()
        first = started.date() + timedelta(days=int(is_over))
        days = (last - first).days
        set_shifts(officer.username, day=first, begins=begins, ends=ends, days=days, by=by)


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

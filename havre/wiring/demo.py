"""The demo world: a believable, bland country, the same every time, made through actions.

It is one transaction: the whole world, or an empty database. Each report walks the route here, in
its own moment, so the jobs that were written with it are done and are taken off the job queue:
a worker that walked them again would put what was referred weeks ago back before the analysts.
"""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from procrastinate.contrib.django import app

from havre.agencies.models import Agency, Officer
from havre.audit.actions import action, record
from havre.audit.reads import log_page
from havre.audit.rules import Actor, Event, Station
from havre.intake.actions import ROUTE_TASK
from havre.intake.models import Report
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.ids import seeded_with
from havre.triage.paging.actions import TASK as PAGE_TASK
from havre.wiring.commands.up import UpRefusedError
from havre.wiring.country.abroad import DeskAbroad
from havre.wiring.country.duty import settle_duty
from havre.wiring.country.life import Calendar, Life
from havre.wiring.country.people import settle_country, settle_secondments, sign_in_lines
from havre.wiring.country.plan import ALL_REPORTS, DAYS, plans
from havre.wiring.country.split import SplitReport
from havre.wiring.country.texts import SEED

TODAY = "HAVRE_DEMO_TODAY"
# The hour it is in a demo world whose day was named.
NOON_AND_A_HALF = time(14, 30)


class DemoRefusedError(UpRefusedError):
    """No demo world is made here; the message says why and what to do."""


def is_empty() -> bool:
    """Whether nobody and nothing is in the database yet."""
    with acting_as(Station.SET_UP.context):
        return not any(model.objects.exists() for model in (Agency, Officer, Report))


def is_demo_world() -> bool:
    """Whether the log says that this database was made as a demo world."""
    with acting_as(Station.SET_UP.context):
        return bool(log_page(event=Event.DEMO_MADE).entries)


def make_world(progress: Callable[[int, int], None], *, reports: int = ALL_REPORTS) -> None:
    """Fill an empty database with the demo world, all of it or nothing.

    `progress` is told how many reports have come in, of how many. Raises DemoRefusedError when
    anything stands in the database, or HAVRE_DEMO_TODAY is no date.
    """
    now = the_moment()
    with acting_as(Station.SET_UP.context), seeded_with(SEED):
        if not is_empty():
            msg = (
                "There is something in this database, so no demo world is made in it. "
                "Take an empty database, or start over with ./run --fresh."
            )
            raise DemoRefusedError(msg)
        with clock.clock_set_to(now - timedelta(days=DAYS + 1)):
            country = settle_country()
            settle_duty(country, now=now)
            settle_secondments(country, now=now)
        planned = plans(now=now, reports=reports)
        calendar = Calendar(until=now)
        arrived = iter(range(1, reports + 1))
        life = Life(country, calendar, lambda: progress(next(arrived), reports))
        for plan in planned:
            life.expect(plan)
        DeskAbroad(country, calendar).expect(now)
        SplitReport(country, calendar).expect(now)
        calendar.run()
        _take_done_jobs_off()
        with clock.clock_set_to(now):
            mark_demo(reports, by=Station.SET_UP)


def sign_ins() -> list[str]:
    """The demo sign-ins, one line each, to be printed where only this machine listens."""
    return sign_in_lines()


@action(Event.DEMO_MADE)
def mark_demo(reports: int, *, by: Actor) -> None:
    """Write down that this database is a demo world. Nothing real is in it."""
    record(Event.DEMO_MADE, about_kind="demo", about=SEED, by=by, reports=reports)


def the_moment() -> datetime:
    """The moment that is now in the demo world: of the day named, else really now."""
    named = os.environ.get(TODAY, "")
    if not named:
        return clock.now().replace(second=0, microsecond=0)
    try:
        day = date.fromisoformat(named)
    except ValueError:
        msg = f"{TODAY} is {named!r}. Write a day such as 2026-11-25, or leave it empty."
        raise DemoRefusedError(msg) from None
    return datetime.combine(day, NOON_AND_A_HALF, clock.LEGAL_ZONE).astimezone(UTC)


def _take_done_jobs_off() -> None:
    for queue in (ROUTE_TASK, PAGE_TASK):
        for job in app.job_manager.list_jobs(queue=queue, status="todo"):
            if job.id is not None:
                app.job_manager.cancel_job_by_id(job.id, delete_job=True)

"""A desk with people on call, and letters that go nowhere, for the tests of paging."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

import pytest

from havre.agencies.models import Officer
from havre.agencies.reads import agency_by_code, the_tipline
from havre.agencies.rules.permits import Role
from havre.audit.reads import done_to
from havre.audit.rules import Station
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.triage.duty.actions import set_shifts
from havre.triage.paging.actions import (
    set_reach,
)
from havre.triage.paging.models import Call, Page
from havre.triage.paging.reads import paging_policy
from havre.triage.paging.rules.ways import Letter, NotCarriedError, Way
from havre.wiring.sweeps.paging import call_people
from tests import make
from tests.house.callers import undone

NOW = datetime(2026, 11, 29, 17, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
TURN = paging_policy().acknowledge
DANGER, CALM = "I am in danger now.", "I saw boats."


@dataclass
class Post:
    """Who carries letters in these tests: keeps them, or fails with a code."""

    letters: list[Letter] = field(default_factory=list)
    fails_as: str = ""

    def __call__(self, letter: Letter) -> None:
        if self.fails_as:
            raise NotCarriedError(self.fails_as)
        self.letters.append(letter)

    def to(self) -> list[str]:
        """Who got letters since this was asked the last time."""
        told, self.letters = [one.to.partition("@")[0] for one in self.letters], []
        return told


@dataclass
class House:
    """A desk with two on call, its supervisor, and the national coordinator; all by e-mail."""

    first: Officer
    second: Officer
    supervisor: Officer
    coordinator: Officer
    mail: Post = field(default_factory=Post)
    sms: Post = field(default_factory=Post)

    def called(self, at: datetime) -> list[str]:
        """Let the jobs run at a moment; gives who got an e-mail."""
        with clock_set_to(at):
            call_people({Way.EMAIL: self.mail, Way.SMS: self.sms})
        return self.mail.to()


def reached(officer: Officer, name: str, *, phone: str = "") -> Officer:
    set_reach(email=f"{name}@example.com", phone=phone, webhook="", new_secret=False, by=officer)
    return officer


def on_call(officer: Officer, keeper: Officer, *, begins: int = 6) -> None:
    day = NOW.date()
    set_shifts(officer.username, day=day, begins=time(begins), ends=time(22), by=keeper)


@pytest.fixture(scope="module")
def built(lasting_block) -> House:
    """Built once, in a transaction that all these tests share and that is rolled back."""
    return build_house()


@pytest.fixture
def house(built) -> Iterator[House]:
    """The house, for a test that leaves nothing behind."""
    with undone():
        yield replace(built, mail=Post(), sms=Post())


def build_house() -> House:
    make.directory()
    tipline = the_tipline()
    with clock_set_to(NOW):
        built = House(
            first=reached(make.analyst(), "first"),
            second=reached(make.analyst(), "second"),
            supervisor=reached(make.officer(tipline, Role.SUPERVISOR), "supervisor"),
            coordinator=reached(
                make.officer(agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR),
                "coordinator",
            ),
        )
        on_call(built.first, built.supervisor, begins=6)
        on_call(built.second, built.supervisor, begins=7)
    return built


def told(story: str = DANGER, *, at: datetime = NOW, **facts):
    with clock_set_to(at):
        return make.report(story, people=(), danger_now=story is DANGER, **facts)


def pages() -> list[Page]:
    with acting_as(Station.PIPELINE.context):
        return list(Page.objects.order_by("id"))


def calls() -> list[Call]:
    with acting_as(Station.PIPELINE.context):
        return list(Call.objects.select_related("page", "officer").order_by("id"))


def events_of_officer(officer: Officer) -> list[tuple[str, str]]:
    """What was done to an officer's account, first to last, with its details."""
    with acting_as(Station.PIPELINE.context):
        return [(line.event, str(line.details)) for line in reversed(done_to(officer.pk))]


def events_of(report) -> list[str]:
    with acting_as(Station.PIPELINE.context):
        return [line.event for line in reversed(done_to(report.pk))]

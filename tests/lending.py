"""Two police forces, and a detective whom one lends to the other, for tests."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from havre.agencies.models import Agency, Officer
from havre.agencies.reads import agency_by_code
from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.secondments import actions
from havre.agencies.secondments.models import Secondment
from havre.agencies.secondments.rules import Reason, Refusal, SecondmentRefusedError, State
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from tests import make

# Noon in Toronto.
NOW = datetime(2026, 11, 30, 17, tzinfo=UTC)
TODAY, LAST = date(2026, 11, 30), date(2026, 12, 14)
# The first moment after the last day, by the clock in Toronto.
OVER = datetime(2026, 12, 15, 5, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
LOOKED_AT = ("cases_case", "referrals_referral", "intake_report", "audit_entry", "notices_bell")


@dataclass
class Town:
    """Two police forces with their supervisors, and a detective whom one lends to the other."""

    harbor: Agency
    valley: Agency
    lender: Officer
    receiver: Officer
    detective: Officer

    def ask(self, *, last: date = LAST, **terms) -> Secondment:
        told = {
            "host": self.valley,
            "role": Role.DETECTIVE,
            "reason": Reason.JOINT_INVESTIGATION,
            "first": TODAY,
            "by": self.lender,
        } | terms
        return actions.ask_secondment(self.detective.pk, last=last, **told)

    def lend(self, **terms) -> Secondment:
        return actions.agree_secondment(self.ask(**terms).pk, by=self.receiver)

    def place(self) -> Officer:
        return Officer.objects.select_related("agency", "person").get(person=self.detective)


def a_town() -> Town:
    """Everybody of the two forces, with nobody lent yet."""
    harbor = make.directory()
    valley = agency_by_code("valley-police")
    return Town(
        harbor,
        valley,
        make.officer(harbor, Role.AGENCY_SUPERVISOR),
        make.officer(valley, Role.AGENCY_SUPERVISOR),
        make.officer(harbor),
    )


def state_of(secondment: Secondment, town: Town) -> State:
    """Where it stands in the database now."""
    with acting_as(town.lender.context):
        return Secondment.objects.select_related("place").get(pk=secondment.pk).state


def refused(act, *args, **terms) -> Refusal:
    with pytest.raises(SecondmentRefusedError) as caught:
        act(*args, **terms)
    return caught.value.refusal


def lines(event: Event) -> list[Entry]:
    with acting_as(Station.SET_UP.context):
        return list(Entry.objects.filter(event=event))


def seen_by(officer: Officer) -> dict[str, int]:
    """What SQL without any filter finds while an officer acts."""
    with acting_as(officer.context), connection.cursor() as cursor:
        return {
            table: cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in LOOKED_AT
        }


def choose(browser: Client, place: Officer | None):
    return browser.post("/en/act-for", {"place": place.pk if place else ""})


def place_at(person: Officer, agency: Agency, role: Role) -> Officer:
    """A place that a person holds now, made without asking either agency."""
    with acting_as(Station.SET_UP.context):
        return Officer.objects.create(
            username=f"place-{ids.uuid7().hex}",
            display_name=person.display_name,
            agency=agency,
            role=role,
            compartments=[Compartment.GENERAL],
            person=person,
            place_from=NOW,
            place_until=OVER,
        )


def a_place_of(person: Officer, agency: Agency, role: Role) -> Officer:
    """A place of somebody in another agency, as a row: nobody agreed to it."""
    now = clock.now()
    until = now + timedelta(days=9)
    with acting_as(Station.SET_UP.context):
        place = Officer.objects.create(
            username=f"place-{ids.uuid7().hex}",
            display_name="A. Roy",
            agency=agency,
            role=role,
            compartments=[Compartment.GENERAL, Compartment.TRAFFICKING],
            person=person,
            place_from=now - timedelta(days=1),
            place_until=until,
        )
        Officer.objects.filter(pk=person.pk).update(lent_until=until)
    person.refresh_from_db()
    return place

"""Legal duties at the doors: records of section 9, incidents, records whose time is over."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from havre.agencies.actions import add_officer
from havre.agencies.models import Officer, Provider
from havre.agencies.rules.permits import Role
from havre.audit.rules import Station
from havre.intake.law.actions import note_deemed, note_incident, report_addresses
from havre.intake.law.models import Deemed
from havre.intake.law.reads import legal_today
from havre.intake.law.rules.deemed import OtherLaw
from havre.intake.law.rules.incidents import IncidentKind, IncidentWords
from havre.oversight.annual.actions import write_annual
from havre.oversight.annual.rules import year_of
from havre.plumbing import clock
from tests.house.mirrors_at_doors import MIRROR_DOORS, TYPED_MIRRORS, a_copy, copies_by_whose

Parts = dict[str, dict[str, object]]
LONG_AGO = timedelta(days=800)
DEEMED = {"law": "us-2258a", "covers": "one", "given_number": "7001", "day": "2026-01-05"}
INCIDENT = {
    "what": "outage",
    "day": "2026-01-05",
    "hour": "14:30",
    "happened": "The line was down.",
    "function": "Reports came late.",
    "steps": "A second line.",
    "reach": "Pat Roy, 204-555-0142",
}
SENT = {"day": "2026-01-05", "hour": "15:30"}
# Which part of a duty a door is about, and what its address calls it.
DUTY_DOORS = {
    "annual_paper": ("annual", "year"),
    "annual_table": ("annual", "year"),
    "destroy_record": ("record", "incident_number"),
    "incident": ("incident", "reference"),
    "incident_paper": ("incident", "reference"),
    "incident_sent": ("incident", "reference"),
    **MIRROR_DOORS,
    "withdraw_deemed": ("deemed", "pk"),
    "write_annual": ("annual", "year"),
}
TYPED_DUTIES = {
    **TYPED_MIRRORS,
    "console_deemed": DEEMED,
    "console_keys": {"days": "7"},
    "incident": INCIDENT,
    "incident_sent": SENT,
    "new_incident": INCIDENT,
    "write_annual": {"measures": "Two walls.", "conflicts": "", "other": ""},
}


def a_deemed(provider: Provider, house: Officer) -> Deemed:
    """A record of section 9, by a person of the provider."""
    engineer = add_officer(
        f"engineer-{secrets.token_hex(4)}",
        name="Pat Roy",
        agency=house.agency,
        role=Role.PROVIDER_ENGINEER,
        password=None,
        provider=provider,
        by=Station.SET_UP,
    )
    return note_deemed(
        OtherLaw.US_2258A,
        is_standing=False,
        reference="7001",
        reported_on=clock.now().date() - timedelta(days=3),
        by=engineer,
    )


def an_incident(by: Officer) -> str:
    """An incident of two years ago, which nobody told the ministers of."""
    words = IncidentWords(
        happened="The line was down.", function="Late reports.", steps="None.", contact="Pat Roy"
    )
    at = clock.now() - LONG_AGO
    return note_incident(IncidentKind.OUTAGE, words, noticed_at=at, by=by).reference


def an_annual_text(by: Officer) -> None:
    """What the organization says in the report of the running year."""
    year = year_of(legal_today()).begins
    write_annual(year, measures="Two walls.", conflicts="", other="", by=by)


def some_duties(provider: Provider, house: Officer) -> None:
    """A record of section 9, a report for a second address, an incident, a year's words."""
    a_deemed(provider, house)
    a_copy(provider, house)
    an_incident(house)
    an_annual_text(house)


def duties_by_whose(
    house: Officer, providers: Sequence[Provider], receipts: dict[str, str]
) -> Parts:
    """What stands at the doors of legal duties. The record of "other" is still in its two years."""
    with clock.clock_set_to(clock.now() - LONG_AGO):
        old = report_addresses(("https://example.com/pier",), by=providers[0])
    told = [a_deemed(provider, house).pk for provider in providers]
    return {
        "annual": {"own": year_of(legal_today()).begins, "missing": 1999},
        "copy": copies_by_whose(house, providers),
        "deemed": {"own": told[0], "other": told[1], "missing": uuid4()},
        "incident": {"own": an_incident(house), "missing": "I-0000-0000"},
        "record": {
            "own": old.incident_number,
            "other": receipts["other"],
            "missing": "S-0000-0000",
        },
    }

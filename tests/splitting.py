"""A report of two matters that is split: Quay's is incident 2, Pier's is incident 3."""

import pytest

from havre.agencies.models import Agency, Officer
from havre.intake.actions import open_report
from havre.intake.models import Report
from havre.intake.rules.submission import GivenIdentifier, Happening, Person, PersonRole
from havre.intake.splits.models import Part
from havre.intake.splits.rules import Draft, pieces_of
from havre.referrals.actions import refer_report
from havre.referrals.models import Referral
from havre.triage.splitting.actions import split_report
from tests import make

STORY = (
    "Quay asked me to meet him on Saturday at the library in Winnipeg."
    " Somebody else, Pier, sells old pictures of boats in Toronto."
)
# What of a report of Quay and Pier, in this order, is Pier's matter.
OF_PIER = ("Somebody else", "people.1")


def suspect(name: str, mail: str = "") -> Person:
    """A suspect of a name, and perhaps of an address."""
    told = (GivenIdentifier(kind="email", value=mail),) if mail else ()
    return Person(role=PersonRole.SUSPECT, names=(name,), identifiers=told)


QUAY = suspect("Quay Example", "quay@example.com")
PIER = suspect("Pier Example", "pier@example.com")


@pytest.fixture
def harbor(db) -> Agency:
    return make.directory()


@pytest.fixture
def valley(harbor) -> Agency:
    return make.agency("valley-police", regions=("ON",))


@pytest.fixture
def analyst(harbor) -> Officer:
    return make.analyst()


@pytest.fixture
def receipt():
    return make.receipt()


def split_in_two(report: Report, *, by: Officer) -> list[Part]:
    """Split it: what is Pier's is the last incident, all else the first."""
    pieces = pieces_of(open_report(report.reference, by=by).submission)
    pier = {one.name for one in pieces if one.said.startswith(OF_PIER) or one.name in OF_PIER}
    rest = {one.name for one in pieces} - pier
    drafts = [
        Draft(happening=Happening.MEETING, pieces=frozenset(rest)),
        Draft(happening=Happening.PICTURES, pieces=frozenset(pier)),
    ]
    return split_report(report.reference, drafts, by=by)


def send(report: Report, number: int, to: Agency, *, by: Officer, **also) -> Referral:
    """Refer one incident of it."""
    return refer_report(report, to=to, reason="Their shore.", incident=number, by=by, **also)

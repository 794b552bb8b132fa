"""A report of two matters that is split: Quay's is incident 2, Pier's is incident 3."""

from types import SimpleNamespace

import pytest

from havre.agencies.models import Agency, Officer
from havre.audit.rules import Station
from havre.intake.actions import WORDS, open_by_receipt, open_report, send_message
from havre.intake.models import Report
from havre.intake.rules.submission import GivenIdentifier, Happening, Person, PersonRole
from havre.intake.splits.models import Part
from havre.intake.splits.reads import words_to_place
from havre.intake.splits.rules import Draft, pieces_of
from havre.plumbing.context import acting_as
from havre.plumbing.queue import waiting_for
from havre.referrals.actions import refer_report
from havre.referrals.models import Referral
from havre.referrals.splitting.actions import place_words, read_split
from havre.triage.models import QueueItem
from havre.triage.reads import item_of
from havre.triage.splitting.actions import split_report
from havre.wiring.jobs import the_rest, words_came
from tests import make

STORY = (
    "Quay asked me to meet him on Saturday at the library in Winnipeg."
    " Somebody else, Pier, sells old pictures of boats in Toronto."
)
MORE = (
    "Quay wrote again from second.quay@example.com. Pier has a new shop at second.pier@example.com."
    " I am fine."
)
CALM = "Quay wrote to me of boats. Somebody else, Pier, sells old pictures of boats in Toronto."
KNIFE = "He has a knife and waits outside."
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


@pytest.fixture
def calm(analyst, receipt) -> Report:
    """A report of two incidents that bear waiting: Quay's is 2, Pier's is 3."""
    people = (suspect("Quay Example"), suspect("Pier Example"), make.REPORTER)
    report = make.report(CALM, people=people, holder=receipt)
    split_in_two(report, by=analyst)
    return report


def send(report: Report, number: int, to: Agency, *, by: Officer, **also) -> Referral:
    """Refer one incident of it."""
    return refer_report(report, to=to, reason="Their shore.", incident=number, by=by, **also)


@pytest.fixture
def report(analyst, receipt) -> Report:
    """Split: Quay's matter is incident 2, Pier's is incident 3."""
    people = (suspect("Quay Example"), suspect("Pier Example"), make.REPORTER)
    report = make.report(STORY, people=people, holder=receipt)
    split_in_two(report, by=analyst)
    return report


def say(report, receipt, text=MORE) -> None:
    """Its reporter writes; nothing has been done about it yet."""
    _opened, holder = open_by_receipt(by=receipt)
    send_message(report, text, receipt_key=holder.key, by=holder)


def tell(report, receipt, text=MORE) -> None:
    """Its reporter writes, and all that follows by itself is done."""
    say(report, receipt, text)
    with acting_as(Station.PIPELINE.context):
        assert str(report.pk) in waiting_for(WORDS, "report")
    words_came(report=str(report.pk))
    if to_place(report):
        assert place(report), "before anything else is known of it"
    go_on(report)


def go_on(report) -> None:
    """What the route does later, and once more when it is tried again."""
    the_rest(SimpleNamespace(job=SimpleNamespace(attempts=0)), report=str(report.pk), because=WORDS)


def passages(report, *, by) -> dict[str, str]:
    """The names of what belongs to no incident yet, by the word that each begins with."""
    return {one.said.split()[0]: one.name for one in read_split(report.reference, by=by).later}


def place(report) -> QueueItem | None:
    """Its row in the queue, while it waits."""
    with acting_as(Station.PIPELINE.context):
        return item_of(report.pk, actor=Station.PIPELINE)


def to_place(report) -> int:
    """How many messages belong to no incident yet."""
    with acting_as(Station.PIPELINE.context):
        return len(words_to_place(report.pk, actor=Station.PIPELINE))


def put(report, names, *, by, **also) -> list[Referral]:
    """Put passages to incidents: all messages that wait are decided by it."""
    messages = read_split(report.reference, by=by).messages
    return place_words(report.reference, names, messages=messages, by=by, **also)

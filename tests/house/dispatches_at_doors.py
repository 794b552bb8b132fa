"""What stands between the desk and two partners abroad, and their clerks at the doors."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.rules.words import AgencyKind
from havre.cases.abroad.actions import file_exchange, move_exchange
from havre.cases.abroad.dispatches.actions import ask_the_desk, reply_to_desk
from havre.cases.abroad.dispatches.handing import Limits
from havre.cases.abroad.dispatches.models import Dispatch
from havre.cases.abroad.dispatches.rules import TheirStep
from havre.cases.abroad.enclosures.actions import send_enclosures
from havre.cases.abroad.enclosures.models import Enclosure
from havre.cases.abroad.enclosures.rules import Document
from havre.cases.abroad.keeping import Terms
from havre.cases.abroad.risks.actions import assess_exchange
from havre.cases.abroad.rules.mistreatment import Act, Risk
from havre.cases.abroad.rules.states import (
    Direction,
    ExchangeKind,
    Handling,
    Reliability,
    Step,
)
from havre.cases.abroad.sealed import ExchangeWords
from havre.plumbing.context import acting_as
from tests.house.passing_at_doors import PASSING_DOORS, of_what_is_passed, some_passed
from tests.house.traces import EVERYTHING

DISPATCH_DOORS = {"dispatch", "enclose", "reply_dispatch"}
PARTNERS = {"far-police": AgencyKind.FOREIGN, "far-hotline": AgencyKind.HOTLINE}
# Whose: of the first partner, of the second, of the first in a compartment its clerk does not hold.
OF_WHOM = {
    "own": ("far-police", Compartment.GENERAL),
    "other": ("far-hotline", Compartment.GENERAL),
    "closed": ("far-police", Compartment.TRAFFICKING),
}
# What a clerk finds who holds the general compartment; in every table beside these, nothing.
OF_A_PARTNER = "partner_id = %(agency)s::uuid AND compartment = 'general'"
ITS_DISPATCHES = f"(SELECT id FROM dispatches_dispatch WHERE {OF_A_PARTNER})"
A_CLERK_S_OWN = {
    "dispatches_dispatch": OF_A_PARTNER,
    "dispatches_passage": f"dispatch_id IN {ITS_DISPATCHES}",
    "enclosures_enclosure": f"dispatch_id IN {ITS_DISPATCHES}",
    "evidence_recordkey": f"recipient = 'agency:' || %(agency)s AND record IN {ITS_DISPATCHES}",
}
FREE = Limits(handling=Handling.H1)
ORDER = Document(name="order.pdf", content=b"%PDF-1.7 The pier is to be searched.")
WORDS = ExchangeWords(title="The man at the pier", narrative="Who holds dock_master?")
TERMS = Terms(
    kind=ExchangeKind.INFORMATION,
    handling=Handling.H1,
    caveats=(),
    reliability=Reliability.LIKELY,
)
TYPED = {
    "kind": "information",
    "title": "The ferry",
    "narrative": "Who took it?",
    "their_reference": "",
    "reliability": "likely",
    "handling": "h1",
    "caveats": ["no-arrest"],
    "caveat": "",
    "answer_by": "2199-07-01T12:00",
    "compartment": "general",
}


def some_partners(
    an_agency: Callable[..., Agency],
    an_officer: Callable[..., Officer],
    desk: Officer,
    *receivers: Officer,
) -> dict[Agency, Officer]:
    """Two partners: something was sent to each, each said a word to it and asked the desk.

    What they sent with it was passed on to whoever is to get it.
    """
    clerks = {}
    for code, kind in PARTNERS.items():
        partner = Agency.objects.filter(code=code).first() or an_agency(code, kind)
        held = (Compartment.GENERAL, Compartment.TRAFFICKING)
        knows_both = an_officer(partner, Role.FOREIGN_CLERK, held)
        for compartment in held:
            sent = something_sent(partner, compartment, by=desk)
            reply_to_desk(sent, TheirStep.ADD, words="We look.", limits=Limits(), by=knows_both)
            send_enclosures(sent, [ORDER], words="The order.", limits=FREE, by=knows_both)
        ask_the_desk(WORDS, terms=TERMS, by=knows_both)
        clerks[partner] = an_officer(partner, Role.FOREIGN_CLERK)
    some_passed(desk, *receivers)
    return clerks


def something_sent(partner: Agency, compartment: Compartment, *, by: Officer) -> str:
    """A request that was assessed and sent."""
    one = file_exchange(
        WORDS,
        direction=Direction.OUT,
        partner=partner,
        terms=TERMS,
        compartment=compartment,
        by=by,
    ).reference
    both = (Act.DISCLOSURE, Act.REQUEST)
    assess_exchange(one, acts=both, risk=Risk.NOT_SUBSTANTIAL, grounds="Courts.", by=by)
    move_exchange(one, Step.SEND, words="By hand, said our own note.", by=by)
    return one


def clerks_at_doors(
    clerks: Iterable[Agency], caller: Callable[..., object]
) -> dict[str, list[object]]:
    """A clerk of each of the two partners who comes to the doors."""
    own, other = ([caller(partner, Role.FOREIGN_CLERK)] for partner in clerks)
    return {"clerk": own, "other clerk": other}


def of_a_dispatch(row: Any) -> dict[str, object]:
    """Where a dispatch stands; nothing for the doors of others."""
    if row.door not in DISPATCH_DOORS:
        return {}
    if row.whose == "missing":
        return {"reference": "F-0000-0000"}
    partner, compartment = OF_WHOM[row.whose]
    with acting_as(EVERYTHING):
        sent = Dispatch.objects.filter(partner__code=partner, compartment=compartment)
        return {"reference": sent.get(direction=Direction.OUT).reference}


def of_an_enclosure(row: Any) -> dict[str, object]:
    """Where a document stands, at the desk; nothing for the doors of others."""
    if row.door in PASSING_DOORS:
        return of_what_is_passed(row)
    if row.door != "fetch_enclosure":
        return of_a_dispatch(row)
    if row.whose == "missing":
        return {"reference": "F-0000-0000", "enclosure": uuid4()}
    held = {"own": Compartment.GENERAL, "other": Compartment.TRAFFICKING}[row.whose]
    with acting_as(EVERYTHING):
        kept = Enclosure.objects.select_related("dispatch")
        one = kept.get(dispatch__partner__code="far-police", dispatch__compartment=held)
        return {"reference": one.dispatch.reference, "enclosure": one.pk}


def typed_to_the_desk() -> dict[str, dict[str, object]]:
    """What a clerk would send to each door."""
    reply = {"step": "answer", "words": "At the pier.", "handling": "h1", "caveats": ["no-arrest"]}
    order = SimpleUploadedFile("order.pdf", ORDER.content)
    documents = {"documents": order, "words": "The order.", "handling": "h1"}
    return {"enclose": documents, "new_dispatch": TYPED, "reply_dispatch": reply}


def is_refused(officer: Officer, table: str, row: dict[str, object]) -> bool:
    """Whether row security refuses a row that somebody writes."""
    names, places = ", ".join(row), ", ".join(["%s"] * len(row))
    order = f"INSERT INTO {table} ({names}) VALUES ({places})"
    try:
        with acting_as(officer.context), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(order, [*row.values()])
    except ProgrammingError as error:
        if "row-level security" not in str(error):
            raise
        return True
    return False

"""The international desk, a clerk who sent it two documents, and a detective who may get them."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import transaction

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.rules.words import AgencyKind
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.cases.abroad.dispatches.actions import ask_the_desk
from havre.cases.abroad.dispatches.handing import Limits
from havre.cases.abroad.enclosures.actions import send_enclosures
from havre.cases.abroad.enclosures.models import Enclosure
from havre.cases.abroad.enclosures.rules import Document
from havre.cases.abroad.keeping import Terms
from havre.cases.abroad.models import Exchange, Link
from havre.cases.abroad.passing.actions import pass_documents
from havre.cases.abroad.passing.models import PassedDocument
from havre.cases.abroad.passing.rules import PassingRefusedError, Refusal
from havre.cases.abroad.risks.actions import assess_exchange
from havre.cases.abroad.rules.mistreatment import Act, Risk
from havre.cases.abroad.rules.states import Caveat, ExchangeKind, Handling, Reliability
from havre.cases.abroad.sealed import ExchangeWords
from havre.intake.models import Report
from havre.plumbing import ids
from havre.plumbing.context import acting_as
from tests import make

WORK = Station.PIPELINE.context
ORDER = Document(name="order.pdf", content=b"%PDF-1.7\nThe pier is to be searched.")
LETTER = Document(name="letter.txt", content=b"Seen at the pier. " * 20_000)
WORDS = ExchangeWords(title="The ferry", narrative="Who took it on Saturday?")
FREE = Limits(handling=Handling.H1, caveats=(Caveat.NO_ARREST,))
BOTH = (Compartment.GENERAL, Compartment.TRAFFICKING)


@dataclass(frozen=True)
class Scene:
    """Two documents that may go on, and their use assessed."""

    desk: Officer
    clerk: Officer
    harbor: Agency
    detective: Officer
    asked: str
    sent: tuple[Enclosure, ...]


def a_scene() -> Scene:
    harbor = make.directory()
    desk = make.officer(make.agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR)
    clerk = make.officer(make.agency("far-police", kind=AgencyKind.FOREIGN), Role.FOREIGN_CLERK)
    asked = ask_the_desk(WORDS, terms=terms(), by=clerk).reference
    sent = send(asked, ORDER, LETTER, desk=desk, by=clerk)
    return Scene(desk, clerk, harbor, make.officer(harbor), asked, sent)


def terms() -> Terms:
    return Terms(
        kind=ExchangeKind.INFORMATION,
        handling=Handling.H2,
        caveats=(),
        reliability=Reliability.LIKELY,
    )


def send(reference: str, *documents: Document, desk: Officer, by: Officer, limits: Limits = FREE):
    told = {"words": "The order of the court.", "limits": limits}
    found = send_enclosures(reference, documents, **told, by=by)
    assess(reference, Risk.NOT_SUBSTANTIAL, by=desk)
    return found


def assess(reference: str, risk: Risk, *, by: Officer) -> None:
    assess_exchange(reference, acts=(Act.USE,), risk=risk, grounds="Courts.", by=by)


def pass_on(
    reference: str, *documents: Enclosure, to: Agency, by: Officer
) -> tuple[PassedDocument, ...]:
    chosen = [one.pk for one in documents]
    return pass_documents(reference, chosen, to=to, words="Please search it.", by=by)


def refusal_of(act: Callable[..., object], *args: object, **named: object) -> Refusal:
    with pytest.raises(PassingRefusedError) as caught:
        act(*args, **named)
    return caught.value.refusal


def lines(event: Event) -> list[Entry]:
    with acting_as(Station.SET_UP.context):
        return list(Entry.objects.filter(event=event))


def passed_rows() -> list[PassedDocument]:
    with acting_as(WORK):
        return list(PassedDocument.objects.all())


def a_row(enclosure: Enclosure, to: Agency, *, by: Officer) -> PassedDocument:
    """A row as SQL would write it beside the action."""
    with acting_as(WORK):
        kept = Enclosure.objects.select_related("dispatch__exchange", "passage", "exhibit")
        one = kept.get(pk=enclosure.pk)
        copy = one.exhibit
        copy.pk = ids.uuid7()
        copy.save(force_insert=True)
    exchange = one.dispatch.exchange
    return PassedDocument(
        enclosure=one,
        exchange=exchange,
        exhibit=copy,
        agency_id=exchange.agency_id,
        to_agency=to,
        partner_id=exchange.partner_id,
        reference=exchange.reference,
        compartment=exchange.compartment,
        number=one.number,
        kind=one.kind,
        name=b"-",
        words=b"-",
        size=one.size,
        sha256=one.sha256,
        handling=one.passage.handling,
        caveats=one.passage.caveats,
        by=by,
    )


def insert(row: PassedDocument, *, by: Officer) -> None:
    with acting_as(by.context), transaction.atomic():
        row.save(force_insert=True)


def tie(reference: str, report: Report, desk: Officer) -> None:
    with acting_as(WORK):
        exchange = Exchange.objects.get(reference=reference)
        Link(exchange=exchange, report=report, called=report.reference, by=desk).save()

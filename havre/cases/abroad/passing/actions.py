"""The desk passes documents on to an agency at home, which fetches them; the desk takes back."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Agency, Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.cases.abroad.dispatches.reads import dispatch_of
from havre.cases.abroad.dispatches.sealed import dispatch_key
from havre.cases.abroad.enclosures.models import Enclosure
from havre.cases.abroad.enclosures.sealed import open_name
from havre.cases.abroad.keeping import held_exchange
from havre.cases.abroad.models import Exchange
from havre.cases.abroad.passing.models import Fetch, PassedDocument
from havre.cases.abroad.passing.reads import (
    PassedPage,
    enclosures_chosen,
    fetches_of,
    is_kept_from,
    is_kept_since,
    is_passed_on,
    passed_by_id,
    passed_page,
)
from havre.cases.abroad.passing.rules import (
    PassingRefusedError,
    Refusal,
    check_receiver,
    why_kept,
)
from havre.cases.abroad.passing.sealed import (
    OpenedPassed,
    give_keys,
    opened_passed,
    passed_key,
    seal_passed,
    take_key,
)
from havre.cases.abroad.passing.withdrawing import tell_receiver, withdraw_one
from havre.cases.abroad.reads import assessments_of, exchange_by_reference
from havre.cases.abroad.rules.mistreatment import Act, check_cleared
from havre.cases.abroad.rules.states import ExchangeState, ExchangeStateError
from havre.evidence.models import Exhibit
from havre.evidence.vault import kept_whole, opened_exhibit, sealed_exhibit
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.plumbing.pipes import one_after_the_other
from havre.plumbing.sealing import new_data_key


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedPassed:
    """A document that was passed on, whole and checked against the hash of its arrival."""

    document: PassedDocument
    content: bytes


@action(Event.DOCUMENT_PASSED_ON)
def pass_documents(
    reference: str, documents: Collection[UUID], *, to: Agency, words: str, by: Officer
) -> tuple[PassedDocument, ...]:
    """Pass documents of an exchange on to one agency at home with a word: all of them, or none.

    What came from abroad is used by that: not before it was assessed. Raises PassingRefusedError,
    ExchangeStateError, the kinds of RiskRefusedError, Exchange.DoesNotExist, and
    Enclosure.DoesNotExist for a document that is none of this exchange's.
    """
    exchange = _open(reference, by=by)
    check_receiver(to.kind, str(to.pk), elsewhere=by.context.elsewhere.split(","))
    made = [one.assessed for one in assessments_of(exchange)]
    check_cleared([Act.USE], made, revision=exchange.revision)
    chosen = enclosures_chosen(exchange, documents, actor=by)
    _check_each(chosen, to=to, by=by)
    if is_kept_from(exchange, to):
        raise PassingRefusedError(Refusal.KEPT_FROM_THEM)
    with kept_whole() as exhibits:
        passed = tuple(
            _passed(one, exchange, to=to, words=words, exhibits=exhibits, by=by) for one in chosen
        )
        tell_receiver(passed[0])
        for one in passed:
            _note(Event.DOCUMENT_PASSED_ON, one, by=by)
    return passed


@action(Event.DOCUMENT_TAKEN_BACK)
def take_back_document(reference: str, document: UUID, *, by: Officer) -> PassedDocument:
    """Take back what nobody fetched yet: its receiver sees it no more, and its key is destroyed.

    What somebody fetched is withdrawn: its receiver reads since when, and what to do. Raises
    PassingRefusedError, PassedDocument.DoesNotExist, Exchange.DoesNotExist.
    """
    exchange = exchange_by_reference(reference, actor=by)
    one_after_the_other(f"passed/{document}")
    passed = passed_by_id(document, actor=by)
    if passed.exchange_id != exchange.pk:
        raise PassedDocument.DoesNotExist
    if passed.taken_back_at is not None:
        raise PassingRefusedError(Refusal.TAKEN_BACK, passed.number)
    if passed.withdrawn_at is not None:
        raise PassingRefusedError(Refusal.GONE, passed.number)
    if fetches_of([passed], actor=by)[passed.pk]:
        withdraw_one(passed)
    else:
        passed.taken_back_at = clock.now()
        with acting_as(Station.PIPELINE.context):
            passed.save(update_fields=["taken_back_at"])
        take_key(passed)
    _note(Event.DOCUMENT_TAKEN_BACK, passed, by=by)
    return passed


@action(Event.PASSED_READ)
def read_passed(*, after: str = "", by: Officer) -> tuple[tuple[OpenedPassed, ...], PassedPage]:
    """Look at the documents from abroad that were passed on to one's agency."""
    page = passed_page(by, after=after)
    opened = opened_passed(page.documents, by=by)
    record(Event.PASSED_READ, about_kind="passed", about=by.agency_id, by=by, rows=len(opened))
    return opened, page


@action(Event.PASSED_FETCHED)
def fetch_passed(document: UUID, *, by: Officer) -> FetchedPassed:
    """Fetch one of them as it came; the desk sees who did. From then on it is not taken back.

    Raises PassedDocument.DoesNotExist, PassingRefusedError once its sender withdrew it,
    SealBrokenError.
    """
    one_after_the_other(f"passed/{document}")
    passed = passed_by_id(document, actor=by)
    if passed.to_agency_id != by.agency_id:
        raise PassedDocument.DoesNotExist
    if passed.withdrawn_at is not None:
        raise PassingRefusedError(Refusal.GONE, passed.number)
    content = b"".join(opened_exhibit(passed.exhibit, key=passed_key(passed, by=by)))
    Fetch(id=ids.uuid7(), document=passed, at=clock.now(), by=by).save(force_insert=True)
    _note(Event.PASSED_FETCHED, passed, by=by)
    return FetchedPassed(document=passed, content=content)


def _open(reference: str, *, by: Officer) -> Exchange:
    """The exchange, held: neither closed, nor taken back by whoever sent it."""
    exchange = held_exchange(reference, by=by)
    if exchange.state == ExchangeState.CLOSED:
        raise ExchangeStateError(exchange.state)
    released = dispatch_of(exchange, actor=by)
    if released is not None and released.is_withdrawn:
        raise PassingRefusedError(Refusal.WITHDRAWN)
    return exchange


def _check_each(chosen: Collection[Enclosure], *, to: Agency, by: Officer) -> None:
    if not chosen:
        raise PassingRefusedError(Refusal.NONE_CHOSEN)
    for one in chosen:
        refusal = why_kept(one.passage.handling, one.passage.caveats)
        if refusal is None and is_kept_since(one):
            refusal = Refusal.ASK_FIRST
        if refusal is None and is_passed_on(one, to=to, actor=by):
            refusal = Refusal.ALREADY
        if refusal is not None:
            raise PassingRefusedError(refusal, one.number)


def _passed(
    enclosure: Enclosure,
    exchange: Exchange,
    *,
    to: Agency,
    words: str,
    exhibits: list[Exhibit],
    by: Officer,
) -> PassedDocument:
    """Seal a document anew under a key of its own, and keep the row of it."""
    theirs, key = dispatch_key(enclosure.dispatch, by=by), new_data_key()
    row = PassedDocument(
        id=ids.uuid7(),
        enclosure=enclosure,
        exchange=exchange,
        agency_id=exchange.agency_id,
        to_agency=to,
        partner_id=exchange.partner_id,
        reference=exchange.reference,
        compartment=exchange.compartment,
        number=enclosure.number,
        kind=enclosure.kind,
        handling=enclosure.passage.handling,
        caveats=enclosure.passage.caveats,
        at=clock.now(),
        by=by,
    )
    content = opened_exhibit(enclosure.exhibit, key=theirs)
    row.exhibit = sealed_exhibit(content, record=row.pk, key=key)
    exhibits.append(row.exhibit)
    row.size, row.sha256 = row.exhibit.size, row.exhibit.sha256
    row.name = seal_passed(row, open_name(enclosure, key=theirs), key=key, column="name")
    row.words = seal_passed(row, words, key=key, column="words")
    with acting_as(Station.PIPELINE.context):
        row.exhibit.save(force_insert=True)
    row.save(force_insert=True)
    give_keys(row, key)
    return row


def _note(event: Event, passed: PassedDocument, *, by: Officer) -> None:
    """Write a line; its receiver's names no exchange, which is the desk's."""
    of_whom = {"enclosure": str(passed.enclosure_id), "to": str(passed.to_agency_id)}
    record(
        event,
        about_kind="passed",
        about=passed.pk,
        by=by,
        sha256=passed.sha256,
        **({} if event is Event.PASSED_FETCHED else of_whom),
    )

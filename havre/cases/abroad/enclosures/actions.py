"""A clerk of a partner sends documents; the desk fetches one as it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.cases.abroad.dispatches.actions import reply_to_desk
from havre.cases.abroad.dispatches.handing import Limits
from havre.cases.abroad.dispatches.reads import dispatch_by_reference
from havre.cases.abroad.dispatches.rules import TheirStep
from havre.cases.abroad.dispatches.sealed import dispatch_key
from havre.cases.abroad.enclosures.models import Enclosure
from havre.cases.abroad.enclosures.reads import counted, enclosure_by_id
from havre.cases.abroad.enclosures.rules import (
    Document,
    check_documents,
    name_kept,
    terms_in_force,
)
from havre.cases.abroad.enclosures.sealed import seal_name
from havre.cases.abroad.passing.withdrawing import withdraw_what_is_kept_now
from havre.evidence.vault import kept_whole, opened_exhibit, sealed_exhibit
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.pipes import one_after_the_other


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A document as it came, whole and checked against the hash of its arrival."""

    enclosure: Enclosure
    content: bytes


@action(Event.ENCLOSURES_SENT)
def send_enclosures(
    reference: str, documents: Sequence[Document], *, words: str, limits: Limits, by: Officer
) -> tuple[Enclosure, ...]:
    """Send documents to the desk with a word of what they are: all of them, or none.

    They are sealed as they came. What came is assessed anew at the desk before it is used. Raises
    EnclosureRefusedError, ExchangeStateError, Dispatch.DoesNotExist.
    """
    dispatch, now = dispatch_by_reference(reference, actor=by), clock.now()
    one_after_the_other(f"enclosures/{dispatch.partner_id}")
    with_one, today = counted(dispatch, now=now)
    kinds = check_documents(documents, terms=terms_in_force(), with_one=with_one, today=today)
    passage = reply_to_desk(reference, TheirStep.ADD, words=words, limits=limits, by=by)
    key = dispatch_key(dispatch, by=by)
    with kept_whole() as exhibits:
        sent = []
        for number, (document, kind) in enumerate(zip(documents, kinds, strict=True), with_one + 1):
            exhibit = sealed_exhibit([document.content], record=dispatch.pk, key=key)
            exhibits.append(exhibit)
            row = Enclosure(passage=passage, exhibit=exhibit, number=number, kind=kind, by=by)
            sent.append(_kept(row, document.name, key=key))
        withdraw_what_is_kept_now(sent)
        record(
            Event.ENCLOSURES_SENT,
            about_kind="dispatch",
            about=dispatch.pk,
            by=by,
            documents=[str(one.pk) for one in sent],
            sha256=[one.sha256 for one in sent],
        )
    return tuple(sent)


@action(Event.ENCLOSURE_FETCHED)
def fetch_enclosure(reference: str, enclosure: UUID, *, by: Officer) -> Fetched:
    """Fetch a document as it came, at the desk. Raises Enclosure.DoesNotExist, SealBrokenError."""
    found = enclosure_by_id(reference, enclosure, actor=by)
    key = dispatch_key(found.dispatch, by=by)
    content = b"".join(opened_exhibit(found.exhibit, key=key))
    record(
        Event.ENCLOSURE_FETCHED,
        about_kind="dispatch",
        about=found.dispatch_id,
        by=by,
        document=str(found.pk),
        sha256=found.sha256,
    )
    return Fetched(enclosure=found, content=content)


def _kept(row: Enclosure, name: str, *, key: bytes) -> Enclosure:
    """Keep the row of a document that was sealed, with what the vault has of it."""
    exhibit = row.exhibit
    row.dispatch_id, row.at = row.passage.dispatch_id, row.passage.at
    row.size, row.sha256 = exhibit.size, exhibit.sha256
    row.name = seal_name(row, name_kept(name), key=key)
    # A clerk writes no row but a word of their own.
    with acting_as(Station.PIPELINE.context):
        exhibit.save(force_insert=True)
        row.save(force_insert=True)
    return row

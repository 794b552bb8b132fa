"""What was passed on, each document under a key of its own for the desk and its receiver."""

from collections.abc import Sequence
from dataclasses import dataclass

from havre.audit.actions import writing_is_watched
from havre.audit.rules import Actor, Station, UnloggedActionError
from havre.cases.abroad.models import Exchange
from havre.cases.abroad.passing.models import KEY_COMPARTMENT, Fetch, PassedDocument
from havre.cases.abroad.passing.reads import fetches_of, passed_of
from havre.evidence.custody import agency_recipient, key_of, keys_of, wrapped_key
from havre.evidence.models import RecordKey
from havre.plumbing.context import acting_as
from havre.plumbing.keys import KeyRefusedError
from havre.plumbing.sealing import open_bytes, place, seal_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPassed:
    """A document that was passed on, with its name, the desk's word and who fetched it."""

    document: PassedDocument
    name: str
    words: str
    fetches: Sequence[Fetch]


def passed_key(document: PassedDocument, *, by: Actor) -> bytes:
    """The key of one of them. Raises KeyRefusedError when no wrap is for the actor."""
    return key_of(document.pk, by=by)


def give_keys(document: PassedDocument, key: bytes) -> None:
    """Let the desk and the agency it goes to open it."""
    with acting_as(Station.PIPELINE.context):
        for agency in (document.agency_id, document.to_agency_id):
            wrap = wrapped_key(
                document.pk, key, recipient=agency_recipient(agency), compartment=KEY_COMPARTMENT
            )
            wrap.save(force_insert=True)


def take_key(document: PassedDocument) -> None:
    """Destroy the key of the agency that it went to."""
    theirs = agency_recipient(document.to_agency_id)
    with acting_as(Station.PIPELINE.context):
        RecordKey.objects.filter(record=document.pk, recipient=theirs).delete()


def seal_passed(document: PassedDocument, told: str, *, key: bytes, column: str) -> bytes:
    """Seal its name, or the word that goes with it."""
    return seal_bytes(key, told.encode(), at=place("passed", column, str(document.pk)))


def opened_passed(documents: Sequence[PassedDocument], *, by: Actor) -> tuple[OpenedPassed, ...]:
    """Documents that were passed on, opened. Raises UnloggedActionError outside an action.

    What was withdrawn stays shut for its receiver, who has no key of it: no name, no word.
    """
    if not writing_is_watched():
        raise UnloggedActionError
    if not documents:
        return ()
    held, fetches = keys_of((one.pk for one in documents), by=by), fetches_of(documents, actor=by)
    return tuple(
        OpenedPassed(
            document=one,
            name=_opened(one, one.name, key=held.get(one.pk), column="name"),
            words=_opened(one, one.words, key=held.get(one.pk), column="words"),
            fetches=fetches[one.pk],
        )
        for one in documents
    )


def passed_on_of(exchange: Exchange, *, by: Actor) -> tuple[OpenedPassed, ...]:
    """What of an exchange's documents was passed on, opened for its desk."""
    return opened_passed(passed_of(exchange, actor=by), by=by)


def _opened(
    document: PassedDocument, sealed: bytes | memoryview, *, key: bytes | None, column: str
) -> str:
    if key is None and document.withdrawn_at is not None:
        return ""
    if key is None:
        raise KeyRefusedError
    at = place("passed", column, str(document.pk))
    return open_bytes(key, bytes(sealed), at=at).decode()

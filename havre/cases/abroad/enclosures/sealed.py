"""The names of documents, under their dispatch's key."""

from havre.audit.actions import writing_is_watched
from havre.audit.rules import Actor, UnloggedActionError
from havre.cases.abroad.dispatches.models import Dispatch
from havre.cases.abroad.dispatches.sealed import dispatch_key
from havre.cases.abroad.enclosures.models import Enclosure
from havre.cases.abroad.enclosures.reads import enclosures_of
from havre.plumbing.sealing import open_bytes, place, seal_bytes


def seal_name(enclosure: Enclosure, name: str, *, key: bytes) -> bytes:
    """Seal what a document is called."""
    return seal_bytes(key, name.encode(), at=_place(enclosure))


def open_name(enclosure: Enclosure, *, key: bytes) -> str:
    """Open what `seal_name` sealed. Raises UnloggedActionError outside an action."""
    if not writing_is_watched():
        raise UnloggedActionError
    return open_bytes(key, bytes(enclosure.name), at=_place(enclosure)).decode()


def opened_enclosures(
    dispatch: Dispatch, *, key: bytes, actor: Actor
) -> tuple[tuple[Enclosure, str], ...]:
    """The documents that were sent with a dispatch, each with its name."""
    found = enclosures_of(dispatch, actor=actor)
    return tuple((one, open_name(one, key=key)) for one in found)


def sent_with(dispatch: Dispatch, *, by: Actor) -> tuple[tuple[Enclosure, str], ...]:
    """As `opened_enclosures`, for whoever holds no key in hand yet."""
    return opened_enclosures(dispatch, key=dispatch_key(dispatch, by=by), actor=by)


def _place(enclosure: Enclosure) -> bytes:
    return place("enclosure", "name", f"{enclosure.dispatch_id}/{enclosure.pk}")

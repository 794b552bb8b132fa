"""What is written in a dispatch, under a key that the desk and the partner hold, and no other."""

import json
from dataclasses import asdict

from havre.audit.actions import writing_is_watched
from havre.audit.rules import Actor, Station, UnloggedActionError
from havre.cases.abroad.dispatches.models import KEY_COMPARTMENT, Dispatch, Passage
from havre.cases.abroad.sealed import ExchangeWords
from havre.evidence.custody import agency_recipient, key_of, wrapped_key
from havre.plumbing.context import acting_as
from havre.plumbing.sealing import open_bytes, place, seal_bytes

TABLE = "dispatch"


def dispatch_key(dispatch: Dispatch, *, by: Actor) -> bytes:
    """The data key of a dispatch. Raises KeyRefusedError when no wrap is for the actor."""
    return key_of(dispatch.pk, by=by)


def give_both_sides_the_key(dispatch: Dispatch, key: bytes) -> None:
    """Let the desk and the partner open a dispatch."""
    with acting_as(Station.PIPELINE.context):
        for agency in (dispatch.agency_id, dispatch.partner_id):
            wrap = wrapped_key(
                dispatch.pk, key, recipient=agency_recipient(agency), compartment=KEY_COMPARTMENT
            )
            wrap.save(force_insert=True)


def seal_dispatch(dispatch: Dispatch, words: ExchangeWords, *, key: bytes) -> bytes:
    """Seal what a dispatch says."""
    told = json.dumps(asdict(words)).encode()
    return seal_bytes(key, told, at=place(TABLE, "body", str(dispatch.pk)))


def open_dispatch(dispatch: Dispatch, *, key: bytes) -> ExchangeWords:
    """Open what `seal_dispatch` sealed. Raises UnloggedActionError outside an action."""
    _watched()
    at = place(TABLE, "body", str(dispatch.pk))
    return ExchangeWords(**json.loads(open_bytes(key, bytes(dispatch.body), at=at)))


def seal_passage(passage: Passage, words: str, *, key: bytes) -> bytes:
    """Seal what one side tells the other."""
    return seal_bytes(key, words.encode(), at=_place(passage))


def open_passage(passage: Passage, *, key: bytes) -> str:
    """Open what `seal_passage` sealed. Raises UnloggedActionError outside an action."""
    _watched()
    return open_bytes(key, bytes(passage.words), at=_place(passage)).decode()


def _place(passage: Passage) -> bytes:
    return place(TABLE, "passage", f"{passage.dispatch_id}/{passage.pk}")


def _watched() -> None:
    if not writing_is_watched():
        raise UnloggedActionError

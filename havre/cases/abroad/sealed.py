"""What is written in an exchange, under a key of its own for the desk that holds it."""

import hmac
import json
from dataclasses import asdict, dataclass
from uuid import UUID

from havre.audit.actions import writing_is_watched
from havre.audit.rules import Actor, Station, UnloggedActionError
from havre.cases.abroad.models import KEY_COMPARTMENT, Exchange
from havre.evidence.custody import agency_recipient, key_of, wrapped_key
from havre.plumbing.context import acting_as
from havre.plumbing.keys import keys
from havre.plumbing.sealing import open_bytes, place, seal_bytes

TABLE = "exchange"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeWords:
    """What was typed of an exchange."""

    title: str
    narrative: str
    caveat: str = ""
    their_reference: str = ""


def exchange_key(exchange: Exchange, *, by: Actor) -> bytes:
    """The data key of an exchange. Raises KeyRefusedError when no wrap is for the actor."""
    return key_of(exchange.pk, by=by)


def give_desk_key(exchange: Exchange, key: bytes) -> None:
    """Let the desk that holds an exchange open it."""
    recipient = agency_recipient(exchange.agency_id)
    with acting_as(Station.PIPELINE.context):
        wrap = wrapped_key(exchange.pk, key, recipient=recipient, compartment=KEY_COMPARTMENT)
        wrap.save(force_insert=True)


def seal_exchange(exchange: Exchange, words: ExchangeWords, *, key: bytes) -> bytes:
    """Seal what was typed of an exchange."""
    told = json.dumps(asdict(words)).encode()
    return seal_bytes(key, told, at=place(TABLE, "body", str(exchange.pk)))


def open_exchange(exchange: Exchange, *, key: bytes) -> ExchangeWords:
    """Open what `seal_exchange` sealed, inside an action. Raises UnloggedActionError elsewhere."""
    _watched()
    at = place(TABLE, "body", str(exchange.pk))
    return ExchangeWords(**json.loads(open_bytes(key, bytes(exchange.body), at=at)))


def seal_part(exchange: Exchange, words: str, *, key: bytes, column: str, row: UUID) -> bytes:
    """Seal words that belong to an exchange, bound to the column and row where they stand."""
    return seal_bytes(key, words.encode(), at=place(TABLE, column, f"{exchange.pk}/{row}"))


def open_part(
    exchange: Exchange, sealed: bytes | memoryview | None, *, key: bytes, column: str, row: UUID
) -> str:
    """Open what `seal_part` sealed; nothing is "". Raises UnloggedActionError outside an action."""
    _watched()
    at = place(TABLE, column, f"{exchange.pk}/{row}")
    return open_bytes(key, bytes(sealed), at=at).decode() if sealed else ""


def digest_of(their_reference: str) -> bytes | None:
    """Their number as a keyed digest, without what people write differently; none for none."""
    plain = "".join(letter for letter in their_reference.upper() if letter.isalnum())
    return hmac.digest(keys().pepper("abroad"), plain.encode(), "sha256") if plain else None


def _watched() -> None:
    if not writing_is_watched():
        raise UnloggedActionError

"""Parts of the actions on exchanges: the row that is held, what was said, the line in the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Compartment
from havre.audit.actions import record
from havre.audit.rules import Actor, Event
from havre.cases.abroad.models import Exchange, Letter
from havre.cases.abroad.reads import exchange_by_reference
from havre.cases.abroad.rules.listed import listed_groups_in
from havre.cases.abroad.rules.states import (
    Caveat,
    Direction,
    ExchangeKind,
    Handling,
    Reliability,
    Step,
    due_after,
    first_state,
)
from havre.cases.abroad.sealed import (
    ExchangeWords,
    digest_of,
    exchange_key,
    seal_exchange,
    seal_part,
)
from havre.intake.actions import REFERENCE_BYTES
from havre.intake.rules.receipts import reference_of
from havre.plumbing import clock, ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an exchange is, beside its words."""

    kind: ExchangeKind
    handling: Handling
    caveats: Sequence[Caveat]
    reliability: Reliability
    due_at: datetime | None = None
    # Whether the officer says that a listed group is named, whatever the words are.
    names_group: bool = False


def new_exchange(
    *,
    direction: Direction,
    agency: Agency,
    partner: Agency,
    compartment: Compartment,
    by: Officer,
) -> Exchange:
    """An exchange with a number of its own, not yet saved and without its words."""
    return Exchange(
        id=ids.uuid7(),
        reference=f"F{reference_of(ids.random_bytes(REFERENCE_BYTES))[1:]}",
        agency=agency,
        partner=partner,
        direction=direction,
        compartment=compartment,
        state=first_state(direction),
        made_at=clock.now(),
        made_by=by,
    )


def held_exchange(reference: str, *, by: Actor) -> Exchange:
    """An exchange that nobody else changes meanwhile. Raises Exchange.DoesNotExist."""
    return exchange_by_reference(reference, actor=by, is_held=True)


def put_words(exchange: Exchange, words: ExchangeWords, terms: Terms, *, key: bytes) -> None:
    """Write the terms and words into a row. A group that was named once stays named."""
    exchange.kind, exchange.handling = terms.kind, terms.handling
    exchange.caveats, exchange.reliability = list(terms.caveats), terms.reliability
    since = exchange.sent_at or exchange.made_at
    exchange.due_at = terms.due_at or due_after(terms.kind, since)
    exchange.body = seal_exchange(exchange, words, key=key)
    exchange.their_digest = digest_of(words.their_reference)
    named = listed_groups_in(words.title, words.narrative)
    exchange.needs_copy = exchange.needs_copy or terms.names_group or bool(named)


def look_at_news(exchange: Exchange) -> None:
    """Somebody of the desk looks: what their clerks wrote is news no more."""
    if exchange.has_news:
        exchange.has_news = False
        exchange.save(update_fields=["has_news"])


def file_letter(exchange: Exchange, words: str, *, step: Step | None = None, by: Officer) -> Letter:
    """Keep what was said at a step, or a note. Nothing said is kept too: the step was taken."""
    letter = Letter(id=ids.uuid7(), exchange=exchange, step=step or "", at=clock.now(), by=by)
    key = exchange_key(exchange, by=by)
    letter.words = seal_part(exchange, words, key=key, column="letter", row=letter.pk)
    letter.save(force_insert=True)
    return letter


def note_on(
    exchange: Exchange, event: Event, *, by: Actor, **details: str | int | bool | None
) -> None:
    """Write a line of the log about an exchange."""
    record(event, about_kind="exchange", about=exchange.pk, by=by, **details)

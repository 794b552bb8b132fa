"""Parts of the actions on exchanges: the row that is held, what was said, the line in the log."""

from havre.agencies.models import Officer
from havre.audit.actions import record
from havre.audit.rules import Actor, Event
from havre.cases.abroad.models import Exchange, Letter
from havre.cases.abroad.reads import exchange_by_reference
from havre.cases.abroad.rules.states import Step
from havre.cases.abroad.sealed import exchange_key, seal_part
from havre.plumbing import clock, ids


def held_exchange(reference: str, *, by: Actor) -> Exchange:
    """An exchange that nobody else changes meanwhile. Raises Exchange.DoesNotExist."""
    return exchange_by_reference(reference, actor=by, is_held=True)


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

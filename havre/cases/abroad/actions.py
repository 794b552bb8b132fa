"""Filing an exchange with another country, looking at it, and taking it step by step."""

from dataclasses import dataclass

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Compartment
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.cases.abroad.dispatches.handing import Limits, follow, keep_up, told_by_them
from havre.cases.abroad.dispatches.models import Dispatch, Passage
from havre.cases.abroad.dispatches.reads import dispatch_of
from havre.cases.abroad.enclosures.models import Enclosure
from havre.cases.abroad.enclosures.sealed import sent_with
from havre.cases.abroad.keeping import (
    Terms,
    file_letter,
    held_exchange,
    look_at_news,
    new_exchange,
    note_on,
    put_words,
)
from havre.cases.abroad.models import Assessment, Exchange, Letter
from havre.cases.abroad.passing.sealed import OpenedPassed, passed_on_of
from havre.cases.abroad.passing.withdrawing import withdraw_all
from havre.cases.abroad.reads import (
    ExchangePage,
    LinksSeen,
    assessments_of,
    exchange_by_reference,
    exchanges_page,
    filed_already,
    letters_of,
    links_seen,
)
from havre.cases.abroad.rules.listed import listed_groups_in
from havre.cases.abroad.rules.mistreatment import acts_of, check_cleared
from havre.cases.abroad.rules.states import (
    WAITING,
    AbroadRefusedError,
    Closing,
    Direction,
    ExchangeKind,
    ExchangeState,
    ExchangeStateError,
    Step,
    after,
)
from havre.cases.abroad.sealed import (
    ExchangeWords,
    exchange_key,
    give_desk_key,
    open_exchange,
    open_part,
)
from havre.evidence.custody import keys_of
from havre.plumbing import clock
from havre.plumbing.sealing import new_data_key
from havre.referrals.inbox.others import ring_for, silence
from havre.referrals.rules.states import OtherClock

# What is told can be changed until it went out; what they told, until we answered it.
CHANGED_IN = {
    Direction.IN: WAITING,
    Direction.OUT: frozenset({ExchangeState.DRAFT}),
}


class FiledAlreadyError(AbroadRefusedError):
    """The partner's letter of this number stands here already. `reference` is ours."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedExchange:
    """An exchange with its title opened."""

    exchange: Exchange
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedRisk:
    """An assessment with its grounds opened, and why it was decided as it was."""

    assessment: Assessment
    grounds: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedExchange:
    """An exchange as its desk sees it."""

    exchange: Exchange
    words: ExchangeWords
    letters: tuple[tuple[Letter, str], ...]
    risks: tuple[AssessedRisk, ...]
    seen: LinksSeen
    groups: tuple[str, ...]
    # What their clerks said here, and what of it all they see.
    theirs: tuple[tuple[Passage, str], ...]
    released: Dispatch | None
    documents: tuple[tuple[Enclosure, str], ...]
    passed: tuple[OpenedPassed, ...]
    may_change: bool


@action(Event.EXCHANGE_FILED)
def file_exchange(
    words: ExchangeWords,
    *,
    direction: Direction,
    partner: Agency,
    terms: Terms,
    compartment: Compartment = Compartment.GENERAL,
    by: Officer,
) -> Exchange:
    """File what came from abroad, or draft what is to go there. Nothing goes out by this.

    Raises FiledAlreadyError for a letter that stands here, and Exchange.DoesNotExist for a
    compartment that the officer does not hold.
    """
    if compartment not in by.context.compartments.split(","):
        raise Exchange.DoesNotExist
    key = new_data_key()
    exchange = new_exchange(
        direction=direction, agency=by.agency, partner=partner, compartment=compartment, by=by
    )
    put_words(exchange, words, terms, key=key)
    _refuse_twice(exchange)
    exchange.save(force_insert=True)
    give_desk_key(exchange, key)
    note_on(exchange, Event.EXCHANGE_FILED, by=by, direction=direction, partner=str(partner.pk))
    return exchange


@action(Event.EXCHANGE_CHANGED)
def change_exchange(reference: str, words: ExchangeWords, *, terms: Terms, by: Officer) -> Exchange:
    """Change an exchange. If what is told changes, its risk is to be assessed anew.

    Once it went out, only its moment and their number change. Raises ExchangeStateError,
    FiledAlreadyError.
    """
    exchange = held_exchange(reference, by=by)
    key = exchange_key(exchange, by=by)
    before, due = (_told(exchange, open_exchange(exchange, key=key)), exchange.due_at)
    put_words(exchange, words, terms, key=key)
    _refuse_twice(exchange)
    if exchange.state == ExchangeState.CLOSED:
        raise ExchangeStateError(exchange.state)
    if _told(exchange, words) != before:
        if exchange.state not in CHANGED_IN[Direction(exchange.direction)]:
            raise ExchangeStateError(exchange.state)
        exchange.revision += 1
    exchange.save()
    if exchange.due_at != due:
        silence(exchange.reference, which=OtherClock.EXCHANGE)
        released = dispatch_of(exchange, actor=by)
        if released is not None:
            keep_up(released, exchange)
    note_on(exchange, Event.EXCHANGE_CHANGED, by=by, revision=exchange.revision)
    return exchange


@action(Event.EXCHANGE_MOVED)
def move_exchange(
    reference: str,
    step: Step,
    *,
    words: str,
    because: Closing | None = None,
    limits: Limits | None = None,
    by: Officer,
) -> Exchange:
    """Take an exchange one step, with what was said at it.

    A request that is sent, and an answer to theirs, stand from then on before their clerks too;
    what is said at any other step stays with the desk.

    What tells something abroad, asks something there, or uses what came from there, is not done
    before its risk was assessed and cleared. Raises ExchangeStateError, SecurityCopyError,
    and the kinds of RiskRefusedError.
    """
    exchange = held_exchange(reference, by=by)
    state = after(exchange.life, step)
    acts = acts_of(Direction(exchange.direction), ExchangeKind(exchange.kind), step)
    made = [one.assessed for one in assessments_of(exchange)]
    check_cleared(acts, made, revision=exchange.revision)
    exchange.state = state
    _put_moment(exchange, step, because)
    exchange.save()
    if state not in WAITING:
        silence(exchange.reference, which=OtherClock.EXCHANGE)
    file_letter(exchange, words, step=step, by=by)
    told = open_exchange(exchange, key=exchange_key(exchange, by=by))
    follow(exchange, step, words=told, said=words, limits=limits or Limits(), by=by)
    reason = str(because) if because else ""
    note_on(exchange, Event.EXCHANGE_MOVED, by=by, step=step, because=reason)
    return exchange


@action(Event.EXCHANGE_NOTED)
def note_exchange(reference: str, words: str, *, by: Officer) -> Letter:
    """Note something beside an exchange. It is the desk's own, and goes nowhere."""
    exchange = held_exchange(reference, by=by)
    letter = file_letter(exchange, words, by=by)
    note_on(exchange, Event.EXCHANGE_NOTED, by=by)
    return letter


@action(Event.EXCHANGE_COPIED)
def note_copy(reference: str, words: str, *, by: Officer) -> Exchange:
    """Note that national security was given its copy, and how. Raises ExchangeStateError."""
    exchange = held_exchange(reference, by=by)
    if not exchange.life.needs_copy:
        raise ExchangeStateError(exchange.state)
    exchange.copied_at = clock.now()
    exchange.save(update_fields=["copied_at"])
    file_letter(exchange, words, by=by)
    note_on(exchange, Event.EXCHANGE_COPIED, by=by)
    return exchange


@action(Event.EXCHANGE_READ)
def read_exchange(reference: str, *, by: Officer) -> OpenedExchange:
    """Look at one exchange. Raises Exchange.DoesNotExist."""
    exchange = exchange_by_reference(reference, actor=by)
    key = exchange_key(exchange, by=by)
    words = open_exchange(exchange, key=key)
    theirs = told_by_them(exchange, by=by)
    released = dispatch_of(exchange, actor=by)
    documents = sent_with(released, by=by) if released else ()
    look_at_news(exchange)

    def opened(sealed: bytes | memoryview | None, column: str, row: Letter | Assessment) -> str:
        return open_part(exchange, sealed, key=key, column=column, row=row.pk)

    note_on(exchange, Event.EXCHANGE_READ, by=by)
    return OpenedExchange(
        exchange=exchange,
        words=words,
        letters=tuple((one, opened(one.words, "letter", one)) for one in letters_of(exchange)),
        risks=tuple(
            AssessedRisk(
                assessment=one,
                grounds=opened(one.grounds, "grounds", one),
                because=opened(one.decided_because, "because", one),
            )
            for one in assessments_of(exchange)
        ),
        seen=links_seen(exchange, actor=by),
        groups=listed_groups_in(words.title, words.narrative, *(said for _, said in theirs)),
        theirs=theirs,
        released=released,
        documents=documents,
        passed=passed_on_of(exchange, by=by) if documents else (),
        may_change=exchange.state in CHANGED_IN[Direction(exchange.direction)],
    )


@action(Event.EXCHANGES_READ)
def read_exchanges(
    *, which: str = "", after: str = "", by: Officer
) -> tuple[list[NamedExchange], ExchangePage]:
    """Look at the exchanges of one's desk."""
    page = exchanges_page(by, which=which, after=after)
    keys = keys_of((one.pk for one in page.exchanges), by=by)
    named = [
        NamedExchange(exchange=one, title=open_exchange(one, key=keys[one.pk]).title)
        for one in page.exchanges
    ]
    record(Event.EXCHANGES_READ, about_kind="exchanges", about=by.agency_id, by=by, rows=len(named))
    return named, page


@action(Event.ALARM_RAISED)
def ring_exchange(exchange: Exchange, *, by: Actor) -> None:
    """Ring for an exchange that somebody waits for past its moment. Safe to repeat."""
    ring_for(
        exchange.reference,
        agency=exchange.agency,
        which=OtherClock.EXCHANGE,
        due=exchange.due_at,
    )
    note_on(exchange, Event.ALARM_RAISED, by=by, clock=OtherClock.EXCHANGE)


def _put_moment(exchange: Exchange, step: Step, because: Closing | None) -> None:
    """Write down when a step was taken."""
    now = clock.now()
    match step:
        case Step.SEND:
            # Their time begins when it goes out, however long it lay here.
            exchange.due_at += now - exchange.made_at
            exchange.sent_at = now
        case Step.ACKNOWLEDGE:
            exchange.acknowledged_at = now
        case Step.ANSWER:
            exchange.answered_at = now
        case Step.USE:
            exchange.used_at = now
        case Step.CLOSE:
            exchange.closed_at, exchange.closed_because = now, because or Closing.DONE
            if because is Closing.WITHDRAWN:
                withdraw_all(exchange)
        case Step.REOPEN:
            exchange.closed_at, exchange.closed_because = None, ""


def _refuse_twice(exchange: Exchange) -> None:
    first = filed_already(exchange)
    if first is not None:
        raise FiledAlreadyError(first.reference)


def _told(exchange: Exchange, words: ExchangeWords) -> tuple[object, ...]:
    """All that goes along: whoever assessed the risk looked at this."""
    terms = (exchange.kind, exchange.handling, sorted(exchange.caveats), exchange.reliability)
    return (words.title, words.narrative, words.caveat, *terms)

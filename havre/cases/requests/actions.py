"""Drafting a legal request, sending it, and saying what came of it."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.cases.actions import OpenedCase, look_at_case
from havre.cases.keeping import note_on
from havre.cases.models import Case
from havre.cases.reads import case_to_write_in, standing_of
from havre.cases.requests.models import LegalRequest
from havre.cases.requests.reads import (
    RequestPage,
    own_reply_days,
    request_by_reference,
    requests_page,
    today,
)
from havre.cases.requests.rules import clocks
from havre.cases.requests.rules.clocks import Life, RequestState, RequestStateError, Step
from havre.cases.requests.rules.kinds import (
    RequestKind,
    ServiceAddress,
    Term,
    service_addresses,
    term_of,
)
from havre.cases.sealed import case_key, open_words, seal_words
from havre.intake.actions import REFERENCE_BYTES
from havre.intake.rules.receipts import reference_of
from havre.plumbing import clock, ids


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWords:
    """What was typed in a request; it stands sealed."""

    sought: str
    grounds: str = ""
    addressee: str = ""
    order_number: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedRequest:
    """A request as its reader may see it, with its law, its addressee and the usual time."""

    request: LegalRequest
    words: RequestWords
    title: str
    term: Term
    address: ServiceAddress | None
    own_days: int | None
    today: date
    may_write: bool

    @property
    def life(self) -> Life:
        """Where it stands."""
        return self.request.life


@action(Event.CASE_READ)
def look_where_to_draft(case: str, *, by: Officer) -> OpenedCase:
    """Look at a case that one may write in. Raises Case.DoesNotExist for everybody else."""
    return look_at_case(case_to_write_in(case, by=by).reference, by=by)


@action(Event.REQUEST_DRAFTED)
def draft_request(
    case: str,
    *,
    kind: RequestKind,
    sought: str,
    grounds: str = "",
    provider: str = "",
    addressee: str = "",
    is_foreign: bool = False,
    by: Officer,
) -> LegalRequest:
    """Draft a legal request in a case. Raises Case.DoesNotExist for who may not write in it."""
    within = case_to_write_in(case, by=by)
    request = LegalRequest(
        id=ids.uuid7(),
        reference=f"L{reference_of(ids.random_bytes(REFERENCE_BYTES))[1:]}",
        case=within,
        kind=kind,
        provider=provider,
        is_foreign=is_foreign,
        made_at=clock.now(),
        made_by=by,
    )
    words = RequestWords(sought=sought, grounds=grounds, addressee=addressee)
    request.body = _sealed(request, words, by=by)
    request.save(force_insert=True)
    _note(request, Event.REQUEST_DRAFTED, by=by, kind=kind)
    return request


@action(Event.REQUEST_CHANGED)
def change_request(
    reference: str,
    *,
    kind: RequestKind,
    sought: str,
    grounds: str = "",
    provider: str = "",
    addressee: str = "",
    is_foreign: bool = False,
    by: Officer,
) -> LegalRequest:
    """Write a draft anew. Raises LegalRequest.DoesNotExist, RequestStateError once it was sent."""
    request = _to_write(reference, by=by)
    if request.state != RequestState.DRAFT:
        raise RequestStateError
    request.kind, request.provider, request.is_foreign = kind, provider, is_foreign
    words = RequestWords(sought=sought, grounds=grounds, addressee=addressee)
    request.body = _sealed(request, words, by=by)
    request.save(update_fields=["kind", "provider", "is_foreign", "body"])
    _note(request, Event.REQUEST_CHANGED, by=by, kind=kind)
    return request


@action(Event.REQUEST_SENT)
def send_request(
    reference: str,
    *,
    sent_on: date,
    answer_by: date | None = None,
    order_number: str = "",
    by: Officer,
) -> LegalRequest:
    """Write down that a request was served, on which day. Its clock runs from there.

    Raises LegalRequest.DoesNotExist, RequestStateError, WrongDayError, NoDayError,
    NoSuchLawError.
    """
    request = _to_write(reference, by=by)
    term = term_of(RequestKind(request.kind), on=sent_on)
    due = clocks.due_on(term, sent_on=sent_on, is_foreign=request.is_foreign, answer_by=answer_by)
    after = clocks.sent(request.life, on=sent_on, due=due, lapses=term.lapses, today=today())
    request.state, request.sent_on = after.state, after.sent_on
    request.due_on, request.lapses = after.due_on, after.lapses
    request.sent_at, request.sent_by = clock.now(), by
    words = _words(request, by=by)
    request.body = _sealed(request, _with(words, order_number=order_number), by=by)
    request.save()
    due_word = due.isoformat() if due else ""
    _note(request, Event.REQUEST_SENT, by=by, on=sent_on.isoformat(), due=due_word)
    return request


@action(Event.REQUEST_SETTLED)
def settle_request(reference: str, *, step: Step, outcome: str = "", by: Officer) -> LegalRequest:
    """Say that a request was answered, refused or withdrawn, or take the last step back.

    Raises LegalRequest.DoesNotExist, RequestStateError.
    """
    request = _to_write(reference, by=by)
    after = clocks.settled(request.life, step)
    request.state, request.sent_on = after.state, after.sent_on
    request.due_on, request.lapses = after.due_on, after.lapses
    over = step is not Step.REOPEN
    request.settled_on = today() if over else None
    request.settled_at, request.settled_by = (clock.now(), by) if over else (None, None)
    request.body = _sealed(request, _with(_words(request, by=by), outcome=outcome), by=by)
    request.save()
    _note(request, Event.REQUEST_SETTLED, by=by, step=step)
    return request


@action(Event.REQUEST_READ)
def read_request(reference: str, *, by: Officer) -> OpenedRequest:
    """Look at a legal request. Raises LegalRequest.DoesNotExist."""
    request, now = request_by_reference(reference, actor=by), today()
    case = request.case
    key, words = case_key(case, by=by), _words(request, by=by)
    _note(request, Event.REQUEST_READ, by=by)
    return OpenedRequest(
        request=request,
        words=words,
        title=open_words(case, case.title, key=key, column="title", row=case.pk),
        term=term_of(RequestKind(request.kind), on=request.sent_on or now),
        address=service_addresses().get(request.provider),
        own_days=own_reply_days(request.provider, officer=by) if request.provider else None,
        today=now,
        may_write=standing_of(by, case).may_write,
    )


@action(Event.REQUEST_PRINTED)
def open_to_print(reference: str, *, by: Officer) -> OpenedRequest:
    """A legal request to be put on paper. That it was leaves a line of its own."""
    opened = read_request(reference, by=by)
    _note(opened.request, Event.REQUEST_PRINTED, by=by)
    return opened


@action(Event.REQUESTS_READ)
def read_requests(*, which: str = "", after: str = "", by: Officer) -> RequestPage:
    """Look at the legal requests of the cases that one's agency works on."""
    page = requests_page(by, which=which, after=after)
    record(
        Event.REQUESTS_READ,
        about_kind="requests",
        about=by.agency_id,
        by=by,
        rows=len(page.requests),
    )
    return page


def _to_write(reference: str, *, by: Officer) -> LegalRequest:
    """A request of a case that an officer may write in. Raises LegalRequest.DoesNotExist."""
    request = request_by_reference(reference, actor=by)
    try:
        case_to_write_in(request.case.reference, by=by)
    except Case.DoesNotExist as refusal:
        raise LegalRequest.DoesNotExist from refusal
    return request


def _note(request: LegalRequest, event: Event, *, by: Officer, **details: str) -> None:
    note_on(request.case, event, by=by, request=str(request.pk), **details)


def _with(words: RequestWords, **changed: str) -> RequestWords:
    return RequestWords(**{**asdict(words), **changed})


def _words(request: LegalRequest, *, by: Officer) -> RequestWords:
    key = case_key(request.case, by=by)
    told = open_words(request.case, request.body, key=key, column="request", row=request.pk)
    return RequestWords(**json.loads(told))


def _sealed(request: LegalRequest, words: RequestWords, *, by: Officer) -> bytes:
    key = case_key(request.case, by=by)
    told = json.dumps(asdict(words), ensure_ascii=False)
    return seal_words(request.case, told, key=key, column="request", row=request.pk)

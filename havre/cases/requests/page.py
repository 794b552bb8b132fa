"""The pages of legal requests, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.cases.models import Case
from havre.cases.requests.actions import OpenedRequest
from havre.cases.requests.forms import DraftForm, SendForm, SettleForm
from havre.cases.requests.models import LegalRequest
from havre.cases.requests.reads import today
from havre.cases.requests.rules.clocks import Clock, RequestState, Step, steps_from
from havre.cases.requests.rules.kinds import service_addresses
from havre.cases.requests.wording import CLOCKS, KINDS, STANDINGS, STATES, STEPS

LATE = frozenset({Clock.OVERDUE, Clock.LAPSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """One request as a list shows it."""

    request: LegalRequest
    case: Case
    kind: Promise
    addressee: str
    state: Promise
    clock: Promise | None
    is_late: bool


def request_row(request: LegalRequest) -> RequestRow:
    """A request in words; whom it goes to only when it stands in our list."""
    now = today()
    clock = request.life.clock_on(now)
    known = service_addresses().get(request.provider)
    return RequestRow(
        request=request,
        case=request.case,
        kind=KINDS[request.kind],
        addressee=known.name if known else _("somebody else"),
        state=STATES[request.life.state_on(now)],
        clock=CLOCKS.get(clock),
        is_late=clock in LATE,
    )


def request_context(opened: OpenedRequest) -> dict[str, object]:
    """What the page of one request shows, and the forms on it."""
    request, words = opened.request, opened.words
    context: dict[str, object] = {
        "opened": opened,
        "row": request_row(request),
        "provision": opened.term.provision(get_language() or "en"),
        "standing": STANDINGS[opened.term.standing],
        "address_standing": STANDINGS["general knowledge"] if opened.address else None,
    }
    if not opened.may_write:
        return context
    if request.state == RequestState.DRAFT:
        draft, send = DraftForm(), SendForm()
        draft.initial = {
            "kind": request.kind,
            "provider": request.provider,
            "addressee": words.addressee,
            "is_foreign": request.is_foreign,
            "sought": words.sought,
            "grounds": words.grounds,
        }
        send.initial = {"sent_on": opened.today.isoformat()}
        context |= {"draft": draft, "send": send}
    steps = [s for s in steps_from(RequestState(request.state)) if s is not Step.SEND]
    settle = SettleForm(step=[(step, STEPS[step]) for step in steps])
    return context | {"settle": settle}

"""Questions about legal requests: those of a case, those of an agency, and what is due."""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from havre.agencies.models import Officer
from havre.audit.rules import Actor
from havre.cases.models import Case
from havre.cases.requests.models import LegalRequest
from havre.cases.requests.rules.clocks import SOON_DAYS, RequestState
from havre.plumbing import clock
from havre.plumbing.values.written import written_once

REQUEST_ROWS = 50
NO_DAY = date(9999, 12, 31)
# A usual time is said of no fewer answers than this, the latest of them.
FEWEST_ANSWERS, MOST_ANSWERS = 3, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """A page of an agency's requests, the next to be due first, with the counts of its head."""

    requests: tuple[LegalRequest, ...]
    next: str
    overdue: int
    soon: int


def today() -> date:
    """The present day where legal clocks are counted."""
    return clock.now().astimezone(clock.LEGAL_ZONE).date()


def request_by_reference(reference: str, *, actor: Actor) -> LegalRequest:
    """One request. Raises LegalRequest.DoesNotExist, alike for foreign and missing."""
    seen = LegalRequest.objects.visible_to(actor, None)
    return seen.select_related("case__agency", "made_by", "sent_by", "settled_by").get(
        reference=reference
    )


def requests_of(case: Case, *, actor: Actor) -> list[LegalRequest]:
    """The requests of a case, newest first."""
    return _of_case(case.pk, actor)


@written_once
def _of_case(case: UUID, actor: Actor) -> QuerySet[LegalRequest]:
    return LegalRequest.objects.visible_to(actor, None).filter(case=case)


def requests_page(officer: Officer, *, which: str = "", after: str = "") -> RequestPage:
    """The requests of the cases that an officer's agency works on.

    `which` is "" for all that wait, "overdue", "soon", "draft", "settled" or "all"; `after` is
    what the page before gave as its `next`.
    """
    seen = LegalRequest.objects.visible_to(officer, None)
    rows = seen.filter(_which(which)).annotate(day=Coalesce("due_on", NO_DAY))
    day, pk = _place(after)
    if day and pk:
        rows = rows.filter(Q(day__gt=day) | Q(day=day, pk__gt=pk))
    found = list(rows.select_related("case__agency").order_by("day", "pk")[: REQUEST_ROWS + 1])
    last = found[REQUEST_ROWS - 1] if len(found) > REQUEST_ROWS else None
    return RequestPage(
        requests=tuple(found[:REQUEST_ROWS]),
        next=f"{last.due_on or NO_DAY}~{last.pk}" if last else "",
        overdue=seen.filter(_which("overdue")).count(),
        soon=seen.filter(_which("soon")).count(),
    )


def overdue_requests(officer: Officer) -> int:
    """How many requests that an officer may see are past their day."""
    return LegalRequest.objects.visible_to(officer, None).filter(_which("overdue")).count()


def own_reply_days(provider: str, *, officer: Officer) -> int | None:
    """In how many days a provider answered lately, as the officer's own agency lived it."""
    answered = LegalRequest.objects.visible_to(officer, None).filter(
        provider=provider, state=RequestState.ANSWERED, settled_on__isnull=False
    )
    pairs = answered.order_by("-settled_on").values_list("sent_on", "settled_on")[:MOST_ANSWERS]
    days = [(settled - sent).days for sent, settled in pairs if sent and settled]
    return round(median(days)) if len(days) >= FEWEST_ANSWERS else None


def _which(which: str) -> Q:
    sent, now = Q(state=RequestState.SENT), today()
    match which:
        case "overdue":
            return sent & Q(due_on__lt=now)
        case "soon":
            return sent & Q(due_on__gte=now, due_on__lte=now + timedelta(days=SOON_DAYS))
        case "draft":
            return Q(state=RequestState.DRAFT)
        case "settled":
            return ~(sent | Q(state=RequestState.DRAFT))
        case "all":
            return Q()
        case _:
            return sent | Q(state=RequestState.DRAFT)


def _place(after: str) -> tuple[date | None, UUID | None]:
    day, _, pk = after.partition("~")
    try:
        return date.fromisoformat(day), UUID(pk)
    except ValueError:
        return None, None

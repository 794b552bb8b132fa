"""Questions about dispatches: which ones a clerk sees, where one stands, which desk is asked."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from havre.agencies.models import Agency
from havre.audit.rules import Actor, Station
from havre.cases.abroad.dispatches.models import Dispatch, Passage
from havre.cases.abroad.dispatches.rules import COUNTED
from havre.cases.abroad.models import Exchange
from havre.cases.abroad.rules.states import WAITING, Direction, ExchangeState
from havre.plumbing import clock
from havre.plumbing.context import acting_as

DISPATCH_ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchPage:
    """A page of dispatches, newest first, with the count of those that are late."""

    dispatches: tuple[Dispatch, ...]
    next: str
    late: int


def dispatches_page(actor: Actor, *, which: str = "", after: str = "") -> DispatchPage:
    """The dispatches an actor may see: open ones, or "late", "closed", "all"."""
    seen = Dispatch.objects.visible_to(actor)
    late = Q(state__in=WAITING, due_at__lt=clock.now())
    chosen = {"all": Q(), "closed": Q(state=ExchangeState.CLOSED), "late": late}.get(
        which, ~Q(state=ExchangeState.CLOSED)
    )
    rows = seen.filter(chosen).select_related("agency")
    try:
        rows = rows.filter(pk__lt=UUID(after)) if after else rows
    except ValueError:
        rows = rows.none()
    found = list(rows[: DISPATCH_ROWS + 1])
    more = len(found) > DISPATCH_ROWS
    return DispatchPage(
        dispatches=tuple(found[:DISPATCH_ROWS]),
        next=str(found[DISPATCH_ROWS - 1].pk) if more else "",
        late=seen.filter(late).count(),
    )


def dispatch_by_reference(reference: str, *, actor: Actor) -> Dispatch:
    """One dispatch. Raises Dispatch.DoesNotExist, alike for another partner's and missing."""
    seen = Dispatch.objects.visible_to(actor).select_related("agency", "partner")
    return seen.get(reference=reference)


def dispatch_of(exchange: Exchange, *, actor: Actor) -> Dispatch | None:
    """What of an exchange its partner sees, if anything was released."""
    return Dispatch.objects.visible_to(actor).filter(exchange=exchange).first()


def passages_of(dispatch: Dispatch, *, actor: Actor) -> list[Passage]:
    """What was said on both sides, newest first."""
    seen = Passage.objects.visible_to(actor).filter(dispatch=dispatch)
    return list(seen.select_related("by").order_by("-id"))


def the_desk() -> Agency:
    """The international desk that partners ask: the national centre's."""
    return Agency.objects.get(is_national_centre=True)


def asked_lately(partner: UUID) -> int:
    """How many requests a partner put to the desk within a day, in whichever compartment.

    Without letters that came otherwise: from the desk's answer on they are there by their number.
    """
    since = clock.now() - clock.A_DAY
    with acting_as(Station.PIPELINE.context):
        asked = Dispatch.objects.filter(partner=partner, direction=Direction.IN)
        return asked.exclude(handling="").filter(handed_at__gt=since).count()


def said_lately(partner: UUID) -> int:
    """How many words a partner's clerks told the desk within a day."""
    since = clock.now() - clock.A_DAY
    with acting_as(Station.PIPELINE.context):
        told = Passage.objects.filter(dispatch__partner=partner, by__isnull=False)
        return told.filter(step__in=COUNTED, at__gt=since).count()

"""Questions about the documents that partners sent."""

from datetime import datetime
from uuid import UUID

from havre.audit.rules import Actor, Station
from havre.cases.abroad.dispatches.models import Dispatch
from havre.cases.abroad.enclosures.models import Enclosure
from havre.plumbing import clock
from havre.plumbing.context import acting_as


def enclosures_of(dispatch: Dispatch, *, actor: Actor) -> list[Enclosure]:
    """The documents that were sent with a dispatch, by number."""
    seen = Enclosure.objects.visible_to(actor).filter(dispatch=dispatch)
    return list(seen.select_related("passage"))


def enclosure_by_id(reference: str, pk: UUID, *, actor: Actor) -> Enclosure:
    """A document of an exchange. Raises Enclosure.DoesNotExist, alike for hidden and missing."""
    seen = Enclosure.objects.visible_to(actor).select_related("dispatch", "exhibit")
    return seen.get(pk=pk, dispatch__reference=reference)


def counted(dispatch: Dispatch, *, now: datetime) -> tuple[int, int]:
    """How many stand with a dispatch, and how many its partner sent within a day in all."""
    with acting_as(Station.PIPELINE.context):
        lately = Enclosure.objects.filter(
            dispatch__partner=dispatch.partner_id, at__gt=now - clock.A_DAY
        ).count()
        return Enclosure.objects.filter(dispatch=dispatch).count(), lately

"""Questions about the receipts that a provider was given."""

from dataclasses import dataclass

from havre.audit.rules import Actor
from havre.intake.law.models import AddressReport

ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptsPage:
    """A page of receipts, the latest first."""

    rows: tuple[AddressReport, ...]
    chosen: int
    next: str


def receipts_page(*, after: str = "", actor: Actor) -> ReceiptsPage:
    """The receipts that an actor may see; `after` is what the page before gave as `next`."""
    own = AddressReport.objects.visible_to(actor).select_related("provider").order_by("-id")
    last = own.filter(incident_number=after).first()
    found = list((own.filter(pk__lt=last.pk) if last else own)[: ROWS + 1])
    return ReceiptsPage(
        rows=tuple(found[:ROWS]),
        chosen=own.count(),
        next=found[ROWS - 1].incident_number if len(found) > ROWS else "",
    )

"""Questions of a provider's program about its own reports."""

from collections.abc import Sequence
from uuid import UUID

from havre.audit.rules import Actor
from havre.intake.jsondoor.models import AnsweredRequest
from havre.intake.jsondoor.wires.answers import Row
from havre.intake.models import Filing, Report
from havre.plumbing.context import acting_as


def own_reports(
    *, after: int | None = None, state: str = "", limit: int, actor: Actor
) -> tuple[list[Row], int | None]:
    """A provider's reports, the latest first, and the number that the next page comes after.

    `after` is the number of a report. Raises Filing.DoesNotExist when it is not the provider's own.
    """
    with acting_as(actor.context):
        own = Filing.objects.visible_to(actor)
        chosen = own.filter(state=state) if state else own
        if after is not None:
            chosen = chosen.filter(pk__lt=own.get(number=after).pk)
        found = list(chosen.order_by("-pk")[: limit + 1])
        shown = found[:limit]
        references = _references([filing.pk for filing in shown], actor)
    rows = [
        Row(
            number=filing.number,
            state=filing.state,
            reference=references.get(filing.pk, ""),
            opened_at=filing.opened_at,
            changed_at=filing.changed_at,
            quality=filing.quality,
        )
        for filing in shown
    ]
    return rows, shown[-1].number if len(found) > limit else None


def is_own(number: int, *, actor: Actor) -> bool:
    """Whether a number is that of a report of the provider's own."""
    with acting_as(actor.context):
        return Filing.objects.visible_to(actor).filter(number=number).exists()


def answered_before(key: str, *, actor: Actor) -> AnsweredRequest | None:
    """What a provider was answered to its request of this key."""
    with acting_as(actor.context):
        return AnsweredRequest.objects.visible_to(actor).filter(key=key).first()


def _references(filings: Sequence[UUID], actor: Actor) -> dict[UUID, str]:
    reports = Report.objects.visible_to(actor).filter(pk__in=filings)
    return dict(reports.values_list("pk", "reference"))

"""Questions about reports with nothing to act on, and about the fields that were asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from havre.audit.rules import Actor
from havre.intake.providers.rules.quality import MOST_NAMED, WHY
from havre.intake.thin.models import FieldsAsked, ThinReport
from havre.plumbing import clock

COUNTED = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class InBulk:
    """How many of a provider's reports stood in bulk, what they left out, and what is asked."""

    reports: int
    # Each field, and how many of these reports left it out; the most often missing first.
    missing: tuple[tuple[str, int], ...]
    asked: tuple[FieldsAsked, ...]


def in_bulk(*, actor: Actor) -> InBulk:
    """What of a provider's reports of the last ninety days stood in bulk."""
    lately = ThinReport.objects.visible_to(actor).filter(in_bulk_at__gte=clock.now() - COUNTED)
    asked = FieldsAsked.objects.visible_to(actor).filter(ended_at=None)
    return InBulk(reports=lately.count(), missing=_counted(lately), asked=tuple(asked))


def reports_in_bulk(*, actor: Actor) -> QuerySet[Any, UUID]:
    """The reports of a provider that stood in bulk, by id, for a choice among its filings."""
    found = ThinReport.objects.visible_to(actor).filter(in_bulk_at__isnull=False)
    return found.order_by().values_list("pk", flat=True)


def missing_in(reports: QuerySet[Any, UUID], *, actor: Actor) -> tuple[tuple[str, int], ...]:
    """The fields that reports left out, the most often missing first."""
    return _counted(ThinReport.objects.visible_to(actor).filter(pk__in=reports))


def asked_for(bulk: UUID, *, actor: Actor) -> FieldsAsked | None:
    """The fields that are asked for what stands in bulk together, while they are."""
    return FieldsAsked.objects.visible_to(actor).filter(bulk=bulk, ended_at=None).first()


def named(missing: Sequence[tuple[str, int]]) -> list[str]:
    """The few fields to ask for."""
    return [field for field, _ in missing[:MOST_NAMED]]


def _counted(thin: QuerySet[ThinReport]) -> tuple[tuple[str, int], ...]:
    """How often each field is missing; of two that are as often, the weightier first."""
    names = {f"field_{place}": name for place, name in enumerate(WHY)}
    found = thin.order_by().aggregate(
        **{key: Count("pk", filter=Q(missing__contains=[name])) for key, name in names.items()}
    )
    missing = [(name, found[key]) for key, name in names.items() if found[key]]
    return tuple(sorted(missing, key=lambda one: -one[1]))

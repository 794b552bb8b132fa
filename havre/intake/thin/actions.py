"""Noting what stands in bulk for its provider to see, and asking for what is missing."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from havre.agencies.models import Officer, Provider
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.intake.models import Report
from havre.intake.thin.models import FieldsAsked, ThinReport
from havre.plumbing import clock, ids


@action(Event.THIN_NOTED)
def note_thin(report: Report, *, missing: Sequence[str], by: Actor) -> None:
    """Note that a provider's report tells nothing to act on, and what it left out. Repeatable."""
    ThinReport.objects.bulk_create(
        [
            ThinReport(
                report=report,
                provider=report.provider,
                compartment=report.compartment,
                missing=list(missing),
            )
        ],
        update_conflicts=True,
        unique_fields=["report"],
        update_fields=["missing"],
    )
    record(Event.THIN_NOTED, about_kind="report", about=report.pk, by=by, missing=list(missing))


@action(Event.BULK_STOOD)
def note_in_bulk(bulk: UUID, reports: Collection[UUID], *, by: Actor) -> None:
    """Note for their provider that reports stand in bulk. The first time counts."""
    unnoted = ThinReport.objects.visible_to(by).filter(pk__in=list(reports), in_bulk_at=None)
    noted = unnoted.update(in_bulk_at=clock.now())
    record(Event.BULK_STOOD, about_kind="bundle", about=bulk, by=by, reports=noted)


@action(Event.FIELDS_ASKED)
def ask_for_fields(
    bulk: UUID,
    *,
    provider: Provider,
    compartment: str,
    fields: Sequence[str],
    reports: int,
    since: datetime,
    by: Officer,
) -> FieldsAsked:
    """Ask a provider, at its console, for the fields that reports left out.

    What was asked before for the same is replaced.
    """
    _end(bulk)
    asked = FieldsAsked(
        id=ids.uuid7(),
        provider=provider,
        compartment=compartment,
        bulk=bulk,
        fields=list(fields),
        reports=reports,
        since=since,
        asked_at=clock.now(),
    )
    asked.save(force_insert=True)
    record(
        Event.FIELDS_ASKED,
        about_kind="bundle",
        about=bulk,
        by=by,
        provider=provider.code,
        fields=list(fields),
        reports=reports,
    )
    return asked


@action(Event.FIELDS_ASKING_ENDED)
def end_asking(bulk: UUID, *, by: Officer) -> bool:
    """Ask no more. Gives whether anything was asked. Safe to repeat."""
    was_asked = _end(bulk)
    record(Event.FIELDS_ASKING_ENDED, about_kind="bundle", about=bulk, by=by, ended=was_asked)
    return was_asked


def _end(bulk: UUID) -> bool:
    return bool(FieldsAsked.objects.filter(bulk=bulk, ended_at=None).update(ended_at=clock.now()))

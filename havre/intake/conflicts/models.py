from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from uuid import UUID

from django.db import models

from havre.agencies.models import Agency, Officer
from havre.audit.rules import Station
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as, kept
from havre.plumbing.values.lists import one_of
from havre.plumbing.values.marks import looked_up

if TYPE_CHECKING:
    from havre.audit.rules import Actor

Rows = TypeVar("Rows", bound=models.QuerySet[Any])


def reports_in_conflict(agencies: str) -> list[UUID]:
    """The reports that name somebody of these agencies, their ids divided by commas.

    Asked in Havre's own name, as no agency may know which they are.
    """
    return looked_up(_in_conflict, agencies)


def _in_conflict(agencies: str) -> list[UUID]:
    found: list[UUID] | None = kept().get(f"in conflict {agencies}")
    if found is None:
        with acting_as(Station.PIPELINE.context):
            noted = Conflict.objects.filter(agency__in=map(UUID, agencies.split(",")))
            found = list(noted.values_list("report", flat=True))
        kept()[f"in conflict {agencies}"] = found
    return found


def but_for_conflicts(rows: Rows, actor: "Actor", path: str = "report") -> Rows:
    """Rows without those whose report names somebody of another agency of the actor's.

    `path` leads from the rows to their report.
    """
    elsewhere = actor.context.elsewhere
    if not elsewhere:
        return rows
    return rows.exclude(**{f"{path}__in": reports_in_conflict(elsewhere)})


def but_for_our_own(rows: Rows, actor: "Actor", path: str) -> Rows:
    """Rows without those whose report names somebody of the agency for which the actor acts.

    Of what others put into a case; of what was sent there itself, the desk is asked to cancel it.
    `path` leads from the rows to their report.
    """
    agency = actor.context.agency
    if not agency:
        return rows
    named = reports_in_conflict(agency)
    return rows.exclude(one_of(path, named)) if named else rows


class Conflict(models.Model):
    """Somebody whom a report names works for this agency, so it is never sent there."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["noted_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "agency"], name="a_conflict_is_noted_once_for_a_report"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.agency_id}"

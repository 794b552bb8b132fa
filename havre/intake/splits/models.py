from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.agencies.models import Officer
from havre.intake.models import Incident, Report, Share
from havre.intake.rules.submission import Happening
from havre.intake.splits.rules import Draft, PartEnd
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class PartQuerySet(models.QuerySet["Part"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The desk sees those of its reports; an agency, the incidents that it was given apart."""
        context = actor.context
        match context.scope:
            case Scope.WORK:
                return self
            case Scope.TIPLINE:
                return self.filter(report__in=Report.objects.visible_to(actor))
            case Scope.AGENCY | Scope.COORDINATOR:
                given = Share.objects.filter(
                    report=models.OuterRef("report"),
                    agency__pk=context.agency,
                    until=None,
                    parts__contains=[models.OuterRef("number")],
                )
                return self.filter(models.Exists(given))
            case _:
                return self.none()

    def standing(self) -> Self:
        """Those of splits that were not merged back."""
        return self.filter(ended_at=None)


class Part(models.Model):
    """An incident of a split report: which pieces of the report belong to it, by their names.

    The pieces are names of places in the report's tree and hold nothing that anybody typed. The row
    stays when the report is merged back.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="+")
    # As the incident's.
    number = models.SmallIntegerField()
    pieces = ArrayField(models.CharField(max_length=120))
    # What became of it; "" while it waits for a decision.
    done_as = models.CharField(
        max_length=10, blank=True, default="", choices=[(e.value, e.value) for e in PartEnd]
    )
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["report", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "number"], name="an_incident_of_a_split_has_its_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"

    @property
    def draft(self) -> Draft:
        """What it is, and what belongs to it."""
        return Draft(happening=Happening(self.incident.happening), pieces=frozenset(self.pieces))

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.intake.models import Incident, Report
from havre.plumbing.scopes import Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class IncidentScoreQuerySet(models.QuerySet["IncidentScore"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Scores are the tipline's own; each sees those of their compartments."""
        if actor.context.scope is Scope.TIPLINE:
            return self.filter(report__in=Report.objects.visible_to(actor))
        return self if actor.context.scope is Scope.WORK else self.none()


class IncidentScore(models.Model):
    """How urgent one incident of a split report is, from what belongs to it alone."""

    incident = models.OneToOneField(
        Incident, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    band = models.CharField(max_length=1)
    rule = models.CharField(max_length=60)
    risk = models.SmallIntegerField()
    action = models.SmallIntegerField()
    # Codes, points and spans of the whole report; never typed text.
    reasons = models.JSONField(default=list)
    gaps = models.JSONField(default=list)
    title = models.JSONField(default=list)
    policy = models.CharField(max_length=40)
    strong_links = models.SmallIntegerField(default=0)
    # The agencies suggested, most probable first: id, share, evidence as codes.
    suggested = models.JSONField(default=list)

    objects = IncidentScoreQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["incident"]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.band}"

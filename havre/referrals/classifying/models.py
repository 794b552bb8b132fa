from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.agencies.models import Officer
from havre.intake.models import Incident, Report
from havre.intake.rules.submission import Happening
from havre.plumbing import clock, ids

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class ClassificationQuerySet(models.QuerySet["Classification"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The desk's own; each sees those of their compartments."""
        return self.filter(report__in=Report.objects.visible_to(actor))


class Classification(models.Model):
    """What the desk takes an incident to be, with its reason sealed. The latest one counts.

    What its reporter said stays what they said. A change is a row of its own.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    happening = models.CharField(max_length=20, choices=[(h.value, h.value) for h in Happening])
    reason = models.BinaryField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = ClassificationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.happening}"

from typing import ClassVar

from django.db import models

from havre.agencies.models import Agency
from havre.intake.models import Report
from havre.intake.releases.rules.words import ReleaseWord
from havre.plumbing import clock, ids


class ReleaseQuerySet(models.QuerySet["Release"]):
    def shown_now(self) -> "ReleaseQuerySet":
        """Those whose day has come."""
        return self.filter(withdrawn_at=None, shown_from__lte=clock.now())

    def waiting(self) -> "ReleaseQuerySet":
        """Those that were chosen, and that nobody outside has seen yet."""
        return self.filter(withdrawn_at=None, shown_from__gt=clock.now())


class Release(models.Model):
    """A word about a report that its sender may know, chosen by the service that acts on it."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Of which referral to that agency: a row of a later room.
    referral = models.UUIDField()
    word = models.CharField(max_length=20, choices=[(w.value, w.value) for w in ReleaseWord])
    chosen_at = models.DateTimeField(default=clock.now)
    shown_from = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["shown_from", "id"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.word}"

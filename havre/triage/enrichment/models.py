from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.agencies.models import Officer
from havre.intake.models import Report, Share
from havre.plumbing import clock, ids
from havre.plumbing.scopes import AGENCIES
from havre.triage.enrichment.rules import KeptBack, Source

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Whoever may read a report whole may know that it was looked into."""
        seen = self.filter(report__in=Report.objects.visible_to(actor))
        if actor.context.scope not in AGENCIES:
            return seen
        apart = Share.objects.filter(
            agency__pk=actor.context.agency, until=None, parts__isnull=False
        )
        return seen.exclude(report__in=apart.values("report"))


class Note(models.Model):
    """An analyst looked something up in the open for a report. A note is never altered.

    A correction is a note of its own. What was found stands apart, for what is kept back.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    source = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Source])
    looked_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    # As it was then: it is all that an addressee learns of who wrote.
    role = models.CharField(max_length=30)
    written_at = models.DateTimeField(default=clock.now)
    # Why it does not go along with a referral; "" where it does.
    kept_back = models.CharField(
        max_length=20, blank=True, choices=[(k.value, k.value) for k in KeptBack]
    )

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.source}"


class NoteText(models.Model):
    """The sealed words of a note. An addressee is given them while they stand and go along."""

    note = models.OneToOneField(
        Note, on_delete=models.PROTECT, primary_key=True, related_name="text"
    )
    body = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["note"]

    def __str__(self) -> str:
        return f"text of {self.note_id}"

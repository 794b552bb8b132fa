from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.agencies.models import Agency, Officer
from havre.intake.models import Incident, Report
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope
from havre.triage.reviews.rules.reading import FollowUp, Verdict
from havre.triage.reviews.rules.sampling import DecisionKind

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Reviews are the tipline's own; each sees those of their compartments.

        What was drawn of one's own decisions is seen only when it was read: nobody knows before.
        """
        if actor.context.scope is Scope.TIPLINE:
            seen = self.filter(report__in=Report.objects.visible_to(actor))
            return seen.exclude(decided_by__in=Officer.objects.rows_of(actor), read_at=None)
        return self if actor.context.scope is Scope.WORK else self.none()

    def waiting(self) -> Self:
        """Those that wait for a reader."""
        return self.filter(read_at=None, dropped_at=None)


class Review(models.Model):
    """A decision that was drawn to be read by a second person, with what was known then, as codes.

    What the decision itself says stands where it was written: in the referral, or in the override.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in DecisionKind])
    # The id of the override, or of a row of a later room.
    subject = models.UUIDField(unique=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="+")
    # By these the rates and the measures tell decisions apart.
    band = models.CharField(max_length=1, blank=True)
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    sampled_by = models.CharField(max_length=40)
    percent = models.SmallIntegerField()
    # The score, the rule, the gaps, the agencies suggested and the links, as they were.
    known = models.JSONField(default=dict)
    decided_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    # When a reader first opened it, whether or not they then said what they think.
    opened_at = models.DateTimeField(null=True)
    # The decision was taken back before anybody opened it.
    dropped_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    verdict = models.CharField(
        max_length=10, blank=True, choices=[(v.value, v.value) for v in Verdict]
    )
    why = ArrayField(models.CharField(max_length=20), default=list)
    instead_to = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    instead_band = models.CharField(max_length=1, blank=True)
    note = models.BinaryField(null=True)
    followed_as = models.CharField(
        max_length=15, blank=True, choices=[(f.value, f.value) for f in FollowUp]
    )
    followed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    followed_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(read_by=None) | ~models.Q(read_by=models.F("decided_by")),
                name="a_decision_is_read_by_another_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def is_late(self) -> bool:
        """Whether it waits longer than it may."""
        return self.read_at is None and self.dropped_at is None and self.due_at < clock.now()

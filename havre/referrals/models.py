from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.agencies.models import Agency, Officer
from havre.intake.models import Incident, Report
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope
from havre.referrals.rules.outcomes import Disposition, Insufficiency, ReferralState

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, actor: "Actor") -> Self:
        """An agency sees what was sent to it; the tipline, what it sent."""
        if actor.context.scope is Scope.TIPLINE:
            return self.filter(report__in=Report.objects.visible_to(actor))
        if actor.context.scope in {Scope.AGENCY, Scope.COORDINATOR}:
            return self.filter(to_agency=actor.context.agency)
        return self if actor.context.scope is Scope.WORK else self.none()


class Referral(models.Model):
    """An incident sent to the agency that can act on it."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    # What people outside quote; random, never time-ordered.
    reference = models.CharField(max_length=11, unique=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    # The lane, its rule and the title by rule that the report had when it was sent, as codes.
    band = models.CharField(max_length=1, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    title = models.JSONField(default=list)
    # Why this agency, as the analyst typed it: sealed under the report's key.
    reason = models.BinaryField()
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in ReferralState],
        default=ReferralState.SENT,
    )
    sent_at = models.DateTimeField(default=clock.now)
    answer_by = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_note = models.BinaryField(null=True)
    suggested_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["band", "sent_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["incident", "to_agency"],
                condition=~models.Q(state="returned"),
                name="an_incident_is_referred_to_an_agency_once",
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Outcome(models.Model):
    """What an agency said came of a referral. A later word is a new row; none is altered."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="outcomes")
    disposition = models.CharField(max_length=20, choices=[(d.value, d.value) for d in Disposition])
    insufficiency = models.CharField(
        max_length=30, blank=True, choices=[(i.value, i.value) for i in Insufficiency]
    )
    count = models.PositiveSmallIntegerField(null=True)
    usefulness = models.PositiveSmallIntegerField(null=True)
    missing_fields = ArrayField(models.CharField(max_length=20), default=list)
    note = models.BinaryField(null=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.disposition}"

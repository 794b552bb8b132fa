from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.agencies.models import Agency, Officer
from havre.intake.conflicts.models import but_for_conflicts
from havre.intake.models import Report
from havre.plumbing import clock, ids
from havre.plumbing.scopes import AGENCIES, Scope
from havre.referrals.identity.rules import Because
from havre.referrals.models import Referral

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class IdentityGrantQuerySet(models.QuerySet["IdentityGrant"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The desk sees those of the reports it sees; an agency, what stands for itself."""
        return but_for_conflicts(self._seen_by(actor), actor)

    def _seen_by(self, actor: "Actor") -> Self:
        if actor.context.scope is Scope.TIPLINE:
            return self.filter(report__in=Report.objects.visible_to(actor))
        if actor.context.scope in AGENCIES:
            return self.filter(agency=actor.context.agency, ended_at=None)
        return self if actor.context.scope is Scope.WORK else self.none()


class IdentityGrant(models.Model):
    """Who reported, given to the agency of one referral.

    Sealed under a key of its own, which is wrapped for that agency alone, and again under the
    report's. When it ends, that key goes and `identity` is emptied.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=10, choices=[(b.value, b.value) for b in Because])
    # How the reporter agreed or which order it is, and what the agency must mind.
    words = models.BinaryField()
    identity = models.BinaryField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    objects = IdentityGrantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=models.Q(ended_at=None),
                name="who_reported_is_given_once_with_a_referral",
            )
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.because}"

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.agencies.models import Provider
from havre.intake.models import Report
from havre.intake.rules.stages import Retention
from havre.intake.rules.submission import LegalBasis
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class PreservationQuerySet(models.QuerySet["Preservation"]):
    def visible_to(self, actor: "Actor") -> Self:
        """A provider sees its own clocks; Havre's own stations, all."""
        match actor.context.scope:
            case Scope.WORK:
                return self
            case Scope.PROVIDER:
                return self.filter(provider=actor.context.provider)
            case _:
                return self.none()


class Preservation(models.Model):
    """A clock that a report started: until when its provider must keep its data, by which law."""

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    # The report's number on the wire, which is how the provider knows it.
    number = models.BigIntegerField()
    regime = models.SlugField(max_length=40)
    version = models.CharField(max_length=60)
    started_at = models.DateTimeField(default=clock.now)
    until = models.DateField(db_index=True)
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = PreservationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["until", "number"]

    def __str__(self) -> str:
        return f"{self.number} until {self.until}"


class AddressReportQuerySet(models.QuerySet["AddressReport"]):
    def visible_to(self, actor: "Actor") -> Self:
        """A provider sees its own receipts; Havre's own stations, all."""
        match actor.context.scope:
            case Scope.WORK:
                return self
            case Scope.PROVIDER:
                return self.filter(provider=actor.context.provider)
            case _:
                return self.none()


class AddressReport(models.Model):
    """A report under section 2: the receipt that was given for it. The addresses are the report's.

    Kept for two years with the addresses (SOR/2011-292, s. 5).
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    incident_number = models.CharField(max_length=11, unique=True)
    # As it was on the receipt: a provider may change its name.
    provider_name = models.CharField(max_length=200)
    received_at = models.DateTimeField(default=clock.now)
    signature = models.BinaryField(max_length=64)
    retention_class = models.CharField(max_length=20, default=Retention.STATUTORY_TWO_YEARS)
    legal_basis = models.CharField(max_length=20, default=LegalBasis.STATUTORY_REPORT)

    objects = AddressReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-received_at"]

    def __str__(self) -> str:
        return self.incident_number

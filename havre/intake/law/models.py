from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.agencies.models import Officer, Provider
from havre.intake.conflicts.models import but_for_conflicts
from havre.intake.law.rules.deemed import LONGEST_REFERENCE, OtherLaw
from havre.intake.law.rules.incidents import IncidentKind
from havre.intake.models import Report
from havre.intake.rules.stages import Retention
from havre.intake.rules.submission import LegalBasis
from havre.plumbing import clock, ids
from havre.plumbing.scopes import DESK, Scope

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
    regime = models.SlugField(max_length=40, db_index=False)
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
        """A provider sees its own receipts; the desk, which keeps them for two years, all."""
        match actor.context.scope:
            case Scope.WORK | Scope.TIPLINE:
                return but_for_conflicts(self, actor)
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
    # When the addresses were made unreadable, after their two years.
    destroyed_at = models.DateTimeField(null=True)

    objects = AddressReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-received_at"]

    def __str__(self) -> str:
        return self.incident_number


class DeemedQuerySet(models.QuerySet["Deemed"]):
    def visible_to(self, actor: "Actor") -> Self:
        """A provider sees its own records; Havre's own stations, all."""
        match actor.context.scope:
            case Scope.WORK:
                return self
            case Scope.PROVIDER:
                return self.filter(provider=actor.context.provider)
            case _:
                return self.none()


class Deemed(models.Model):
    """A provider's record that it reported under another law (section 9): one report, or always.

    Kept by the provider for itself. What is taken back stays, with the day it was.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    law = models.CharField(max_length=20, choices=[(one.value, one.value) for one in OtherLaw])
    is_standing = models.BooleanField(default=False)
    # The number of the report there; "" for a standing record.
    reference = models.CharField(max_length=LONGEST_REFERENCE, blank=True)
    # A day of the law's own zone: of the report, or from which on it is so.
    reported_on = models.DateField()
    made_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = DeemedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.law} {self.reference}"


class IncidentNoticeQuerySet(models.QuerySet["IncidentNotice"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The desk of the designated organization, whose incidents they are."""
        return self if actor.context.scope in DESK else self.none()


class IncidentNotice(models.Model):
    """A notice to the ministers of an incident (SOR/2011-292, s. 7). What was typed is sealed."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    reference = models.CharField(max_length=11, unique=True)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in IncidentKind])
    body = models.BinaryField()
    noticed_at = models.DateTimeField()
    made_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)

    objects = IncidentNoticeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-noticed_at", "-id"]

    def __str__(self) -> str:
        return self.reference

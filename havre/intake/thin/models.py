from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.agencies.models import Provider
from havre.intake.conflicts.models import but_for_conflicts
from havre.intake.models import Report
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor

Row = TypeVar("Row", bound=models.Model)


class OfAProviderQuerySet(models.QuerySet[Row]):
    """Rows about a provider's reports that the desk and its provider read."""

    def visible_to(self, actor: "Actor") -> Self:
        """A provider sees those of its own reports; the desk, those of its compartments."""
        context = actor.context
        match context.scope:
            case Scope.WORK:
                return self
            case Scope.PROVIDER:
                return self.filter(provider=context.provider)
            case Scope.TIPLINE:
                return self.filter(compartment__in=context.compartments.split(","))
            case _:
                return self.none()


class ThinReportQuerySet(OfAProviderQuerySet["ThinReport"]):
    """Those of reports."""

    def visible_to(self, actor: "Actor") -> Self:
        """As the others, but for what another agency of the actor's keeps from them."""
        return but_for_conflicts(super().visible_to(actor), actor)


class ThinReport(models.Model):
    """A report with nothing to act on, which fields would have helped, and if it stood in bulk."""

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    compartment = models.CharField(max_length=30)
    # Names of fields, the weightiest first; never their text.
    missing = ArrayField(models.CharField(max_length=40), default=list)
    noted_at = models.DateTimeField(default=clock.now)
    # Since when it stands, or from when on it stood, in a bulk item of the desk's queue.
    in_bulk_at = models.DateTimeField(null=True)

    objects = ThinReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-report"]
        indexes: ClassVar = [models.Index(fields=["provider", "in_bulk_at"], name="thin_in_bulk")]

    def __str__(self) -> str:
        return str(self.report_id)


class FieldsAsked(models.Model):
    """The desk asks a provider to fill fields that a number of its reports left out."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    compartment = models.CharField(max_length=30)
    # The id of a row of a later room: what stood in bulk together.
    bulk = models.UUIDField()
    fields = ArrayField(models.CharField(max_length=40))
    reports = models.IntegerField()
    since = models.DateTimeField()
    asked_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    objects = OfAProviderQuerySet["FieldsAsked"].as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bulk"],
                condition=models.Q(ended_at=None),
                name="fields_are_asked_once_for_a_bulk_item",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reports} reports of {self.provider_id}"

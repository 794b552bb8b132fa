"""Files of reports that providers sent at once, and what came of each row."""

from typing import ClassVar, Self

from django.db import models

from havre.agencies.models import Provider
from havre.audit.rules import Actor
from havre.evidence.models import Exhibit
from havre.intake.bulk.rules import BulkState, WrittenAs
from havre.plumbing import clock, ids
from havre.plumbing.columns import among
from havre.plumbing.scopes import Scope


class OwnQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, actor: Actor) -> Self:
        """A provider sees its own; our own jobs, all; others, nothing."""
        context = actor.context
        match context.scope:
            case Scope.WORK:
                return self
            case Scope.PROVIDER:
                return self.filter(provider_id=context.provider)
            case _:
                return self.none()


class Upload(models.Model):
    """A file of reports that a provider sent at once.

    Its bytes are sealed under a key of their own, which is destroyed when the last row is done.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    written_as = models.CharField(max_length=10, choices=among(WrittenAs))
    exhibit = models.OneToOneField(Exhibit, on_delete=models.PROTECT, related_name="+")
    # The exhibit's own row cannot be seen any more when its key is gone.
    sha256 = models.CharField(max_length=64)
    # The record whose key seals what came of the rows: it outlives the bytes.
    results = models.UUIDField(default=ids.uuid7)
    rows = models.PositiveIntegerField()
    # A trial: every row is looked at, and none is filed.
    is_trial = models.BooleanField(default=False, db_default=False)
    state = models.CharField(
        max_length=10,
        choices=among(BulkState),
        default=BulkState.WAITING,
    )
    uploaded_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["provider"],
                condition=models.Q(state=BulkState.WAITING),
                name="bulk_that_wait",
            ),
            models.Index(fields=["provider", "sha256"], name="bulk_same_bytes"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class RowQuerySet(models.QuerySet["Row"]):
    def visible_to(self, actor: Actor) -> Self:
        """A provider sees its own; our own jobs, all; others, nothing."""
        context = actor.context
        match context.scope:
            case Scope.WORK:
                return self
            case Scope.PROVIDER:
                return self.filter(provider_id=context.provider)
            case _:
                return self.none()


class Row(models.Model):
    """What came of one row of a file: the number of its report, or every fault, sealed.

    Of a row that was only tried: that it would be filed.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="told")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    number = models.BigIntegerField(null=True)
    faults = models.BinaryField(null=True)
    is_fine = models.BooleanField(null=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "place"], name="a_row_is_done_once"),
            models.CheckConstraint(
                condition=(
                    models.Q(number__isnull=False, faults=None, is_fine=None)
                    | models.Q(number=None, faults__isnull=False, is_fine=None)
                    | models.Q(number=None, faults=None, is_fine=True)
                ),
                name="a_row_is_a_report_has_faults_or_was_tried",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.place}"

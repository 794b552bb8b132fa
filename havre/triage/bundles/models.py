from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.agencies.models import Officer, Provider
from havre.intake.conflicts.models import but_for_conflicts
from havre.intake.models import Report
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope
from havre.triage.bundles.rules import BundleKind, BundleState

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class BundleQuerySet(models.QuerySet["Bundle"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Bundles are the tipline's own; each sees those of their compartments."""
        context = actor.context
        if context.scope is Scope.TIPLINE:
            return self.filter(compartment__in=context.compartments.split(","))
        return self if context.scope is Scope.WORK else self.none()


class Bundle(models.Model):
    """Many reports that are decided together: one empty form of a provider, or one file.

    Empty forms stand together at once; the same file is only suggested, until a person agrees.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in BundleKind])
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in BundleState])
    compartment = models.CharField(max_length=30)
    # Whose forms; of one file, nobody's: it came from many.
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, related_name="+")
    # The keyed digest of the form's shape, or the token of the file's hash.
    key = models.CharField(max_length=64)
    # What at least half of its reports told when it was agreed to: codes of outlines.
    common = ArrayField(models.CharField(max_length=60), default=list)
    formed_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "compartment", "provider", "key"],
                nulls_distinct=False,
                name="a_form_or_a_file_makes_one_bundle",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class OutlineQuerySet(models.QuerySet["Outline"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Outlines are the tipline's own; each sees those of their compartments."""
        context = actor.context
        if context.scope is Scope.TIPLINE:
            held = self.filter(compartment__in=context.compartments.split(","))
            return but_for_conflicts(held, actor)
        return self if context.scope is Scope.WORK else self.none()


class Outline(models.Model):
    """A report in outline: codes and keyed digests, by which it is like others."""

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    compartment = models.CharField(max_length=30)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, related_name="+")
    # The keyed digest of an empty form; "" of a report that tells anything.
    template = models.CharField(max_length=32, blank=True)
    told = ArrayField(models.CharField(max_length=60), default=list)
    # Tokens of the hashes of its files, the sender's and our own.
    files = ArrayField(models.CharField(max_length=64), default=list)
    # A person, or what was added to it, keeps it by itself.
    kept_apart = models.BooleanField(default=False)
    # With which bundle it was closed.
    closed_with = models.ForeignKey(Bundle, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OutlineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["report"]
        indexes: ClassVar = [
            models.Index(
                fields=["provider", "template"],
                condition=~models.Q(template=""),
                name="outlines_of_a_form",
            ),
        ]

    def __str__(self) -> str:
        return str(self.report_id)

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.agencies.models import Officer
from havre.identifiers.models import Record
from havre.intake.models import Report
from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import Side
from havre.plumbing import clock, ids
from havre.plumbing.scopes import DESK

if TYPE_CHECKING:
    from havre.audit.rules import Actor

SIDES = [(side.value, side.value) for side in Side]


class Value(models.Model):
    """How a value stands in one compartment, on one side: how many it may tie, and which of them.

    The key is a digest of side, compartment and the value's token. Nobody but Havre's own stations
    may read a count: it would tell of reports that the reader may not see.
    """

    key = models.BinaryField(primary_key=True, max_length=16)
    kind = models.CharField(max_length=20)
    reports = models.IntegerField()
    only_suspects = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return f"{self.kind} in {self.reports}"


class Name(models.Model):
    """A name that a cluster was once given: for ever it leads to whichever holds its anchor."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    side = models.CharField(max_length=10, choices=SIDES)
    anchor = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return str(self.id)


class MemberQuerySet(models.QuerySet["Member"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The desk's own, where it sees the report, whose id a record has. Agencies have none."""
        if actor.context.scope not in DESK:
            return self.none()
        return self.filter(record__in=Report.objects.visible_to(actor).values("pk"))


class Member(models.Model):
    """A report's place: the cluster it is in, if it is not alone, and what it was seen to tell.

    `core` is what strong evidence alone makes one within the cluster, by its oldest report.
    `told` is as `rules.packing` has it, at least what concerns the side; `compartment` is the
    report's. A place from before these were kept has NULL, "", and the tokens of what it told in
    `values`, until it is kept anew.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    side = models.CharField(max_length=10, choices=SIDES)
    # Found by the index of its constraint.
    record = models.ForeignKey(Record, on_delete=models.PROTECT, db_index=False, related_name="+")
    cluster = models.ForeignKey(Name, on_delete=models.PROTECT, null=True, related_name="+")
    core = models.UUIDField(null=True)
    told = models.BinaryField(null=True)
    compartment = models.CharField(max_length=30, db_default="")
    values = ArrayField(models.BinaryField(), null=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["record", "side"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record", "side"], name="a_report_is_in_one_cluster_of_a_side"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id} in {self.cluster_id}"


class Proposal(models.Model):
    """Two clusters that only a person may make one, by the oldest report of each."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    side = models.CharField(max_length=10, choices=SIDES)
    left = models.ForeignKey(Record, on_delete=models.PROTECT, db_index=False, related_name="+")
    right = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["left", "right", "side"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["left", "right", "side"], name="a_merge_is_proposed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.left_id} and {self.right_id}"


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The desk's own, where it sees both reports."""
        if actor.context.scope not in DESK:
            return self.none()
        seen = Report.objects.visible_to(actor)
        return self.filter(left__report__in=seen, right__report__in=seen)

    def standing(self) -> Self:
        """Those that were not taken back, the latest of a pair first."""
        return self.filter(undone_at=None).order_by("left", "right", "side", "-at", "-id")


class Judgement(models.Model):
    """What an analyst says of two reports. It outranks whatever they share."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    side = models.CharField(max_length=10, choices=SIDES)
    left = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=[(v.value, v.value) for v in Verdict])
    # Sealed under the left report's key.
    reason = models.BinaryField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["left", "right", "-at"]

    def __str__(self) -> str:
        return f"{self.left_id} and {self.right_id}: {self.verdict}"

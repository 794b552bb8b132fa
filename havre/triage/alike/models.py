from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.intake.conflicts.models import but_for_conflicts
from havre.intake.models import Report
from havre.plumbing import clock
from havre.plumbing.scopes import Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class AlikeQuerySet(models.QuerySet["Alike"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The desk's own; each sees what stands in their compartments."""
        context = actor.context
        if context.scope is Scope.TIPLINE:
            held = self.filter(compartment__in=context.compartments.split(","))
            return but_for_conflicts(held, actor)
        return self if context.scope is Scope.WORK else self.none()


class Alike(models.Model):
    """What a report says, as keyed digests alone, and the group of those that say nearly the same.

    A group lies in one compartment. Whoever says nothing that others say is a group of one.
    """

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    # As the report's, as in the queue.
    compartment = models.CharField(max_length=30)
    # Of its words, of its files together, and of each thing that it holds.
    digests = ArrayField(models.BinaryField(max_length=8), default=list)
    files = models.BinaryField(max_length=8, null=True)
    holds = ArrayField(models.BinaryField(max_length=8), default=list)
    # It says something that must never stand behind another report.
    is_alone = models.BooleanField(default=False)
    group = models.UUIDField(db_index=True)
    # New reports are compared with the first of a group alone.
    is_first = models.BooleanField(default=False)
    # A person said that it is not like the others, of which group.
    parted_from = models.UUIDField(null=True, db_index=True)
    noted_at = models.DateTimeField(default=clock.now)
    # By which decision for several it was closed, and its closing, so that all open again at once.
    decision = models.UUIDField(null=True, db_index=True)
    closing = models.UUIDField(null=True)

    objects = AlikeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["report_id"]
        indexes: ClassVar = [
            models.Index(fields=["files"], condition=models.Q(is_first=True), name="alike_files"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group"],
                condition=models.Q(is_first=True),
                name="a_group_has_one_first",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} like {self.group}"


class Clue(models.Model):
    """A digest of what the first of a group says, or of a file, and which group or report has it.

    Behind a wall no index answers what lists hold, only what is equal: each has a row of its own.
    For Havre's own stations alone. What it leads to is looked at anew: it may have changed since.
    """

    pk = models.CompositePrimaryKey("digest", "leads_to")
    digest = models.BinaryField(max_length=32)
    leads_to = models.UUIDField()

    def __str__(self) -> str:
        return str(self.leads_to)

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.agencies.rules.permits import Compartment
from havre.identifiers.models import Record
from havre.intake.models import Report
from havre.links.resolving.rules.runs import State
from havre.plumbing import clock, ids
from havre.plumbing.scopes import DESK, Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The desk's own, of the compartments that it holds. To agencies there is none."""
        context = actor.context
        if context.scope is Scope.WORK:
            return self
        if context.scope not in DESK:
            return self.none()
        return self.filter(compartment__in=context.compartments.split(","))


class Run(models.Model):
    """One comparing of all suspects of a compartment: by which model, how many, how long.

    `refit` is what these people would have the weights be; nothing reads it but the page and the
    file that show it.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    compartment = models.CharField(max_length=30, choices=[(c.value, c.value) for c in Compartment])
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    begun_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    engine = models.CharField(max_length=20)
    splink = models.CharField(max_length=20, blank=True)
    model = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    reports = models.IntegerField(default=0)
    people = models.IntegerField(default=0)
    # Pairs worth enough; and what became of them.
    found = models.IntegerField(default=0)
    together = models.IntegerField(default=0)
    judged = models.IntegerField(default=0)
    proposed = models.IntegerField(default=0)
    refit = models.JSONField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.compartment} {self.begun_at:%Y-%m-%d %H:%M}"


class LikenessQuerySet(models.QuerySet["Likeness"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The desk's own, where it sees both reports."""
        if actor.context.scope not in DESK:
            return self.none()
        seen = Report.objects.visible_to(actor)
        return self.filter(left__report__in=seen, right__report__in=seen)


class Likeness(models.Model):
    """Two reports whose suspects may be one person: proposed to a person, acted on by nobody.

    Hundredths of a bit: the prior and the parts sum to `weight`.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    left = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    weight = models.IntegerField()
    prior = models.IntegerField()
    parts = models.JSONField()

    objects = LikenessQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-weight", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["left", "right"], name="a_likeness_is_proposed_once")
        ]

    def __str__(self) -> str:
        return f"{self.left_id} and {self.right_id}"

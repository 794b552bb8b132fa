from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from havre.agencies.models import Agency, Officer
from havre.identifiers.models import EDITION_BYTES
from havre.identifiers.rules.words import Kind
from havre.intake.conflicts.models import but_for_conflicts
from havre.intake.models import Report
from havre.links.silent.rules import Refusal, SilentState, state_of
from havre.links.watches.rules import Authority
from havre.plumbing import clock, ids
from havre.plumbing.scopes import AGENCIES, Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class SilentWatchQuerySet(models.QuerySet["SilentWatch"]):
    def visible_to(self, actor: "Actor") -> Self:
        """An agency's own; the coordinator, who grants them, sees all. The desk sees none."""
        context = actor.context
        if context.scope in {Scope.WORK, Scope.COORDINATOR}:
            return self
        return (
            self.filter(agency=UUID(context.agency)) if context.scope in AGENCIES else self.none()
        )

    def of_agency(self, actor: "Actor") -> Self:
        """Those of the actor's own agency, also where the actor grants others'."""
        return self.filter(agency=UUID(actor.context.agency))

    def standing(self, at: datetime | None = None) -> Self:
        """Those that were granted, were not ended and have not run out, now or at a moment."""
        return self.filter(ended_at=None, until__gt=at or clock.now())

    def open(self) -> Self:
        """Those that stand, and those that nobody has answered yet."""
        asked = Q(until=None, wanted_until__isnull=False)
        return self.filter(Q(ended_at=None) & (asked | Q(until__gt=clock.now())))


class SilentWatch(models.Model):
    """An identifier that an agency asks to keep quiet, as an account of its own under cover.

    Value and reason are sealed under a key of that agency's and the national centre's. `until` is
    empty until the coordinator grants it; `wanted_until` is what waits for an answer.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    reference = models.CharField(max_length=11, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in Kind])
    token = models.BinaryField(max_length=32)
    # The rules by which its form was written; empty where nobody knows.
    edition = models.BinaryField(max_length=EDITION_BYTES, default=b"", db_default=b"")
    value = models.BinaryField()
    reason = models.BinaryField()
    authority = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Authority])
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    wanted_until = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    refusal = models.CharField(
        max_length=20, blank=True, choices=[(r.value, r.value) for r in Refusal]
    )
    ended_at = models.DateTimeField(null=True)

    objects = SilentWatchQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["token"], name="silent_watch_by_token")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(wanted_until__isnull=False)
                | Q(ended_at__isnull=False)
                | ~Q(decided_by=F("asked_by")),
                name="nobody_grants_a_silent_watch_that_they_asked_for",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def state(self) -> SilentState:
        """Where it stands."""
        return state_of(
            until=self.until,
            is_refused=bool(self.refusal),
            is_ended=self.ended_at is not None,
            now=clock.now(),
        )


class SilentAlertQuerySet(models.QuerySet["SilentAlert"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The agency's own; the coordinator, who may speak of them, sees all."""
        if actor.context.scope is Scope.WORK:
            return self
        told = self.filter(watch__in=SilentWatch.objects.visible_to(actor), hushed_at=None)
        return but_for_conflicts(told, actor)


class SilentAlert(models.Model):
    """A report that holds what is kept quiet. It opens nothing, and only its agency is told.

    `names` is the report's reference, for the coordinator, who may ask the desk for it without
    saying why.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    reference = models.CharField(max_length=11, unique=True)
    watch = models.ForeignKey(SilentWatch, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    names = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)
    # The report names somebody who works for the agency: from then on it is told nothing of it.
    hushed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SilentAlertQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["watch", "report"], name="a_report_meets_a_silent_watch_once"
            )
        ]

    def __str__(self) -> str:
        return self.reference

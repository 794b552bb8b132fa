from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from havre.agencies.models import Agency, Officer
from havre.identifiers.models import EDITION_BYTES
from havre.identifiers.rules.words import Kind
from havre.intake.conflicts.models import but_for_conflicts
from havre.intake.models import Report
from havre.intake.rules.submission import PersonRole
from havre.links.watches.rules import Authority, Finding, Purpose, Tells, Word
from havre.plumbing import clock, ids
from havre.plumbing.scopes import AGENCIES, DESK, Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class WatchQuerySet(models.QuerySet["Watch"]):
    def visible_to(self, actor: "Actor") -> Self:
        """An agency's own; to everybody else no watch exists."""
        context = actor.context
        if context.scope is Scope.WORK:
            return self
        return (
            self.filter(agency=UUID(context.agency)) if context.scope in AGENCIES else self.none()
        )

    def standing(self, at: datetime | None = None) -> Self:
        """Those that were not ended and have not run out, now or at a moment."""
        return self.filter(ended_at=None, until__gt=at or clock.now())


class Watch(models.Model):
    """An identifier that an agency waits for. Its value is sealed under a key of that agency's.

    The token is the one by which reports meet. Case and person are ids of a later room.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    reference = models.CharField(max_length=11, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in Kind])
    token = models.BinaryField(max_length=32)
    # The rules by which its form was written; empty where nobody knows.
    edition = models.BinaryField(max_length=EDITION_BYTES, default=b"", db_default=b"")
    value = models.BinaryField()
    whose = models.CharField(max_length=10, choices=[(r.value, r.value) for r in PersonRole])
    purpose = models.CharField(max_length=20, choices=[(p.value, p.value) for p in Purpose])
    authority = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Authority])
    tells = models.CharField(max_length=10, choices=[(t.value, t.value) for t in Tells])
    answers = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    of_case = models.UUIDField(null=True)
    of_person = models.UUIDField(null=True)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["token"], name="watch_by_token")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_standing(self) -> bool:
        """Whether it was not ended and has not run out."""
        return self.ended_at is None and self.until > clock.now()


class HitQuerySet(models.QuerySet["Hit"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The agency's own. The coordinator sees that there are some to be brokered."""
        context = actor.context
        if context.scope is Scope.WORK:
            return self
        own = Q(watch__in=Watch.objects.visible_to(actor), hushed_at=None, is_told=True)
        told = self.filter(own) if context.scope in AGENCIES else self.none()
        return but_for_conflicts(told, actor)


class Hit(models.Model):
    """A report that meets a watch. It opens nothing: the agency reads the report if it was sent it.

    The reference is the alert's own, by which agency and tipline can speak of it.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    reference = models.CharField(max_length=11, unique=True)
    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="hits")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    # As the watch has them, for the coordinator, who sees no watch.
    tells = models.CharField(max_length=10, choices=[(t.value, t.value) for t in Tells])
    until = models.DateTimeField()
    finding = models.CharField(
        max_length=20, blank=True, choices=[(f.value, f.value) for f in Finding]
    )
    found_at = models.DateTimeField(null=True)
    found_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    # Since when it is no alert any more: somebody whom the report names works for the agency.
    hushed_at = models.DateTimeField(null=True)
    # Not before a later word of the reporter is given in which alone the watch was met: until then
    # the desk and the coordinator know of it, and the agency does not.
    is_told = models.BooleanField(default=True)

    objects = HitQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["watch", "report"], name="a_report_meets_a_watch_once")
        ]

    def __str__(self) -> str:
        return self.reference


class Hush(models.Model):
    """No watch of an agency tells it of this report: somebody whom the report names works there."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "agency"], name="an_agency_is_hushed_once_for_a_report"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.agency_id}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The desk's own, where it sees the report; no longer than the watch holds."""
        seen = Report.objects.visible_to(actor)
        if actor.context.scope not in DESK:
            return self.none()
        return self.filter(report__in=seen, until__gt=clock.now())


class Notice(models.Model):
    """What the desk reads on a report that meets a watch. Whom it must not know, it does not name.

    `alert` is the reference of the hit, by which the agency or the coordinator can be asked.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    word = models.CharField(max_length=10, choices=[(w.value, w.value) for w in Word])
    alert = models.CharField(max_length=11)
    until = models.DateTimeField()

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.word} {self.alert}"

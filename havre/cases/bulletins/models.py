from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from havre.agencies.models import Agency, Officer
from havre.cases.bulletins.rules import BOARDS, READERS
from havre.plumbing import clock, ids
from havre.plumbing.columns import among
from havre.plumbing.scopes import AGENCIES, Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor

KEY_COMPARTMENT = "board"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Whoever holds its compartment reads what hangs there; its own agency all of its own.

        The coordinator, who may take down any and hang it up again, reads all of a compartment.
        """
        context = actor.context
        if context.scope is Scope.WORK:
            return self
        if context.scope not in AGENCIES:
            return self.none()
        agency = UUID(context.agency)
        if not Agency.objects.filter(pk=agency, kind__in=READERS).exists():
            return self.none()
        held = self.filter(compartment__in=context.compartments.split(","))
        if context.scope is Scope.COORDINATOR:
            return held
        is_up = Q(withdrawn_at=None, expires_at__gt=clock.now())
        return held.filter(Q(agency=agency) | is_up)


class Notice(models.Model):
    """What one agency tells all that hold a compartment. Its words stand sealed."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    reference = models.CharField(max_length=11, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    compartment = models.CharField(max_length=30, choices=among(BOARDS))
    body = models.BinaryField()
    posted_at = models.DateTimeField(default=clock.now)
    posted_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("posted_at")),
                name="a_notice_hangs_for_some_time",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    def is_up(self) -> bool:
        """Whether it hangs on the board now."""
        return self.withdrawn_at is None and clock.now() < self.expires_at


class Mark(models.Model):
    """An officer has read a notice."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="marks")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["notice", "officer", "agency"], name="a_notice_is_marked_as_read_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} read {self.notice_id}"

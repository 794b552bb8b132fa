from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.agencies.models import Agency, Officer
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope
from havre.triage.duty.rules.shifts import Span, Turn

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class ShiftQuerySet(models.QuerySet["Shift"]):
    def visible_to(self, actor: "Actor") -> Self:
        """A desk sees its own rota; the coordinator sees where nobody is, at every desk."""
        if actor.context.scope in {Scope.COORDINATOR, Scope.WORK}:
            return self
        if actor.context.scope is Scope.INTERPRETER:
            # A guest of the desk, who is not on its rota.
            return self.none()
        return self.filter(agency=actor.context.agency or None)


class Shift(models.Model):
    """An officer is on call for a desk from one moment to another.

    The desk is the agency's. A shift that is taken off the rota stays as a row, and counts no more.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # Whose shift it was before a colleague took it over.
    instead_of = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["starts_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="a_shift_ends_after_it_begins",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "ends_at"], name="shifts_of_a_desk")]

    def __str__(self) -> str:
        return f"{self.officer_id} from {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def span(self) -> Span:
        """From when to when."""
        return Span(self.starts_at, self.ends_at)

    @property
    def turn(self) -> Turn:
        """The shift as the rules read it."""
        return Turn(officer=self.officer_id, span=self.span)

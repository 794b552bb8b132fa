from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from havre.agencies.models import Agency, Officer
from havre.cases.abroad.dispatches.rules import SHOWN, TheirStep, steps_of_theirs
from havre.cases.abroad.models import HELD_IN, Exchange, but_for_what_is_tied
from havre.cases.abroad.rules.states import (
    Direction,
    ExchangeKind,
    ExchangeState,
    Handling,
    Reliability,
)
from havre.plumbing import clock, ids
from havre.plumbing.columns import among
from havre.plumbing.scopes import Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor

KEY_COMPARTMENT = "dispatch"


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The partner it is addressed to, and the desk it is of, in the compartments they hold."""
        context = actor.context
        if context.scope is Scope.WORK:
            return self
        held = self.filter(compartment__in=context.compartments.split(","))
        if context.scope is Scope.PARTNER:
            return held.filter(partner=UUID(context.agency))
        if context.scope is Scope.COORDINATOR:
            own = held.filter(agency=UUID(context.agency))
            return but_for_what_is_tied(own, actor, "exchange__")
        return self.none()


class Dispatch(models.Model):
    """What of an exchange was released to its partner, and nothing else of it.

    A row of its own under a key of its own: what the desk notes, assesses and ties stands
    elsewhere, and no column here names anybody of the desk.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    exchange = models.OneToOneField(Exchange, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=11, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    compartment = models.CharField(max_length=30, choices=among(HELD_IN))
    direction = models.CharField(max_length=3, choices=among(Direction))
    kind = models.CharField(max_length=30, choices=among(ExchangeKind))
    handling = models.CharField(max_length=2, choices=among(Handling), blank=True)
    caveats = ArrayField(models.CharField(max_length=30), default=list)
    reliability = models.CharField(max_length=10, choices=among(Reliability), blank=True)
    body = models.BinaryField()
    state = models.CharField(max_length=12, choices=among(sorted(SHOWN)))
    handed_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    # When its partner took back what it had asked.
    withdrawn_at = models.DateTimeField(null=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["partner", "-id"], name="dispatches_of_a_partner"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=ExchangeState.DRAFT.value), name="no_draft_is_ever_released"
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_withdrawn(self) -> bool:
        """Whether its partner took it back, and the desk has not answered all the same."""
        return self.withdrawn_at is not None and self.answered_at is None

    @property
    def open_steps(self) -> tuple[TheirStep, ...]:
        """What a clerk of its partner may do with it now."""
        return steps_of_theirs(
            Direction(self.direction), ExchangeState(self.state), is_withdrawn=self.is_withdrawn
        )


class PassageQuerySet(models.QuerySet["Passage"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Whoever sees the dispatch sees what was said in it."""
        return self.filter(dispatch__in=Dispatch.objects.visible_to(actor))


class Passage(models.Model):
    """What one side told the other. Sealed; never changed. The desk speaks without a name."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="passages")
    step = models.CharField(max_length=12, choices=among(TheirStep))
    words = models.BinaryField()
    handling = models.CharField(max_length=2, choices=among(Handling), blank=True)
    caveats = ArrayField(models.CharField(max_length=30), default=list)
    at = models.DateTimeField(default=clock.now)
    # The clerk who told it; nobody where the desk did.
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.dispatch_id} {self.step}"

    @property
    def is_theirs(self) -> bool:
        """Whether the partner said it."""
        return self.by_id is not None

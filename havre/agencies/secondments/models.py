from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Role
from havre.agencies.secondments.rules import Decision, Facts, Reason, Side, State, state_of
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class SecondmentQuerySet(models.QuerySet["Secondment"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The two agencies, and the one whose administrator speaks for one of them."""
        if actor.context.scope is Scope.WORK:
            return self
        if actor.context.scope not in {Scope.AGENCY, Scope.COORDINATOR, Scope.TIPLINE}:
            return self.none()
        agency = actor.context.agency
        return self.filter(
            models.Q(home=agency) | models.Q(host=agency) | models.Q(spoken_for_by=agency)
        )


class Secondment(models.Model):
    """An officer of one agency works in another from one day to another, as both agreed.

    A renewal is a row of its own that goes on in the same place.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    person = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # The tipline, where one of its administrators may speak for one of the two.
    spoken_for_by = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=30, choices=[(r.value, r.value) for r in Role])
    reason = models.CharField(max_length=30, choices=[(r.value, r.value) for r in Reason])
    first_day = models.DateField()
    last_day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    renews = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="renewal"
    )
    renewals = models.SmallIntegerField(default=0)
    asked_side = models.CharField(max_length=4, choices=[(s.value, s.value) for s in Side])
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    decision = models.CharField(
        max_length=10, blank=True, choices=[(d.value, d.value) for d in Decision]
    )
    decided_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # The place in the host agency, from the moment it was agreed.
    place = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    # When a side ended it before its last day, or it was seen that its time had run out.
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    # When both agencies were told that its end is near.
    told_at = models.DateTimeField(null=True)

    objects = SecondmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(home=models.F("host")),
                name="nobody_is_lent_to_their_own_agency",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="a_secondment_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="agreed")
                | (
                    models.Q(place__isnull=False, decided_by__isnull=False)
                    & ~models.Q(decided_by=models.F("asked_by"))
                    & ~models.Q(decided_by=models.F("person"))
                    & ~models.Q(asked_by=models.F("person"))
                ),
                name="two_others_agree_on_a_secondment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["ends_at"],
                condition=models.Q(decision="agreed", ended_at=None),
                name="secondments_that_stand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.host_id} until {self.last_day}"

    @property
    def state(self) -> State:
        """Where it stands now."""
        return state_of(
            Facts(
                starts=self.starts_at,
                ends=self.ends_at,
                decision=Decision(self.decision) if self.decision else None,
                ended=self.ended_at,
                is_held=bool(self.place and not self.place.is_active),
            ),
            now=clock.now(),
        )

    @property
    def other_side(self) -> Side:
        """Who has to agree."""
        return Side.HOST if self.asked_side == Side.HOME else Side.HOME

    def agency_of(self, side: Side) -> Agency:
        """The agency that lends, or the one that receives."""
        return self.home if side is Side.HOME else self.host

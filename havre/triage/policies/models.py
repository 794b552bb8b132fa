from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from havre.agencies.models import Officer
from havre.intake.models import Report
from havre.plumbing import clock, ids
from havre.plumbing.scopes import DESK, Scope
from havre.triage.policies.rules.words import Change, Kind, What

if TYPE_CHECKING:
    from havre.audit.rules import Actor

KEEPERS = {Scope.COORDINATOR, Scope.TIPLINE, Scope.WORK}


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Whoever ranks sees all of them; whoever is sent reports, those that ever held."""
        scope = actor.context.scope
        if scope in KEEPERS:
            return self
        return self.filter(activated_at__isnull=False) if scope is Scope.AGENCY else self.none()


class Proposal(models.Model):
    """A version of the triage policy that somebody proposes, and that another puts in force.

    From the moment it is proposed nothing of it changes but its state, from the moment it is put
    in force nothing at all: the database refuses.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    number = models.IntegerField(unique=True)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    # The version whose text it is, and the one that was in force when it was begun.
    version = models.CharField(max_length=40)
    based_on = models.CharField(max_length=40)
    # With a return: the proposal that held before; none is the file that Havre came with.
    returns_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    changes = models.JSONField(default=list)
    # The whole policy, so that it can be read when later files know other words; "" of a draft.
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    drafted_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=clock.now)
    proposed_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    activated_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    activated_at = models.DateTimeField(null=True)
    effective_at = models.DateTimeField(null=True)
    signature = models.BinaryField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(activated_by=None) | ~Q(activated_by=models.F("drafted_by")),
                name="a_policy_is_put_in_force_by_another_person",
            ),
            models.UniqueConstraint(
                fields=["drafted_by"],
                condition=Q(proposed_at=None, withdrawn_at=None),
                name="an_officer_has_one_draft_of_a_policy",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.version}"

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.proposed_at is None and self.withdrawn_at is None

    @property
    def is_open(self) -> bool:
        """Whether it waits to be simulated and put in force."""
        return self.proposed_at is not None and not self.withdrawn_at and not self.activated_at

    def told_changes(self) -> tuple[Change, ...]:
        """Its changes as the rules know them."""
        return tuple(
            Change(what=What(row["what"]), id=row["id"], new=row["new"]) for row in self.changes
        )

    def signed_facts(self) -> dict[str, str | int | None]:
        """What the signature vouches for."""
        return {
            "activated_at": self.activated_at.isoformat() if self.activated_at else None,
            "activated_by": str(self.activated_by_id),
            "digest": self.digest,
            "drafted_by": str(self.drafted_by_id),
            "effective_at": self.effective_at.isoformat() if self.effective_at else None,
            "id": str(self.pk),
            "kind": self.kind,
            "number": self.number,
            "returns_to": str(self.returns_to_id) if self.returns_to_id else None,
            "version": self.version,
        }


class SimulationQuerySet(models.QuerySet["Simulation"]):
    def visible_to(self, actor: "Actor") -> Self:
        """For whoever may see what is not in force yet."""
        return self if actor.context.scope in KEEPERS else self.none()


class Simulation(models.Model):
    """What a proposal would have moved among the reports of the last days: counts, ids, codes."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="simulations")
    # Exactly which text was tried, and against which version in force.
    digest = models.CharField(max_length=64)
    against = models.CharField(max_length=40)
    days = models.SmallIntegerField()
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    total = models.IntegerField()
    done = models.IntegerField(default=0)
    # The last report that was looked at; where the next part begins.
    reached = models.UUIDField(null=True)
    result = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    objects = SimulationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.done} of {self.total}"


class SeenQuerySet(models.QuerySet["Seen"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The tipline's own; each sees those of their compartments."""
        if actor.context.scope not in DESK:
            return self.none()
        return self.filter(report__in=Report.objects.visible_to(actor))


class Seen(models.Model):
    """What the rules saw in a report when it was last scored, as codes. It stays when it leaves.

    Another policy can be tried on it without opening what anybody wrote.
    """

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    factors = models.JSONField(default=list)
    policy = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.now)

    objects = SeenQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.report_id} under {self.policy}"

from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from havre.agencies.models import Agency, Officer
from havre.cases.models import Case
from havre.cases.operations.rules.states import OperationState, TargetState
from havre.intake.conflicts.models import but_for_conflicts
from havre.intake.models import Report
from havre.plumbing import clock, ids
from havre.plumbing.columns import among
from havre.plumbing.scopes import AGENCIES, Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor

KEY_COMPARTMENT = "operation"


class OperationQuerySet(models.QuerySet["Operation"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Its lead sees an operation; its partners, once the embargo is over."""
        context = actor.context
        if context.scope is Scope.WORK:
            return self
        if context.scope not in AGENCIES:
            return self.none()
        agency = UUID(context.agency)
        invited = Partner.objects.filter(operation=OuterRef("pk"), agency=agency, until=None)
        invited = invited.filter(Q(opens_at=None) | Q(opens_at__lte=clock.now()))
        return self.filter(Q(agency=agency) | Exists(invited))


class Operation(models.Model):
    """Several agencies act on one platform or group together. Its name and aim stand sealed."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    reference = models.CharField(max_length=11, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.BinaryField()
    aim = models.BinaryField()
    state = models.CharField(
        max_length=10,
        choices=among(OperationState),
        default=OperationState.PLANNED,
    )
    # Until then it is its lead's alone.
    embargo_until = models.DateTimeField(null=True)
    joint_day = models.DateField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = OperationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.reference


class Partner(models.Model):
    """An agency that takes part, from the end of the embargo on.

    The lead and the moment stand here once more: the policy of the operations' table asks this
    one, so this one's cannot ask that.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="partners")
    lead = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    opens_at = models.DateTimeField(null=True)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["operation", "agency"],
                condition=Q(until=None),
                name="an_agency_takes_part_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} in {self.operation_id}"


class TargetQuerySet(models.QuerySet["Target"]):
    def visible_to(self, actor: "Actor") -> Self:
        """An agency sees its own targets, what it gave, and what was given to it and sent out."""
        if actor.context.scope is Scope.WORK:
            return self
        agency = UUID(actor.context.agency)
        given = Q(agency=agency, operation__in=Operation.objects.visible_to(actor))
        seen = self.filter(given & Q(sent_out_at__isnull=False) | Q(from_agency=agency))
        seen = but_for_conflicts(seen, actor)
        return but_for_conflicts(seen, actor, "case__reports__report")


class Target(models.Model):
    """A case or a report of one agency in an operation: no other agency sees which it is."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="targets")
    # Who acts on it, and who put it in: its own agency, or the lead that gives a case of its own.
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    from_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="+")
    # What an officer calls it: the number of the case, or the reference of the report.
    called = models.CharField(max_length=20)
    state = models.CharField(
        max_length=10,
        choices=among(TargetState),
        default=TargetState.WAITING,
    )
    sent_out_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(case=None, report__isnull=False) | Q(case__isnull=False, report=None),
                name="a_target_is_a_case_or_a_report",
            ),
            models.UniqueConstraint(
                fields=["operation", "agency", "case"], name="a_case_is_a_target_once"
            ),
            models.UniqueConstraint(
                fields=["operation", "agency", "report"], name="a_report_is_a_target_once"
            ),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def counted(self) -> TargetState:
        """How far it is."""
        return TargetState(self.state)

    def is_untold_to(self, agency: UUID) -> bool:
        """Whether it is an agency's to act on, which is not told of it yet."""
        return agency == self.agency_id != self.from_agency_id and self.sent_out_at is None

"""Questions about operations: which one sees, with whom, and how far they are."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Agency
from havre.audit.rules import Actor, Station
from havre.cases.operations.models import Operation, Partner, Target
from havre.cases.operations.rules.states import OperationState, Plan, TargetState, progress
from havre.plumbing.context import acting_as

OPERATION_ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationPage:
    """A page of operations, newest first."""

    operations: tuple[Operation, ...]
    next: str


def operations_page(actor: Actor, *, after: str = "") -> OperationPage:
    """The operations that an actor's agency leads or takes part in, newest first."""
    rows = Operation.objects.visible_to(actor).select_related("agency")
    try:
        rows = rows.filter(pk__lt=UUID(after)) if after else rows
    except ValueError:
        rows = rows.none()
    found = list(rows[: OPERATION_ROWS + 1])
    more = len(found) > OPERATION_ROWS
    return OperationPage(
        operations=tuple(found[:OPERATION_ROWS]),
        next=str(found[OPERATION_ROWS - 1].pk) if more else "",
    )


def operation_by_reference(reference: str, *, actor: Actor) -> Operation:
    """One operation. Raises Operation.DoesNotExist, alike for foreign, held back and missing."""
    return Operation.objects.visible_to(actor).select_related("agency").get(reference=reference)


def partners_of(operation: Operation) -> list[Partner]:
    """The agencies that take part now. A partner is shown its own row alone by the database."""
    return list(operation.partners.filter(until=None).select_related("agency"))


def targets_of(operation: Operation, *, actor: Actor) -> list[Target]:
    """The targets of an operation that the actor's agency acts on or gave."""
    seen = Target.objects.visible_to(actor).filter(operation=operation)
    return list(seen.select_related("agency", "case"))


def plan_of(operation: Operation, partners: list[Partner]) -> Plan:
    """An operation as the rules read it."""
    return Plan(
        lead=str(operation.agency_id),
        partners=frozenset(str(one.agency_id) for one in partners),
        embargo_until=operation.embargo_until,
        state=OperationState(operation.state),
    )


def progress_of(operation: Operation, *, agency: UUID) -> dict[str, Counter[TargetState]]:
    """How far the targets are, counted over all of them: the counts alone leave this function.

    What the lead gave and did not send out yet, a partner does not find among its own.
    """
    with acting_as(Station.PIPELINE.context):
        told = [
            (str(one.from_agency_id if one.is_untold_to(agency) else one.agency_id), one.counted)
            for one in Target.objects.filter(operation=operation)
        ]
    return progress(plan_of(operation, []), told, asked_by=str(agency))


def agencies_in(operation: Operation, partners: list[Partner]) -> list[Agency]:
    """Who a target may be given to: the lead and its partners."""
    return [operation.agency, *(one.agency for one in partners)]

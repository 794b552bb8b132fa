"""Planning an operation, inviting partners, adding targets, and saying how far they are."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Permit
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.cases.operations.models import Operation, Partner, Target
from havre.cases.operations.reads import (
    OperationPage,
    agencies_in,
    operation_by_reference,
    operations_page,
    partners_of,
    plan_of,
    progress_of,
    targets_of,
)
from havre.cases.operations.rules.states import (
    Course,
    EmbargoError,
    OperationState,
    TargetState,
    check_goes_on,
    moved,
)
from havre.cases.operations.sealed import (
    give_key,
    open_said,
    operation_key,
    seal_said,
    take_key,
)
from havre.cases.reads import case_to_lead, is_worked_on_with
from havre.cases.rules.access import Part, check_giver
from havre.cases.sharing.actions import share_case
from havre.intake.actions import REFERENCE_BYTES
from havre.intake.reads import report_by_reference
from havre.intake.rules.receipts import reference_of, tidy_reference
from havre.plumbing import clock, ids
from havre.plumbing.sealing import new_data_key


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedOperation:
    """An operation with its name opened."""

    operation: Operation
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedOperation:
    """An operation as its reader may see it: a partner's own targets, and counts of the rest."""

    operation: Operation
    name: str
    aim: str
    partners: list[Partner]
    targets: list[Target]
    progress: dict[str, Counter[TargetState]]
    leads: bool
    may_write: bool
    is_held_back: bool


@action(Event.OPERATION_PLANNED)
def plan_operation(
    name: str,
    aim: str,
    *,
    embargo_until: datetime | None = None,
    joint_day: date | None = None,
    by: Officer,
) -> Operation:
    """Plan an operation of one's own agency, which leads it."""
    key = new_data_key()
    operation = Operation(
        id=ids.uuid7(),
        reference=f"O{reference_of(ids.random_bytes(REFERENCE_BYTES))[1:]}",
        agency=by.agency,
        embargo_until=embargo_until,
        joint_day=joint_day,
        made_at=clock.now(),
        made_by=by,
    )
    operation.name = seal_said(operation, name, key=key, column="name")
    operation.aim = seal_said(operation, aim, key=key, column="aim")
    operation.save(force_insert=True)
    give_key(operation, key, agency=by.agency_id)
    _note(operation, Event.OPERATION_PLANNED, by=by)
    return operation


@action(Event.OPERATION_DAYS_SET)
def set_days(
    reference: str, *, embargo_until: datetime | None, joint_day: date | None, by: Officer
) -> Operation:
    """Set until when an operation is its lead's alone, and when all act."""
    operation = _to_lead(reference, by=by)
    operation.embargo_until, operation.joint_day = embargo_until, joint_day
    operation.save(update_fields=["embargo_until", "joint_day"])
    operation.partners.filter(until=None).update(opens_at=embargo_until)
    held = embargo_until.isoformat() if embargo_until else ""
    _note(operation, Event.OPERATION_DAYS_SET, by=by, embargo=held)
    return operation


@action(Event.OPERATION_PARTNER_ADDED)
def invite_partner(reference: str, *, to: Agency, by: Officer) -> Operation:
    """Let an agency take part; it sees the operation once the embargo is over. Safe to repeat.

    Raises OperationStateError once the operation has ended, and AlsoTheirsError for another agency
    of whoever invites.
    """
    operation = _to_lead(reference, by=by)
    check_goes_on(plan_of(operation, []))
    check_giver(str(to.pk), elsewhere=by.context.elsewhere.split(","))
    takes_part = {one.agency_id for one in partners_of(operation)} | {operation.agency_id}
    if to.pk not in takes_part:
        Partner(
            id=ids.uuid7(),
            operation=operation,
            lead=operation.agency,
            agency=to,
            opens_at=operation.embargo_until,
            since=clock.now(),
        ).save(force_insert=True)
        give_key(operation, operation_key(operation, by=by), agency=to.pk)
    _note(operation, Event.OPERATION_PARTNER_ADDED, by=by, agency=str(to.pk))
    return operation


@action(Event.OPERATION_PARTNER_LEFT)
def end_partnership(reference: str, partner: UUID, *, by: Officer) -> Operation:
    """Take an agency off an operation, with its key. Its targets stay counted.

    Raises Partner.DoesNotExist.
    """
    operation = _to_lead(reference, by=by)
    leaving = operation.partners.get(pk=partner, until=None)
    leaving.until = clock.now()
    leaving.save(update_fields=["until"])
    take_key(operation, agency=leaving.agency_id)
    _note(operation, Event.OPERATION_PARTNER_LEFT, by=by, agency=str(leaving.agency_id))
    return operation


@action(Event.OPERATION_MOVED)
def move_operation(reference: str, course: Course, *, by: Officer) -> Operation:
    """Start, end, call off or reopen an operation. Raises OperationStateError, EmbargoError."""
    operation = _to_lead(reference, by=by)
    operation.state = moved(plan_of(operation, []), course, at=clock.now())
    operation.save(update_fields=["state"])
    _note(operation, Event.OPERATION_MOVED, by=by, course=course)
    return operation


@action(Event.OPERATION_TARGET_ADDED)
def add_target(reference: str, called: str, *, to: str = "", by: Officer) -> Target:
    """Add a case or a report of one's own agency as a target. Adding it again gives the first.

    The lead may give a case of its own to a partner, by its code; that is told to the partner
    when the packages are sent out. Raises Case.DoesNotExist, Report.DoesNotExist,
    Agency.DoesNotExist, OperationStateError.
    """
    operation = operation_by_reference(reference, actor=by)
    partners = partners_of(operation)
    check_goes_on(plan_of(operation, partners))
    acting = by.agency
    if to and to != acting.code:
        operation = _to_lead(reference, by=by)
        known = {one.code: one for one in agencies_in(operation, partners)}
        if to not in known:
            raise Agency.DoesNotExist
        acting = known[to]
    target = _target(called, given=acting.pk != by.agency_id, by=by)
    target.operation, target.agency, target.from_agency = operation, acting, by.agency
    same = Target.objects.visible_to(by).filter(
        operation=operation, agency=acting, case=target.case_id, report=target.report_id
    )
    first = same.first()
    if first is None:
        target.save(force_insert=True)
    _note(operation, Event.OPERATION_TARGET_ADDED, by=by, target=str((first or target).pk))
    return first or target


@action(Event.OPERATION_TARGET_MARKED)
def mark_target(reference: str, target: UUID, *, state: TargetState, by: Officer) -> Target:
    """Say how far a target of one's own agency is. Raises Target.DoesNotExist."""
    operation = operation_by_reference(reference, actor=by)
    check_goes_on(plan_of(operation, []))
    marked = Target.objects.visible_to(by).get(operation=operation, pk=target, agency=by.agency_id)
    marked.state, marked.changed_at = state, clock.now()
    marked.save(update_fields=["state", "changed_at"])
    _note(operation, Event.OPERATION_TARGET_MARKED, by=by, target=str(marked.pk), state=state)
    return marked


@action(Event.OPERATION_SENT_OUT)
def send_out(reference: str, *, until: datetime, by: Officer) -> int:
    """Share the cases that the lead gave to its partners, all at once; gives how many.

    Held back until the embargo is over; an agency that was taken off gets nothing, and one that
    works on the case together with us keeps what it has, which is more. Raises
    EmbargoError, OperationStateError, GrantRefusedError, and Case.DoesNotExist for a case that the
    officer does not lead.
    """
    operation = _to_lead(reference, by=by)
    plan = plan_of(operation, [])
    check_goes_on(plan)
    if plan.is_held_back(clock.now()):
        raise EmbargoError
    partners = {one.agency_id for one in partners_of(operation)}
    waiting = [
        one
        for one in targets_of(operation, actor=by)
        if one.case and one.agency_id in partners and one.sent_out_at is None
    ]
    for one in waiting:
        if one.case and not is_worked_on_with(one.case, one.agency):
            share_case(one.case.reference, to=one.agency, until=until, parts=list(Part), by=by)
        one.sent_out_at = clock.now()
        one.save(update_fields=["sent_out_at"])
    _note(operation, Event.OPERATION_SENT_OUT, by=by, packages=len(waiting))
    return len(waiting)


@action(Event.OPERATION_READ)
def read_operation(reference: str, *, by: Officer) -> OpenedOperation:
    """Look at an operation. Raises Operation.DoesNotExist."""
    operation = operation_by_reference(reference, actor=by)
    key, leads = operation_key(operation, by=by), operation.agency_id == by.agency_id
    plan = plan_of(operation, [])
    _note(operation, Event.OPERATION_READ, by=by)
    return OpenedOperation(
        operation=operation,
        name=open_said(operation, operation.name, key=key, column="name"),
        aim=open_said(operation, operation.aim, key=key, column="aim"),
        partners=partners_of(operation) if leads else [],
        targets=targets_of(operation, actor=by),
        progress=progress_of(operation, agency=by.agency_id),
        leads=leads and by.may(Permit.CASE_LEAD),
        may_write=by.may(Permit.CASE_WRITE)
        and operation.state in {OperationState.PLANNED, OperationState.RUNNING},
        is_held_back=plan.is_held_back(clock.now()),
    )


@action(Event.OPERATIONS_READ)
def read_operations(*, after: str = "", by: Officer) -> tuple[list[NamedOperation], OperationPage]:
    """Look at the operations that one's agency leads or takes part in."""
    page = operations_page(by, after=after)
    named = [
        NamedOperation(
            operation=one,
            name=open_said(one, one.name, key=operation_key(one, by=by), column="name"),
        )
        for one in page.operations
    ]
    record(
        Event.OPERATIONS_READ,
        about_kind="operations",
        about=by.agency_id,
        by=by,
        rows=len(named),
    )
    return named, page


def _to_lead(reference: str, *, by: Officer) -> Operation:
    """An operation that the officer's agency leads. Raises Operation.DoesNotExist."""
    operation = operation_by_reference(reference, actor=by)
    if operation.agency_id != by.agency_id or not by.may(Permit.CASE_LEAD):
        raise Operation.DoesNotExist
    return operation


def _target(called: str, *, given: bool, by: Officer) -> Target:
    """A target from the address-reference of a case one leads, or of a report sent to one."""
    target = Target(id=ids.uuid7(), called=called, changed_at=clock.now(), by=by)
    tidy = called.strip().upper()
    if tidy.startswith("C"):
        case = case_to_lead(tidy, by=by)
        target.case, target.called = case, case.written_number
    else:
        report = report_by_reference(tidy_reference(called) or "", actor=by)
        if given:
            raise type(report).DoesNotExist
        target.report, target.called = report, report.reference
    return target


def _note(
    operation: Operation, event: Event, *, by: Officer, **details: str | int | bool | None
) -> None:
    record(event, about_kind="operation", about=operation.pk, by=by, **details)

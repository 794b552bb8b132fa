"""What a provider's program is told of the copy of a report."""

from havre.audit.rules import Actor
from havre.intake.mirrors.reads import copy_of
from havre.intake.mirrors.rules import CopyState, CopyTold
from havre.intake.mirrors.wording import REMARKS, advice
from havre.plumbing.context import acting_as


def copy_told(number: int, *, actor: Actor) -> CopyTold | None:
    """How the copy of a report stands, in the reader's language; None where it has none."""
    with acting_as(actor.context):
        copy = copy_of(number, actor=actor)
    if copy is None:
        return None
    return CopyTold(
        state=CopyState(copy.state),
        report_there=copy.far_report if copy.state == CopyState.SENT else "",
        why=copy.failed_as,
        detail=advice(copy.failed_as),
        remarks=tuple(str(REMARKS[one]) for one in copy.remarks),
    )

"""What a provider's program is told of the copy of a report."""

from typing import Literal

from havre.audit.rules import Actor
from havre.intake.jsondoor.wires.answers import MirrorCopy
from havre.intake.mirrors.reads import copy_of
from havre.intake.mirrors.rules import CopyState
from havre.intake.mirrors.wording import REMARKS, advice
from havre.plumbing.context import acting_as

TOLD: dict[str, Literal["refused", "sent", "stopped", "stopping", "waiting"]] = {
    CopyState.REFUSED: "refused",
    CopyState.SENT: "sent",
    CopyState.STOPPED: "stopped",
    CopyState.STOPPING: "stopping",
    CopyState.WAITING: "waiting",
}


def copy_told(number: int, *, actor: Actor) -> MirrorCopy | None:
    """How the copy of a report stands, in the reader's language; None where it has none."""
    with acting_as(actor.context):
        copy = copy_of(number, actor=actor)
    if copy is None:
        return None
    return MirrorCopy(
        state=TOLD[copy.state],
        report_there=copy.far_report if copy.state == CopyState.SENT else "",
        why=copy.failed_as,
        detail=advice(copy.failed_as),
        remarks=[str(REMARKS[one]) for one in copy.remarks],
    )

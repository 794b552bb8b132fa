"""Sending several reports after the one that says the same, each as a supplement with its line."""

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.intake.reads import report_by_reference
from havre.referrals.alike.reads import standing_referrals
from havre.referrals.rules.guards import ReferralRefusedError
from havre.referrals.rules.outcomes import ReferralStateError
from havre.referrals.sending.actions import supplement_referral
from havre.triage.alike.actions import AT_ONCE, Chosen
from havre.triage.alike.reads import chosen_of
from havre.triage.alike.rules.standing import Attached, NothingChosenError, NothingSentError
from havre.triage.reads import item_of


@action(Event.ALIKE_ATTACHED)
def attach_alike(
    reference: str, *, chosen: Chosen, earlier: str, reason: str, by: Officer
) -> Attached:
    """Send those of a group that were chosen to the agency that has one, as its supplements.

    What a colleague has in hand, and what that agency may not have, is left where it waits. Raises
    Report.DoesNotExist, NothingSentError, NothingChosenError.
    """
    report = report_by_reference(reference, actor=by)
    if earlier not in {each.reference for each in standing_referrals(report, actor=by)}:
        raise NothingSentError
    asked = chosen_of(report, references=chosen.references, waiting_at=chosen.waiting_at, actor=by)[
        ::-1
    ]
    sent: list[str] = []
    kept: list[str] = []
    for one in asked:
        if len(sent) == AT_ONCE:
            break
        (sent if _attach(one, earlier=earlier, reason=reason, by=by) else kept).append(one)
    if not sent:
        raise NothingChosenError
    record(
        Event.ALIKE_ATTACHED,
        about_kind="report",
        about=report.pk,
        by=by,
        referral=earlier,
        reports=len(sent),
    )
    left = len(asked) - len(sent) - len(kept)
    return Attached(sent=tuple(sent), kept=tuple(kept), left=left)


def _attach(reference: str, *, earlier: str, reason: str, by: Officer) -> bool:
    report = report_by_reference(reference, actor=by)
    item = item_of(report.pk, actor=by)
    if item is None or item.held_by not in {None, by}:
        return False
    try:
        supplement_referral(report, earlier=earlier, reason=reason, by=by)
    except (ReferralRefusedError, ReferralStateError):
        return False
    return True

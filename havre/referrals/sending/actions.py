"""Sending to several agencies at once, adding to what was sent, and taking it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from havre.agencies.models import Agency, Officer
from havre.audit.actions import action
from havre.audit.rules import Detail, Event, Station
from havre.intake.actions import ROUTE_TASK, take_back_stage
from havre.intake.conflicts.actions import keep_from
from havre.intake.models import Report
from havre.intake.reads import OpenedReport
from havre.intake.rules.stages import StageWord
from havre.intake.splits.reads import standing_parts, waits_in_part
from havre.links.silent.actions import hush_silent_alerts
from havre.links.watches.actions import hush_watches
from havre.links.watches.reads import asks_for_centre
from havre.plumbing import clock
from havre.plumbing.queue import defer
from havre.referrals.actions import open_sent, refer_report
from havre.referrals.classifying.reads import BothKinds
from havre.referrals.classifying.sealed import both_kinds
from havre.referrals.later.giving import give_along
from havre.referrals.models import Referral, Remark
from havre.referrals.notices.rules import NewsKind
from havre.referrals.notices.telling import tell_agency
from havre.referrals.packages.growing import Grown, note_added
from havre.referrals.reads import part_sent, referral_by_reference
from havre.referrals.rules.guards import (
    CentreNotAskedError,
    HeldElsewhereError,
    OneIncidentHeldError,
    check_risk,
)
from havre.referrals.rules.outcomes import ReferralState
from havre.referrals.rules.sending import Caveat, Ending, RemarkKind, WholeBecause
from havre.referrals.rules.states import OVER, Act, check_act
from havre.referrals.sealed import Sent, add_remark, end_reading, move, write_line
from havre.referrals.sending.reads import held_elsewhere
from havre.triage.claims import still_in_hand
from havre.triage.closing.sealed import OpenedClosing, opened_closings
from havre.triage.enrichment.sealed import OpenedNote, opened_notes
from havre.triage.interpreting.keeping import note_read
from havre.triage.interpreting.sealed import OpenedTranslation, translations_to_read
from havre.triage.overrides.sealed import OpenedOverride, opened_overrides
from havre.triage.reads import item_of
from havre.triage.reviews.drawing import drop


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheDesk:
    """A report opened by the desk, with where it was sent and how it was closed."""

    opened: OpenedReport
    sent: tuple[Sent, ...]
    closings: tuple[OpenedClosing, ...]
    overrides: tuple[OpenedOverride, ...]
    notes: tuple[OpenedNote, ...]
    translations: tuple[OpenedTranslation, ...]
    # An interpreter gave one, and this is the first look at the report since.
    is_newly_translated: bool
    kinds: tuple[BothKinds, ...]


@action(Event.REPORT_OPENED)
def open_for_desk(reference: str, *, by: Officer) -> OnTheDesk:
    """Open a report with everything that was decided on it and said of that."""
    opened, sent = open_sent(reference, by=by)
    still_in_hand(opened.report, by=by)
    return OnTheDesk(
        opened=opened,
        sent=sent,
        closings=opened_closings(opened.report, by=by),
        overrides=opened_overrides(opened.report, by=by),
        notes=opened_notes(opened.report, by=by),
        translations=translations_to_read(opened.report, by=by),
        is_newly_translated=note_read(opened.report),
        kinds=both_kinds(opened.report, by=by),
    )


@action(Event.REFERRAL_SENT)
def send_report(
    report: Report,
    *,
    to: Sequence[Agency],
    reason: str,
    incident: int = 1,
    caveats: Sequence[Caveat] = (),
    is_anew: bool = False,
    centre_asked: bool = False,
    whole: WholeBecause | None = None,
    words: Collection[UUID] = (),
    by: Officer,
) -> tuple[Referral, ...]:
    """Send an incident to several agencies at once: to all of them, or to none.

    The first is the one that should lead; what came back goes on with its clock there. `words` are
    what its reporter told later and was read: they go along with a report that is whole, and
    whoever has it already is told of them. An agency that has the same person from another report
    gets it only if `is_anew`; what meets a watch that is brokered goes nowhere unless
    `centre_asked`. Raises HeldElsewhereError, CentreNotAskedError, and as `refer_report` does.
    """
    if not centre_asked and asks_for_centre(report.pk, actor=by):
        raise CentreNotAskedError(to[0].code)
    held = set() if is_anew else {each.agency.pk for each in held_elsewhere(report.pk, actor=by)}
    for agency in to:
        if agency.pk in held:
            raise HeldElsewhereError(agency.code)
    if words:
        item_of(report.pk, actor=by, is_held=True)
        give_along(report, words, by=by)
    send = partial(
        refer_report, report, reason=reason, incident=incident, caveats=caveats, whole=whole, by=by
    )
    return tuple(send(to=agency) for agency in dict.fromkeys(to))


@action(Event.REFERRAL_SENT)
def supplement_referral(
    report: Report,
    *,
    earlier: str,
    reason: str,
    incident: int | None = None,
    tells_of_it_alone: bool = False,
    by: Officer,
) -> Referral:
    """Send a report to the agency that has this person already, as a part of what it has.

    `earlier` is the reference of that agency's referral; it is shown as unread there again. Of a
    split report `incident` goes alone. To one incident of a split report nothing whole is added,
    unless the analyst says that it tells of this incident alone: it could tell of those that were
    held back. Raises Referral.DoesNotExist, ReferralStateError, OneIncidentHeldError,
    CentreNotAskedError, and as `refer_report` does.
    """
    item_of(report.pk, actor=by, is_held=True)
    held = referral_by_reference(earlier, actor=by, is_held=True)
    check_act(held.state, Act.ADD)
    goes_apart = incident is not None and bool(standing_parts(report.pk, actor=by))
    is_apart = part_sent(held, actor=by) is not None
    if is_apart and not (goes_apart or tells_of_it_alone):
        raise OneIncidentHeldError(held.to_agency.code)
    if asks_for_centre(report.pk, actor=by):
        raise CentreNotAskedError(held.to_agency.code)
    to, number = held.to_agency, incident or 1
    sent = refer_report(report, to=to, reason=reason, incident=number, supplements=held, by=by)
    alone = is_apart and not goes_apart
    line: dict[str, Detail] = {"what": Grown.REPORT, "added": sent.reference, "alone": alone}
    note_added(held, line, by=by)
    return sent


@action(Event.CONFLICT_NOTED)
def note_conflict(report: Report, *, agency: Agency, by: Officer) -> None:
    """Note that somebody whom a report names works for an agency. Safe to repeat.

    From here on the report is not sent there, and no watch of that agency tells it of the report.
    What that agency has already is to be cancelled.
    """
    hush_watches(report, agency=agency, by=by)
    hush_silent_alerts(report, agency=agency, by=by)
    keep_from(report, agency=agency, by=by)


@action(Event.REFERRAL_UNDONE)
def undo_referral(reference: str, *, by: Officer) -> Referral:
    """Take back a referral that nobody has opened: for its addressee it was never sent.

    Nor was it passed on, as far as its reporter may know, unless it was sent elsewhere too. Raises
    ReferralStateError once it was opened; then it can be cancelled.
    """
    referral = referral_by_reference(reference, actor=by, is_held=True)
    move(referral, Act.UNDO, ended_at=clock.now())
    drop(referral.pk)
    sent = Referral.objects.filter(report=referral.report).exclude(state=ReferralState.UNDONE)
    if not sent.exists():
        take_back_stage(referral.report, StageWord.PASSED_ON, by=by)
    _take_back(referral)
    write_line(Event.REFERRAL_UNDONE, referral, by=by)
    return referral


@action(Event.REFERRAL_CANCELLED)
def cancel_referral(reference: str, *, because: Ending, by: Officer) -> Referral:
    """Cancel a referral that was opened. Its addressee is told why, and reads the report no more.

    Raises ReferralStateError when it is over, or was never opened and can be undone.
    """
    referral = referral_by_reference(reference, actor=by, is_held=True)
    now = clock.now()
    move(referral, Act.CANCEL, ended_because=because, ended_at=now, news_at=now)
    tell_agency(referral, NewsKind.CANCELLED)
    _take_back(referral)
    write_line(Event.REFERRAL_CANCELLED, referral, by=by, because=because)
    return referral


@action(Event.REFERRAL_ADDED_TO)
def add_to_referral(reference: str, *, text: str, by: Officer) -> Remark:
    """Add a word to what an agency has; it stands in its inbox as unread again.

    Raises RiskNotAssessedError, and ReferralStateError once it is over.
    """
    referral = referral_by_reference(reference, actor=by, is_held=True)
    check_risk(referral.to_agency.code, referral.to_agency.kind)
    note_added(referral, {}, by=by)
    return add_remark(referral, RemarkKind.ADDITION, text, by=by)


def _take_back(referral: Referral) -> None:
    """The agency's key goes with its last referral; with the last of all it waits again."""
    end_reading(referral)
    of_report = Referral.objects.filter(report=referral.report)
    waits = waits_in_part(referral.report_id, actor=Station.PIPELINE)
    if waits or not of_report.exclude(state__in=OVER).exists():
        report = str(referral.report_id)
        defer(ROUTE_TASK, queue=ROUTE_TASK, report=report, because="returned")

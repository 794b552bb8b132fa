"""Sending an incident to the agency that can act, and hearing back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Agency, Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.identifiers.actions import unmask_mention
from havre.identifiers.models import Mention
from havre.intake.actions import REFERENCE_BYTES, ROUTE_TASK, note_stage, open_report
from havre.intake.models import Incident, Message, Report
from havre.intake.reads import OpenedReport
from havre.intake.rules.receipts import reference_of
from havre.intake.rules.stages import StageWord
from havre.intake.sealed import Spot
from havre.intake.sharing.actions import share_report
from havre.intake.splits.models import Part
from havre.intake.splits.rules import PartEnd
from havre.plumbing import clock, ids
from havre.plumbing.queue import defer
from havre.referrals.classifying.reads import classified_as
from havre.referrals.inbox.listing import InboxPage, inbox_of
from havre.referrals.models import Outcome, Referral
from havre.referrals.notices.rules import NewsKind
from havre.referrals.notices.telling import tell_agency
from havre.referrals.pages.noting import note_first
from havre.referrals.pages.reads import is_held
from havre.referrals.pages.withholding import as_given, notes_given, translations_given
from havre.referrals.reads import (
    came_back,
    conflicts_of,
    ended_referral,
    holders_of,
    part_sent,
    parts_held,
    referral_by_reference,
    referrals_of,
)
from havre.referrals.rules.guards import (
    ClosedReportError,
    IncidentNotOpenError,
    check_recipient,
    check_risk,
)
from havre.referrals.rules.outcomes import (
    FINAL,
    Disposition,
    Insufficiency,
    MissingField,
    check_outcome,
)
from havre.referrals.rules.sending import Caveat, WholeBecause
from havre.referrals.rules.states import Act, first_standing
from havre.referrals.sealed import (
    Sent,
    end_reading,
    held_by,
    move,
    opened_words,
    seal_words,
    write_line,
)
from havre.triage.closing.reads import standing_closing
from havre.triage.enrichment.sealed import OpenedNote, opened_notes
from havre.triage.interpreting.sealed import OpenedTranslation, translations_to_read
from havre.triage.models import QueueItem
from havre.triage.reads import item_of
from havre.triage.reviews.drawing import draw
from havre.triage.reviews.rules.sampling import DecisionKind
from havre.triage.splitting.deciding import leave_queue
from havre.triage.splitting.given import place_as_given, stands_as_given
from havre.triage.splitting.models import IncidentScore
from havre.triage.splitting.reads import score_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReferral(Sent):
    """A referral as its addressee reads it, with the report it carries.

    `part` is the incident of a split report that alone it carries.
    """

    opened: OpenedReport
    notes: tuple[OpenedNote, ...]
    translations: tuple[OpenedTranslation, ...]
    part: int | None = None


@action(Event.REFERRAL_SENT)
def refer_report(
    report: Report,
    *,
    to: Agency,
    reason: str,
    incident: int = 1,
    caveats: Sequence[Caveat] = (),
    supplements: Referral | None = None,
    whole: WholeBecause | None = None,
    by: Officer,
) -> Referral:
    """Send an incident of a report to the agency that can act on it.

    From here on that agency may read the report, it leaves the queue, and its reporter may know
    that it was passed on. Of a split report the agency reads what belongs to this incident, unless
    `whole` says why it needs all; the report leaves with its last incident. What came back goes on
    with its first clock. Raises ClosedReportError, ConflictOfInterestError, AlreadyReferredError,
    IncidentNotOpenError, RiskNotAssessedError, Incident.DoesNotExist.
    """
    about = Incident.objects.select_related("report").get(report=report, number=incident)
    # The place first, then the incidents, as whoever merges or closes one holds them.
    waiting = item_of(report.pk, actor=by, is_held=True)
    part = _part_to_send(about, to, by=by)
    _check_it_may_go(report, to, by=by)
    conflicts = conflicts_of(report.pk)
    check_recipient(to.code, holding=holders_of(about), conflicts={one.code for one in conflicts})
    known = (part and score_of(part, actor=by)) or waiting or _as_it_stands(report, part)
    referral = _drafted(about, to, known, by=by)
    referral.caveats, referral.supplements = list(caveats), supplements
    referral.whole_because = whole if part and whole else ""
    _send(referral, reason, by=by)
    apart = about if part else None
    draw(DecisionKind.REFERRAL, referral.pk, report, known, incident=apart, by=by)
    leave_queue(report, part, PartEnd.REFERRED, by=by)
    why = referral.whole_because or None
    line = {"agency": str(to.pk), "incident": str(incident), "whole": why}
    write_line(Event.REFERRAL_SENT, referral, by=by, **line)
    return referral


@action(Event.REFERRAL_OPENED)
def open_referral(reference: str, *, by: Officer) -> OpenedReferral:
    """Open a referral and the report it carries. The first look is kept; every look is logged.

    Of the desk's words, what the package would not hold is cut out.
    """
    note_first(reference, by=by)
    referral = referral_by_reference(reference, actor=by, is_held=True)
    if referral.to_agency_id == by.agency_id:
        now = clock.now()
        move(referral, Act.OPEN, opened_at=referral.opened_at or now, seen_at=now)
    part = part_sent(referral, actor=by)
    opened = open_report(referral.report.reference, incident=part, by=by)
    write_line(Event.REFERRAL_OPENED, referral, by=by)
    sent = as_given(opened_words(referral, by=by), opened, actor=by)
    # What was looked at or translated is of the report as a whole: no incident takes it along.
    notes = opened_notes(referral.report, by=by) if part is None else ()
    translations = translations_to_read(referral.report, by=by) if part is None else ()
    return OpenedReferral(
        referral=referral,
        opened=opened,
        part=part,
        reason=sent.reason,
        returned_note=sent.returned_note,
        outcomes=sent.outcomes,
        remarks=sent.remarks,
        notes=notes_given(notes, opened, actor=by),
        translations=translations_given(translations, opened, actor=by),
    )


@action(Event.IDENTIFIER_UNMASKED)
def unmask_for_addressee(mention: UUID, *, by: Officer) -> str:
    """Show an addressee a masked identifier. Raises Mention.DoesNotExist where it is held back."""
    if is_held(mention, actor=by):
        raise Mention.DoesNotExist
    return unmask_mention(mention, by=by)


@action(Event.REPORT_OPENED)
def open_sent(reference: str, *, by: Officer) -> tuple[OpenedReport, tuple[Sent, ...]]:
    """Open a report as the tipline does: with where it was sent, and what the agencies said."""
    opened = open_report(reference, by=by)
    sent = referrals_of(opened.report.pk, by)
    return opened, tuple(opened_words(referral, by=by) for referral in sent)


@action(Event.REFERRAL_OPENED)
def open_notice(reference: str, *, by: Officer) -> Referral:
    """A referral that is over, for its addressee, who reads its report no more.

    Raises Referral.DoesNotExist for any other.
    """
    referral = ended_referral(reference, actor=by)
    referral.seen_at = clock.now()
    referral.save(update_fields=["seen_at"])
    write_line(Event.REFERRAL_OPENED, referral, by=by)
    return referral


@action(Event.INBOX_READ)
def read_inbox(*, state: str = "", after: str = "", language: str = "en", by: Officer) -> InboxPage:
    """Look at a page of the inbox. Titles hold nothing that anybody typed."""
    page = inbox_of(by, state=state, after=after, language=language)
    record(Event.INBOX_READ, about_kind="inbox", about=by.agency_id, by=by, rows=len(page.rows))
    return page


@action(Event.REFERRAL_ACCEPTED)
def accept_referral(reference: str, *, by: Officer) -> Referral:
    """Take a referral on. Raises ReferralStateError when it is no longer open to take."""
    referral = held_by(by, reference)
    move(referral, Act.ACCEPT, accepted_by=by, assigned_to=referral.assigned_to or by)
    write_line(Event.REFERRAL_ACCEPTED, referral, by=by)
    return referral


@action(Event.REPORT_RETURNED)
def return_report(
    reference: str, *, note: str, suggested_agency: Agency | None = None, by: Officer
) -> Referral:
    """Send a referral back as misrouted, perhaps naming who should have it.

    The report walks the route again, so it stands in the queue with its first clock. Raises
    ReferralStateError.
    """
    referral = held_by(by, reference)
    spot = Spot("referral", "returned_note", referral.pk)
    move(
        referral,
        Act.RETURN,
        returned_at=(now := clock.now()),
        ended_at=now,
        suggested_agency=suggested_agency,
        returned_note=seal_words(referral.report, note, spot=spot, by=by),
    )
    defer(ROUTE_TASK, queue=ROUTE_TASK, report=str(referral.report_id), because="returned")
    suggested = str(suggested_agency.pk) if suggested_agency else None
    write_line(Event.REPORT_RETURNED, referral, by=by, suggested=suggested)
    end_reading(referral)
    return referral


@action(Event.OUTCOME_RECORDED)
def record_outcome(
    reference: str,
    *,
    disposition: Disposition,
    insufficiency: Insufficiency | None = None,
    count: int | None = None,
    usefulness: int | None = None,
    missing_fields: Sequence[MissingField] = (),
    note: str = "",
    by: Officer,
) -> Outcome:
    """Say what came of a referral. A later word is a new outcome; none is altered.

    Raises OutcomeRefusedError when its parts contradict each other, ReferralStateError before the
    referral was accepted.
    """
    referral = held_by(by, reference)
    check_outcome(disposition, count=count, insufficiency=insufficiency, usefulness=usefulness)
    move(referral, Act.OUTCOME, is_final=disposition in FINAL)
    outcome = Outcome(
        id=ids.uuid7(),
        referral=referral,
        disposition=disposition,
        insufficiency=insufficiency or "",
        count=count,
        usefulness=usefulness,
        missing_fields=list(missing_fields),
        by=by,
    )
    if note:
        spot = Spot("outcome", "note", outcome.pk)
        outcome.note = seal_words(referral.report, note, spot=spot, by=by)
    outcome.save(force_insert=True)
    write_line(Event.OUTCOME_RECORDED, referral, by=by, disposition=disposition, count=count)
    return outcome


def _check_it_may_go(report: Report, to: Agency, *, by: Officer) -> None:
    """Refuse what is closed, and partners abroad: their desk at home assesses the risk first."""
    if standing_closing(report.pk, actor=by):
        raise ClosedReportError(to.code)
    check_risk(to.code, to.kind)


def _part_to_send(about: Incident, to: Agency, *, by: Officer) -> Part | None:
    """The incident of a split report that goes, locked; None of a report that is whole."""
    known = Part.objects.visible_to(by).filter(report=about.report_id)
    locked = known.select_related("report", "incident").select_for_update(of=("self",))
    parts = {part.incident_id: part for part in locked}
    part = parts.get(about.pk)
    is_split = any(one.ended_at is None for one in parts.values())
    is_over = part is not None and (part.ended_at or part.done_as == PartEnd.CLOSED)
    if is_over or (is_split and part is None):
        raise IncidentNotOpenError(to.code)
    return part


def _drafted(
    about: Incident, to: Agency, known: Referral | QueueItem | IncidentScore, *, by: Officer
) -> Referral:
    """A referral with its lane and clock: a new one, or that of the referral that came back."""
    if isinstance(known, QueueItem):
        # Lane and title tell of no later word that does not go along.
        known = place_as_given(known)
    now, carried = clock.now(), came_back(about)
    standing = first_standing(known.band, now=now, carried=carried.standing if carried else None)
    return Referral(
        id=ids.uuid7(),
        reference=reference_of(ids.random_bytes(REFERENCE_BYTES)),
        report=about.report,
        incident=about,
        to_agency=to,
        sent_by=by,
        band=known.band,
        rule=known.rule,
        title=known.title,
        classified_as=classified_as(about),
        sent_at=now,
        clock_since=standing.since if carried else None,
        answer_by=standing.answer_by,
        carries=carried,
    )


def _send(referral: Referral, reason: str, *, by: Officer) -> None:
    report = referral.report
    spot = Spot("referral", "reason", referral.pk)
    referral.reason = seal_words(report, reason, spot=spot, by=by)
    referral.save(force_insert=True)
    tell_agency(referral, NewsKind.SENT)
    held = parts_held(report.pk, referral.to_agency_id, actor=by)
    share_report(report, with_agency=referral.to_agency, parts=held, by=by)
    note_stage(report, StageWord.READ, by=by)
    note_stage(report, StageWord.PASSED_ON, by=by)


def _as_it_stands(report: Report, part: Part | None) -> Referral | QueueItem:
    """Lane, rule and title of a report that waits no more: those of its last referral.

    Where more was told since, of what is given of it: that referral may be over, and tell of a word
    that was taken back, or lack one that was passed on.
    """
    if part is None and Message.objects.filter(report=report, from_reporter=True).exists():
        return stands_as_given(report)
    earlier = Referral.objects.filter(report=report).order_by("-sent_at").first()
    return earlier or QueueItem(report=report)

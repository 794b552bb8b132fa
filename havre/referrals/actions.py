"""Sending an incident to the agency that can act, and hearing back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from havre.agencies.models import Agency, Officer
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.evidence.custody import key_of
from havre.intake.actions import (
    REFERENCE_BYTES,
    ROUTE_TASK,
    note_stage,
    open_report,
    share_report,
)
from havre.intake.models import Incident, Report
from havre.intake.reads import OpenedReport
from havre.intake.rules.receipts import reference_of
from havre.intake.rules.stages import StageWord
from havre.intake.sealed import Spot, open_text, seal_text
from havre.plumbing import clock, ids
from havre.plumbing.queue import defer
from havre.referrals.models import Outcome, Referral
from havre.referrals.reads import (
    InboxPage,
    inbox_of,
    outcomes_of,
    referral_by_reference,
    referrals_of,
)
from havre.referrals.rules.outcomes import (
    FINAL,
    Disposition,
    Insufficiency,
    MissingField,
    ReferralState,
    check_outcome,
    check_state,
)
from havre.triage.actions import take_off_queue
from havre.triage.models import QueueItem
from havre.triage.reads import item_of

# How long an agency has to say whether it takes a referral, by lane.
ANSWER_MINUTES = {"A": 60, "B": 8 * 60, "C": 3 * 24 * 60, "D": 7 * 24 * 60, "": 8 * 60}


class AlreadyReferredError(Exception):
    """The agency has this incident already: add to it instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A referral with its sealed words opened: why it was sent, why returned, what came of it."""

    referral: Referral
    reason: str
    returned_note: str
    outcomes: tuple[tuple[Outcome, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReferral(Sent):
    """A referral as its addressee reads it, with the report it carries."""

    opened: OpenedReport


@action(Event.REFERRAL_SENT)
def refer_report(
    report: Report, *, to: Agency, reason: str, incident: int = 1, by: Officer
) -> Referral:
    """Send an incident of a report to the agency that can act on it.

    From here on that agency may read the report, it leaves the queue, and its reporter may know
    that it was passed on. Raises AlreadyReferredError, Incident.DoesNotExist.
    """
    about = Incident.objects.get(report=report, number=incident)
    standing = Referral.objects.filter(incident=about, to_agency=to)
    if standing.exclude(state=ReferralState.RETURNED).exists():
        raise AlreadyReferredError
    known = _as_it_waits(report, by)
    take_off_queue(report, by=by)
    now = clock.now()
    referral = Referral(
        id=ids.uuid7(),
        reference=reference_of(ids.random_bytes(REFERENCE_BYTES)),
        report=report,
        incident=about,
        to_agency=to,
        sent_by=by,
        band=known.band,
        rule=known.rule,
        title=known.title,
        sent_at=now,
        answer_by=now + timedelta(minutes=ANSWER_MINUTES[known.band]),
    )
    referral.reason = _sealed(report, reason, spot=Spot("referral", "reason", referral.pk), by=by)
    referral.save(force_insert=True)
    share_report(report, with_agency=to, by=by)
    note_stage(report, StageWord.READ, by=by)
    note_stage(report, StageWord.PASSED_ON, by=by)
    _record(Event.REFERRAL_SENT, referral, by, agency=str(to.pk), incident=incident)
    return referral


@action(Event.REFERRAL_OPENED)
def open_referral(reference: str, *, by: Officer) -> OpenedReferral:
    """Open a referral and the report it carries. The first look is kept; every look is logged."""
    referral = referral_by_reference(reference, actor=by)
    if referral.to_agency_id == by.agency_id and referral.state == ReferralState.SENT:
        referral.state, referral.opened_at = ReferralState.OPENED, clock.now()
        referral.save(update_fields=["state", "opened_at"])
    opened = open_report(referral.report.reference, by=by)
    _record(Event.REFERRAL_OPENED, referral, by)
    return OpenedReferral(
        referral=referral,
        opened=opened,
        reason=_reason(referral, by),
        returned_note=_returned_note(referral, by),
        outcomes=_outcomes(referral, by),
    )


@action(Event.REPORT_OPENED)
def open_sent(reference: str, *, by: Officer) -> tuple[OpenedReport, tuple[Sent, ...]]:
    """Open a report as the tipline does: with where it was sent, and what the agencies said."""
    opened = open_report(reference, by=by)
    sent = tuple(
        Sent(
            referral=referral,
            reason=_reason(referral, by),
            returned_note=_returned_note(referral, by),
            outcomes=_outcomes(referral, by),
        )
        for referral in referrals_of(opened.report.pk, actor=by)
    )
    return opened, sent


@action(Event.INBOX_READ)
def read_inbox(*, state: str = "", after: str = "", language: str = "en", by: Officer) -> InboxPage:
    """Look at a page of the inbox. Titles hold nothing that anybody typed."""
    page = inbox_of(by, state=state, after=after, language=language)
    record(Event.INBOX_READ, about_kind="inbox", about=by.agency_id, by=by, rows=len(page.rows))
    return page


@action(Event.REFERRAL_ACCEPTED)
def accept_referral(reference: str, *, by: Officer) -> Referral:
    """Take a referral on. Raises ReferralStateError when it is no longer open to take."""
    referral = _addressed_to(reference, by)
    check_state(referral.state, "accept")
    referral.state = ReferralState.ACCEPTED
    referral.accepted_at, referral.accepted_by = clock.now(), by
    referral.save(update_fields=["state", "accepted_at", "accepted_by"])
    _record(Event.REFERRAL_ACCEPTED, referral, by)
    return referral


@action(Event.REPORT_RETURNED)
def return_report(
    reference: str, *, note: str, suggested_agency: Agency | None = None, by: Officer
) -> Referral:
    """Send a referral back as misrouted, perhaps naming who should have it.

    The report walks the route again, so it stands in the queue with its first clock. Raises
    ReferralStateError.
    """
    referral = _addressed_to(reference, by)
    check_state(referral.state, "return")
    referral.state, referral.returned_at = ReferralState.RETURNED, clock.now()
    referral.suggested_agency = suggested_agency
    referral.returned_note = _sealed(
        referral.report, note, spot=Spot("referral", "returned_note", referral.pk), by=by
    )
    referral.save(update_fields=["state", "returned_at", "suggested_agency", "returned_note"])
    defer(ROUTE_TASK, queue=ROUTE_TASK, report=str(referral.report_id), because="returned")
    _record(
        Event.REPORT_RETURNED,
        referral,
        by,
        suggested=str(suggested_agency.pk) if suggested_agency else None,
    )
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
    referral = _addressed_to(reference, by)
    check_state(referral.state, "outcome")
    check_outcome(disposition, count=count, insufficiency=insufficiency, usefulness=usefulness)
    outcome = Outcome(
        id=ids.uuid7(),
        referral=referral,
        disposition=disposition,
        insufficiency=insufficiency or "",
        count=count,
        usefulness=usefulness,
        missing_fields=list(missing_fields),
        at=clock.now(),
        by=by,
    )
    if note:
        outcome.note = _sealed(
            referral.report, note, spot=Spot("outcome", "note", outcome.pk), by=by
        )
    outcome.save(force_insert=True)
    referral.state = ReferralState.CLOSED if disposition in FINAL else ReferralState.ACCEPTED
    referral.save(update_fields=["state"])
    _record(Event.OUTCOME_RECORDED, referral, by, disposition=disposition, count=count)
    return outcome


def _addressed_to(reference: str, officer: Officer) -> Referral:
    referral = referral_by_reference(reference, actor=officer)
    if referral.to_agency_id != officer.agency_id:
        raise Referral.DoesNotExist
    return referral


def _sealed(report: Report, text: str, *, spot: Spot, by: Actor) -> bytes:
    key = key_of(report.pk, by=by)
    return seal_text(report, text, key=key, spot=spot)


def _opened(report: Report, sealed: bytes | memoryview, *, spot: Spot, by: Actor) -> str:
    key = key_of(report.pk, by=by)
    return open_text(report, sealed, key=key, spot=spot)


def _reason(referral: Referral, by: Actor) -> str:
    spot = Spot("referral", "reason", referral.pk)
    return _opened(referral.report, referral.reason, spot=spot, by=by)


def _returned_note(referral: Referral, by: Actor) -> str:
    if referral.returned_note is None:
        return ""
    spot = Spot("referral", "returned_note", referral.pk)
    return _opened(referral.report, referral.returned_note, spot=spot, by=by)


def _outcomes(referral: Referral, by: Actor) -> tuple[tuple[Outcome, str], ...]:
    return tuple((each, _note(referral, each, by)) for each in outcomes_of(referral))


def _note(referral: Referral, outcome: Outcome, by: Actor) -> str:
    if outcome.note is None:
        return ""
    return _opened(referral.report, outcome.note, spot=Spot("outcome", "note", outcome.pk), by=by)


def _as_it_waits(report: Report, by: Actor) -> Referral | QueueItem:
    """Where the lane, rule and title of a report stand: in the queue, or in an earlier referral."""
    earlier = Referral.objects.filter(report=report).order_by("-sent_at").first()
    return item_of(report.pk, actor=by) or earlier or QueueItem(report=report)


def _record(event: Event, referral: Referral, by: Actor, **details: str | int | None) -> None:
    record(
        event,
        about_kind="report",
        about=referral.report_id,
        by=by,
        referral=referral.reference,
        **details,
    )

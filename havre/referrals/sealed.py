"""The sealed words of a referral: why it was sent, why it came back, what was said of it.

Parts of this room's actions, which write the line.
"""

from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import record
from havre.audit.rules import Actor, Detail, Event, Station
from havre.evidence.custody import key_of
from havre.intake.models import Report
from havre.intake.questions.actions import withdraw_question
from havre.intake.questions.reads import waiting_of_referral
from havre.intake.releases.actions import withdraw_word
from havre.intake.sealed import Spot, open_text, seal_text
from havre.intake.sharing.actions import share_report, unshare_report
from havre.intake.splits.drawing import note_part_done
from havre.intake.splits.reads import standing_parts
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.referrals.identity.sealed import take_away_with
from havre.referrals.models import Alarm, Outcome, Referral, Remark
from havre.referrals.reads import (
    holders_of,
    outcomes_of,
    parts_held,
    referral_by_reference,
    remarks_of,
)
from havre.referrals.rules.sending import RemarkKind
from havre.referrals.rules.states import Act, after, running_clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A referral with its sealed words opened: why it was sent, why returned, what came of it."""

    referral: Referral
    reason: str
    returned_note: str
    outcomes: tuple[tuple[Outcome, str], ...]
    remarks: tuple[tuple[Remark, str], ...] = ()


def opened_words(referral: Referral, *, by: Actor) -> Sent:
    """A referral with everything that was said of it. Raises KeyRefusedError."""
    key = key_of(referral.report_id, by=by)

    def opened(sealed: bytes | memoryview | None, kind: str, column: str, row: UUID) -> str:
        if sealed is None:
            return ""
        return open_text(referral.report, sealed, key=key, spot=Spot(kind, column, row))

    return Sent(
        referral=referral,
        reason=opened(referral.reason, "referral", "reason", referral.pk),
        returned_note=opened(referral.returned_note, "referral", "returned_note", referral.pk),
        outcomes=tuple(
            (each, opened(each.note, "outcome", "note", each.pk))
            for each in outcomes_of(referral.pk)
        ),
        remarks=tuple(
            (each, opened(each.text, "remark", "text", each.pk)) for each in remarks_of(referral.pk)
        ),
    )


def held_by(officer: Officer, reference: str) -> Referral:
    """A referral to this officer's own agency, kept from others while it is changed.

    Raises Referral.DoesNotExist, alike for foreign and missing.
    """
    referral = referral_by_reference(reference, actor=officer, is_held=True)
    if referral.to_agency_id != officer.agency_id:
        raise Referral.DoesNotExist
    return referral


def seal_words(report: Report, text: str, *, spot: Spot, by: Actor) -> bytes:
    """Seal what was typed about a referral under its report's key."""
    return seal_text(report, text, key=key_of(report.pk, by=by), spot=spot)


def add_remark(referral: Referral, kind: RemarkKind, text: str, *, by: Officer) -> Remark:
    """Keep something said about a referral, sealed."""
    remark = Remark(id=ids.uuid7(), referral=referral, kind=kind, by=by)
    spot = Spot("remark", "text", remark.pk)
    remark.text = seal_words(referral.report, text, spot=spot, by=by)
    remark.save(force_insert=True)
    return remark


def move(referral: Referral, act: Act, *, is_final: bool = False, **also: object) -> None:
    """Let an act change where a referral stands, as the rules say, with `also` its own fields.

    The alarms of a clock that stops ring no more.
    Raises ReferralStateError, and then nothing has changed.
    """
    standing = after(referral.standing, act, now=clock.now(), is_final=is_final)
    changed = {
        "state": standing.state,
        "accepted_at": standing.accepted_at,
        "act_by": standing.act_by,
        "acted_at": standing.acted_at,
        "is_asking": standing.is_asking,
        **also,
    }
    for name, value in changed.items():
        setattr(referral, name, value)
    referral.save(update_fields=list(changed))
    clock_now = running_clock(standing)
    ringing = Alarm.objects.filter(referral=referral, answered_at=None)
    if clock_now is not None:
        ringing = ringing.exclude(which=clock_now.name)
    ringing.update(answered_at=clock.now())


def write_line(event: Event, referral: Referral, *, by: Actor, **details: Detail) -> None:
    """Write a line of the log about a referral."""
    record(
        event,
        about_kind="report",
        about=referral.report_id,
        by=by,
        referral=referral.reference,
        **details,
    )


def end_reading(referral: Referral) -> None:
    """An agency's share of a report, and its key, go with its last referral of it.

    Of a split report, what belongs to this incident goes with the last referral of the incident,
    which waits again where nobody else has it.
    So do who reported, where it was told; what it chose to let be known and does not show yet; and
    what it asked a provider, unanswered. An account that it wanted kept up, the desk lets go.

    Last in an action: what it seals under the report's key must be sealed before. Only the
    pipeline may end a share; the line in the log says so.
    """
    by = Station.PIPELINE
    with acting_as(by.context):
        parts = standing_parts(referral.report_id, actor=by, is_held=True)
        if referral.acted_at is not None:
            withdraw_word(referral.report_id, referral=referral.pk, by=by)
        for question in waiting_of_referral(referral.pk, actor=by):
            withdraw_question(question, by=by)
        take_away_with(referral)
        report = Report.objects.get(pk=referral.report_id)
        held = parts_held(report.pk, referral.to_agency_id, actor=by)
        if held == []:
            unshare_report(report, from_agency=referral.to_agency, by=by)
        elif held is not None:
            share_report(report, with_agency=referral.to_agency, parts=held, by=by)
        if not holders_of(referral.incident):
            for part in parts:
                if part.incident_id == referral.incident_id:
                    note_part_done(part, None)

"""What happens to a report that waits: queued, scored, claimed, taken off."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Permit
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.intake.later.reads import is_closed
from havre.intake.law.reads import preserved_of
from havre.intake.models import Report
from havre.intake.reads import report_by_id
from havre.intake.releases.actions import end_closure
from havre.intake.splits.models import Part
from havre.plumbing import clock
from havre.plumbing.values.absent import none_without
from havre.plumbing.values.written import written_once
from havre.triage.alike.folding import fold_around
from havre.triage.models import Closing, Override, QueueItem
from havre.triage.overrides.rules import OverrideState
from havre.triage.paging.entering import note_place, note_taken
from havre.triage.policies.reads import policy_in_force
from havre.triage.reads import QueuePage, item_of, queue_page
from havre.triage.rules.policy import Policy
from havre.triage.rules.ranks import RANKS, rank_of, unscored_rank
from havre.triage.rules.words import Assessment, Band
from havre.triage.scoring import scored
from havre.triage.splitting.ending import stays
from havre.triage.splitting.later import review_by_of, review_by_set
from havre.triage.splitting.scoring import stood_by


class AlreadyClaimedError(Exception):
    """Somebody else has this report in hand."""


@action(Event.REPORT_QUEUED)
def put_in_queue(report_id: UUID, *, by: Actor) -> None:
    """Put a report before the analysts, unscored, to be read by a person. Safe to repeat.

    One that was closed is closed no more: its reporter wrote again, or somebody opened it. Of a
    split report an incident stays closed while others are with an agency.
    """
    report = report_by_id(report_id, actor=by)
    now, until = clock.now(), preserved_of(report_id, actor=by)
    item = item_of(report_id, actor=by, is_held=True)
    if _has_closings(report_id):
        _open_again(report, now, by=by)
    if item is None:
        _add_item(report, now, until, by=by)
    elif until not in {None, item.kept_until}:
        QueueItem.objects.filter(report=report).update(kept_until=until)
    record(Event.REPORT_QUEUED, about_kind="report", about=report_id, by=by)


def _add_item(report: Report, now: datetime, until: date | None, *, by: Actor) -> None:
    lane = policy_in_force().lanes[Band.A if report.danger_now else Band.B]
    item = QueueItem(
        report=report,
        compartment=report.compartment,
        channel=report.channel,
        language=report.language,
        quarantined=report.quarantined,
        rank=unscored_rank(is_aside=report.quarantined, danger_now=report.danger_now),
        queued_at=now,
        review_by=now + timedelta(minutes=lane.minutes),
        kept_until=until,
    )
    # Somebody may put it there at the same moment, who calls whoever is to be called.
    QueueItem.objects.bulk_create([item], ignore_conflicts=True)
    ours = QueueItem.objects.filter(pk=item.pk, queued_at=now)
    if item.rank != RANKS[Band.A] or ours.exists():
        note_place(report.pk, before=None, after=item.rank, by=by)


@none_without("triage_closing")
@written_once
def _has_closings(report: UUID) -> QuerySet[Closing, UUID]:
    closed = Closing.objects.filter(report=report, reopened_at=None).order_by()
    return closed.values_list("pk", flat=True)[:1]


def _open_again(report: Report, now: datetime, *, by: Actor) -> None:
    closed = Closing.objects.filter(report=report, reopened_at=None)
    if not is_closed(report.pk):
        closed = closed.filter(incident=None)
    incidents = list(closed.exclude(incident=None).values_list("incident", flat=True))
    Part.objects.filter(incident__in=incidents).update(done_as="")
    if closed.update(reopened_at=now):
        end_closure(report, by=by)


@action(Event.REPORT_SCORED)
def score_report(report_id: UUID, *, by: Actor) -> None:
    """Say how urgent a report is, and why. The reasons are codes and spans. Safe to repeat."""
    report = report_by_id(report_id, actor=by)
    found = scored(report, by=by)
    before = next(iter(_rank_held(report_id)), None)
    assessment, is_open = stood_by(report, found, by=by)
    placed = _placed(report, assessment, found.policy, by)
    if before is not None:
        changed = found.columns(assessment) | asdict(placed)
        QueueItem.objects.filter(report=report).update(**changed, open_incidents=is_open)
        note_place(report_id, before=before, after=placed.rank, by=by)
        fold_around(report_id)
    record(
        Event.REPORT_SCORED,
        about_kind="report",
        about=report_id,
        by=by,
        band=assessment.band,
        rule=assessment.rule,
        risk=assessment.risk,
        action=assessment.actionability,
        policy=assessment.policy,
    )


@written_once
def _rank_held(report: UUID) -> QuerySet[QueueItem, int]:
    held = QueueItem.objects.filter(report=report).select_for_update()
    return held.order_by().values_list("rank", flat=True)


@action(Event.SIGNS_NOTED)
def note_signs(report_id: UUID, *, by: Actor) -> None:
    """Note what the rules see in a report that left the queue, so that a policy is tried on it.

    Raises KeyRefusedError when its text is gone.
    """
    report = report_by_id(report_id, actor=by)
    policy = scored(report, by=by).policy.version
    record(Event.SIGNS_NOTED, about_kind="report", about=report_id, by=by, policy=policy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A place in the queue: its lane, its rank, and by when somebody should have looked."""

    band: Band
    rank: int
    review_by: datetime


def _placed(report: Report, assessment: Assessment, policy: Policy, by: Actor) -> Placed:
    """The place that a score gives, or that a person set and still holds beside it."""
    by_rule = assessment.band
    override = next(iter(_overrides(report.pk)), None)
    if override and not stays(override, by_rule, by=by):
        override = None
    if override is None or override.state is not OverrideState.IN_FORCE:
        review_by = review_by_of(report, by_rule, policy)
        rank = rank_of(
            by_rule,
            rule=assessment.rule,
            is_aside=report.quarantined,
            danger_now=report.danger_now,
        )
        return Placed(band=by_rule, rank=rank, review_by=review_by)
    to = Band(override.to_band)
    review_by = review_by_set(report, by_rule, policy, to=to, set_at=override.set_at)
    return Placed(band=to, rank=RANKS[to], review_by=review_by)


@none_without("triage_override")
@written_once
def _overrides(report: UUID) -> QuerySet[Override]:
    return Override.objects.to_weigh().filter(report=report).select_related("report")[:1]


@action(Event.QUEUE_READ)
def read_queue(
    *,
    lane: str = "",
    channel: str = "",
    spoken: str = "",
    after: str = "",
    language: str = "en",
    by: Officer,
) -> QueuePage:
    """Look at a page of the queue. Titles and chips hold nothing that anybody typed."""
    page = queue_page(
        actor=by, lane=lane, channel=channel, spoken=spoken, after=after, language=language
    )
    about = lane or "everything"
    record(Event.QUEUE_READ, about_kind="queue", about=about, by=by, rows=len(page.rows))
    return page


@action(Event.REPORT_CLAIMED)
def claim_report(reference: str, *, by: Officer) -> None:
    """Take a report in hand. Raises AlreadyClaimedError when somebody else has it."""
    item = _waiting(reference, by)
    if item.held_by not in {None, by}:
        raise AlreadyClaimedError
    item.claimed_by, item.claimed_at = by, clock.now()
    item.save(update_fields=["claimed_by", "claimed_at"])
    if item.rank == RANKS[Band.A]:
        note_taken(item.report_id, by=by)
    record(Event.REPORT_CLAIMED, about_kind="report", about=item.report_id, by=by)


@action(Event.REPORT_RELEASED)
def release_report(reference: str, *, by: Officer) -> None:
    """Put a claimed report back for anyone to take; a supervisor also what others have in hand.

    Raises AlreadyClaimedError.
    """
    item = _waiting(reference, by)
    holder = item.held_by
    if holder not in {None, by} and not by.may(Permit.CLAIM_RELEASE):
        raise AlreadyClaimedError
    item.claimed_by = item.claimed_at = None
    item.save(update_fields=["claimed_by", "claimed_at"])
    held_by = str(holder.pk) if holder else None
    about = item.report_id
    record(Event.REPORT_RELEASED, about_kind="report", about=about, by=by, held_by=held_by)


@action(Event.REPORT_OFF_QUEUE)
def take_off_queue(report: Report, *, by: Actor) -> str:
    """The report no longer waits. Gives the band it had. Safe to repeat."""
    item = QueueItem.objects.filter(report=report).first()
    band = item.band if item else ""
    if item:
        stood_before = QueueItem.objects.filter(behind=item).exists()
        item.delete()
        note_place(report.pk, before=item.rank, after=None, by=by)
        if stood_before:
            fold_around(report.pk)
    record(Event.REPORT_OFF_QUEUE, about_kind="report", about=report.pk, by=by, band=band)
    return band


def _waiting(reference: str, officer: Officer) -> QueueItem:
    waiting = QueueItem.objects.visible_to(officer).select_for_update(of=("self",))
    return waiting.get(report__reference=reference)

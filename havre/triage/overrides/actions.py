"""Setting another lane than the rules, confirming a lowering, and giving it back to the rules."""

from collections.abc import Collection
from uuid import UUID

from havre.agencies.models import Officer, is_same_person
from havre.audit.actions import action, record
from havre.audit.rules import Detail, Event
from havre.intake.later.reads import is_unread
from havre.intake.reads import report_by_reference
from havre.plumbing import clock, ids
from havre.triage.actions import AlreadyClaimedError
from havre.triage.alike.folding import fold_around
from havre.triage.models import Override, QueueItem
from havre.triage.overrides.rules import (
    UNSCORED_AS,
    NoOverrideError,
    OverrideReason,
    OverrideState,
    OwnOverrideError,
    UnreadWordsError,
    check_lane,
    needs_second,
)
from havre.triage.overrides.sealed import sealed_note
from havre.triage.paging.entering import note_place
from havre.triage.policies.reads import policy_in_force
from havre.triage.reads import item_of
from havre.triage.reviews.drawing import draw
from havre.triage.reviews.rules.sampling import DecisionKind
from havre.triage.rules.ranks import RANKS, rank_of, unscored_rank
from havre.triage.rules.words import Band
from havre.triage.splitting.later import review_by_of, review_by_set


@action(Event.REPORT_RANKED)
def set_lane(
    reference: str,
    *,
    to: Band,
    reason: OverrideReason,
    note: str,
    read: Collection[UUID] | None = None,
    by: Officer,
) -> Override:
    """Set another lane for a report than the rules. It replaces one that was set before.

    An immediate report stays where it is until a second person agrees. Of a page that was read,
    `read` are the later words on it: below more that came, nobody lowers it. Raises
    Report.DoesNotExist, NoOverrideError when it no longer waits, AlreadyClaimedError,
    SameLaneError, NotScoredError, UnreadWordsError.
    """
    item = _waiting(reference, by)
    if item.held_by not in {None, by}:
        raise AlreadyClaimedError
    check_lane(scored=item.rule_band, standing=item.band, to=to)
    _check_read(item, to, read)
    _end(item, by=by)
    override = Override(
        id=ids.uuid7(),
        report=item.report,
        scored_band=item.rule_band,
        rule=item.rule,
        policy=item.policy,
        to_band=to,
        reason=reason,
        set_by=by,
        needs_second=needs_second(scored=item.rule_band, to=to),
    )
    override.note = sealed_note(override, note, by=by)
    _keep(item, override, by=by)
    about, rule, waits = item.report_id, override.rule, override.needs_second
    said: dict[str, Detail] = {"to": to, "reason": reason, "waits": waits, "rule": rule}
    said["scored"] = override.scored_band
    record(Event.REPORT_RANKED, about_kind="report", about=about, by=by, **said)
    return override


@action(Event.RANKING_CONFIRMED)
def confirm_lane(reference: str, *, by: Officer) -> Override:
    """Agree, as a second person, that an immediate report is lowered.

    Raises NoOverrideError when none waits for that, OwnOverrideError for whoever asked.
    """
    item = _waiting(reference, by)
    override = _standing(item)
    if override is None or override.state is not OverrideState.TO_CONFIRM:
        raise NoOverrideError
    if is_same_person(override.set_by, by):
        raise OwnOverrideError
    override.confirmed_by, override.confirmed_at = by, clock.now()
    override.save(update_fields=["confirmed_by", "confirmed_at"])
    _place(item, override, by=by)
    about, to = item.report_id, override.to_band
    record(Event.RANKING_CONFIRMED, about_kind="report", about=about, by=by, to=to)
    return override


@action(Event.RANKING_ENDED)
def end_lane(reference: str, *, by: Officer) -> None:
    """Give the lane back to the rules, or refuse to lower it. Raises NoOverrideError."""
    item = _waiting(reference, by)
    if not _end(item, by=by):
        raise NoOverrideError
    _place(item, None, by=by)
    record(Event.RANKING_ENDED, about_kind="report", about=item.report_id, by=by)


def _check_read(item: QueueItem, to: Band, read: Collection[UUID] | None) -> None:
    is_lower = to > (item.rule_band or UNSCORED_AS)
    if is_lower and read is not None and is_unread(item.report_id, read):
        raise UnreadWordsError


def _keep(item: QueueItem, override: Override, *, by: Officer) -> None:
    override.save(force_insert=True)
    _draw(item, override, by=by)
    _place(item, override, by=by)


def _draw(item: QueueItem, override: Override, *, by: Officer) -> None:
    """What lowers an immediate report is read by a second person anyhow."""
    if not override.needs_second:
        draw(DecisionKind.LANE, override.pk, item.report, item, by=by)


def _waiting(reference: str, by: Officer) -> QueueItem:
    report = report_by_reference(reference, actor=by)
    item = item_of(report.pk, actor=by, is_held=True)
    if item is None:
        raise NoOverrideError
    return item


def _standing(item: QueueItem) -> Override | None:
    return Override.objects.standing().filter(report=item.report_id).first()


def _end(item: QueueItem, *, by: Officer) -> int:
    standing = Override.objects.standing().filter(report=item.report_id)
    return standing.update(ended_at=clock.now(), ended_by=by)


def _place(item: QueueItem, override: Override | None, *, by: Officer) -> None:
    """Put a report where a person set it, or where the rules do while nobody has."""
    before, policy, scored, report = item.rank, policy_in_force(), item.rule_band, item.report
    item.scored_band = scored
    if override and override.state is OverrideState.IN_FORCE:
        to, set_at = Band(override.to_band), override.set_at
        item.band, item.rank = to, RANKS[to]
        item.review_by = review_by_set(report, scored, policy, to=to, set_at=set_at)
    else:
        by_rule = Band(scored) if scored else UNSCORED_AS
        told = {"is_aside": report.quarantined, "danger_now": report.danger_now}
        rank = rank_of(by_rule, rule=item.rule, **told) if scored else unscored_rank(**told)
        item.band, item.rank = scored, rank
        item.review_by = review_by_of(report, by_rule, policy)
    item.save(update_fields=["scored_band", "band", "rank", "review_by"])
    note_place(item.report_id, before=before, after=item.rank, by=by)
    fold_around(item.report_id)

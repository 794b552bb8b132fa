"""Scoring an older report anew because a new one is tied to it."""

from datetime import timedelta
from uuid import UUID

from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.plumbing import clock
from havre.plumbing.together.steps import in_one_go
from havre.triage.alike.folding import fold_around
from havre.triage.learning.reads import is_openly_tied
from havre.triage.learning.rules import gains, signs_held
from havre.triage.learning.ties import facts_of
from havre.triage.models import Override, QueueItem
from havre.triage.overrides.rules import OverrideState
from havre.triage.paging.entering import note_place
from havre.triage.rules.policy import Policy
from havre.triage.rules.ranks import rank_of
from havre.triage.rules.words import Assessment
from havre.triage.scoring import scored
from havre.triage.splitting.scoring import stood_by


@action(Event.REPORT_RESCORED)
def learn_of(report_id: UUID, *, newcomer: UUID, by: Actor) -> bool:
    """Score a report that waits anew, since another came that is tied to it. Safe to repeat.

    It may rise by that and never falls. A lane that a person set stays: what the rules ask for now
    is kept beside it. Gives whether anything rose.
    """
    waiting = QueueItem.objects.visible_to(by).filter(report=report_id).exclude(rule="")
    item = waiting.select_for_update(of=("self",)).select_related("report").first()
    before = item.rule_band if item else ""
    # What ties it is read once for all of this.
    with in_one_go():
        rose = item is not None and _may_rise(item, by) and _raise(item, newcomer, by)
    record(
        Event.REPORT_RESCORED,
        about_kind="report",
        about=report_id,
        by=by,
        newcomer=str(newcomer),
        rose=rose,
        before=before,
        band=item.rule_band if item else "",
    )
    return rose


def _may_rise(item: QueueItem, by: Actor) -> bool:
    """Whether its links say more than they did: nothing else of it has changed."""
    is_split = bool(item.open_incidents)
    return is_split or gains(signs_held(item.reasons), facts_of(item.report_id, by))


def _raise(item: QueueItem, newcomer: UUID, by: Actor) -> bool:
    found = scored(item.report, by=by)
    now, _ = stood_by(item.report, found, by=by)
    before, stood = (item.rule_band, item.risk), item.rank
    if (now.band, -now.risk) >= (before[0], -before[1]):
        return False
    changed = ["raised_by", "raised_from", "raised_risk", "raised_at"]
    # A lane is worth more words than points: the report that moved the lane stays named.
    if now.band < before[0] or not item.is_raised:
        item.raised_from, item.raised_risk = before
        is_open = is_openly_tied(item.report_id, to=newcomer, actor=by)
        item.raised_by_id, item.raised_at = newcomer if is_open else None, clock.now()
    for column, value in (found.columns(now) | _place(item, now, found.policy)).items():
        setattr(item, column, value)
        changed.append(column)
    item.save(update_fields=changed)
    note_place(item.report_id, before=stood, after=item.rank, by=by)
    fold_around(item.report_id)
    return True


def _place(item: QueueItem, now: Assessment, policy: Policy) -> dict[str, object]:
    """The place in the queue that it rises to; none where a person set the lane."""
    override = Override.objects.standing().filter(report=item.report_id).first()
    if override and override.state is OverrideState.IN_FORCE:
        return {}
    rank = rank_of(
        now.band,
        rule=now.rule,
        is_aside=item.report.quarantined,
        danger_now=item.report.danger_now,
    )
    # What is raised late is not late at once, and never due later than before.
    due = clock.now() + timedelta(minutes=policy.lanes[now.band].minutes)
    return {"band": now.band, "rank": rank, "review_by": min(item.review_by, due)}

"""Which reports of the queue hold something told later that nobody has passed on or placed yet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Max

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.later.reads import (
    OLD,
    HeldSince,
    first_word_waiting,
    held_since,
    since_words_wait,
)
from havre.intake.models import Report
from havre.intake.providers.reads import added_to
from havre.intake.splits.reads import count_to_place, split_among, waits_in_part
from havre.plumbing.context import acting_as
from havre.triage.models import QueueItem
from havre.triage.overrides.rules import UNSCORED_AS, due
from havre.triage.rules.policy import Policy
from havre.triage.rules.words import Band


class Later(StrEnum):
    """What came after a report was decided on.

    Of a split one, a report that adds to it, or words of its reporter; the same of one that an
    agency has whole.
    """

    ADDS = "adds"
    REPORT = "report"
    TOLD = "told"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class ToldLater:
    """What came, and who has the report that it adds to whole, if somebody does."""

    what: Later
    held: HeldSince | None = None


def told_later(reports: Collection[UUID]) -> dict[UUID, ToldLater]:
    """Of reports, which add to one that was decided on, or were told more of since they were."""
    adds_to = added_to(reports)
    split, whole = split_among(adds_to.values()), held_since(adds_to.values())
    adds = {
        report: ToldLater(Later.ADDS, whole[earlier])
        for report, earlier in adds_to.items()
        if earlier in whole
    }
    of_split = ToldLater(Later.REPORT)
    adds |= {report: of_split for report, earlier in adds_to.items() if earlier in split}
    held = held_since(since_words_wait(reports))
    told = {report: ToldLater(Later.TOLD, who) for report, who in held.items()}
    return adds | told | dict.fromkeys(count_to_place(reports), ToldLater(Later.WORDS))


def review_by_of(report: Report, band: Band, policy: Policy) -> datetime:
    """By when somebody is to look at a report: its own clock, or that of what was told later.

    What a reporter adds to what an agency has is read the same day, whatever lane it stands in,
    from when it came before the desk with that. An incident that waits beside it waits no longer.
    """
    since = first_word_waiting(report.pk)
    minutes = policy.lanes[band].minutes
    own = report.received_at + timedelta(minutes=minutes)
    if since is None:
        return own
    queued_at = QueueItem.objects.filter(report=report).values_list("queued_at", flat=True).first()
    if queued_at:
        since = max(since, queued_at)
    by = since + timedelta(minutes=min(minutes, policy.lanes[Band.B].minutes))
    return min(own, by) if waits_in_part(report.pk, actor=Station.PIPELINE) else by


def review_by_set(
    report: Report, band: str, policy: Policy, *, to: Band, set_at: datetime
) -> datetime:
    """The same in a lane that a person set instead of the rules' `band`, which is "" unscored.

    What was told later has its clock there too. What is raised late is not late at once.
    """
    minutes = {one: lane.minutes for one, lane in policy.lanes.items()}
    if first_word_waiting(report.pk) is None:
        return due(minutes, received_at=report.received_at, set_at=set_at, scored=band, to=to)
    by_rule, by = Band(band or UNSCORED_AS), review_by_of(report, to, policy)
    if to > by_rule:
        return by
    raised = set_at + timedelta(minutes=minutes[to])
    return max(by, min(review_by_of(report, by_rule, policy), raised))


def found_late(report: UUID, told: Collection[datetime]) -> list[datetime]:
    """Of the moments at which words of a report were told, those of which nobody knew for a week.

    So late the report came before the desk with them, and until then was not scored since, as it is
    when its jobs or a person look at them. The log says so: asked in Havre's own name.
    """
    queued_at = QueueItem.objects.filter(report=report).values_list("queued_at", flat=True).first()
    old = [at for at in told if queued_at and queued_at - at > OLD]
    if not old:
        return []
    with acting_as(Station.PIPELINE.context):
        looked = Entry.objects.filter(event=Event.REPORT_SCORED, about=str(report))
        before = looked.filter(at__lt=queued_at).aggregate(last=Max("at"))["last"]
    return [at for at in old if before is None or at > before]

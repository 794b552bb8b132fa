"""Closing a report without referral, reading a closing once more, and opening it again."""

from collections.abc import Collection
from uuid import UUID

from havre.agencies.models import Officer, is_same_person
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.intake.actions import ROUTE_TASK
from havre.intake.later.reads import is_unread, words_wait
from havre.intake.models import Report
from havre.intake.reads import report_by_reference
from havre.intake.releases.actions import end_closure
from havre.intake.splits.drawing import note_part_done
from havre.intake.splits.models import Part
from havre.intake.splits.reads import standing_parts
from havre.intake.splits.rules import PartEnd
from havre.plumbing import clock, ids
from havre.plumbing.keys import keys
from havre.plumbing.queue import defer
from havre.triage.actions import AlreadyClaimedError, put_in_queue
from havre.triage.closing.answering import answer_reporter
from havre.triage.closing.reads import ClosingsPage, closings_page, first_of_duplicates
from havre.triage.closing.rules import (
    ClosingReason,
    ClosingState,
    NotStandingError,
    SamePersonError,
    SplitReportError,
    Standing,
    UnreadWordsError,
    WordsWaitError,
    read_twice_because,
)
from havre.triage.closing.sealed import sealed_note
from havre.triage.models import Closing, QueueItem
from havre.triage.policies.reads import policy_in_force
from havre.triage.reads import item_of
from havre.triage.splitting.deciding import leave_queue, score_anew
from havre.triage.splitting.models import IncidentScore
from havre.triage.splitting.reads import score_of

# Of the draw: nobody at the desk can tell beforehand which closing is read twice.
PEPPER = "closing"


@action(Event.REPORT_CLOSED)
def close_report(
    reference: str,
    *,
    reason: ClosingReason,
    note: str,
    duplicate_of: str = "",
    tells_reporter: bool = True,
    incident: int | None = None,
    read: Collection[UUID] = (),
    by: Officer,
) -> Closing:
    """Close a report that waits, without sending it to anybody. It leaves the queue.

    Of a split one, `incident` is closed, and the report leaves with its last. `read` are the later
    words of a whole one that were read and are not decided on: more that came is read first. Some
    are final only when a second person has read them. The reporter reads an answer a day after
    that. Raises Report.DoesNotExist, NotStandingError, AlreadyClaimedError, SplitReportError,
    DuplicateOfNothingError, WordsWaitError, UnreadWordsError.
    """
    report = report_by_reference(reference, actor=by)
    item = _waiting(report, by)
    part = _part_to_close(report, incident, read, by)
    if is_unread(report.pk, ()) and item.failed_step != "score":
        # What no job has looked at yet may make it one that a second person reads.
        score_anew(report.pk)
        item.refresh_from_db()
    is_duplicate = reason is ClosingReason.DUPLICATE
    first = first_of_duplicates(duplicate_of, than=report, actor=by) if is_duplicate else None
    closing = _drafted(item, part, reason, by=by)
    closing.duplicate_of, closing.tells_reporter = first, tells_reporter
    closing.note = sealed_note(closing, note, column="note", by=by)
    closing.save(force_insert=True)
    leave_queue(report, part, PartEnd.CLOSED, by=by)
    answer_reporter(closing.report, by=by)
    twice, repeats = [*closing.read_twice], str(first.pk) if first else None
    what = {"reason": reason, "incident": incident, "band": closing.band}
    line = {**what, "read_twice": twice, "duplicate_of": repeats}
    record(Event.REPORT_CLOSED, about_kind="report", about=report.pk, by=by, **line)
    return closing


@action(Event.CLOSING_CONFIRMED)
def confirm_closing(reference: str, *, incident: int | None = None, by: Officer) -> Closing:
    """Say, as a second reader, that a report was rightly closed. From then on it is final.

    Raises NotStandingError when it does not wait for that, SamePersonError for whoever closed it.
    """
    closing = _standing(reference, incident, by)
    if closing.state is not ClosingState.TO_READ:
        raise NotStandingError
    if is_same_person(closing.closed_by, by):
        raise SamePersonError
    closing.read_by, closing.read_at = by, clock.now()
    closing.save(update_fields=["read_by", "read_at"])
    answer_reporter(closing.report, by=by)
    record(
        Event.CLOSING_CONFIRMED,
        about_kind="report",
        about=closing.report_id,
        by=by,
        incident=incident,
    )
    return closing


@action(Event.REPORT_REOPENED)
def reopen_report(
    reference: str, *, note: str, incident: int | None = None, by: Officer
) -> Closing:
    """Open a closed report again: it waits in the queue with its first clock, and is scored anew.

    Of a split one, `incident` alone is opened again.

    Raises NotStandingError when it is not closed.
    """
    report = report_by_reference(reference, actor=by)
    item_of(report.pk, actor=by, is_held=True)
    parts = standing_parts(report.pk, actor=by, is_held=True)
    closing = _standing(reference, incident, by)
    was = closing.state
    closing.reopened_by, closing.reopened_at = by, clock.now()
    closing.reopened_note = sealed_note(closing, note, column="reopened_note", by=by)
    closing.save(update_fields=["reopened_by", "reopened_at", "reopened_note"])
    end_closure(closing.report, by=by)
    put_in_queue(closing.report_id, by=by)
    for part in parts:
        if part.incident_id == closing.incident_id:
            note_part_done(part, None)
    defer(ROUTE_TASK, queue=ROUTE_TASK, report=str(closing.report_id), because="returned")
    record(
        Event.REPORT_REOPENED,
        about_kind="report",
        about=closing.report_id,
        by=by,
        was=was,
        reason=closing.reason,
        incident=incident,
    )
    return closing


@action(Event.CLOSINGS_READ)
def read_closings(
    *,
    state: str = "",
    reason: str = "",
    sought: str = "",
    after: str = "",
    language: str = "en",
    by: Officer,
) -> ClosingsPage:
    """Look at a page of closed reports. Titles hold nothing that anybody typed."""
    page = closings_page(
        state=state, reason=reason, sought=sought, after=after, language=language, actor=by
    )
    about = state or "everything"
    record(Event.CLOSINGS_READ, about_kind="closings", about=about, by=by, rows=len(page.rows))
    return page


def _waiting(report: Report, by: Officer) -> QueueItem:
    item = item_of(report.pk, actor=by, is_held=True)
    if item is None:
        raise NotStandingError
    if item.held_by not in {None, by}:
        raise AlreadyClaimedError
    if words_wait(report.pk):
        raise WordsWaitError
    return item


def _part_to_close(
    report: Report, incident: int | None, read: Collection[UUID], by: Officer
) -> Part | None:
    parts = {part.number: part for part in standing_parts(report.pk, actor=by)}
    if not parts:
        if incident is not None:
            raise NotStandingError
        if is_unread(report.pk, read):
            raise UnreadWordsError
        return None
    if incident is None:
        raise SplitReportError
    if incident not in parts or parts[incident].done_as:
        raise NotStandingError
    return parts[incident]


def _standing(reference: str, incident: int | None, by: Officer) -> Closing:
    report = report_by_reference(reference, actor=by)
    found = Closing.objects.visible_to(by).filter(report=report, reopened_at=None)
    of_it = found.filter(incident__number=incident) if incident else found.filter(incident=None)
    closing = of_it.select_for_update(of=("self",)).select_related("report").first()
    if closing is None:
        raise NotStandingError
    return closing


def _as_it_stands(item: QueueItem, part: Part | None, score: IncidentScore | None) -> Standing:
    """What is to be closed stands no lower than the report: a split takes nothing from sight.

    Each incident is drawn by its own number, so that the draw of one foretells no other's.
    """
    if part is None:
        return Standing(
            subject=item.report_id,
            band=item.band,
            danger_now=item.report.danger_now,
            strong_links=item.strong_links,
        )
    return Standing(
        subject=part.incident_id,
        # "" is of what has no score, which is read twice anyhow.
        band=min(score.band, item.band) if score else "",
        danger_now=part.incident.danger_now,
        strong_links=max(score.strong_links if score else 0, item.strong_links),
    )


def _drafted(item: QueueItem, part: Part | None, reason: ClosingReason, *, by: Officer) -> Closing:
    own = score_of(part, actor=by) if part else None
    score = own if part else item
    standing = _as_it_stands(item, part, own)
    percent = policy_in_force().closing_sample_percent
    return Closing(
        id=ids.uuid7(),
        report=item.report,
        incident=part.incident if part else None,
        reason=reason,
        band=standing.band,
        rule=score.rule if score else "",
        title=score.title if score else [],
        risk=score.risk if score else 0,
        closed_by=by,
        read_twice=[*read_twice_because(standing, key=keys().pepper(PEPPER), percent=percent)],
    )

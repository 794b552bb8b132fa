"""Calling whoever must hear, noting what went out, and taking a page."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import UUID

from havre.agencies.models import Agency, Officer
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.intake.models import Report
from havre.intake.reads import report_by_id
from havre.plumbing import clock, ids
from havre.plumbing.queue import defer
from havre.triage.paging.models import Call, Page, Reach
from havre.triage.paging.reads import (
    PagesPage,
    page_waiting_for,
    pages_page,
    paging_policy,
    people_for,
    reach_of,
    reaches_of,
    unattended_page,
)
from havre.triage.paging.rules.ladder import PageEnd, PageKind, Rung, Step, next_step
from havre.triage.paging.rules.ways import Way

# The job that calls people. It goes before every other job, and never runs twice at once.
TASK, LOCK, PRIORITY = "page", "pages", 100
TESTS_APART = timedelta(minutes=1)


class NotWaitingError(Exception):
    """The page waits no more, or nobody is due to be called yet. Nothing was changed."""


class NotYoursToTakeError(Exception):
    """A page for a referral, which its agency alone ends, by its answer. Nothing was changed."""


@action(Event.PAGE_WRITTEN)
def write_page(report_id: UUID, *, by: Actor) -> Page:
    """Call somebody for a report that came into the IMMEDIATE lane. Safe to repeat.

    The page commits with what brought the report there, and so does the job that sends it.
    """
    report = report_by_id(report_id, actor=by)
    page = page_waiting_for(report.pk, actor=by)
    if page is None:
        page = _begun(PageKind.REPORT, report, reference=report.reference)
    _record(Event.PAGE_WRITTEN, page, by=by, kind=page.kind)
    return page


@action(Event.PAGE_WRITTEN)
def write_referral_page(report: Report, *, to: Agency, reference: str, by: Actor) -> Page:
    """Call somebody of an agency for a referral that cannot wait. Safe to repeat."""
    waiting = Page.objects.visible_to(by).waiting()
    page = waiting.filter(kind=PageKind.REFERRAL, reference=reference).first()
    if page is None:
        page = _begun(PageKind.REFERRAL, report, reference=reference, to=to)
    _record(Event.PAGE_WRITTEN, page, by=by, kind=page.kind)
    return page


def _begun(kind: PageKind, report: Report, *, reference: str, to: Agency | None = None) -> Page:
    page = Page(
        id=ids.uuid7(),
        kind=kind,
        report=report,
        agency=to,
        reference=reference,
        compartment=report.compartment,
        written_at=clock.now(),
        next_at=clock.now(),
    )
    page.save(force_insert=True)
    defer(TASK, queue=TASK, priority=PRIORITY, lock=LOCK)
    return page


@action(Event.PAGE_WRITTEN)
def write_unattended(compartment: str, *, by: Actor) -> Page:
    """Call somebody because reports wait and nobody looks at the queue. Safe to repeat.

    Whoever is called holds the compartment of the one that waits most urgently.
    """
    page = unattended_page(actor=by)
    if page is None:
        page = Page(
            id=ids.uuid7(),
            kind=PageKind.UNATTENDED,
            compartment=compartment,
            written_at=clock.now(),
            next_at=clock.now(),
        )
        page.save(force_insert=True)
    _record(Event.PAGE_WRITTEN, page, by=by, kind=page.kind)
    return page


@action(Event.PAGE_CALLED)
def call_next(page_id: UUID, *, ways: Collection[Way], by: Actor) -> bool:
    """Call the next ones on the ladder of a page, by those of their ways that work here.

    Whoever has no way to be reached is passed over, and it is seen. When everybody was called in
    vain, the page is missed, and its ladder begins again. Gives whether those who come after are
    due at once. Raises NotWaitingError.
    """
    page = _locked(page_id, by)
    now = clock.now()
    if page.next_at > now:
        raise NotWaitingError
    people = people_for(page, actor=by)
    in_round = Call.objects.filter(page=page, round=page.round)
    called = frozenset(in_round.values_list("officer", flat=True))
    if not people.on_call and not called:
        page.nobody_on_call = True
    step = next_step(people, called=called)
    if step:
        reached = _call(page, step, ways, by)
        page.next_at = now + paging_policy().acknowledge if reached else now
    else:
        somebody = in_round.exclude(way=Way.NONE).filter(sent_at__isnull=False).exists()
        page.missed_at = page.missed_at or now
        page.round += 1
        page.next_at = now if somebody else now + paging_policy().acknowledge
    page.save(update_fields=["missed_at", "next_at", "nobody_on_call", "round"])
    _record(
        Event.PAGE_CALLED,
        page,
        by=by,
        rung=step.rung if step else "nobody is left",
        officers=[str(each) for each in step.officers] if step else [],
        nobody_on_call=page.nobody_on_call,
    )
    return page.next_at <= now


@action(Event.PAGE_SENT)
def note_sent(calls: Iterable[Call], *, by: Actor) -> None:
    """What called a person went out."""
    for call in calls:
        call.sent_at, call.tries = clock.now(), call.tries + 1
        call.failed_as = ""
        call.save(update_fields=["failed_as", "sent_at", "tries"])
        _record(Event.PAGE_SENT, call.page, by=by, officer=str(call.officer_id), way=call.way)


@action(Event.PAGE_FAILED)
def note_failed(calls: Iterable[Call], *, because: str, by: Actor) -> None:
    """What called a person did not go out: it is tried again, and given up after the last try.

    When nothing of a rung can go out any more, the next one is called at once.
    """
    now = clock.now()
    for call in calls:
        call.tries, call.failed_as = call.tries + 1, because
        wait = paging_policy().next_try(call.tries)
        call.next_try_at = now + (wait or timedelta())
        call.given_up_at = None if wait else now
        call.save(update_fields=["failed_as", "given_up_at", "next_try_at", "tries"])
        page = call.page
        rest = Call.objects.filter(page=page, round=call.round, rung=call.rung)
        if not rest.filter(given_up_at=None).exists():
            Page.objects.waiting().filter(pk=page.pk, round=call.round).update(next_at=now)
        _record(
            Event.PAGE_FAILED,
            page,
            by=by,
            officer=str(call.officer_id),
            way=call.way,
            because=because,
            given_up=wait is None,
        )


@action(Event.PAGE_ACKNOWLEDGED)
def acknowledge_page(page_id: UUID, *, by: Officer) -> Page:
    """Take a page: nobody else is called for it.

    Raises NotWaitingError when it waits no more, and NotYoursToTakeError where another agency is
    called for its referral: until that answers, somebody there must be reached.
    """
    page = _locked(page_id, by)
    if not page.may_be_taken_by(by):
        raise NotYoursToTakeError
    page.acknowledged_by, page.acknowledged_at = by, clock.now()
    page.save(update_fields=["acknowledged_at", "acknowledged_by"])
    _record(Event.PAGE_ACKNOWLEDGED, page, by=by)
    return page


@action(Event.PAGE_ENDED)
def end_page(page_id: UUID, *, because: PageEnd, by: Actor) -> None:
    """Nobody need be called for this any more. Raises NotWaitingError when it waits no more."""
    page = _locked(page_id, by)
    page.ended_at, page.ended_because = clock.now(), because
    page.save(update_fields=["ended_at", "ended_because"])
    _record(Event.PAGE_ENDED, page, by=by, because=because)


@action(Event.PAGES_READ)
def read_pages(*, after: str = "", by: Officer) -> PagesPage:
    """Look at who was called for what, and who took it. Numbers and names of officers only."""
    page = pages_page(after=after, actor=by)
    rows = len(page.waiting) + len(page.over)
    record(Event.PAGES_READ, about_kind="pages", about=by.agency_id, by=by, rows=rows)
    return page


@action(Event.REACH_SET)
def set_reach(*, email: str, phone: str, webhook: str, new_secret: bool, by: Officer) -> Reach:
    """Say how one wants to be reached. The log holds which ways, not where they lead."""
    reach = reach_of(by)
    reach.email, reach.phone, reach.webhook = email, phone, webhook
    reach.turn += int(new_secret)
    reach.said_at = clock.now()
    reach.save()
    named = [str(way) for way in reach.ways()]
    record(Event.REACH_SET, about_kind="officer", about=by.pk, by=by, ways=named)
    return reach


@action(Event.REACH_TRIED)
def ask_for_test(*, by: Officer) -> tuple[Way, ...]:
    """Try every way that one named; gives which. None when there is none, or one is under way."""
    reach, now = reach_of(by), clock.now()
    is_soon = reach.test_asked_at is not None and now < reach.test_asked_at + TESTS_APART
    ways = () if is_soon else tuple(reach.ways())
    if ways:
        reach.test_asked_at, reach.tested_at, reach.test_results = now, None, {}
        reach.save(update_fields=["test_asked_at", "test_results", "tested_at"])
        defer(TASK, queue=TASK, priority=PRIORITY, lock=LOCK)
    named = [str(way) for way in ways]
    record(Event.REACH_TRIED, about_kind="officer", about=by.pk, by=by, ways=named)
    return ways


@action(Event.REACH_TESTED)
def note_test(reach: Reach, results: dict[Way, str], *, by: Actor) -> None:
    """What became of a test, by each way: a code where it failed, "" where it went out."""
    reach.tested_at = clock.now()
    reach.test_results = {str(way): because for way, because in results.items()}
    reach.save(update_fields=["test_results", "tested_at"])
    failed = [str(way) for way, because in results.items() if because]
    record(Event.REACH_TESTED, about_kind="officer", about=reach.pk, by=by, failed=failed)


def _locked(page_id: UUID, by: Actor) -> Page:
    page = Page.objects.visible_to(by).select_for_update(of=("self",)).get(pk=page_id)
    if page.acknowledged_at or page.ended_at:
        raise NotWaitingError
    return page


def _call(page: Page, step: Step, ways: Collection[Way], by: Actor) -> bool:
    """Write down who is called by which ways. Gives whether anybody can be reached at all."""
    now, reached = clock.now(), False
    reaches = reaches_of(step.officers, actor=by)
    for officer in step.officers:
        named = reaches[officer].ways() if officer in reaches else {}
        usable = [way for way in named if way in ways]
        reached = reached or bool(usable)
        for way in usable or [Way.NONE]:
            Call(
                id=ids.uuid7(),
                page=page,
                officer_id=officer,
                rung=Rung(step.rung),
                round=page.round,
                way=way,
                called_at=now,
                next_try_at=now,
                failed_as="" if way else "no-way",
                given_up_at=None if way else now,
            ).save(force_insert=True)
    return reached


def _record(
    event: Event, page: Page, *, by: Actor, **details: str | int | bool | list[str] | None
) -> None:
    kind, about = ("report", page.report_id) if page.report_id else ("page", page.pk)
    record(event, about_kind=kind, about=about, by=by, page=str(page.pk), **details)

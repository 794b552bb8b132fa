"""Questions about pages: who may be called, what is due, what stands unanswered."""

import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from havre.agencies.models import Officer
from havre.agencies.reads import the_tipline
from havre.agencies.rules.permits import Permit, Role
from havre.audit.reads import last_of
from havre.audit.rules import Actor, Event
from havre.intake.models import Report
from havre.plumbing import clock
from havre.plumbing.keys import keys
from havre.plumbing.values.written import written_once
from havre.triage.duty.reads import on_call_now
from havre.triage.models import QueueItem
from havre.triage.paging.letters import letter_for, test_letter
from havre.triage.paging.models import Call, Page, Reach
from havre.triage.paging.rules.ladder import PageKind, People
from havre.triage.paging.rules.policy import PagingPolicy, load_paging_policy
from havre.triage.paging.rules.unattended import (
    IMMEDIATE_RANKS,
    TODAY_RANKS,
    is_unattended,
)
from havre.triage.paging.rules.ways import Letter, Way
from havre.triage.rules.claims import CLAIM_HOLDS

ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A letter that is due, the way it goes, and the calls it answers for."""

    way: Way
    letter: Letter
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesPage:
    """The pages that wait, and those that are over, the latest first."""

    waiting: tuple[Page, ...]
    over: tuple[Page, ...]
    next: str


@cache
def paging_policy() -> PagingPolicy:
    """The policy that pages climb by."""
    return load_paging_policy()


def people_for(page: Page, *, actor: Actor) -> People:
    """Who may be called for a page now. Nobody is called for what they may not read.

    A coordinator reads no report that was not referred, but can wake somebody who does.
    """
    active = Officer.objects.filter(is_active=True).order_by("joined_at", "pk")
    coordinators = tuple(one.pk for one in active.filter(role=Role.NATIONAL_COORDINATOR))
    if page.report_id and page.agency_id:
        return _people_of_agency(page.report_id, page.agency_id, coordinators, actor=actor)
    tipline = the_tipline()

    def may(officer: Officer) -> bool:
        holds = not page.compartment or page.compartment in officer.compartments
        return officer.may(Permit.PAGE_ANSWER) and holds

    supervisors = active.filter(agency=tipline, role=Role.SUPERVISOR)
    return People(
        on_call=tuple(one.pk for one in on_call_now(tipline.pk, actor=actor) if may(one)),
        supervisors=tuple(one.pk for one in supervisors if may(one)),
        coordinators=coordinators,
    )


def _people_of_agency(
    report: UUID, agency: UUID, coordinators: tuple[UUID, ...], *, actor: Actor
) -> People:
    def may(officer: Officer) -> bool:
        seen = Report.objects.visible_to(officer).filter(pk=report)
        return officer.may(Permit.REFERRAL_ANSWER) and seen.exists()

    supervisors = Officer.objects.filter(
        is_active=True, agency=agency, role=Role.AGENCY_SUPERVISOR
    ).order_by("joined_at", "pk")
    return People(
        on_call=tuple(one.pk for one in on_call_now(agency, actor=actor) if may(one)),
        supervisors=tuple(one.pk for one in supervisors if may(one)),
        coordinators=coordinators,
    )


def reaches_of(officers: Collection[UUID], *, actor: Actor) -> dict[UUID, Reach]:
    """How each of these wants to be reached; who never said so is not there."""
    found = Reach.objects.visible_to(actor).filter(officer__in=officers)
    return {one.officer_id: one for one in found}


def reach_of(officer: Officer) -> Reach:
    """How an officer wants to be reached; an empty one while nothing was said."""
    found = Reach.objects.visible_to(officer).filter(officer=officer).first()
    return found or Reach(officer=officer)


def webhook_secret(reach: Reach) -> bytes:
    """What a person's webhook is signed with: derived, so that nothing of it is stored."""
    about = f"{reach.officer_id}|{reach.turn}".encode()
    return hmac.digest(keys().pepper("webhook"), about, "sha256")


def tests_due(*, actor: Actor) -> list[tuple[Reach, dict[Way, Letter]]]:
    """The tests that people asked for and that did not go out yet, each by every way they named."""
    asked = Reach.objects.visible_to(actor).filter(test_asked_at__isnull=False, tested_at=None)
    return [(reach, _tests(reach)) for reach in asked.select_related("officer")[:ROWS]]


def pages_due(*, actor: Actor) -> list[UUID]:
    """The pages for which somebody is to be called now."""
    waiting = Page.objects.visible_to(actor).waiting()
    due = waiting.filter(next_at__lte=clock.now()).order_by("next_at")
    return list(due.values_list("pk", flat=True))


def parcels_due(*, actor: Actor) -> list[Parcel]:
    """The letters to send now: one for each person and way, with all that this person waits for.

    Whoever had one a moment ago gets the next a little later.
    """
    now = clock.now()
    sent_lately = set(
        Call.objects.visible_to(actor)
        .filter(sent_at__gt=now - paging_policy().gather)
        .values_list("officer", "way")
    )
    waiting = Page.objects.visible_to(actor).waiting()
    unsent = Call.objects.visible_to(actor).filter(
        sent_at=None, given_up_at=None, next_try_at__lte=now, page__in=waiting
    )
    calls = list(unsent.select_related("page", "officer").order_by("officer", "way", "id"))
    reaches = reaches_of({each.officer_id for each in calls}, actor=actor)
    return [
        _parcel(list(group), Way(way), reaches[officer])
        for (officer, way), group in groupby(calls, key=lambda each: (each.officer_id, each.way))
        if (officer, way) not in sent_lately
    ]


def missed_pages(*, actor: Actor) -> list[Page]:
    """The pages for which the whole ladder was called in vain, the oldest first."""
    return _missed(actor)


@written_once
def _missed(actor: Actor) -> QuerySet[Page]:
    found = Page.objects.visible_to(actor).waiting().filter(missed_at__isnull=False)
    return found.order_by("id")[:ROWS]


def page_waiting_for(report: UUID, *, actor: Actor) -> Page | None:
    """The page of a report that nobody has taken yet."""
    return Page.objects.visible_to(actor).of_the_desk().waiting().filter(report=report).first()


def page_of_report(report: UUID, *, actor: Actor) -> Page | None:
    """The last page for a report, whether it waits or not."""
    return next(iter(_pages_of(report, actor)), None)


@written_once
def _pages_of(report: UUID, actor: Actor) -> QuerySet[Page]:
    found = Page.objects.visible_to(actor).of_the_desk().filter(report=report)
    return found.select_related("acknowledged_by").order_by("-id")[:1]


def unattended_page(*, actor: Actor) -> Page | None:
    """The alarm of an unattended queue that nobody has taken yet."""
    waiting = Page.objects.visible_to(actor).waiting()
    return waiting.filter(kind=PageKind.UNATTENDED).first()


def what_nobody_looks_at(*, actor: Actor) -> str | None:
    """The compartment of the most urgent report that waits while nobody looks at the queue.

    None when somebody does, or nothing urgent waits. What people are called for already, and what
    somebody has in hand, waits for them and not for this.
    """
    now, policy = clock.now(), paging_policy()
    looks = (_last_look(now - policy.unattended_today), _last_answer(actor))
    waiting = Page.objects.visible_to(actor).of_the_desk().waiting()
    called_for = waiting.filter(report__isnull=False)
    in_hand = Q(claimed_by__is_active=True, claimed_at__gt=now - CLAIM_HOLDS)
    free = QueueItem.objects.visible_to(actor).exclude(in_hand)
    free = free.exclude(report__in=called_for.values("report")).select_related("report")
    for ranks, patience in (
        (IMMEDIATE_RANKS, policy.unattended_immediate),
        (TODAY_RANKS, policy.unattended_today),
    ):
        item = free.filter(rank__in=ranks).order_by("rank", "queued_at").first()
        if item and is_unattended(item.queued_at, looks=looks, patience=patience, now=now):
            return item.report.compartment
    return None


def is_attended_since(moment: datetime, *, actor: Actor) -> bool:
    """Whether anybody of the desk opened or claimed a report since, or nothing urgent waits."""
    look = _last_look(moment)
    urgent = QueueItem.objects.visible_to(actor).filter(rank__in=IMMEDIATE_RANKS | TODAY_RANKS)
    return (look is not None and look > moment) or not urgent.exists()


def pages_page(*, after: str = "", actor: Actor) -> PagesPage:
    """The pages an officer may see; `after` is what the page before gave as its `next`."""
    called = Call.objects.visible_to(actor).select_related("officer").order_by("id")
    everything = (
        Page.objects.visible_to(actor)
        .select_related("acknowledged_by", "agency")
        .prefetch_related(Prefetch("calls", queryset=called))
    )
    over = everything.exclude(pk__in=Page.objects.waiting().values("pk")).order_by("-id")
    try:
        over = over.filter(pk__lt=UUID(after)) if after else over
    except ValueError:
        after = ""
    found = list(over[: ROWS + 1])
    waiting = () if after else tuple(everything.waiting().order_by("id"))
    return PagesPage(
        waiting=waiting,
        over=tuple(found[:ROWS]),
        next=found[ROWS - 1].pk.hex if len(found) > ROWS else "",
    )


def pages_of_referrals(*, actor: Actor) -> list[Page]:
    """The pages to people of agencies that wait."""
    waiting = Page.objects.visible_to(actor).waiting()
    return list(waiting.filter(kind=PageKind.REFERRAL).order_by("id"))


def page_of_referral(reference: str, *, actor: Actor) -> Page | None:
    """The last page for a referral, whether it waits or not."""
    found = Page.objects.visible_to(actor).filter(kind=PageKind.REFERRAL, reference=reference)
    return found.order_by("-id").first()


def _last_look(since: datetime) -> datetime | None:
    looks = (Event.REPORT_OPENED, Event.REPORT_CLAIMED)
    return last_of(looks, agency=the_tipline().pk, since=since)


def _last_answer(actor: Actor) -> datetime | None:
    found = Page.objects.visible_to(actor).of_the_desk().filter(acknowledged_at__isnull=False)
    last = found.order_by("-acknowledged_at").first()
    return last.acknowledged_at if last else None


def _tests(reach: Reach) -> dict[Way, Letter]:
    secret, answers = webhook_secret(reach), reach.officer.may(Permit.PAGE_ANSWER)
    return {
        way: test_letter(
            reach, way, secret=secret if way is Way.WEBHOOK else b"", answers_pages=answers
        )
        for way in reach.ways()
    }


def _parcel(calls: Sequence[Call], way: Way, reach: Reach) -> Parcel:
    letter = letter_for(
        [call.page for call in calls],
        to=reach.ways().get(way, ""),
        secret=webhook_secret(reach) if way is Way.WEBHOOK else b"",
        language=calls[0].officer.language,
        answers_pages=calls[0].officer.may(Permit.PAGE_ANSWER),
    )
    return Parcel(way=way, letter=letter, calls=tuple(calls))

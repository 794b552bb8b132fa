"""Questions about exchanges with other countries: which one sees, and whom one deals with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from havre.agencies.models import Agency
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Actor
from havre.cases.abroad.models import Assessment, Exchange, Letter, Link
from havre.cases.abroad.rules.states import WAITING, ExchangeState
from havre.cases.models import Case
from havre.cases.reads import case_by_reference
from havre.intake.models import Report
from havre.intake.rules.receipts import tidy_reference
from havre.plumbing import clock
from havre.referrals.inbox.others import ringing_until
from havre.referrals.models import Referral

EXCHANGE_ROWS = 50
FOREIGN_HOTLINE = "foreign-hotline"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangePage:
    """A page of exchanges, newest first, with the counts of its head."""

    exchanges: tuple[Exchange, ...]
    next: str
    late: int
    undecided: int
    news: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksSeen:
    """What an exchange is about, as far as its reader may see it, and how many others there are."""

    links: tuple[Link, ...]
    hidden: int


def partners_abroad() -> list[Agency]:
    """The agencies of other countries, and the hotlines there, by code."""
    hotlines = Q(kind=AgencyKind.HOTLINE, legal_type=FOREIGN_HOTLINE)
    return list(Agency.objects.filter(Q(kind=AgencyKind.FOREIGN) | hotlines))


def exchanges_page(actor: Actor, *, which: str = "", after: str = "") -> ExchangePage:
    """The exchanges one may see: open ones, or "late", "undecided", "news", "closed", "all"."""
    seen = Exchange.objects.visible_to(actor)
    late = Q(state__in=WAITING, due_at__lt=clock.now())
    waits = Q(pk__in=_undecided().values("exchange"))
    chosen = {
        "all": Q(),
        "closed": Q(state=ExchangeState.CLOSED),
        "late": late,
        "news": Q(has_news=True),
        "undecided": waits,
    }.get(which, ~Q(state=ExchangeState.CLOSED))
    rows = seen.filter(chosen).select_related("partner")
    try:
        rows = rows.filter(pk__lt=UUID(after)) if after else rows
    except ValueError:
        rows = rows.none()
    found = list(rows[: EXCHANGE_ROWS + 1])
    more = len(found) > EXCHANGE_ROWS
    return ExchangePage(
        exchanges=tuple(found[:EXCHANGE_ROWS]),
        next=str(found[EXCHANGE_ROWS - 1].pk) if more else "",
        late=seen.filter(late).count(),
        undecided=seen.filter(waits).count(),
        news=seen.filter(has_news=True).count(),
    )


def exchange_by_reference(reference: str, *, actor: Actor, is_held: bool = False) -> Exchange:
    """One exchange, `is_held` until the transaction ends where it is to be changed.

    Raises Exchange.DoesNotExist, alike for foreign, held in another compartment and missing.
    """
    visible = Exchange.objects.visible_to(actor)
    if is_held:
        return visible.select_for_update().get(reference=reference)
    return visible.select_related("agency", "partner").get(reference=reference)


def filed_already(exchange: Exchange) -> Exchange | None:
    """The exchange that holds the same letter of the same partner, if any."""
    if exchange.their_digest is None:
        return None
    same = Exchange.objects.filter(
        agency=exchange.agency_id,
        partner=exchange.partner_id,
        compartment=exchange.compartment,
        their_digest=exchange.their_digest,
    )
    return same.exclude(pk=exchange.pk).first()


def assessments_of(exchange: Exchange) -> list[Assessment]:
    """What was found of its risks, oldest first."""
    return list(Assessment.objects.filter(exchange=exchange).select_related("by", "decided_by"))


def letters_of(exchange: Exchange) -> list[Letter]:
    """What was said at its steps, and noted, newest first."""
    return list(Letter.objects.filter(exchange=exchange).select_related("by").order_by("-id"))


def thing_called(called: str, *, actor: Actor) -> Report | Referral | Case:
    """The report, referral or case of a number. Raises ObjectDoesNotExist where one sees none."""
    typed = called.strip().upper()
    if typed.startswith("C"):
        return case_by_reference(typed, actor=actor)
    reference = tidy_reference(typed) or ""
    report = Report.objects.visible_to(actor).filter(reference=reference).first()
    return report or Referral.objects.visible_to(actor).get(reference=reference)


def links_seen(exchange: Exchange, *, actor: Actor) -> LinksSeen:
    """What an exchange is about, as far as the actor may see it."""
    links = list(Link.objects.filter(exchange=exchange, ended_at=None))
    seen = {
        *_seen(Report.objects.visible_to(actor), [one.report_id for one in links]),
        *_seen(Referral.objects.visible_to(actor), [one.referral_id for one in links]),
        *_seen(Case.objects.visible_to(actor), [one.case_id for one in links]),
    }
    shown = [one for one in links if {one.report_id, one.referral_id, one.case_id} & seen]
    return LinksSeen(links=tuple(shown), hidden=len(links) - len(shown))


def clocks_to_ring(*, actor: Actor) -> list[Exchange]:
    """The exchanges that somebody waits for past their moment, and that do not ring yet."""
    late = Exchange.objects.visible_to(actor).filter(state__in=WAITING, due_at__lt=clock.now())
    found = list(late.select_related("agency"))
    rings = ringing_until([one.reference for one in found])
    return [one for one in found if (one.reference, one.due_at) not in rings]


def _undecided() -> QuerySet[Assessment]:
    return Assessment.objects.filter(
        is_escalated=True, decision="", revision=F("exchange__revision")
    )


def _seen(visible: QuerySet[Any], ids: Sequence[UUID | None]) -> set[UUID]:
    asked = [one for one in ids if one]
    return set(visible.filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()

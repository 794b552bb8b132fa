"""What the pages of watches show, in the reader's language."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from havre.cases.models import Case
from havre.cases.watches.actions import OpenedAlerts, OpenedWatches
from havre.cases.watches.forms import RenewForm
from havre.cases.watches.wording import FINDINGS, PURPOSES, TELLS
from havre.links.watches.models import Hit, Watch
from havre.links.watches.rules import REMIND
from havre.plumbing import clock
from havre.referrals.wording import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchRow:
    """A watch in words, with the form that renews it."""

    watch: Watch
    kind: Promise
    value: str
    purpose: Promise
    tells: Promise
    case: Case | None
    ends_soon: bool
    form: RenewForm


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """An alert in words; `report` is the reference where the report was sent to the reader."""

    hit: Hit
    kind: Promise
    value: str
    report: str
    finding: Promise | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokeredRow:
    """An alert of another agency that the coordinator may be asked about."""

    reference: str
    agency: str
    at: datetime


def watch_rows(opened: OpenedWatches) -> list[WatchRow]:
    """The watches of a page."""
    soon = clock.now() + REMIND
    return [
        WatchRow(
            watch=watch,
            kind=KINDS[watch.kind],
            value=opened.values.get(watch.pk, ""),
            purpose=PURPOSES[watch.purpose],
            tells=TELLS[watch.tells],
            case=opened.cases.get(watch.of_case) if watch.of_case else None,
            ends_soon=watch.is_standing and watch.until <= soon,
            form=RenewForm(watch=watch.reference),
        )
        for watch in opened.page.watches
    ]


def alert_rows(opened: OpenedAlerts) -> list[AlertRow]:
    """The alerts of a page."""
    return [
        AlertRow(
            hit=hit,
            kind=KINDS[hit.watch.kind],
            value=opened.values.get(hit.watch_id, ""),
            report=opened.page.opened.get(hit.report_id, ""),
            finding=FINDINGS.get(hit.finding),
        )
        for hit in opened.page.hits
    ]


def brokered_rows(opened: OpenedAlerts, *, language: str) -> list[BrokeredRow]:
    """The alerts of other agencies that the coordinator speaks of with both sides."""
    return [
        BrokeredRow(reference=one.reference, agency=one.agency.name(language), at=one.at)
        for one in opened.brokered
    ]

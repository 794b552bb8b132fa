"""Questions about bundles: which there are, what stands in them, and what stays by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from havre.agencies.models import Officer
from havre.audit.rules import Actor
from havre.intake.models import Report
from havre.intake.thin.models import FieldsAsked
from havre.intake.thin.reads import asked_for, missing_in
from havre.plumbing.values.written import written_once
from havre.triage.bundles.models import Bundle, Outline
from havre.triage.bundles.rules import BundleKind, BundleState
from havre.triage.bundles.settling import candidates_for, divided
from havre.triage.models import IN_A_BUNDLE, Closing, QueueItem
from havre.triage.policies.reads import policy_in_force
from havre.triage.rules.assess import title_by

ROWS = 50
MOST_NAMED = 5
# The parts of a bundle's page, beside the reports that stand in it.
APART, CLOSED = "apart", "closed"
Reports = QuerySet[Any, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleRow:
    """A bundle with its counts: the reports that stand in it, or would; and from how many senders.

    `apart` of them tell more than the others and stand by themselves.
    """

    bundle: Bundle
    reports: int
    senders: int
    since: datetime | None
    apart: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlesPage:
    """A page of bundles, the latest first."""

    rows: tuple[BundleRow, ...]
    chosen: int
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One report of a bundle's page, with its title by rule."""

    report: Report
    title: str
    risk: int
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody said when reports were closed together."""

    reason: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePage:
    """One bundle: its counts, a page of its reports, and what may be decided."""

    row: BundleRow
    part: str
    rows: tuple[ReportRow, ...]
    chosen: int
    next: str
    closed: int
    missing: tuple[tuple[str, int], ...]
    asked: FieldsAsked | None
    # What most of them tell, as codes of outlines.
    common: frozenset[str]
    # Why the last ones were closed, and in which words, for whoever closes the next ones.
    said: Said | None = None


def members_of(bundle: Bundle) -> QuerySet[QueueItem]:
    """The rows of the queue that stand in a bundle, the oldest first."""
    return QueueItem.objects.filter(IN_A_BUNDLE, bundle=bundle).order_by("report")


def closed_in(bundle: Bundle, *, actor: Actor) -> QuerySet[Outline]:
    """The outlines of what was closed with a bundle and is closed still, the oldest first."""
    shut = Closing.objects.visible_to(actor).filter(reopened_at=None)
    closed = Outline.objects.visible_to(actor).filter(closed_with=bundle)
    return closed.filter(report__in=shut.values("report")).order_by("report")


def last_closed_by(officer: Officer, bundle: Bundle) -> Closing | None:
    """The last closing that somebody made of a report that is closed with a bundle still."""
    closed = closed_in(bundle, actor=officer)
    made = Closing.objects.visible_to(officer).filter(closed_by=officer, reopened_at=None)
    found = made.filter(report__in=closed.values("report")).select_related("report")
    return found.order_by("-id").first()


def since_of(bundle: Bundle) -> datetime | None:
    """When the oldest of the reports came that stand in a bundle; None while none does."""
    found = members_of(bundle).order_by().aggregate(first=Min("report__received_at"))
    first: datetime | None = found["first"]
    return first


def standing_in(report: UUID, *, actor: Actor) -> Bundle | None:
    """The bundle in which a report stands, or that it was closed with."""
    named = [*_standing_in(report, actor), *_closed_with(report, actor)]
    if not named or named[0] is None:
        return None
    return Bundle.objects.visible_to(actor).filter(pk=named[0]).first()


@written_once
def _standing_in(report: UUID, actor: Actor) -> QuerySet[QueueItem, UUID | None]:
    item = QueueItem.objects.visible_to(actor).filter(IN_A_BUNDLE, report=report).order_by()
    return item.values_list("bundle", flat=True)


@written_once
def _closed_with(report: UUID, actor: Actor) -> QuerySet[Outline, UUID | None]:
    outline = Outline.objects.visible_to(actor).filter(report=report).order_by()
    return outline.values_list("closed_with", flat=True)


def bundles_in_queue(*, actor: Actor) -> tuple[BundleRow, ...]:
    """The bundles that the head of the queue names: those with reports, the largest first."""
    counted = (
        QueueItem.objects.visible_to(actor)
        .bundled()
        .order_by()
        .values("bundle")
        .annotate(reports=Count("report"))
        .order_by("-reports", "bundle")[:MOST_NAMED]
    )
    standing = [one["bundle"] for one in counted]
    suggested = Bundle.objects.visible_to(actor).filter(state=BundleState.SUGGESTED)
    found = [*standing, *suggested.values_list("pk", flat=True)[:MOST_NAMED]]
    by_id = Bundle.objects.visible_to(actor).select_related("provider").in_bulk(found)
    return tuple(row_of(by_id[pk]) for pk in found if pk in by_id)


def bundles_page(*, state: str = "", after: str = "", actor: Actor) -> BundlesPage:
    """Bundles, the latest first; `after` is what the page before gave as its `next`."""
    chosen = Bundle.objects.visible_to(actor)
    if state:
        chosen = chosen.filter(state=state)
    found = list(_behind(chosen, after).select_related("provider", "decided_by"))
    return BundlesPage(
        rows=tuple(row_of(one) for one in found[:ROWS]),
        chosen=chosen.count(),
        next=found[ROWS - 1].pk.hex if len(found) > ROWS else "",
    )


def bundle_page(
    pk: UUID, *, part: str = "", after: str = "", language: str, actor: Actor
) -> BundlePage:
    """One bundle with a page of its reports. Raises Bundle.DoesNotExist."""
    bundle = Bundle.objects.visible_to(actor).select_related("provider", "decided_by").get(pk=pk)
    inside, apart, common = _parts(bundle)
    closed = closed_in(bundle, actor=actor).values_list("report", flat=True)
    chosen = {APART: apart, CLOSED: closed}.get(part, inside)
    shown = list(_from(chosen, after)[: ROWS + 1])
    is_form = bundle.kind == BundleKind.EMPTY
    return BundlePage(
        row=replace(row_of(bundle), reports=inside.count(), apart=apart.count()),
        part=part,
        rows=_report_rows(shown[:ROWS], language, actor),
        chosen=chosen.count(),
        next=shown[ROWS - 1].hex if len(shown) > ROWS else "",
        closed=closed.count(),
        missing=missing_in(inside, actor=actor) if is_form else (),
        asked=asked_for(bundle.pk, actor=actor),
        common=common,
    )


def row_of(bundle: Bundle) -> BundleRow:
    """A bundle with its counts: of what stands in it, or of all that is like it while none does."""
    is_standing = bundle.state == BundleState.STANDING
    found = members_of(bundle) if is_standing else candidates_for(bundle)
    counts = found.order_by().aggregate(
        reports=Count("report"),
        senders=Count("report__provider", distinct=True),
        since=Min("report__received_at"),
    )
    return BundleRow(bundle=bundle, **counts)


def _parts(bundle: Bundle) -> tuple[Reports, Reports, frozenset[str]]:
    """What stands in a bundle or would, its like that stand apart, and what most tell."""
    if bundle.state == BundleState.STANDING:
        inside = members_of(bundle).values_list("report", flat=True)
        return inside, _standing_apart(bundle), frozenset(bundle.common)
    together, alone, common = divided(bundle)
    waiting = QueueItem.objects.order_by("report").values_list("report", flat=True)
    return waiting.filter(report__in=together), waiting.filter(report__in=alone), common


def _standing_apart(bundle: Bundle) -> Reports:
    like = Outline.objects.filter(compartment=bundle.compartment)
    if bundle.kind == BundleKind.EMPTY:
        like = like.filter(provider=bundle.provider_id, template=bundle.key)
    else:
        like = like.filter(files__contains=[bundle.key], template="")
    alone = QueueItem.objects.singly().filter(report__in=like.values("report"))
    return alone.order_by("report").values_list("report", flat=True)


def _behind(chosen: QuerySet[Bundle], after: str) -> QuerySet[Bundle]:
    try:
        behind = chosen.filter(pk__lt=UUID(after)) if after else chosen
    except ValueError:
        behind = chosen
    return behind.order_by("-pk")[: ROWS + 1]


def _from(reports: Reports, after: str) -> Reports:
    try:
        return reports.filter(report__gt=UUID(after)) if after else reports
    except ValueError:
        return reports


def _report_rows(shown: Sequence[UUID], language: str, actor: Actor) -> tuple[ReportRow, ...]:
    found = Report.objects.visible_to(actor).select_related("provider").defer("body", "contact")
    reports = found.in_bulk(list(shown))
    items = QueueItem.objects.visible_to(actor).in_bulk(list(shown))
    told = dict(Outline.objects.filter(report__in=list(shown)).values_list("report", "told"))
    rows = []
    for pk in (each for each in shown if each in reports):
        item = items.get(pk)
        title = title_by(item.title, policy=policy_in_force(), language=language) if item else ""
        rows.append(
            ReportRow(
                report=reports[pk],
                title=title,
                risk=item.risk if item else 0,
                told=tuple(told.get(pk, ())),
            )
        )
    return tuple(rows)

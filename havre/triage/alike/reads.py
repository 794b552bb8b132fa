"""Questions about reports that say nearly the same."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from havre.audit.rules import Actor
from havre.identifiers.models import Mention
from havre.identifiers.rules.words import Kind
from havre.intake.floods.rules.likeness import Sketch
from havre.intake.models import Attachment, Report
from havre.intake.reads import report_by_reference
from havre.intake.rules.submission import PersonRole
from havre.plumbing import clock
from havre.plumbing.values.written import written_once
from havre.triage.alike.clues import led_to
from havre.triage.alike.models import Alike
from havre.triage.alike.rules.shapes import AS_OLD, FEELERS, Shape
from havre.triage.filters.places import IN_ORDER
from havre.triage.models import Closing, QueueItem
from havre.triage.reads import Waiting, rows_of

# So many of a group are listed to be ticked; all of them can be chosen together.
MOST_LISTED = 100
# So many firsts of groups are compared with a new report.
MOST_NEAR = 32
MOST_CLOSED_SHOWN = 5
# The group of a first, its digests and that of its files.
First = tuple[UUID, list[bytes | memoryview], bytes | memoryview | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A report of a group that waits, and what it holds that the first row does not.

    `also_names` is the kind and value of each identifier, "" for a value that stands sealed.
    """

    row: Waiting
    is_behind: bool
    also_names: tuple[tuple[Kind, str], ...]
    also_files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The reports that say nearly the same: those that wait, the most urgent first, and the rest.

    `decided` were closed together with the report that was asked for, and can be opened together;
    `closed` are the latest of the group that are closed. They decide nothing of those that wait.
    """

    report: Report
    members: tuple[Member, ...]
    waiting: int
    as_of: datetime
    decided: tuple[Report, ...]
    closed: tuple[Closing, ...]
    is_apart: bool


def group_of(reference: str, *, language: str, actor: Actor) -> Group:
    """The group of a report. Raises Report.DoesNotExist."""
    report = report_by_reference(reference, actor=actor)
    mine = Alike.objects.visible_to(actor).filter(report=report).first()
    items = waiting_in_group(report, actor=actor)
    found = items.select_related("report__provider", "claimed_by")
    rows = rows_of(list(found.defer("report__body", "report__contact")[:MOST_LISTED]), language)
    return Group(
        report=report,
        members=_members(rows, actor),
        waiting=items.count(),
        as_of=clock.now(),
        decided=tuple(_decided_with(mine, actor)) if mine else (),
        closed=tuple(_closed_of(mine, actor)) if mine else (),
        is_apart=mine is not None and mine.parted_from is not None,
    )


def reports_alike(report: Report, *, actor: Actor) -> list[UUID]:
    """Every report of a group, waiting or not."""
    group = Alike.objects.visible_to(actor).filter(report=report).values("group")
    of_group = Alike.objects.visible_to(actor).filter(group__in=group)
    return list(of_group.values_list("report", flat=True))


def waiting_in_group(report: Report, *, actor: Actor) -> QuerySet[QueueItem]:
    """What waits of a report's group, the most urgent first. For this room's reads and actions."""
    group = Alike.objects.visible_to(actor).filter(report=report).values("group")
    of_group = Alike.objects.visible_to(actor).filter(group__in=group).values("report")
    waiting = QueueItem.objects.visible_to(actor)
    return waiting.filter(Q(report__in=of_group) | Q(report=report)).order_by(*IN_ORDER)


def chosen_of(
    report: Report,
    *,
    references: tuple[str, ...] = (),
    waiting_at: datetime | None = None,
    actor: Actor,
) -> list[str]:
    """Of a group, those that were named, or all that stood in the queue at a moment."""
    waiting = waiting_in_group(report, actor=actor)
    which = Q(queued_at__lte=waiting_at) if waiting_at else Q(report__reference__in=references)
    return list(waiting.filter(which).values_list("report__reference", flat=True))


def files_of(report_id: UUID) -> list[str]:
    """The SHA-256 of the files that came with a report."""
    return _files(report_id)


@written_once
def _files(report: UUID) -> QuerySet[Attachment, str]:
    files = Attachment.objects.filter(report=report, is_source=False)
    return files.values_list("exhibit__sha256", flat=True)


def firsts_like(
    shape: Shape, *, of: Report, actor: Actor
) -> list[tuple[UUID, Sketch, bytes | None]]:
    """The firsts of groups that may say what a report says, in its compartment, of late."""
    where = of.compartment, clock.now() - AS_OLD, actor
    found: list[First] = []
    if shape.words:
        found += _firsts_that_say(tuple(shape.words[:FEELERS]), *where)
    if shape.files:
        found += _firsts_with_files(shape.files.hex(), *where)
    return [
        (group, tuple(bytes(each) for each in digests), bytes(files) if files else None)
        for group, digests, files in found
    ]


def _firsts(compartment: str, since: datetime, actor: Actor) -> QuerySet[Alike]:
    seen = Alike.objects.visible_to(actor)
    return seen.filter(is_first=True, noted_at__gt=since, compartment=compartment)


@written_once
def _firsts_that_say(
    words: tuple[bytes, ...], compartment: str, since: datetime, actor: Actor
) -> QuerySet[Alike, First]:
    firsts = _firsts(compartment, since, actor).filter(led_to(words))
    return firsts.values_list("group", "digests", "files")[:MOST_NEAR]


@written_once
def _firsts_with_files(
    files: str, compartment: str, since: datetime, actor: Actor
) -> QuerySet[Alike, First]:
    same = RawSQL("files = decode(%s, 'hex')", [files], output_field=BooleanField())
    firsts = _firsts(compartment, since, actor).filter(same)
    return firsts.values_list("group", "digests", "files")[:MOST_NEAR]


def _decided_with(mine: Alike, actor: Actor) -> list[Report]:
    """The reports that were closed by one decision together with this one and still are."""
    if mine.decision is None:
        return []
    together = Alike.objects.visible_to(actor).filter(decision=mine.decision)
    closed = Closing.objects.visible_to(actor).filter(
        reopened_at=None, pk__in=together.values("closing")
    )
    return [one.report for one in closed.select_related("report").order_by("report_id")]


def _closed_of(mine: Alike, actor: Actor) -> list[Closing]:
    group = Alike.objects.visible_to(actor).filter(group=mine.group).values("report")
    closed = Closing.objects.visible_to(actor).filter(reopened_at=None, report__in=group)
    return list(closed.select_related("report", "closed_by").order_by("-id")[:MOST_CLOSED_SHOWN])


def _members(rows: Collection[Waiting], actor: Actor) -> tuple[Member, ...]:
    reports = [row.report.pk for row in rows]
    named: dict[UUID, dict[bytes, tuple[Kind, str]]] = {report: {} for report in reports}
    others = Mention.objects.visible_to(actor).exclude(role=PersonRole.REPORTER)
    mentions = others.filter(record__report__in=reports)
    found = mentions.values_list("record__report", "token", "kind", "clear")
    for report, token, kind, clear in found:
        named[report][bytes(token)] = (Kind(kind), clear)
    files: dict[UUID, set[str]] = {report: set() for report in reports}
    came = Attachment.objects.filter(report__in=reports, is_source=False)
    for report, sha256 in came.values_list("report", "exhibit__sha256"):
        files[report].add(sha256)
    first = reports[0] if reports else None
    return tuple(
        Member(
            row=row,
            is_behind=row.item.behind_id is not None,
            also_names=tuple(
                sorted(
                    {
                        told
                        for token, told in named[row.report.pk].items()
                        if first and token not in named[first]
                    }
                )
            ),
            also_files=len(files[row.report.pk] - files[first]) if first else 0,
        )
        for row in rows
    )

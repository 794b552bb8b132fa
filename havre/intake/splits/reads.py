"""Questions about the incidents of a split report."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from havre.audit.rules import Actor, Station
from havre.intake.models import UNDECIDED, Message, Report, Share
from havre.intake.rules.submission import Submission
from havre.intake.splits.models import Part
from havre.intake.splits.rules import is_later, later_put, part_of
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import AGENCIES
from havre.plumbing.values.absent import none_without
from havre.plumbing.values.lists import one_of
from havre.plumbing.values.written import written_once


def standing_parts(report: UUID, *, actor: Actor, is_held: bool = False) -> list[Part]:
    """The incidents of a split report by number; none of one that is not split.

    `is_held` keeps them as they are until the act is done.
    """
    return _standing(report, actor, is_held)


def waits_in_part(report: UUID, *, actor: Actor) -> bool:
    """Whether a report is split and one of its incidents waits for a decision."""
    with acting_as(actor.context):
        return bool(_waiting(report, actor))


def split_among(reports: Collection[UUID]) -> set[UUID]:
    """Those of reports that are split."""
    if not reports:
        return set()
    return set(_split(tuple(reports)))


@written_once
def _split(reports: tuple[UUID, ...]) -> QuerySet[Part, UUID]:
    found = Part.objects.standing().filter(one_of("report", reports)).order_by()
    return found.values_list("report", flat=True)


def words_to_place(report: UUID, *, actor: Actor, is_held: bool = False) -> list[Message]:
    """What the reporter of a split report told that nobody put to an incident yet, oldest first.

    `is_held` keeps it as it is until the act is done.
    """
    found = _unplaced().filter(report=report, report__in=Report.objects.visible_to(actor))
    if is_held:
        found = found.select_for_update(of=("self",))
    return list(found.select_related("report"))


def count_to_place(reports: Collection[UUID]) -> dict[UUID, int]:
    """Of split reports, how many later words belong to no incident yet, where any do."""
    return dict(_to_place(tuple(reports))) if reports else {}


@written_once
def _to_place(reports: tuple[UUID, ...]) -> QuerySet[Message, tuple[UUID, int]]:
    found = _unplaced().filter(one_of("report", reports)).order_by().values_list("report")
    return found.annotate(Count("pk"))


@none_without("splits_part")
@written_once
def _standing(report: UUID, actor: Actor, is_held: bool) -> QuerySet[Part]:  # noqa: FBT001
    found = Part.objects.visible_to(actor).standing().filter(report=report)
    if is_held:
        found = found.select_for_update(of=("self",))
    return found.select_related("incident").order_by("number")


@written_once
def _waiting(report: UUID, actor: Actor) -> QuerySet[Part, UUID]:
    found = Part.objects.visible_to(actor).standing().filter(report=report, done_as="")
    return found.order_by().values_list("pk", flat=True)[:1]


def _unplaced() -> QuerySet[Message]:
    standing = Part.objects.standing().filter(report=OuterRef("report"))
    return Message.objects.filter(Exists(standing), UNDECIDED)


def as_given(told: Submission, report: Report, *, incident: int | None, by: Actor) -> Submission:
    """A report as far as `by` was given it: whole, or the part of the incidents sent apart.

    `incident` narrows it to one of these. Where nothing says what was given, nothing is. Whoever
    has the whole story of a split report has of what was told later what some incident of it has.
    """
    numbers = None if incident is None else {incident}
    is_outside = by.context.scope in AGENCIES
    if is_outside:
        given = numbers_given(report.pk, agency=UUID(by.context.agency))
        if given is not None:
            numbers = given if numbers is None else numbers & given
    if numbers is None:
        asks = is_outside and any(is_later(name) for name, _ in told.extra)
        put = pieces_put(report.pk) if asks else None
        return told if put is None else later_put(told, put)
    chosen = Part.objects.visible_to(by).filter(report=report, number__in=numbers)
    parts = list(chosen.select_related("incident"))
    pieces = frozenset[str]().union(*(part.pieces for part in parts))
    alone = parts[0].draft.happening if len(parts) == 1 else None
    return part_of(told, pieces, happening=alone)


def pieces_put(report: UUID) -> frozenset[str] | None:
    """Of a split report, the names of all that belongs to some incident; None of one that is whole.

    An agency that has the whole story knows of no incident: asked in Havre's own name.
    """
    with acting_as(Station.PIPELINE.context):
        parts = standing_parts(report, actor=Station.PIPELINE)
    return frozenset[str]().union(*(part.pieces for part in parts)) if parts else None


def numbers_given(report: UUID, *, agency: UUID) -> set[int] | None:
    """Of which incidents an agency may read; None where it was given the report whole."""
    for parts in _parts_given(report, agency):
        return None if parts is None else set(parts)
    return set()


@written_once
def _parts_given(report: UUID, agency: UUID) -> QuerySet[Share, list[int] | None]:
    given = Share.objects.filter(report=report, agency=agency, until=None)
    return given.values_list("parts", flat=True)[:1]

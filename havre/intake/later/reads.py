"""Questions about what reporters told after their reports, and on which nobody decided yet.

Of a split report such words belong to no incident yet, and `splits` knows of them. Of a report that
is whole they wait to be passed on from the moment at which an agency has it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, QuerySet

from havre.agencies.models import Agency
from havre.audit.rules import Actor
from havre.intake.models import GIVEN, UNDECIDED, Closure, Message, Report, Share, Stage
from havre.intake.rules.stages import StageWord
from havre.intake.splits.models import Part
from havre.plumbing.context import acting_as
from havre.plumbing.values.absent import none_without
from havre.plumbing.values.lists import one_of
from havre.plumbing.values.written import written_once

SWEPT_AT_ONCE = 1000
# What waited so long before anything looked at it calls nobody at night and warns nobody.
OLD = timedelta(days=7)
# What is told on more days is read as of the last of them.
MOST_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSince:
    """Who has a report that is whole, first come first, and since when somebody does."""

    agencies: tuple[Agency, ...]
    since: datetime


def words_waiting(
    report: UUID, *, actor: Actor, also_kept: bool = False, is_held: bool = False
) -> list[Message]:
    """What the reporter of a whole report told later, and nobody decided on, oldest first.

    `also_kept` gives what was kept back besides; `is_held` keeps it as it is until the act is done.
    """
    return _waiting(report, actor, also_kept, is_held)


def words_given(report: UUID, *, actor: Actor, is_held: bool = False) -> list[Message]:
    """What the reporter of a whole report told later, and was passed on, oldest first."""
    visible = Report.objects.visible_to(actor)
    found = _of_whole().filter(GIVEN, report=report, report__in=visible)
    if is_held:
        found = found.select_for_update(of=("self",))
    return list(found.select_related("report"))


def since_words_wait(reports: Collection[UUID]) -> dict[UUID, datetime]:
    """Of reports that an agency has whole, since when the first later word waits, if one does."""
    return dict(_words_since(tuple(reports))) if reports else {}


@written_once
def _words_since(reports: tuple[UUID, ...]) -> QuerySet[Message, tuple[UUID, datetime]]:
    found = _to_pass_on().filter(one_of("report", reports)).order_by().values_list("report")
    return found.annotate(Min("at"))


def first_word_waiting(report: UUID) -> datetime | None:
    """When the first of the words was told that wait of a report that an agency has, or some of."""
    return next(iter(_first_waiting(report)), None)


@none_without("intake_message")
@written_once
def _first_waiting(report: UUID) -> QuerySet[Message, datetime]:
    given = Share.objects.filter(report=OuterRef("report"), until=None)
    found = Message.objects.filter(UNDECIDED, Exists(given), report=report).order_by("at")
    return found.values_list("at", flat=True)[:1]


def last_word_undecided(report: UUID) -> datetime | None:
    """Of a report, whole or split, when the last of the words was told on which nobody decided."""
    return next(iter(_last_undecided(report)), None)


def words_wait(report: UUID, *, until: datetime | None = None) -> bool:
    """Whether an agency has a report whole, and a later word of its reporter waits.

    `until` counts those alone that were told by then.
    """
    return bool(_any_waiting(report, until))


def is_passed_on(report: UUID, *, actor: Actor) -> bool:
    """Whether a report was sent to an agency, or closed, and nothing of it waits still.

    No incident of it does, nor anything that its reporter told later of what an agency has whole.
    """
    with acting_as(actor.context):
        return bool(_passed_on(report, actor))


@written_once
def _passed_on(report: UUID, actor: Actor) -> QuerySet[Report, UUID]:
    of_it, done = OuterRef("pk"), (StageWord.PASSED_ON, StageWord.CLOSED)
    parts = Part.objects.visible_to(actor).standing().filter(report=of_it, done_as="")
    words = _to_pass_on().filter(report=of_it)
    closed = Closure.objects.filter(report=of_it)
    sent = Stage.objects.filter(report=of_it, stage__in=done)
    ended = Report.objects.filter(Exists(closed) | Exists(sent), ~Exists(parts), ~Exists(words))
    return ended.filter(pk=report).order_by().values_list("pk", flat=True)


def is_closed(report: UUID) -> bool:
    """Whether a report is closed, whole."""
    return bool(_closures(report))


@written_once
def _closures(report: UUID) -> QuerySet[Closure, UUID]:
    return Closure.objects.filter(report=report).order_by().values_list("report", flat=True)[:1]


def is_undecided(report: UUID) -> bool:
    """Whether a later word of the reporter of a whole report waits, whoever has the report."""
    return _of_whole().filter(UNDECIDED, report=report).exists()


def is_unread(report: UUID, read: Collection[UUID]) -> bool:
    """Whether a later word of a report, whole or split, waits that is not among these words."""
    waiting = Message.objects.filter(UNDECIDED, report=report)
    return waiting.exclude(pk__in=read).exists()


def is_told_more(report: UUID) -> bool:
    """Whether a later word of a report, whole or split, waits for somebody to decide."""
    return bool(_undecided(report))


@none_without("intake_message")
@written_once
def _undecided(report: UUID) -> QuerySet[Message, UUID]:
    waiting = Message.objects.filter(UNDECIDED, report=report).order_by()
    return waiting.values_list("pk", flat=True)[:1]


def told_more_among(reports: Collection[UUID]) -> set[UUID]:
    """Those of reports, whole or split, of which a later word waits for somebody to decide."""
    if not reports:
        return set()
    waiting = Message.objects.filter(UNDECIDED, report__in=reports)
    return set(waiting.order_by().values_list("report", flat=True))


def days_given(report: Report, *, part: int | None = None) -> list[datetime]:
    """As of which days what is given of a report, or of one incident of it, is read, oldest first.

    When it came, and when each word of its reporter was told that was given: passed on, or put to
    the incident, what was told as of its own day stands as of it still.
    """
    if part is None:
        return [report.received_at, *days_among(_told_and_given(report.pk))]
    given = Message.objects.filter(GIVEN, report=report, parts__contains=[part]).order_by("at")
    return [report.received_at, *days_among(given.values_list("at", flat=True))]


def days_among(told: Iterable[datetime]) -> list[datetime]:
    """The last moment of each day on which something was told, of the last thirty; oldest first.

    What is near by then was near at any moment of that day.
    """
    return [*{at.date(): at for at in sorted(told)}.values()][-MOST_DAYS:]


@none_without("intake_message")
@written_once
def _told_and_given(report: UUID) -> QuerySet[Message, datetime]:
    given = Message.objects.filter(GIVEN, report=report).order_by("at")
    return given.values_list("at", flat=True)


def reports_to_sweep(waiting: QuerySet[Report]) -> Sequence[UUID]:
    """Of these reports, those with a later word that waits to be passed on, or put somewhere."""
    given = Share.objects.filter(report=OuterRef("report"), until=None)
    parts = Part.objects.standing().filter(report=OuterRef("report"))
    some = Message.objects.filter(UNDECIDED, Exists(given) | Exists(parts), report__in=waiting)
    found = some.order_by()
    return list(found.values_list("report", flat=True).distinct()[:SWEPT_AT_ONCE])


def held_since(reports: Collection[UUID]) -> dict[UUID, HeldSince]:
    """Of reports, who has them whole now; none of those that nobody has."""
    found: dict[UUID, list[Share]] = {}
    for share in _whole_shares(tuple(reports)) if reports else ():
        found.setdefault(share.report_id, []).append(share)
    return {
        report: HeldSince(agencies=tuple(one.agency for one in shares), since=shares[0].since)
        for report, shares in found.items()
    }


@written_once
def _whole_shares(reports: tuple[UUID, ...]) -> QuerySet[Share]:
    standing = Share.objects.filter(one_of("report", reports), until=None, parts=None)
    return standing.select_related("agency").order_by("since")


@none_without("intake_message")
@written_once
def _waiting(
    report: UUID,
    actor: Actor,
    also_kept: bool,  # noqa: FBT001
    is_held: bool,  # noqa: FBT001
) -> QuerySet[Message]:
    found = _of_whole().filter(report=report, report__in=Report.objects.visible_to(actor))
    if not also_kept:
        found = found.filter(UNDECIDED)
    if is_held:
        found = found.select_for_update(of=("self",))
    return found.select_related("report")


@none_without("intake_message")
@written_once
def _last_undecided(report: UUID) -> QuerySet[Message, datetime]:
    found = Message.objects.filter(UNDECIDED, report=report).order_by("-at")
    return found.values_list("at", flat=True)[:1]


@none_without("intake_message")
@written_once
def _any_waiting(report: UUID, until: datetime | None) -> QuerySet[Message, UUID]:
    waiting = _to_pass_on().filter(report=report).order_by()
    # None makes a question of its own.
    found = waiting.filter(at__lte=until) if until else waiting
    return found.values_list("pk", flat=True)[:1]


def _of_whole() -> QuerySet[Message]:
    standing = Part.objects.standing().filter(report=OuterRef("report"))
    return Message.objects.filter(~Exists(standing), from_reporter=True)


def _to_pass_on() -> QuerySet[Message]:
    given = Share.objects.filter(report=OuterRef("report"), until=None)
    return _of_whole().filter(Exists(given), UNDECIDED)

"""Questions about silent watches: an agency's own, what a coordinator is asked, the alerts."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q

from havre.audit.rules import Actor
from havre.intake.reads import reports_by_id
from havre.links.silent.models import SilentAlert, SilentWatch, SilentWatchQuerySet
from havre.links.watches.reads import behind
from havre.links.watches.rules import REMIND
from havre.plumbing import clock
from havre.plumbing.pipes import one_after_the_other

ROWS = 50
# Of one watch, on its page.
MOST_ALERTS = 10
OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentPage:
    """A page of silent watches, newest first, with the newest alerts of each.

    `opened` are the references of reports that the reader was sent; `ending` watches run out soon,
    `waiting` alerts were read by nobody.
    """

    watches: tuple[SilentWatch, ...]
    alerts: dict[UUID, tuple[SilentAlert, ...]]
    opened: dict[UUID, str]
    next: str
    chosen: int
    ending: int
    waiting: int


def own_silent_watches(*, which: str, after: str, actor: Actor) -> SilentPage:
    """The silent watches of the actor's agency: those that are open, or those that are not."""
    mine = SilentWatch.objects.visible_to(actor).of_agency(actor)
    still = mine.open()
    chosen = mine.exclude(pk__in=still.values("pk")) if which == OVER else still
    return _page(chosen, after, actor, mine=mine)


def silent_watches_to_decide(*, which: str, after: str, actor: Actor) -> SilentPage:
    """What every agency asks of the coordinator, or what stands by a coordinator's word."""
    seen = SilentWatch.objects.visible_to(actor).filter(ended_at=None)
    asked = Q(wanted_until__isnull=False)
    chosen = seen.standing() if which == "standing" else seen.filter(asked)
    return _page(chosen, after, actor, mine=seen)


def silent_watch_by_reference(reference: str, *, actor: Actor) -> SilentWatch:
    """A silent watch that the actor may see. Raises SilentWatch.DoesNotExist."""
    seen = SilentWatch.objects.visible_to(actor).select_related("agency", "asked_by")
    return seen.get(reference=reference)


def own_silent_watch(reference: str, *, actor: Actor) -> SilentWatch:
    """A silent watch of the actor's agency. Raises SilentWatch.DoesNotExist."""
    mine = SilentWatch.objects.visible_to(actor).of_agency(actor)
    return mine.select_related("agency").get(reference=reference)


def own_silent_alert(reference: str, *, actor: Actor) -> SilentAlert:
    """An alert of a silent watch of the actor's agency. Raises SilentAlert.DoesNotExist."""
    mine = SilentAlert.objects.visible_to(actor).filter(agency=UUID(actor.context.agency))
    return mine.get(reference=reference)


def silent_alerts_waiting(*, actor: Actor) -> int:
    """How many alerts of the agency's silent watches nobody of it has read."""
    return _unread(SilentWatch.objects.visible_to(actor).of_agency(actor), actor)


def silent_watches_run_out(*, actor: Actor) -> list[UUID]:
    """The silent watches whose last day is over and whose value is still quiet."""
    over = SilentWatch.objects.visible_to(actor).filter(ended_at=None, until__lte=clock.now())
    return list(over.values_list("pk", flat=True))


def _page(
    chosen: SilentWatchQuerySet, after: str, actor: Actor, *, mine: SilentWatchQuerySet
) -> SilentPage:
    rows = chosen.filter(behind(after)).select_related("agency", "asked_by", "decided_by")
    found = list(rows[: ROWS + 1])
    watches = tuple(found[:ROWS])
    alerts = _alerts_of(watches, actor)
    held = {alert.report_id for several in alerts.values() for alert in several}
    opened = {one.pk: one.reference for one in reports_by_id(list(held), actor=actor)}
    return SilentPage(
        watches=watches,
        alerts=alerts,
        opened=opened,
        next=str(watches[-1].pk) if len(found) > ROWS else "",
        chosen=chosen.count(),
        ending=mine.standing().filter(until__lte=clock.now() + REMIND, wanted_until=None).count(),
        waiting=_unread(mine, actor),
    )


def _unread(watches: SilentWatchQuerySet, actor: Actor) -> int:
    seen = SilentAlert.objects.visible_to(actor).filter(watch__in=watches.values("pk"))
    return seen.filter(seen_at=None).count()


def _alerts_of(watches: Sequence[SilentWatch], actor: Actor) -> dict[UUID, tuple[SilentAlert, ...]]:
    """The newest alerts of each watch; those that were read by nobody come first."""
    rows = SilentAlert.objects.visible_to(actor).filter(watch__in=[one.pk for one in watches])
    rows = rows.select_related("seen_by").order_by(F("seen_at").asc(nulls_first=True), "-id")
    found: dict[UUID, list[SilentAlert]] = {}
    for alert in rows[: ROWS * MOST_ALERTS]:
        found.setdefault(alert.watch_id, []).append(alert)
    return {watch: tuple(several[:MOST_ALERTS]) for watch, several in found.items()}


def hold_quiet(watch: UUID) -> None:
    """Nobody ends a silent watch, or grants it, while what it keeps quiet gets another form.

    Before any row of it is written, until the transaction is over.
    """
    one_after_the_other(f"quiet/{watch}")

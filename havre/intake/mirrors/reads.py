"""Questions about mirrors: where they lead, what is due, what became of each copy."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from havre.agencies.models import Officer, Provider
from havre.agencies.rules.providers import Environment
from havre.audit.rules import Actor
from havre.intake.mirrors.models import Answer, Copy, Mirror
from havre.intake.mirrors.rules import FIRST_WAITS, KEPT_FOR_A_TEST, CopyState
from havre.plumbing import clock

ROWS, MOST_ANSWERS = 50, 200
# So many calls to one other side at a time: a provider that sends much is not the only one.
AT_ONCE_TO_ONE = 2
MOST_DUE = 200
MOST_DIGITS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorPage:
    """A provider's mirror with a page of its copies, the latest first."""

    provider: Provider
    mirror: Mirror | None
    counts: dict[str, int]
    copies: tuple[Copy, ...]
    chosen: int
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPage:
    """One copy with the receipts of the other side, in the order in which they came."""

    copy: Copy
    mirror: Mirror
    answers: tuple[Answer, ...]


def mirror_of(actor: Actor) -> Mirror | None:
    """The mirror of a provider, if it has one."""
    return Mirror.objects.visible_to(actor).first()


def mirror_page(
    provider: Provider, *, state: str = "", sought: str = "", after: str = "", actor: Officer
) -> MirrorPage:
    """A provider's mirror and copies; `after` is what the page before gave as its `next`."""
    own = Copy.objects.visible_to(actor)
    counts = {each.value: Count("pk", filter=Q(state=each)) for each in CopyState}
    chosen = own.filter(state=state) if state else own
    if sought:
        chosen = chosen.filter(number=_number(sought))
    behind = chosen
    if after and (last := own.filter(number=_number(after)).first()):
        behind = chosen.filter(pk__lt=last.pk)
    found = list(behind.order_by("-pk")[: ROWS + 1])
    return MirrorPage(
        provider=provider,
        mirror=mirror_of(actor),
        counts=own.order_by().aggregate(**counts),
        copies=tuple(found[:ROWS]),
        chosen=chosen.count(),
        next=str(found[ROWS - 1].number) if len(found) > ROWS else "",
    )


def copy_page(pk: UUID, *, actor: Officer) -> CopyPage:
    """One copy of a provider with its receipts. Raises Copy.DoesNotExist."""
    copy = Copy.objects.visible_to(actor).select_related("mirror").get(pk=pk)
    answers = Answer.objects.visible_to(actor).filter(copy=copy).order_by("-id")[:MOST_ANSWERS]
    return CopyPage(copy=copy, mirror=copy.mirror, answers=tuple(reversed(answers)))


def copy_of(number: int, *, actor: Actor) -> Copy | None:
    """The copy of a report of this number; None where it goes nowhere else."""
    return Copy.objects.visible_to(actor).filter(number=number).first()


def number_there(filing: UUID, mirror: Mirror, *, actor: Actor) -> tuple[str, str]:
    """Where the copy of a filing stands, "" for none, and its number at this mirror's account.

    The number is "" while it is not there: an earlier address or account has numbers of its own.
    """
    copy = Copy.objects.visible_to(actor).filter(filing=filing, mirror=mirror).first()
    if copy is None or copy.state != CopyState.SENT:
        return (copy.state if copy else ""), ""
    told = Answer.objects.visible_to(actor).filter(copy=copy)
    told = told.filter(url=mirror.url, username=mirror.username)
    is_there = told.filter(far_report=copy.far_report).exists()
    return copy.state, copy.far_report if is_there else ""


def mirrors_to_try(resting: Collection[UUID], *, actor: Actor) -> list[UUID]:
    """The mirrors whose address and credentials are to be tried, before a report goes there."""
    found = Mirror.objects.visible_to(actor).filter(is_on=True, is_to_be_tried=True)
    return list(found.exclude(pk__in=resting).values_list("pk", flat=True)[:MOST_DUE])


def copies_due(busy: Collection[UUID], resting: Collection[UUID], *, actor: Actor) -> list[UUID]:
    """The copies to call about now: few of each mirror, the oldest first.

    `busy` are being called about; the `resting` mirrors failed a moment ago.
    """
    waiting = Copy.objects.visible_to(actor).to_send().exclude(mirror__in=resting)
    due = waiting.filter(mirror__is_on=True, next_try_at__lte=clock.now())
    # A supplement that was told to wait for its first report is due when that one arrived or ended.
    first = Copy.objects.visible_to(actor).filter(filing=OuterRef("filing__supplements"))
    is_too_early = Exists(first.filter(state=CopyState.WAITING))
    due = due.exclude(is_too_early, failed_as=FIRST_WAITS, state=CopyState.WAITING)
    taken: dict[UUID, int] = {}
    for copy in Copy.objects.visible_to(actor).filter(pk__in=busy):
        taken[copy.mirror_id] = taken.get(copy.mirror_id, 0) + 1
    found = []
    for copy in due.exclude(pk__in=busy).order_by("id")[:MOST_DUE]:
        taken[copy.mirror_id] = taken.get(copy.mirror_id, 0) + 1
        if taken[copy.mirror_id] <= AT_ONCE_TO_ONE:
            found.append(copy.pk)
    return found


def tests_to_end(*, actor: Actor) -> list[UUID]:
    """What test accounts sent a month ago and no other side took: it is kept no longer."""
    old = Q(made_at__lt=clock.now() - KEPT_FOR_A_TEST)
    test = Q(provider__environment=Environment.TEST)
    ended = [CopyState.SENT, CopyState.STOPPED]
    found = Copy.objects.visible_to(actor).filter(old, test).exclude(state__in=ended)
    return list(found.values_list("pk", flat=True)[:MOST_DUE])


def _number(said: str) -> int:
    """A report's number as somebody typed it; -1, which is nobody's, for anything else."""
    text = said.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else -1

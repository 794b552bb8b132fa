"""Questions about what stands in the hands of an officer who is here for a time."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Role
from havre.agencies.secondments.models import Secondment
from havre.agencies.secondments.reads import SecondmentRow, secondment_by_id, secondment_row
from havre.audit.rules import Actor
from havre.cases.models import Case, Member, Task
from havre.cases.reads import NOT_CLOSED
from havre.cases.rules.access import CaseRole
from havre.links.watches.models import Watch
from havre.plumbing import clock
from havre.referrals.models import Referral
from havre.referrals.reads import OPEN_STATES

MOST = 200


class LeftKind(StrEnum):
    """What can be in somebody's hands."""

    CASE = "case"
    REFERRAL = "referral"
    TASK = "task"
    WATCH = "watch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """One thing in somebody's hands, and where it is given to somebody else."""

    kind: LeftKind
    name: str
    door: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftPage:
    """What stands in the hands of one officer on secondment, for the host's supervisor."""

    row: SecondmentRow
    things: tuple[Left, ...]


def page_of_left(secondment_id: UUID, *, actor: Officer) -> LeftPage:
    """What is in somebody's hands here. Raises Secondment.DoesNotExist but for the host agency."""
    secondment = secondment_by_id(secondment_id, actor=actor)
    if secondment.host_id != actor.agency_id or secondment.place is None:
        raise Secondment.DoesNotExist
    return LeftPage(
        row=secondment_row(secondment, actor), things=tuple(left_by(secondment.place, actor=actor))
    )


def left_by(place: Officer, *, actor: Officer) -> list[Left]:
    """What stands in an officer's hands, as far as the one who looks may see it."""
    cases = Case.objects.visible_to(actor).filter(state__in=NOT_CLOSED)
    led = Member.objects.filter(officer=place, until=None, role=CaseRole.LEAD).values("case")
    tasks = Task.objects.visible_to(actor, None).filter(assigned_to=place, done_at=None)
    referrals = Referral.objects.visible_to(actor).filter(assigned_to=place, state__in=OPEN_STATES)
    watches = Watch.objects.visible_to(actor).filter(
        answers=place, ended_at=None, until__gt=clock.now()
    )
    return [
        *(_of_case(LeftKind.CASE, one) for one in cases.filter(pk__in=led)[:MOST]),
        *(_of_case(LeftKind.TASK, one.case) for one in tasks.select_related("case")[:MOST]),
        *(_plain(LeftKind.REFERRAL, "referral", one.reference) for one in referrals[:MOST]),
        *(_plain(LeftKind.WATCH, "watches", one.reference) for one in watches[:MOST]),
    ]


def cases_nobody_else_reads(place: Officer, *, actor: Actor) -> list[Case]:
    """The restricted cases of an officer's agency that nobody there could open any more."""
    found = Case.objects.visible_to(actor).filter(agency=place.agency_id, restricted=True)
    mine = found.filter(readers__contains=[place.signature])
    return [one for one in mine if not _has_other_readers(one, place)]


def who_takes_over(place: Officer) -> Officer | None:
    """The agency's own supervisor who is here longest, if it has any: never a guest of it."""
    leads = [Role.AGENCY_SUPERVISOR, Role.NATIONAL_COORDINATOR]
    staff = Officer.objects.who_sign_in()
    found = staff.filter(agency=place.agency_id, role__in=leads, is_active=True)
    return found.order_by("joined_at", "pk").first()


def places_to_clear(*, actor: Actor) -> list[Officer]:
    """The places that are over and were not cleared of restricted cases yet."""
    over = Officer.objects.filter(person__isnull=False, place_until__lte=clock.now())
    places = {one.signature: one for one in over.select_related("agency")}
    restricted = Case.objects.visible_to(actor).filter(restricted=True)
    held = restricted.filter(readers__overlap=list(places)).values_list("readers", flat=True)
    still = {reader for readers in held for reader in readers} & places.keys()
    return [
        places[one]
        for one in sorted(still)
        if cases_nobody_else_reads(places[one], actor=actor) and who_takes_over(places[one])
    ]


def _has_other_readers(case: Case, place: Officer) -> bool:
    others = [one.removeprefix("officer:") for one in case.readers if one != place.signature]
    found = Officer.objects.filter(pk__in=others, agency=place.agency_id, is_active=True)
    return any(one.is_here for one in found)


def _of_case(kind: LeftKind, case: Case) -> Left:
    return _plain(kind, "case", case.reference, f"{case.year}-{case.number}")


def _plain(kind: LeftKind, door: str, reference: str, name: str = "") -> Left:
    return Left(kind=kind, door=door, reference=reference, name=name or reference)

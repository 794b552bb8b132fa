"""Questions about cases: which there are, who may do what with one, and who is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Permit, Role, may
from havre.audit.rules import Actor
from havre.cases.models import Case, Grant, Member
from havre.cases.rules import access as rules
from havre.cases.rules.access import Access, Asker, CaseRole, GrantKind, Part
from havre.cases.rules.states import CaseState
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.values.counts import HowMany, how_many_of_each, together
from havre.plumbing.values.lists import first_of, one_of
from havre.plumbing.values.written import written_once

CASE_ROWS = 50
LEADERS = frozenset({Role.AGENCY_SUPERVISOR, Role.NATIONAL_COORDINATOR})
NOT_CLOSED = (CaseState.OPEN, CaseState.ACTIVE, CaseState.DORMANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """A page of cases, newest first, with the counts of its head."""

    cases: tuple[Case, ...]
    next: str
    chosen: HowMany
    own: HowMany
    from_others: HowMany
    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one officer may do with one case."""

    parts: frozenset[Part]
    is_owner: bool
    works_on_it: bool
    may_write: bool
    may_lead: bool
    access: Access


def cases_of(officer: Officer, *, state: str = "", whose: str = "", after: str = "") -> CasePage:
    """The cases that an officer may see.

    `state` is a CaseState by value, "" for all that are not closed, "all" for every one; `whose`
    is "mine", "own" for the agency's, "shared" for other agencies'; `after` is what the page
    before gave as its `next`.
    """
    own, others = (Case.objects.visible_to(officer, is_own=is_own) for is_own in (True, False))
    mine = Q(readers__contains=[officer.signature]) if whose == "mine" else Q()
    # An index holds an agency's own in their order; what others shared is found by what was given.
    parts = [
        each.filter(_in_state(state), mine)
        for each, left_out in ((own, "shared"), (others, "own"))
        if whose != left_out
    ]
    found = _newest(parts, _place(after), officer)
    counts = how_many_of_each(
        own=own.filter(state__in=NOT_CLOSED),
        others=others,
        **{f"chosen_{number}": part for number, part in enumerate(parts)},
    )
    return CasePage(
        cases=tuple(found[:CASE_ROWS]),
        next=str(found[CASE_ROWS - 1].pk) if len(found) > CASE_ROWS else "",
        own=counts.pop("own"),
        from_others=counts.pop("others"),
        chosen=together(*counts.values()),
        as_of=clock.now(),
    )


def _newest(parts: Sequence[QuerySet[Case]], place: UUID | None, officer: Officer) -> list[Case]:
    """The first behind a place, newest first: found by their index, then only they are fetched."""
    behind = Q(pk__lt=place) if place else Q()
    stretches = [part.filter(behind).order_by("-pk").values_list("pk") for part in parts]
    first = [pk for (pk,) in first_of(stretches, order=["-pk"], most=CASE_ROWS + 1)]
    found = Case.objects.visible_to(officer).filter(one_of("pk", first))
    return list(found.select_related("agency").order_by("-pk"))


def case_by_reference(reference: str, *, actor: Actor) -> Case:
    """One case. Raises Case.DoesNotExist, alike for foreign, restricted and missing."""
    for case in _by_reference(reference, actor):
        return case
    raise Case.DoesNotExist


@written_once
def _by_reference(reference: str, actor: Actor) -> QuerySet[Case]:
    seen = Case.objects.visible_to(actor).select_related("agency", "opened_by")
    return seen.filter(reference=reference).order_by()


def access_to(case: Case) -> Access:
    """All that decides who may do what with a case, as the rules read it."""
    return Access(
        owner=str(case.agency_id),
        restricted=case.restricted,
        members={
            str(member.officer_id): (str(member.agency_id), CaseRole(member.role))
            for member in _members(case.pk)
        },
        grants=tuple(_as_rule(grant) for grant in _grants(case.pk)),
    )


def _members_of(case: UUID) -> QuerySet[Member]:
    return Member.objects.filter(case=case, until=None)


_members = written_once(_members_of)


@written_once
def _grants(case: UUID) -> QuerySet[Grant]:
    return Grant.objects.filter(case=case)


def asker(officer: Officer) -> Asker:
    """An officer as the rules of access see them."""
    return Asker(
        officer=str(officer.pk),
        agency=str(officer.agency_id),
        leads_agency=officer.role in LEADERS,
    )


def standing_of(officer: Officer, case: Case) -> Standing:
    """What an officer may do with a case. Raises Case.DoesNotExist when they may not see it."""
    access, who, now = access_to(case), asker(officer), clock.now()
    parts = rules.parts_open_to(access, who, at=now)
    if parts is None:
        raise Case.DoesNotExist
    joint = any(
        grant.kind is GrantKind.JOINT and grant.to_agency == who.agency and grant.in_force(now)
        for grant in access.grants
    )
    writes = officer.may(Permit.CASE_WRITE) and rules.may_write(access, who, at=now)
    leads = officer.may(Permit.CASE_LEAD) and rules.may_lead(access, who, at=now)
    return Standing(
        parts=parts,
        is_owner=who.agency == access.owner,
        works_on_it=who.agency == access.owner or joint,
        may_write=writes and case.state != CaseState.CLOSED,
        may_lead=leads,
        access=access,
    )


def case_to_write_in(reference: str, *, by: Officer) -> Case:
    """A case that an officer may add to. Raises Case.DoesNotExist for everybody else."""
    case = case_by_reference(reference, actor=by)
    if not standing_of(by, case).may_write:
        raise Case.DoesNotExist
    return case


def case_to_lead(reference: str, *, by: Officer) -> Case:
    """A case that an officer leads. Raises Case.DoesNotExist for everybody else."""
    case = case_by_reference(reference, actor=by)
    if not standing_of(by, case).may_lead:
        raise Case.DoesNotExist
    return case


def is_seen_in(agency: Agency, case: Case) -> bool:
    """Whether any officer of an agency finds a case: a conflict or its restriction may hide it."""
    active = Officer.objects.filter(agency=agency, is_active=True)
    return any(one.may(Permit.CASE_READ) and _is_seen_by(one, case) for one in active)


def _is_seen_by(officer: Officer, case: Case) -> bool:
    with acting_as(officer.context):
        return Case.objects.visible_to(officer).filter(pk=case.pk).exists()


def members_of(case: Case) -> list[Member]:
    """Who works on a case now, longest first."""
    return _working(case.pk)


@written_once
def _working(case: UUID) -> QuerySet[Member]:
    return _members_of(case).select_related("officer", "agency")


def who_could_join(access: Access) -> list[Officer]:
    """The officers who could be made members: of its agency, and of those it is shared with.

    `access` is what decides who may do what with the case.
    """
    now = clock.now()
    agencies = {access.owner, *(g.to_agency for g in access.grants if g.in_force(now))}
    return _readers(tuple(map(UUID, agencies)), tuple(map(UUID, access.members)))


@written_once
def _readers(agencies: tuple[UUID, ...], besides: tuple[UUID, ...]) -> QuerySet[Officer]:
    readers = [role for role in Role if may(role, Permit.CASE_READ)]
    found = Officer.objects.filter(
        one_of("agency", agencies), is_active=True, role__in=readers
    ).exclude(one_of("pk", besides))
    return found.select_related("agency").order_by("display_name", "pk")


def _as_rule(grant: Grant) -> rules.Grant:
    return rules.Grant(
        to_agency=str(grant.to_agency_id),
        kind=GrantKind(grant.kind),
        parts=frozenset(Part(part) for part in grant.parts),
        until=grant.until,
        withdrawn_at=grant.withdrawn_at,
    )


def _in_state(state: str) -> Q:
    if state in set(CaseState):
        return Q(state=state)
    return Q() if state == "all" else Q(state__in=NOT_CLOSED)


def _place(after: str) -> UUID | None:
    try:
        return UUID(after)
    except ValueError:
        return None


def is_worked_on_with(case: Case, agency: Agency) -> bool:
    """Whether another agency works on a case together with its owner today."""
    given = Grant.objects.filter(case=case, to_agency=agency, kind=GrantKind.JOINT)
    return given.filter(withdrawn_at=None, until__gt=clock.now()).exists()

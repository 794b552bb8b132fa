"""Questions about officers' accounts, asked by whoever keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language

from havre.agencies.models import Agency, Officer
from havre.agencies.reads import has_second_factor, officer_names
from havre.agencies.rules.languages import name_of_language
from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.rules.words import AgencyKind
from havre.agencies.staff.rules import Account, Keeper, Refusal, roles_given_by
from havre.agencies.staff.rules import refusal_to_change as to_change
from havre.agencies.staff.rules import refusal_to_close as to_close
from havre.agencies.staff.rules import refusal_to_reopen as to_reopen
from havre.agencies.staff.rules import refusal_to_reset as to_reset
from havre.agencies.wording import COMPARTMENTS, ROLES
from havre.audit.models import Entry
from havre.audit.reads import done_to
from havre.audit.rules import Actor
from havre.audit.wording import EVENTS

ROWS = 50
# What the form of a change shows as chosen so far.
WRITTEN_ON_IT = ("role", "language", "compartments", "interprets")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerRow:
    """One officer of a list, in the reader's language."""

    officer: Officer
    role: Promise
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficersPage:
    """A page of officers by sign-in name; `chosen` counts all that fit the choice."""

    rows: tuple[OfficerRow, ...]
    chosen: int
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneLine:
    """One line of the log about an account or a secondment, as a person reads it."""

    entry: Entry
    what: Promise
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerPage:
    """One account, and what the one who looks may do with it: a refusal, or None for yes."""

    officer: Officer
    role: Promise
    agency: str
    language: str
    compartments: tuple[Promise, ...]
    interprets: tuple[str, ...]
    has_second_factor: bool
    is_oneself: bool
    may_change: bool
    refusals: Mapping[str, Refusal | None]
    done: tuple[DoneLine, ...]

    @property
    def may_close(self) -> bool:
        """Whether the account may be closed."""
        return self.refusals["close"] is None

    @property
    def may_reopen(self) -> bool:
        """Whether the account may be opened again."""
        return self.refusals["reopen"] is None

    @property
    def may_reset(self) -> bool:
        """Whether password and second factor may be reset."""
        return self.refusals["password"] is None


def keeper_of(by: Actor) -> Keeper:
    """Somebody who acts, as the rules see them; a station is the operator at the machine."""
    if isinstance(by, Officer):
        return Keeper(id=by.pk, role=Role(by.role))
    return Keeper(id=None, role=None)


def officers_kept_by(by: Actor) -> QuerySet[Officer]:
    """The officers whose accounts somebody may see: everybody's, or the own agency's."""
    officers = Officer.objects.who_sign_in().select_related("agency")
    if keeper_of(by).keeps_everybody:
        return officers
    return officers.filter(agency_id=by.context.agency)


def agencies_kept_by(by: Actor) -> list[Agency]:
    """The agencies in which somebody keeps accounts, by code."""
    if keeper_of(by).keeps_everybody:
        return list(Agency.objects.all())
    return list(Agency.objects.filter(pk=by.context.agency))


def page_of_officers(
    *,
    sought: str = "",
    agency: str = "",
    role: str = "",
    state: str = "",
    after: str = "",
    by: Actor,
) -> OfficersPage:
    """Officers by sign-in name. `after` is what the page before gave as its `next`."""
    officers = officers_kept_by(by)
    if sought:
        officers = officers.filter(
            Q(username__icontains=sought) | Q(display_name__icontains=sought)
        )
    if agency:
        officers = officers.filter(agency__code=agency)
    if role:
        officers = officers.filter(role=role)
    if state:
        officers = officers.filter(is_active=state == "open")
    chosen = officers.count()
    found = list(officers.filter(username__gt=after).order_by("username")[: ROWS + 1])
    return OfficersPage(
        rows=tuple(
            OfficerRow(officer=one, role=ROLES[one.role], agency=one.agency.name(_language()))
            for one in found[:ROWS]
        ),
        chosen=chosen,
        next=found[ROWS - 1].username if len(found) > ROWS else "",
    )


def officer_by_id(officer_id: UUID, *, by: Actor) -> Officer:
    """An officer whose account somebody may see. Raises Officer.DoesNotExist for every other."""
    return officers_kept_by(by).get(pk=officer_id)


def officer_by_name(username: str) -> Officer:
    """An officer by sign-in name, for the operator. Raises Officer.DoesNotExist."""
    people = Officer.objects.who_sign_in().select_related("agency")
    return people.get(username__iexact=username)


def is_taken(username: str) -> bool:
    """Whether somebody signs in by this name, in whatever letters."""
    return Officer.objects.filter(username__iexact=username).exists()


def account_of(officer: Officer, *, other_admins: int | None = None) -> Account:
    """An officer's account as the rules see it."""
    if other_admins is None:
        other_admins = active_admins().exclude(pk=officer.pk).count()
    return Account(
        id=officer.pk,
        kind=AgencyKind(officer.agency.kind),
        role=Role(officer.role),
        compartments=frozenset(map(Compartment, officer.compartments)),
        is_active=officer.is_active,
        other_admins=other_admins,
    )


def active_admins() -> QuerySet[Officer]:
    """The platform administrators whose accounts are open."""
    return Officer.objects.filter(role=Role.PLATFORM_ADMIN, is_active=True).order_by("pk")


def page_of_officer(officer: Officer, *, by: Actor) -> OfficerPage:
    """An account with what was done to it, as far as the one who looks may see the log."""
    keeper, account = keeper_of(by), account_of(officer)
    return OfficerPage(
        officer=officer,
        role=ROLES[officer.role],
        agency=officer.agency.name(_language()),
        language=dict(settings.LANGUAGES)[officer.language],
        compartments=tuple(COMPARTMENTS[one] for one in officer.compartments),
        interprets=tuple(name_of_language(one, _language()) for one in officer.interprets),
        has_second_factor=has_second_factor(officer),
        is_oneself=keeper.id == officer.pk,
        may_change=not to_change(
            keeper, account, role=account.role, compartments=account.compartments
        ),
        refusals={
            "close": to_close(keeper, account),
            "password": to_reset(keeper, account),
            "reopen": to_reopen(keeper, account),
            "second-factor": to_reset(keeper, account),
        },
        done=lines_about(officer.pk),
    )


def lines_about(subject: UUID) -> tuple[DoneLine, ...]:
    """What was done to an account or a secondment, as far as the one who acts may see it.

    Newest first. `subject` is its id.
    """
    lines = done_to(subject)
    ids = {one for line in lines if (one := _officer_in(line.actor))}
    names = {f"officer:{pk}": name for pk, name in officer_names(ids).items()}
    return tuple(
        DoneLine(entry=line, what=EVENTS[line.event], who=names.get(line.actor, line.actor))
        for line in lines
    )


def open_to_choose(page: OfficerPage, *, by: Actor) -> dict[str, Any]:
    """What the form of a change offers: nobody chooses a role or compartments of their own."""
    keeper, officer = keeper_of(by), page.officer
    role = Role(officer.role)
    given = roles_given_by(keeper, AgencyKind(officer.agency.kind))
    return {
        "roles": given if role in given and not page.is_oneself else (role,),
        "opens_compartments": keeper.keeps_everybody
        and officer.agency.is_tipline
        and not page.is_oneself,
    }


def chosen_of(officer: Officer) -> dict[str, Any]:
    """What the form of a change shows as chosen so far."""
    return {name: getattr(officer, name) for name in WRITTEN_ON_IT}


def _language() -> str:
    return get_language() or "en"


def _officer_in(actor: str) -> UUID | None:
    kind, _, name = actor.partition(":")
    return UUID(name) if kind == "officer" else None

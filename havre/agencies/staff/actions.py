"""Keeping officers' accounts. Each act asks the rules first and writes its own line."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator

from havre.agencies.actions import add_officer
from havre.agencies.models import Agency, Officer, Provider
from havre.agencies.reads import the_tipline
from havre.agencies.rules.permits import Compartment, Role, languages_given
from havre.agencies.rules.words import AgencyKind
from havre.agencies.staff.reads import (
    OfficerPage,
    OfficersPage,
    account_of,
    active_admins,
    agencies_kept_by,
    is_taken,
    keeper_of,
    officer_by_id,
    page_of_officer,
    page_of_officers,
)
from havre.agencies.staff.rules import (
    ONE_TIME_BYTES,
    ONE_TIME_LASTS,
    Account,
    Keeper,
    OfficerRefusedError,
    Refusal,
    one_time_password,
    refusal_to_change,
    refusal_to_close,
    refusal_to_give,
    refusal_to_reopen,
    refusal_to_reset,
)
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.plumbing import clock, ids


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPassword:
    """An officer and the one-time password just made: shown now, kept nowhere."""

    officer: Officer
    password: str


@action(Event.OFFICERS_READ)
def read_officers(
    *,
    sought: str = "",
    agency: str = "",
    role: str = "",
    state: str = "",
    after: str = "",
    by: Actor,
) -> OfficersPage:
    """Look at a page of the officers one keeps. What was sought stays out of the log."""
    page = page_of_officers(
        sought=sought, agency=agency, role=role, state=state, after=after, by=by
    )
    record(
        Event.OFFICERS_READ,
        about_kind="officers",
        about="everybody" if keeper_of(by).keeps_everybody else by.context.agency,
        by=by,
        rows=len(page.rows),
        sought=bool(sought),
    )
    return page


@action(Event.OFFICER_OPENED)
def open_officer(officer_id: UUID, *, by: Actor) -> OfficerPage:
    """Look at one account. Raises Officer.DoesNotExist where it is not one's own to keep."""
    officer = officer_by_id(officer_id, by=by)
    _note(Event.OFFICER_OPENED, officer, by=by)
    return page_of_officer(officer, by=by)


@action(Event.OFFICER_ADDED)
def add_with_one_time_password(
    username: str,
    *,
    name: str,
    agency: Agency,
    role: Role,
    language: str,
    compartments: Collection[Compartment] = (Compartment.GENERAL,),
    interprets: Collection[str] = (),
    provider: Provider | None = None,
    by: Actor,
) -> NewPassword:
    """Give a person a sign-in whose password opens only the page where they choose their own.

    Raises Agency.DoesNotExist for an agency one does not keep, OfficerRefusedError with why.
    """
    if agency not in agencies_kept_by(by):
        raise Agency.DoesNotExist
    _refuse(
        Refusal.NAME_TAKEN if is_taken(username) else None,
        refusal_to_give(
            keeper_of(by),
            role=role,
            kind=AgencyKind(agency.kind),
            compartments=frozenset(compartments),
        ),
    )
    officer = add_officer(
        username,
        name=name,
        agency=agency,
        role=role,
        password=None,
        language=language,
        compartments=sorted(compartments),
        interprets=sorted(interprets),
        provider=provider,
        by=by,
    )
    return NewPassword(officer=officer, password=_make_password(officer))


@action(Event.OFFICER_ADDED)
def add_engineer(
    provider: Provider, *, username: str, name: str, language: str, by: Actor
) -> NewPassword:
    """Give a person of a provider a sign-in to its console, with a one-time password.

    The tipline keeps the account. Raises OfficerRefusedError with why.
    """
    return add_with_one_time_password(
        username,
        name=name,
        agency=the_tipline(),
        role=Role.PROVIDER_ENGINEER,
        language=language,
        provider=provider,
        by=by,
    )


@action(Event.OFFICER_CHANGED)
def change_officer(
    officer_id: UUID,
    *,
    role: Role,
    language: str,
    compartments: Collection[Compartment] | None = None,
    interprets: Collection[str] = (),
    by: Actor,
) -> Officer:
    """Change what an officer is here to do; it holds from the officer's next click on.

    Compartments stay as they are when None; only an interpreter interprets languages.
    Raises Officer.DoesNotExist, OfficerRefusedError.
    """
    given = None if compartments is None else frozenset(compartments)

    def refusal(keeper: Keeper, account: Account) -> Refusal | None:
        after = account.compartments if given is None else given
        return refusal_to_change(keeper, account, role=role, compartments=after)

    officer = _locked(officer_id, refusal, by=by)
    before = officer.role
    officer.role, officer.language = role, language
    officer.interprets = languages_given(role, interprets)
    if given is not None:
        officer.compartments = sorted(given)
    officer.save(update_fields=["role", "language", "compartments", "interprets"])
    _note(
        Event.OFFICER_CHANGED,
        officer,
        by=by,
        role=role,
        role_before=before,
        compartments=list(officer.compartments),
        language=language,
        interprets=officer.interprets,
    )
    return officer


@action(Event.OFFICER_CLOSED)
def close_officer(officer_id: UUID, *, by: Actor) -> Officer:
    """Let somebody in no more, and end every sign-in of theirs at once. Nothing is deleted.

    Raises Officer.DoesNotExist, OfficerRefusedError.
    """
    officer = _locked(officer_id, refusal_to_close, by=by)
    officer.is_active = False
    officer.sessions_ended_at = clock.now()
    officer.save(update_fields=["is_active", "sessions_ended_at"])
    _hold_places(officer)
    _note(Event.OFFICER_CLOSED, officer, by=by)
    return officer


@action(Event.OFFICER_REOPENED)
def reopen_officer(officer_id: UUID, *, by: Actor) -> Officer:
    """Let somebody in again, with the password and the second factor they had.

    Raises Officer.DoesNotExist, OfficerRefusedError.
    """
    officer = _locked(officer_id, refusal_to_reopen, by=by)
    officer.is_active = True
    officer.save(update_fields=["is_active"])
    _note(Event.OFFICER_REOPENED, officer, by=by)
    return officer


@action(Event.SECOND_FACTOR_RESET)
def reset_second_factor(officer_id: UUID, *, by: Actor) -> Officer:
    """Take away every app, passkey and recovery code; a new one is set up at the next sign-in.

    Raises Officer.DoesNotExist, OfficerRefusedError: never one's own.
    """
    officer = _locked(officer_id, refusal_to_reset, by=by)
    taken, _ = Authenticator.objects.filter(user=officer).delete()
    officer.sessions_ended_at = clock.now()
    officer.save(update_fields=["sessions_ended_at"])
    _hold_places(officer)
    _note(Event.SECOND_FACTOR_RESET, officer, by=by, taken=taken)
    return officer


@action(Event.PASSWORD_RESET)
def reset_password(officer_id: UUID, *, by: Actor) -> NewPassword:
    """Make a one-time password in place of a forgotten one, and end every sign-in.

    Raises Officer.DoesNotExist, OfficerRefusedError: never one's own.
    """
    officer = _locked(officer_id, refusal_to_reset, by=by)
    made = NewPassword(officer=officer, password=_make_password(officer))
    _hold_places(officer)
    _note(Event.PASSWORD_RESET, officer, by=by)
    return made


def _locked(
    officer_id: UUID, refusal: Callable[[Keeper, Account], Refusal | None], *, by: Actor
) -> Officer:
    """The officer, held until the act is done, with the administrators: the last one stays."""
    admins = [one.pk for one in active_admins().select_for_update()]
    Officer.objects.select_for_update().filter(pk=officer_id).first()
    officer = officer_by_id(officer_id, by=by)
    others = len([pk for pk in admins if pk != officer.pk])
    _refuse(refusal(keeper_of(by), account_of(officer, other_admins=others)))
    return officer


def _refuse(*refusals: Refusal | None) -> None:
    for refusal in filter(None, refusals):
        raise OfficerRefusedError(refusal)


def _make_password(officer: Officer) -> str:
    password = one_time_password(ids.random_bytes(ONE_TIME_BYTES))
    now = clock.now()
    officer.set_password(password)
    officer.one_time_until, officer.sessions_ended_at = now + ONE_TIME_LASTS, now
    officer.save(update_fields=["password", "one_time_until", "sessions_ended_at"])
    return password


def _hold_places(officer: Officer) -> None:
    """Whoever resets an account could go in with it: into another agency only when that agrees."""
    Officer.objects.filter(person=officer, is_active=True).update(is_active=False)


def _note(event: Event, officer: Officer, *, by: Actor, **details: str | int | list[str]) -> None:
    record(event, about_kind="officer", about=officer.pk, by=by, **details)

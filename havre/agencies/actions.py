"""Changes to the directory: agencies, officers, providers."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q

from havre.agencies.models import Agency, Officer, Provider, ProviderKey
from havre.agencies.reads import credential_digest, provider_by_code, providers
from havre.agencies.rules.directory import AgencyRow
from havre.agencies.rules.permits import (
    Compartment,
    Role,
    WrongPlaceError,
    languages_given,
    stands_at,
)
from havre.agencies.rules.providers import OVERLAP, Environment, end_of_old_key
from havre.agencies.rules.sessions import SessionEnd
from havre.agencies.rules.slowing import SignInStep
from havre.agencies.rules.words import AgencyKind
from havre.agencies.wire_keys import new_wire_key
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.plumbing import clock, ids
from havre.plumbing.context import kept


@action(Event.AGENCIES_LOADED)
def load_agencies(rows: Sequence[AgencyRow], *, by: Actor) -> int:
    """Bring the directory up to its data file. Safe to repeat; takes no agency away."""
    for row in rows:
        fields = {name: getattr(row, name) for name in row.__dataclass_fields__ if name != "code"}
        fields = {k: list(v) if isinstance(v, tuple) else v for k, v in fields.items()}
        known = Agency.objects.filter(code=row.code)
        if not known.update(**fields):
            Agency(id=ids.uuid7(), code=row.code, **fields).save(force_insert=True)
    kept().clear()
    record(Event.AGENCIES_LOADED, about_kind="directory", about="agencies", by=by, rows=len(rows))
    return len(rows)


@action(Event.OFFICER_ADDED)
def add_officer(
    username: str,
    *,
    name: str,
    agency: Agency,
    role: Role,
    password: str | None,
    language: str = "en",
    compartments: Sequence[Compartment] = (Compartment.GENERAL,),
    interprets: Sequence[str] = (),
    provider: Provider | None = None,
    by: Actor,
) -> Officer:
    """Give a person of an agency a sign-in. Their second factor they set up themselves.

    Without a password they cannot sign in yet. Raises WrongPlaceError for a role that an agency
    of this kind has not. An engineer alone is of a provider; an interpreter alone has languages.
    """
    _refuse_wrong_place(Role(role), agency, provider)
    officer = Officer(
        id=ids.uuid7(),
        username=username,
        display_name=name,
        agency=agency,
        role=role,
        language=language,
        compartments=list(compartments),
        interprets=languages_given(Role(role), interprets),
        provider=provider,
    )
    officer.set_password(password)
    officer.save(force_insert=True)
    of = {"agency": str(agency.pk), "provider": str(provider.pk) if provider else None}
    record(Event.OFFICER_ADDED, about_kind="officer", about=officer.pk, by=by, role=role, **of)
    return officer


@action(Event.PROVIDERS_READ)
def read_providers(code: str = "", *, by: Actor) -> list[Provider]:
    """Look at the list of providers, or at one. Raises Provider.DoesNotExist for a code unknown."""
    found = [provider_by_code(code)] if code else providers()
    about = str(found[0].pk) if code else "everybody"
    record(Event.PROVIDERS_READ, about_kind="provider", about=about, by=by, rows=len(found))
    return found


@action(Event.PROVIDER_ADDED)
def add_provider(
    code: str,
    *,
    name: str,
    password: str,
    environment: Environment = Environment.PRODUCTION,
    by: Actor,
) -> Provider:
    """Register a provider; `code` is its user name on the wire, `password` a machine-made key."""
    provider = Provider(id=ids.uuid7(), code=code, name=name, environment=environment)
    provider.save(force_insert=True)
    _give_key(provider, password)
    record(Event.PROVIDER_ADDED, about_kind="provider", about=provider.pk, by=by, code=code)
    return provider


@action(Event.PROVIDER_CHANGED)
def change_provider(
    provider: Provider, *, by: Actor, **fields: str | int | bool | list[str]
) -> None:
    """Change how we deal with a provider: its profile, its contact, whether it may come at all."""
    for name, value in fields.items():
        setattr(provider, name, value)
    provider.save(update_fields=list(fields))
    record(
        Event.PROVIDER_CHANGED,
        about_kind="provider",
        about=provider.pk,
        by=by,
        fields=sorted(fields),
    )


@action(Event.PROVIDER_KEY_ISSUED)
def issue_key(provider: Provider, *, overlap: timedelta = OVERLAP, by: Actor) -> str:
    """Give a provider a new wire credential; older ones open the door for the overlap only.

    The credential is given back here once and kept nowhere. Raises ValueError for an overlap that
    is too long.
    """
    now = clock.now()
    until = now + end_of_old_key(overlap)
    older = ProviderKey.objects.filter(provider=provider)
    older.filter(Q(until=None) | Q(until__gt=until)).update(until=until)
    password = new_wire_key()
    key = _give_key(provider, password)
    record(
        Event.PROVIDER_KEY_ISSUED,
        about_kind="provider",
        about=provider.pk,
        by=by,
        key=str(key.pk),
        older_end=until.isoformat(),
    )
    return password


@action(Event.PROVIDER_KEYS_REVOKED)
def revoke_keys(provider: Provider, *, by: Actor) -> int:
    """End every wire credential of a provider, at once. Gives how many were in force."""
    now = clock.now()
    in_force = ProviderKey.objects.filter(Q(until=None) | Q(until__gt=now), provider=provider)
    count = in_force.update(until=now)
    record(
        Event.PROVIDER_KEYS_REVOKED,
        about_kind="provider",
        about=provider.pk,
        by=by,
        keys=count,
    )
    return count


@action(Event.OFFICER_SIGNED_IN)
def note_signed_in(officer: Officer, *, by: Actor) -> None:
    """Write down that an officer has signed in, completely."""
    record(Event.OFFICER_SIGNED_IN, about_kind="officer", about=officer.pk, by=by)


@action(Event.OFFICER_SIGNED_OUT)
def note_signed_out(officer: Officer, *, why: SessionEnd, by: Actor) -> None:
    """Write down that a sign-in has ended, and why."""
    record(Event.OFFICER_SIGNED_OUT, about_kind="officer", about=officer.pk, by=by, why=why)


@action(Event.SIGN_IN_FAILED)
def note_failed_sign_in(account: bytes, *, step: SignInStep, by: Actor) -> None:
    """Write down that a try failed. `account` is the digest of the name, known or not."""
    record(Event.SIGN_IN_FAILED, about_kind="account", about=account.hex(), by=by, step=step)


@action(Event.AUTHENTICATOR_ADDED)
def note_authenticator_added(officer: Officer, *, kind: str, by: Actor) -> None:
    """Write down that an officer has one more way to sign in."""
    record(Event.AUTHENTICATOR_ADDED, about_kind="officer", about=officer.pk, by=by, kind=kind)


@action(Event.AUTHENTICATOR_REMOVED)
def note_authenticator_removed(officer: Officer, *, kind: str, by: Actor) -> None:
    """Write down that an officer has one way to sign in less."""
    record(Event.AUTHENTICATOR_REMOVED, about_kind="officer", about=officer.pk, by=by, kind=kind)


@action(Event.PASSWORD_CHANGED)
def note_password_changed(officer: Officer, *, by: Actor) -> None:
    """Write down that an officer has a new password."""
    record(Event.PASSWORD_CHANGED, about_kind="officer", about=officer.pk, by=by)


def _refuse_wrong_place(role: Role, agency: Agency, provider: Provider | None) -> None:
    if (role is Role.PROVIDER_ENGINEER) is not (provider is not None):
        msg = "an engineer is of a provider, and nobody else is"
        raise WrongPlaceError(msg)
    if not stands_at(role, AgencyKind(agency.kind)):
        msg = f"there is no {role} at an agency of the kind {agency.kind}"
        raise WrongPlaceError(msg)


def _give_key(provider: Provider, password: str) -> ProviderKey:
    digest = credential_digest(provider.code, password)
    key = ProviderKey(id=ids.uuid7(), provider=provider, digest=digest, issued_at=clock.now())
    key.save(force_insert=True)
    return key

"""Changes to the directory: agencies, officers, providers."""

from collections.abc import Sequence

from havre.agencies.models import Agency, Officer, Provider
from havre.agencies.reads import credential_digest
from havre.agencies.rules.directory import AgencyRow
from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.rules.sessions import SessionEnd
from havre.agencies.rules.slowing import SignInStep
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.plumbing import ids


@action(Event.AGENCIES_LOADED)
def load_agencies(rows: Sequence[AgencyRow], *, by: Actor) -> int:
    """Bring the directory up to its data file. Safe to repeat; takes no agency away."""
    for row in rows:
        fields = {name: getattr(row, name) for name in row.__dataclass_fields__ if name != "code"}
        fields = {k: list(v) if isinstance(v, tuple) else v for k, v in fields.items()}
        known = Agency.objects.filter(code=row.code)
        if not known.update(**fields):
            Agency(id=ids.uuid7(), code=row.code, **fields).save(force_insert=True)
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
    by: Actor,
) -> Officer:
    """Give a person of an agency a sign-in. Their second factor they set up themselves.

    Without a password they are known, and cannot sign in yet.
    """
    officer = Officer(
        id=ids.uuid7(),
        username=username,
        display_name=name,
        agency=agency,
        role=role,
        language=language,
        compartments=list(compartments),
    )
    officer.set_password(password)
    officer.save(force_insert=True)
    record(
        Event.OFFICER_ADDED,
        about_kind="officer",
        about=officer.pk,
        by=by,
        agency=str(agency.pk),
        role=role,
    )
    return officer


@action(Event.PROVIDER_ADDED)
def add_provider(code: str, *, name: str, password: str, by: Actor) -> Provider:
    """Register a provider; `code` is its user name on the wire, `password` a machine-made key."""
    provider = Provider(
        id=ids.uuid7(), code=code, name=name, key_digest=credential_digest(code, password)
    )
    provider.save(force_insert=True)
    record(Event.PROVIDER_ADDED, about_kind="provider", about=provider.pk, by=by, code=code)
    return provider


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

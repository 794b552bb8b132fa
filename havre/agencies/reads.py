"""Questions about the directory: agencies, officers, providers."""

import hmac
from collections.abc import Collection, Sequence
from pathlib import Path
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from havre.agencies.models import Agency, Officer, Provider, ProviderKey
from havre.plumbing import clock
from havre.plumbing.context import kept
from havre.plumbing.keys import keys
from havre.plumbing.pipes import ask, ask_again, statement
from havre.plumbing.values.lists import one_of
from havre.plumbing.values.written import written_once

PROVIDER_OF_KEY = Path(__file__).parent / "sql" / "provider_of_key.sql"
# In the order of the table, which alone says whose value is whose (`from_db`).
PROVIDER_FIELDS = (
    *("id", "code", "name", "environment", "is_active", "reading", "fault_status"),
    *("wants_quality", "contact", "regime", "certificates", "networks", "mail_to"),
)
DIRECTORY_AS_IT_IS = Path(__file__).parent / "sql" / "directory_as_it_is.sql"
_DIRECTORY = "directory"
# The directory as this process read it last, by what was there then. Nobody changes these.
_read: dict[str, tuple[Agency, ...]] = {}
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(officer: Officer) -> bool:
    """Whether an officer has set up TOTP or a passkey."""
    return bool(second_factors_of(officer.pk))


@written_once
def officers_with_agency(officer: UUID) -> QuerySet[Officer]:
    """The officer of this id, with the agency, or nobody: each page of the staff asks it first."""
    return Officer.objects.select_related("agency").filter(pk=officer)


@written_once
def second_factors_of(officer: UUID) -> QuerySet[Authenticator]:
    """The TOTP and the passkeys of an officer; recovery codes only stand in for one."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=officer)
    return found.filter(type__in=SECOND_FACTORS)


def every_agency() -> list[Agency]:
    """The whole directory, by code; a page asks once whether it is as it was when it was read."""
    found = kept()
    if _DIRECTORY not in found:
        found[_DIRECTORY] = _as_it_is()
    return list(found[_DIRECTORY])


def _as_it_is() -> tuple[Agency, ...]:
    as_it_is = _digest()
    read = _read.get(as_it_is)
    if read is None:
        read = tuple(Agency.objects.all())
        # Unless somebody changed it in between.
        if _digest() == as_it_is:
            _read.clear()
            _read[as_it_is] = read
    return read


def _digest() -> str:
    ((digest,),) = ask_again(statement(DIRECTORY_AS_IT_IS), {})
    return str(digest)


def agencies_of_kinds(kinds: Sequence[str]) -> list[Agency]:
    """The agencies of some kinds, by code."""
    return [agency for agency in every_agency() if agency.kind in kinds]


def agency_by_code(code: str) -> Agency:
    """One agency. Raises Agency.DoesNotExist."""
    return Agency.objects.get(code=code)


def place_of(person: Officer, place: UUID) -> Officer | None:
    """A place that a person holds in another agency at this moment, or None."""
    held = Officer.objects.filter(person=person, pk=place).select_related("agency", "person")
    found = held.first()
    return found if found and found.is_here else None


def places_of(person: Officer) -> list[Officer]:
    """The places that a person holds in other agencies at this moment."""
    if not person.is_lent:
        return []
    held = Officer.objects.filter(person=person).select_related("agency", "person")
    return [one for one in held.order_by("place_from", "pk") if one.is_here]


def officer_names(ids: Collection[UUID]) -> dict[UUID, str]:
    """What officers are called on a page."""
    return dict(_names(tuple(ids))) if ids else {}


@written_once
def _names(officers: tuple[UUID, ...]) -> QuerySet[Officer, tuple[UUID, str]]:
    found = Officer.objects.filter(one_of("pk", officers)).order_by()
    return found.values_list("pk", "display_name")


def agency_names(ids: Collection[str], *, language: str) -> dict[str, str]:
    """What agencies are called in a language, by their id."""
    return {str(one.pk): one.name(language) for one in Agency.objects.filter(pk__in=list(ids))}


def the_tipline() -> Agency:
    """The clearing house itself. Raises Agency.DoesNotExist before the directory is loaded."""
    return Agency.objects.get(kind="tipline")


def provider_of_key(username: str, password: str) -> Provider | None:
    """The provider of a wire credential that is in force, or None; its door may be closed."""
    values = {"digest": credential_digest(username, password), "now": clock.now()}
    (found,) = ask((statement(PROVIDER_OF_KEY), values))
    for *row, seen in found:
        provider = Provider.from_db("default", PROVIDER_FIELDS, row)
        provider.seen = seen
        return provider
    return None


def provider_by_code(code: str) -> Provider:
    """A provider by its name on the wire. Raises Provider.DoesNotExist."""
    return Provider.objects.get(code=code)


def providers() -> list[Provider]:
    """Every provider, by name."""
    return list(Provider.objects.order_by("name", "code"))


def provider_codes() -> set[str]:
    """The names on the wire that are taken."""
    return set(Provider.objects.values_list("code", flat=True))


def engineers_of(provider: Provider) -> list[Officer]:
    """The people of a provider who sign in to its console, by sign-in name."""
    return list(Officer.objects.filter(provider=provider))


def provider_of(officer: Officer) -> Provider:
    """Whose engineer an officer is. Raises Provider.DoesNotExist for anybody else."""
    if officer.provider_id is None:
        raise Provider.DoesNotExist
    return Provider.objects.get(pk=officer.provider_id)


def keys_of(provider: Provider) -> list[ProviderKey]:
    """The credentials a provider was ever given, newest first."""
    return list(ProviderKey.objects.filter(provider=provider))


def credential_digest(username: str, password: str) -> bytes:
    """What is kept of a wire credential: it is machine-made, so a keyed digest is enough."""
    text = f"{username}\x00{password}".encode()
    return hmac.digest(keys().pepper("provider"), text, "sha256")

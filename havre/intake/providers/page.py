"""What the page of a provider shows."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from havre.agencies.models import Provider, ProviderKey
from havre.agencies.reads import engineers_of, keys_of
from havre.agencies.staff.actions import NewPassword
from havre.intake.law.rules.regimes import REGIMES
from havre.intake.providers.forms import EngineerForm, KeyForm, ProfileForm
from havre.plumbing import clock

PROFILE = ("reading", "fault_status", "regime", "contact", "wants_quality", "is_active")


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One credential, as it may be shown: never what it is."""

    issued_at: datetime
    until: datetime | None
    is_in_force: bool


def key_rows(given: list[ProviderKey]) -> list[KeyRow]:
    """The credentials of a provider, as they may be shown."""
    now = clock.now()
    return [KeyRow(one.issued_at, one.until, one.until is None or one.until > now) for one in given]


def preserve_days_of(provider: Provider) -> int | None:
    """How many days a report of today makes a provider keep its data; None by no law of ours."""
    regime = REGIMES.get(provider.regime)
    return regime.on(clock.now().astimezone(regime.zone).date()).preserve_days if regime else None


def profile_form(provider: Provider, typed: QueryDict | None) -> ProfileForm:
    """The form of a provider's profile, as it stands or as it was typed."""
    known = {name: getattr(provider, name) for name in PROFILE}
    return ProfileForm(typed, initial={**known, **trust_of(provider)})


def trust_of(provider: Provider) -> dict[str, str]:
    """What a provider's keys are bound to, as it is typed."""
    return {name: "\n".join(getattr(provider, name)) for name in ("certificates", "networks")}


def provider_context(
    provider: Provider,
    *,
    key: str = "",
    profile: ProfileForm | None = None,
    keying: KeyForm | None = None,
    joining: EngineerForm | None = None,
    made: NewPassword | None = None,
) -> dict[str, object]:
    """All that the page shows. `key` and `made` were made just now: they are shown once."""
    return {
        "provider": provider,
        "key": key,
        "profile": profile or profile_form(provider, None),
        "keying": keying or KeyForm(),
        "keys": key_rows(keys_of(provider)),
        "preserve_days": preserve_days_of(provider),
        "engineers": engineers_of(provider),
        "joining": joining or EngineerForm(),
        "made": made,
    }

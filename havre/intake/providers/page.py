"""What the page of a provider shows."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from havre.agencies.models import Provider
from havre.agencies.reads import keys_of
from havre.intake.law.rules.regimes import REGIMES
from havre.intake.providers.forms import KeyForm, ProfileForm
from havre.plumbing import clock

PROFILE = ("reading", "fault_status", "regime", "contact", "wants_quality", "is_active")


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One credential, as it may be shown: never what it is."""

    issued_at: datetime
    until: datetime | None
    is_in_force: bool


def profile_form(provider: Provider, typed: QueryDict | None) -> ProfileForm:
    """The form of a provider's profile, as it stands or as it was typed."""
    return ProfileForm(typed, initial={name: getattr(provider, name) for name in PROFILE})


def provider_context(
    provider: Provider,
    *,
    key: str = "",
    profile: ProfileForm | None = None,
    keying: KeyForm | None = None,
) -> dict[str, object]:
    """All that the page shows. `key` is a credential that was made just now: it is shown once."""
    now = clock.now()
    regime = REGIMES.get(provider.regime)
    return {
        "provider": provider,
        "key": key,
        "profile": profile or profile_form(provider, None),
        "keying": keying or KeyForm(),
        "keys": [
            KeyRow(one.issued_at, one.until, one.until is None or one.until > now)
            for one in keys_of(provider)
        ],
        "preserve_days": regime.on(now.date()).preserve_days if regime else None,
    }

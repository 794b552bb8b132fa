"""What a mirror signs in with: sealed under a key of its own, wrapped like a record's."""

from uuid import UUID

from havre.agencies.models import Provider
from havre.agencies.rules.permits import Compartment
from havre.evidence.custody import provider_key_of, provider_recipient, wrapped_key
from havre.evidence.models import RecordKey
from havre.intake.mirrors.models import Mirror
from havre.plumbing.sealing import new_data_key, open_bytes, place, seal_bytes


def seal_password(password: str, *, mirror: UUID, provider: Provider) -> bytes:
    """Seal a password under a new key; what the one before sealed is not opened any more."""
    destroy_password(mirror=mirror, provider=provider)
    key = new_data_key()
    recipient = provider_recipient(provider.pk)
    wrap = wrapped_key(mirror, key, recipient=recipient, compartment=Compartment.GENERAL)
    wrap.save(force_insert=True)
    return seal_bytes(key, password.encode(), at=_at(mirror))


def destroy_password(*, mirror: UUID, provider: Provider) -> None:
    """Destroy the key of a password."""
    wraps = RecordKey.objects.filter(record=mirror, recipient=provider_recipient(provider.pk))
    wraps.delete()


def password_of(mirror: Mirror) -> str:
    """A mirror's password, for the call that shows it. Raises KeyRefusedError."""
    key = provider_key_of(mirror.pk, provider=mirror.provider_id)
    return open_bytes(key, bytes(mirror.password or b""), at=_at(mirror.pk)).decode()


def _at(mirror: UUID) -> bytes:
    return place("mirror", "password", mirror)

"""Mirrors of providers: in the world of the walls and at the doors."""

import secrets
from collections.abc import Sequence
from uuid import UUID, uuid4

from havre.agencies.actions import add_officer
from havre.agencies.models import Officer, Provider
from havre.agencies.rules.permits import Role
from havre.audit.rules import Station
from havre.evidence.custody import provider_recipient, wrapped_key
from havre.evidence.vault import sealed_exhibit
from havre.intake.mirrors.actions import set_mirror
from havre.intake.mirrors.models import Answer, Copy, Mirror
from havre.intake.models import Filing
from havre.intake.rules.stages import FilingState
from havre.plumbing import ids
from havre.plumbing.context import acting_as
from havre.plumbing.sealing import new_data_key

MIRROR_DOORS = {"change_copy": ("copy", "copy_id"), "console_copy": ("copy", "copy_id")}
TYPED_MIRRORS = {
    "provider_page": {
        "reading": "lenient",
        "fault_status": "400",
        "regime": "ca-mra",
        "contact": "Night desk",
        "is_active": "on",
        "certificates": "",
        "networks": "",
    },
    "console_addresses": {"addresses": "https://example.com/pier", "token": "t"},
    "console_company": {
        "contact": "Night desk, 555 0142",
        "mail_to": "night@example.com",
        "wants_quality": "on",
    },
    "console_trust": {"certificates": "", "networks": "192.0.2.0/24"},
    "change_copy": {"what": "stop"},
    "console_bulk_change": {"what": "stop"},
    "change_mirror": {"what": "try"},
    "console_mirror": {
        "url": "https://mirror.example.com/ispws",
        "username": "pier",
        "password": "a password of invention",
    },
}


def a_copy(provider: Provider, house: Officer) -> Copy:
    """A report of a provider that waits for the second address which its engineer set."""
    engineer = add_officer(
        f"engineer-{secrets.token_hex(4)}",
        name="Pat Roy",
        agency=house.agency,
        role=Role.PROVIDER_ENGINEER,
        password=None,
        provider=provider,
        by=Station.SET_UP,
    )
    set_mirror("https://there.example.com", username="pier", password="x", by=engineer)
    filing, key = ids.uuid7(), new_data_key()
    with acting_as(provider.context):
        recipient = provider_recipient(provider.pk)
        wrapped_key(filing, key, recipient=recipient, compartment="general").save()
        source = sealed_exhibit([b"x"], record=filing, key=key)
        source.save(force_insert=True)
        row = Filing(id=filing, number=secrets.randbits(40), provider=provider, body=b"")
        row.source, row.state = source, FilingState.FINISHED
        row.save(force_insert=True)
        mirror = Mirror.objects.get()
        copy = Copy(provider=provider, mirror=mirror, filing=row, number=row.number)
        copy.save(force_insert=True)
    with acting_as(Station.PIPELINE.context):
        told = {"step": "submit", "status": 503, "url": mirror.url}
        Answer(provider=provider, copy=copy, **told).save(force_insert=True)
    return copy


def copies_by_whose(house: Officer, providers: Sequence[Provider]) -> dict[str, UUID]:
    """A copy of each of the two providers."""
    own, other = (a_copy(provider, house).pk for provider in providers)
    return {"own": own, "other": other, "missing": uuid4()}

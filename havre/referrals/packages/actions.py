"""Making the package of a referral and serving it again; the key that its files are sealed to."""

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.evidence.custody import key_of
from havre.plumbing import clock, ids
from havre.plumbing.sealing import open_bytes, place, seal_bytes
from havre.referrals.models import AgencyKey, Package, Referral
from havre.referrals.packages.making import made_of
from havre.referrals.packages.reads import (
    KeysPage,
    keys_of,
    last_package,
    package_by,
    standing_key,
)
from havre.referrals.packages.rules.archive import checked
from havre.referrals.packages.wires.age import fingerprint_of, recipient_in
from havre.referrals.pages.noting import note_first
from havre.referrals.rules.states import OVER
from havre.referrals.sealed import held_by, write_line


@action(Event.PACKAGE_FETCHED)
def fetch_package(reference: str, *, number: int | None = None, by: Officer) -> bytes:
    """The package of a referral to this officer's agency: made at the first call, kept sealed.

    From then on it is the same, byte for byte, unless it lacked files for want of a key and now a
    key stands, or what the referral carries grew: then another follows, and both are kept. `number`
    asks for one that was made. Raises Referral.DoesNotExist, Package.DoesNotExist, and
    KeyRefusedError once the report's key is gone.
    """
    note_first(reference, by=by)
    referral = held_by(by, reference)
    if referral.state in OVER:
        raise Referral.DoesNotExist
    key = key_of(referral.report_id, by=by)
    package = package_by(referral, number) if number else _newest(referral, key, by=by)
    container = open_bytes(key, bytes(package.sealed), at=place("package", "sealed", package.pk))
    write_line(Event.PACKAGE_FETCHED, referral, by=by, sha256=package.sha256, number=package.number)
    return container


@action(Event.PACKAGE_KEYS_READ)
def read_keys(*, by: Officer) -> KeysPage:
    """The keys of this officer's agency."""
    record(Event.PACKAGE_KEYS_READ, about_kind="agency", about=by.agency_id, by=by)
    return keys_of(actor=by)


@action(Event.PACKAGE_KEY_ADDED)
def register_key(typed: str, *, by: Officer) -> AgencyKey:
    """From now on files in packages are sealed to this key; the one before is withdrawn.

    Packages that were made stay sealed to the key of their day. Raises NotAKeyError.
    """
    recipient = recipient_in(typed)
    standing = standing_key(actor=by)
    if standing is not None and standing.recipient == recipient:
        _record_key(Event.PACKAGE_KEY_ADDED, standing, by=by)
        return standing
    if standing is not None:
        _end(standing, by=by)
    key = AgencyKey(id=ids.uuid7(), agency=by.agency, recipient=recipient, added_by=by)
    key.save(force_insert=True)
    _record_key(Event.PACKAGE_KEY_ADDED, key, by=by)
    return key


@action(Event.PACKAGE_KEY_WITHDRAWN)
def withdraw_key(*, by: Officer) -> None:
    """Files are sealed to no key any more until another is registered.

    Raises AgencyKey.DoesNotExist when none stands.
    """
    standing = standing_key(actor=by)
    if standing is None:
        raise AgencyKey.DoesNotExist
    _end(standing, by=by)
    _record_key(Event.PACKAGE_KEY_WITHDRAWN, standing, by=by)


def _record_key(event: Event, key: AgencyKey, *, by: Officer) -> None:
    """Write a line about a key: by its fingerprint, which people compare."""
    record(
        event,
        about_kind="agency-key",
        about=key.pk,
        by=by,
        fingerprint=fingerprint_of(key.recipient),
    )


def _end(key: AgencyKey, *, by: Officer) -> None:
    key.withdrawn_at, key.withdrawn_by = clock.now(), by
    key.save(update_fields=["withdrawn_at", "withdrawn_by"])


def _newest(referral: Referral, key: bytes, *, by: Officer) -> Package:
    """The last package of a referral, or another where that one lacks what is there by now."""
    last = last_package(referral)
    if last and not _is_behind(last, referral, by):
        return last
    return _packaged(referral, key, number=last.number + 1 if last else 1, by=by)


def _is_behind(package: Package, referral: Referral, by: Officer) -> bool:
    """Whether more can go into a package now than when it was made."""
    grew = referral.grew_at is not None and package.made_at < referral.grew_at
    return grew or (package.lacks_key and standing_key(actor=by) is not None)


def _packaged(referral: Referral, key: bytes, *, number: int, by: Officer) -> Package:
    package = Package(
        id=ids.uuid7(), referral=referral, number=number, made_by=by, made_at=clock.now()
    )
    made = made_of(referral, at=package.made_at, by=by)
    package.sha256, package.lacks_key = checked(made.container).sha256, made.lacks_key
    at = place("package", "sealed", package.pk)
    package.sealed = seal_bytes(key, made.container, at=at)
    package.save(force_insert=True)
    return package

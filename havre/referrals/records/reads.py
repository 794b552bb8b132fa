"""Questions about the keys of record systems."""

import hmac
from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet

from havre.agencies.models import Officer
from havre.agencies.reads import officer_names
from havre.agencies.rules.permits import Permit
from havre.audit.rules import Station
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.keys import keys
from havre.plumbing.values.lists import one_of
from havre.plumbing.values.written import written_once
from havre.referrals.inbox.reads import colleagues_of
from havre.referrals.records.models import Repeat, SystemKey
from havre.referrals.records.rules import KEY, in_force

KEYS_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemKeyRow:
    """A key as its agency may be shown it: never what it is."""

    key: SystemKey
    answers: str
    issued_by: str
    is_in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemKeysPage:
    """The keys of an agency, newest first, and who may answer for one."""

    rows: tuple[SystemKeyRow, ...]
    colleagues: tuple[Officer, ...]


def system_keys_of(officer: Officer) -> SystemKeysPage:
    """The keys of an officer's agency."""
    found = list(SystemKey.objects.visible_to(officer)[:KEYS_SHOWN])
    names = officer_names({pk for one in found for pk in (one.officer_id, one.issued_by_id)})
    now = clock.now()
    return SystemKeysPage(
        rows=tuple(
            SystemKeyRow(
                key=one,
                answers=names.get(one.officer_id, ""),
                issued_by=names.get(one.issued_by_id, ""),
                is_in_force=in_force(one.until, now=now),
            )
            for one in found
        ),
        colleagues=tuple(colleagues_of(officer)),
    )


def system_key(pk: UUID, *, actor: Officer) -> SystemKey:
    """One key of an officer's agency. Raises SystemKey.DoesNotExist."""
    return SystemKey.objects.visible_to(actor).get(pk=pk)


def system_names(pks: Collection[UUID]) -> dict[UUID, str]:
    """What an agency calls its own record systems, by their keys."""
    return dict(_names(tuple(pks))) if pks else {}


@written_once
def _names(keys_of: tuple[UUID, ...]) -> QuerySet[SystemKey, tuple[UUID, str]]:
    found = SystemKey.objects.filter(one_of("pk", keys_of)).order_by()
    return found.values_list("pk", "name")


def key_digest(key: str) -> str:
    """What is kept of a key: it is machine-made, so a keyed digest is enough."""
    return hmac.digest(keys().pepper("record-system"), key.encode(), "sha256").hex()


def officer_of_key(shown: str) -> Officer | None:
    """The officer who answers for a key that is in force, acting through it; or None.

    A key opens nothing once its officer has left, moved or may answer no referral any more.
    """
    if not KEY.fullmatch(shown):
        return None
    context = replace(Station.SIGN_IN.context, token=key_digest(shown))
    with acting_as(context):
        key = SystemKey.objects.filter(digest=context.token).select_related("officer").first()
    if key is None or not in_force(key.until, now=clock.now()):
        return None
    officer = key.officer
    if officer.agency_id != key.agency_id or not officer.may(Permit.REFERRAL_ANSWER):
        return None
    officer.through_key = key.pk
    return officer


def repeat_of(key: str, *, actor: Officer) -> Repeat | None:
    """What was answered to a request of this officer's agency that bore this key."""
    return Repeat.objects.filter(agency=actor.agency_id, key=key).first()

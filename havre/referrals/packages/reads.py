"""Questions about packages and the keys that their files are sealed to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models.functions import Greatest

from havre.agencies.models import Officer
from havre.agencies.reads import officer_names
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Actor
from havre.referrals.models import AgencyKey, Package, Referral
from havre.referrals.packages.rules.exhibits import HOLDERS
from havre.referrals.packages.wires.age import fingerprint_of
from havre.referrals.reads import sent_whole
from havre.referrals.rules.states import OVER
from havre.triage.interpreting.models import Translation

KEYS_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """A key of an agency, as its people compare it."""

    recipient: str
    fingerprint: str
    added_at: datetime
    added_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysPage:
    """The key that stands, if any, and those before it, newest first."""

    standing: KeyRow | None
    former: tuple[KeyRow, ...]


def last_package(referral: Referral) -> Package | None:
    """The package that is served of a referral."""
    return Package.objects.filter(referral=referral).order_by("-number").first()


def package_by(referral: Referral, number: int) -> Package:
    """A package of a referral by its number. Raises Package.DoesNotExist."""
    return Package.objects.get(referral=referral, number=number)


def packages_of(referral: Referral) -> list[Package]:
    """The packages that were made of a referral, oldest first."""
    return list(Package.objects.filter(referral=referral).defer("sealed").order_by("number"))


def referrals_to_tell(report: UUID, *, actor: Actor) -> list[str]:
    """The standing referrals of a report whose agencies were not told of its last translation.

    A translation is of the whole: it is no news to whoever was given one incident. Nor is one of
    later words to anybody before the words themselves are. Nobody abroad is told.
    """
    given = Translation.objects.visible_to(actor).standing().given()
    last = given.filter(report=report).first()
    if last is None:
        return []
    standing = Referral.objects.visible_to(actor).filter(report=report).exclude(state__in=OVER)
    standing = standing.exclude(to_agency__kind=AgencyKind.FOREIGN)
    since = sent_whole(standing, actor=actor).annotate(since=Greatest("sent_at", "grew_at"))
    return list(since.filter(since__lt=last.at).values_list("reference", flat=True))


def standing_key(*, actor: Officer) -> AgencyKey | None:
    """The key that files of this officer's agency are sealed to."""
    return AgencyKey.objects.visible_to(actor).filter(withdrawn_at=None).first()


def key_for_files(*, actor: Officer) -> str | None:
    """The fingerprint of the standing key, "" where none stands; None where no files go along."""
    if AgencyKind(actor.agency.kind) not in HOLDERS:
        return None
    key = standing_key(actor=actor)
    return fingerprint_of(key.recipient) if key else ""


def keys_of(*, actor: Officer) -> KeysPage:
    """The keys of this officer's agency."""
    found = list(AgencyKey.objects.visible_to(actor)[:KEYS_SHOWN])
    whose = {each for key in found for each in (key.added_by_id, key.withdrawn_by_id) if each}
    names = officer_names(whose)
    rows = [
        KeyRow(
            recipient=key.recipient,
            fingerprint=fingerprint_of(key.recipient),
            added_at=key.added_at,
            added_by=names.get(key.added_by_id, ""),
            withdrawn_at=key.withdrawn_at,
            withdrawn_by=names.get(key.withdrawn_by_id, "") if key.withdrawn_by_id else "",
        )
        for key in found
    ]
    standing = next((row for row in rows if row.withdrawn_at is None), None)
    return KeysPage(standing=standing, former=tuple(row for row in rows if row is not standing))

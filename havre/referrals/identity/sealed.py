"""Who reported, sealed for one agency and opened by it. Parts of actions, which write the line."""

from dataclasses import asdict

from havre.agencies.models import Agency
from havre.audit.rules import Actor
from havre.evidence.custody import agency_recipient, key_of, wrapped_key
from havre.evidence.models import RecordKey
from havre.intake.sealed import Spot, open_text, seal_text
from havre.plumbing import clock
from havre.plumbing.sealing import new_data_key, open_bytes, open_json, place, seal_bytes, seal_json
from havre.referrals.identity.models import IdentityGrant
from havre.referrals.identity.rules import WhoReported
from havre.referrals.models import Referral


def seal_who(
    grant: IdentityGrant, who: tuple[WhoReported, ...], words: str, *, to: Agency, by: Actor
) -> RecordKey:
    """Seal who reported into a grant; gives its key as wrapped for the agency, not yet saved.

    Under the report's key too, so that whoever destroys that destroys this.
    """
    key, report_key = new_data_key(), key_of(grant.report_id, by=by)
    inside = seal_json(key, [asdict(one) for one in who], at=place("grant", "identity", grant.pk))
    grant.identity = seal_bytes(report_key, inside, at=_around(grant))
    grant.words = seal_text(grant.report, words, key=report_key, spot=_spot(grant))
    return wrapped_key(
        grant.pk,
        key,
        recipient=agency_recipient(to.pk),
        compartment=str(grant.report.compartment),
    )


def words_of_grant(grant: IdentityGrant, *, by: Actor) -> str:
    """How it was agreed to or ordered, and what must be minded. Raises KeyRefusedError."""
    key = key_of(grant.report_id, by=by)
    return open_text(grant.report, grant.words, key=key, spot=_spot(grant))


def open_who(grant: IdentityGrant, *, by: Actor) -> tuple[WhoReported, ...]:
    """Who reported, for the agency that it was given to. Raises KeyRefusedError for all others."""
    inside = open_bytes(key_of(grant.report_id, by=by), bytes(grant.identity), at=_around(grant))
    told = open_json(key_of(grant.pk, by=by), inside, at=place("grant", "identity", grant.pk))
    return tuple(
        WhoReported(
            names=tuple(one["names"]),
            contacts=tuple((kind, value) for kind, value in one["contacts"]),
        )
        for one in told
    )


def take_away(grant: IdentityGrant) -> None:
    """An agency may not know any more who reported: the key goes, and so does what it opened."""
    RecordKey.objects.filter(record=grant.pk).delete()
    grant.identity, grant.ended_at = b"", clock.now()
    grant.save(update_fields=["ended_at", "identity"])


def take_away_with(referral: Referral) -> None:
    """What was given with a referral ends with it. Asked as the pipeline."""
    for grant in IdentityGrant.objects.filter(referral=referral, ended_at=None):
        take_away(grant)


def _spot(grant: IdentityGrant) -> Spot:
    return Spot("grant", "words", grant.pk)


def _around(grant: IdentityGrant) -> bytes:
    return place("grant", "around", grant.pk)

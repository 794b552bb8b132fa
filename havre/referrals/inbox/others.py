"""Clocks of what is no referral, that ring on the same page. Parts of actions, which log it."""

from collections.abc import Collection
from datetime import datetime

from havre.agencies.models import Agency
from havre.plumbing import clock, ids
from havre.referrals.models import Alarm
from havre.referrals.rules.states import Level, OtherClock


def ring_for(
    reference: str,
    *,
    agency: Agency,
    which: OtherClock,
    due: datetime,
    level: Level = Level.COORDINATOR,
) -> None:
    """Ring for something that is no referral; once for a moment, however often it is asked.

    What was silenced, and waits again for the same moment, rings again.
    """
    same = {"reference": reference, "which": which, "due": due}
    if not Alarm.objects.filter(referral=None, **same).update(answered_at=None):
        Alarm(
            id=ids.uuid7(),
            agency=agency,
            level=level,
            raised_at=clock.now(),
            **same,
        ).save(force_insert=True)


def silence(reference: str, *, which: OtherClock) -> None:
    """It rings no more: what it rang for was done, or has another moment now."""
    ringing = Alarm.objects.filter(referral=None, reference=reference, which=which)
    ringing.filter(answered_at=None).update(answered_at=clock.now())


def ringing_until(references: Collection[str]) -> set[tuple[str, datetime]]:
    """Which of these ring, and for which moment."""
    rings = Alarm.objects.filter(referral=None, reference__in=references, answered_at=None)
    return set(rings.values_list("reference", "due"))

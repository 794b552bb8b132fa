"""Questions about what an agency has let be known of a referral."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from havre.agencies.models import Officer
from havre.intake.releases.reads import releases_of
from havre.intake.releases.rules.words import ReleaseWord
from havre.intake.releases.wording import SAID
from havre.plumbing import clock
from havre.referrals.models import Outcome, Referral
from havre.referrals.reads import referral_by_reference
from havre.referrals.releases.rules.words import words_after


@dataclass(frozen=True, slots=True)
class Chosen:
    """A word that was chosen, what it says, and since or from when its sender reads it."""

    word: ReleaseWord
    says: Promise
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What may still be chosen for a referral, what waits, and what its sender reads already."""

    open: tuple[ReleaseWord, ...]
    waiting: Chosen | None
    shown: tuple[Chosen, ...]


def dispositions_of(referral: Referral) -> set[str]:
    """What an agency said came of a referral, each word once."""
    return set(Outcome.objects.filter(referral=referral).values_list("disposition", flat=True))


def words_open_to(reference: str, *, actor: Officer) -> tuple[ReleaseWord, ...]:
    """The words an officer may choose from. Raises Referral.DoesNotExist for another's."""
    referral = referral_by_reference(reference, actor=actor)
    if referral.to_agency_id != actor.agency_id:
        raise Referral.DoesNotExist
    return words_after(dispositions_of(referral))


def telling_of(referral: Referral) -> Telling:
    """What a referral's sender is told, and may be told."""
    now = clock.now()
    chosen = tuple(
        Chosen(ReleaseWord(each.word), SAID[each.word], each.shown_from)
        for each in releases_of(referral.pk)
    )
    return Telling(
        open=words_after(dispositions_of(referral)),
        waiting=next((each for each in chosen if each.since > now), None),
        shown=tuple(each for each in chosen if each.since <= now),
    )

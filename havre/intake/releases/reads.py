"""Questions about what was released."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from havre.audit.rules import Actor
from havre.intake.models import Report
from havre.intake.releases.models import Release
from havre.intake.releases.rules.words import ReleaseWord


@dataclass(frozen=True, slots=True)
class Released:
    """A word that a sender may know, and since when it shows."""

    word: ReleaseWord
    since: datetime


def shown_of(report: UUID) -> tuple[Released, ...]:
    """What the sender of a report may know by now, oldest first; each word once."""
    return _each_once(Release.objects.shown_now().filter(report=report))


def shown_to_provider(reports: Sequence[UUID], *, actor: Actor) -> dict[UUID, tuple[Released, ...]]:
    """The same for a provider's own reports, as far as the police released anything at all."""
    own = Report.objects.visible_to(actor).filter(pk__in=reports)
    shown: dict[UUID, list[Release]] = {}
    for release in Release.objects.shown_now().filter(report__in=own):
        shown.setdefault(release.report_id, []).append(release)
    return {report: _each_once(told) for report, told in shown.items()}


def releases_of(referral: UUID) -> tuple[Release, ...]:
    """What the agency of a referral chose and did not take back, oldest first."""
    return tuple(Release.objects.filter(referral=referral, withdrawn_at=None))


def _each_once(releases: Iterable[Release]) -> tuple[Released, ...]:
    since: dict[ReleaseWord, datetime] = {}
    for release in releases:
        since.setdefault(ReleaseWord(release.word), release.shown_from)
    return tuple(Released(word, at) for word, at in since.items())

"""What the desk's page tells of words in a third language."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from havre.intake.models import Report
from havre.plumbing import clock
from havre.triage.interpreting.reads import Waits, waiting_for_interpreters, waits_of
from havre.triage.interpreting.sealed import OpenedTranslation
from havre.triage.interpreting.wording import language_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """Whether words wait for an interpreter, and their latest translation with its language."""

    waits: Waits | None
    latest: OpenedTranslation | None
    language: Promise | str


def translated_view(
    opened: Sequence[OpenedTranslation], report: Report, *, band: str
) -> Translated:
    """What is known of the words of a report in another language."""
    row = waiting_for_interpreters([report.pk]).get(report.pk)
    latest = opened[0] if opened else None
    return Translated(
        waits=waits_of(row, band=band, now=clock.now()) if row else None,
        latest=latest,
        language=language_name(latest.translation.from_language) if latest else "",
    )

"""Translations, sealed and opened. Parts of actions, which write the line."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from havre.audit.rules import Actor
from havre.evidence.custody import key_of
from havre.intake.models import GIVEN, Message, Report
from havre.intake.public.rules.languages import OURS
from havre.intake.sealed import Spot, message_text, open_text, seal_text
from havre.plumbing.values.absent import none_without
from havre.plumbing.values.written import written_once
from havre.triage.interpreting.models import Translation
from havre.triage.interpreting.rules import Translated


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedTranslation:
    """A translation with its words opened."""

    translation: Translation
    told: Translated


def sealed_translation(row: Translation, told: Translated, *, by: Actor) -> bytes:
    """What was translated, sealed under the report's key."""
    said = json.dumps(asdict(told), ensure_ascii=False)
    return seal_text(row.report, said, key=key_of(row.report_id, by=by), spot=_spot(row))


def opened_translations(
    report: Report, *, also_taken_back: bool = False, by: Actor
) -> tuple[OpenedTranslation, ...]:
    """Every translation of a report that stands, the latest first."""
    rows = _translations(report.pk, by, also_taken_back)
    if not rows:
        return ()
    key = key_of(report.pk, by=by)
    return tuple(
        OpenedTranslation(
            translation=row,
            told=Translated(**json.loads(open_text(report, row.body, key=key, spot=_spot(row)))),
        )
        for row in rows
    )


def last_read(report: UUID) -> datetime | None:
    """When something of a report was last put out of a third language into one of ours."""
    return next(iter(_last_read(report)), None)


def translations_to_read(report: Report, *, by: Actor) -> tuple[OpenedTranslation, ...]:
    """What is read of the translations of a report: of the same words into one language the latest.

    An interpreter's sheet has words of its own; what the desk writes down is of the whole report.
    """
    latest = dict[object, OpenedTranslation]()
    for each in opened_translations(report, by=by):
        row = each.translation
        latest.setdefault((row.sheet or "desk", row.to_language), each)
    return tuple(latest.values())


def words_since(report: Report, *, by: Actor) -> dict[str, str]:
    """What the reporter of a report wrote after it, by the id of the message."""
    rows = _told_since(report.pk)
    if not rows:
        return {}
    key = key_of(report.pk, by=by)
    return {str(row.pk): message_text(row, key=key) for row in rows}


def words_not_given(report: Report, *, by: Actor) -> dict[Message, str]:
    """What the reporter of a report told later and nobody outside was given, oldest first.

    Nobody has decided on it yet, or it was kept back. What was passed on is told in the report.
    """
    rows = _not_given(report.pk)
    key = key_of(report.pk, by=by) if rows else b""
    return {row: message_text(row, key=key) for row in rows}


@none_without("interpreting_translation")
@written_once
def _translations(report: UUID, by: Actor, also_taken_back: bool) -> QuerySet[Translation]:  # noqa: FBT001
    seen = Translation.objects.visible_to(by).filter(report=report)
    return (seen if also_taken_back else seen.standing()).select_related("by")


@none_without("interpreting_translation")
@written_once
def _last_read(report: UUID) -> QuerySet[Translation, datetime]:
    found = Translation.objects.standing().filter(report=report).exclude(from_language__in=OURS)
    return found.order_by("-at").values_list("at", flat=True)[:1]


@none_without("intake_message")
@written_once
def _told_since(report: UUID) -> QuerySet[Message]:
    return Message.objects.filter(report=report, from_reporter=True).select_related("report")


@none_without("intake_message")
@written_once
def _not_given(report: UUID) -> QuerySet[Message]:
    told = Message.objects.filter(~GIVEN, report=report, from_reporter=True)
    return told.select_related("report")


def _spot(row: Translation) -> Spot:
    return Spot("interpreting_translation", "body", row.pk)

"""Translations, sealed and opened. Parts of actions, which write the line."""

import json
from dataclasses import asdict, dataclass

from havre.audit.rules import Actor
from havre.evidence.custody import key_of
from havre.intake.models import Report
from havre.intake.sealed import Spot, open_text, seal_text
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


def opened_translations(report: Report, *, by: Actor) -> tuple[OpenedTranslation, ...]:
    """Every translation of a report, the latest first: that one is read."""
    rows = list(Translation.objects.filter(report=report).select_related("by"))
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


def _spot(row: Translation) -> Spot:
    return Spot("interpreting_translation", "body", row.pk)

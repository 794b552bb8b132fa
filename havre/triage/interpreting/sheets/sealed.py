"""What stands on a sheet, sealed under its report's key. Parts of actions, which write the line."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from havre.audit.actions import writing_is_watched
from havre.audit.rules import Station, UnloggedActionError
from havre.evidence.custody import key_of
from havre.intake.sealed import Spot, open_text, seal_text
from havre.plumbing.context import acting_as
from havre.triage.interpreting.sheets.models import Sheet
from havre.triage.interpreting.sheets.rules import Passage, Writing

TABLE = "sheets_sheet"
BY = Station.PIPELINE


def seal_passages(sheet: Sheet, passages: Sequence[Passage]) -> bytes:
    """Seal the words that an interpreter is given."""
    return _sealed(sheet, [asdict(one) for one in passages], "body")


def open_passages(sheet: Sheet) -> tuple[Passage, ...]:
    """Open what `seal_passages` sealed. Raises UnloggedActionError outside an action."""
    told = json.loads(_opened(sheet, sheet.body, "body"))
    return tuple(Passage(**one) for one in told)


def seal_draft(sheet: Sheet, writing: Writing) -> bytes:
    """Seal what an interpreter has written so far."""
    return _sealed(sheet, asdict(writing), "draft")


def open_draft(sheet: Sheet) -> Writing:
    """Open what `seal_draft` sealed; nothing written where there is none."""
    if sheet.draft is None:
        return Writing()
    return Writing(**json.loads(_opened(sheet, sheet.draft, "draft")))


def _sealed(sheet: Sheet, told: object, column: str) -> bytes:
    text = json.dumps(told, ensure_ascii=False)
    with acting_as(BY.context):
        key = key_of(sheet.report_id, by=BY)
        return seal_text(sheet.report, text, key=key, spot=Spot(TABLE, column, sheet.pk))


def _opened(sheet: Sheet, sealed: bytes | memoryview, column: str) -> str:
    """For whoever was found to see the row; the key is never theirs."""
    if not writing_is_watched():
        raise UnloggedActionError
    with acting_as(BY.context):
        key = key_of(sheet.report_id, by=BY)
        return open_text(sheet.report, sealed, key=key, spot=Spot(TABLE, column, sheet.pk))

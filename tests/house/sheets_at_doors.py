"""Words that wait for interpreters in the world of the walls, and interpreters at the doors."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Compartment, Role
from havre.intake.models import Report
from havre.plumbing.context import acting_as
from havre.triage.interpreting.actions import ask_interpreter
from havre.triage.interpreting.sheets.actions import (
    claim_sheet,
    finish_sheet,
    hand_back_sheet,
    read_sheets,
    release_sheet,
    undo_sheet,
)
from havre.triage.interpreting.sheets.models import Sheet
from havre.triage.interpreting.sheets.rules import Why, Writing
from tests.house.dispatches_at_doors import A_CLERK_S_OWN
from tests.house.traces import EVERYTHING

SHEET_DOORS = {"hand_back_sheet", "move_sheet", "sheet"}
OWN, OTHER = "uk", "es"
WRITTEN = Writing(english="He asked me to meet on Saturday.")
# Whose: in a language that the first interpreter reads, the second; in a compartment of neither.
OF_WHOM = {
    "own": (OWN, Compartment.GENERAL),
    "other": (OTHER, Compartment.GENERAL),
    "closed": (OWN, Compartment.TRAFFICKING),
}
# What an interpreter finds who holds the general compartment; in every table beside these, nothing.
AN_INTERPRETER_S_OWN = {
    "sheets_sheet": "language = %(reads)s AND compartment = 'general' AND finished_at IS NULL AND"
    " withdrawn_at IS NULL AND id NOT IN (SELECT sheet_id FROM sheets_handedback"
    " WHERE officer_id = %(me)s::uuid) AND report_id NOT IN (SELECT report_id FROM"
    " sheets_handedback WHERE officer_id = %(me)s::uuid AND why = 'knows-them')",
    "sheets_handedback": "officer_id = %(me)s::uuid",
}
TYPED_SHEETS: dict[str, dict[str, object]] = {
    "sheet": {"english": "He asked me to meet.", "french": "", "unsure": "", "what": "save"},
    "move_sheet": {"move": "release"},
    "hand_back_sheet": {"why": "cannot-read"},
}


def some_sheets(world: Any, an_officer: Callable[..., Officer]) -> list[Officer]:
    """Two interpreters: each finished one sheet and took it back, and handed another one back."""
    tipline, desk = world.analyst.agency, world.holder
    readers = [an_officer(tipline, Role.INTERPRETER) for _ in OF_WHOM][:2]
    only_a, only_b = (set(world.reports_of(agency)) for agency in world.officers)
    for reader, language, (report, *_) in zip(
        readers, (OWN, OTHER), (only_a - only_b, only_b - only_a), strict=True
    ):
        Officer.objects.filter(pk=reader.pk).update(interprets=[language])
        shared = only_a & only_b
        for asked_for, does in ((report, _finish_and_undo), (next(iter(shared)), _hand_back)):
            ask_interpreter(_reference(asked_for), language=language, by=desk)
            (sheet,) = read_sheets(by=reader).offered[-1:]
            does(sheet.pk, reader)
    ask_interpreter(_reference(world.closed_report), language=OWN, by=desk)
    return readers


def guests(world: Any) -> Iterator[tuple[dict[str, str], Officer, dict[str, str]]]:
    """Whoever sees rows released to them alone: what names them, who they are, what they find."""
    for partner, clerk in world.clerks.items():
        yield {"agency": str(partner.pk)}, clerk, A_CLERK_S_OWN
    for language, reader in zip((OWN, OTHER), world.interpreters, strict=True):
        yield {"reads": language, "me": str(reader.pk)}, reader, AN_INTERPRETER_S_OWN


def interpreters_at_doors(tipline: Agency, caller: Callable[..., Any]) -> dict[str, list[Any]]:
    """An interpreter of each of the two languages, who has in hand what is theirs."""
    found = {}
    for name, whose in (("interpreter", "own"), ("other interpreter", "other")):
        reader = caller(tipline, Role.INTERPRETER, interprets=[OF_WHOM[whose][0]])
        claim_sheet(sheet_of(whose), by=reader.officer)
        found[name] = [reader]
    return found


def of_a_sheet(row: Any) -> dict[str, object]:
    """Where a sheet stands; nothing for the doors of others."""
    return {"sheet_id": sheet_of(row.whose)} if row.door in SHEET_DOORS else {}


def sheet_of(whose: str) -> UUID:
    """The first open sheet of these: nobody handed it back."""
    if whose == "missing":
        return uuid4()
    language, compartment = OF_WHOM[whose]
    with acting_as(EVERYTHING):
        rows = Sheet.objects.open().filter(language=language, compartment=compartment)
        return rows.order_by("id")[0].pk


def _finish_and_undo(sheet: UUID, reader: Officer) -> None:
    claim_sheet(sheet, by=reader)
    finish_sheet(sheet, writing=WRITTEN, by=reader)
    undo_sheet(sheet, by=reader)
    release_sheet(sheet, by=reader)


def _hand_back(sheet: UUID, reader: Officer) -> None:
    hand_back_sheet(sheet, why=Why.CANNOT_READ, by=reader)


def _reference(report: UUID) -> str:
    with acting_as(EVERYTHING):
        return Report.objects.get(pk=report).reference

"""An interpreter's pages, and the desk's page of a report that was translated."""

from havre.triage.interpreting.sheets.actions import claim_sheet, finish_sheet, read_sheets
from havre.triage.interpreting.sheets.rules import Writing
from tests import make
from tests.journeys.town import ANALYST
from tests.journeys.visits import State, Visit

INTERPRETER = "demo-interpreter"
SHEET_BUTTONS = {"hand_back_sheet", "move_sheet"}
FOREIGN = "Me pidió que nos viéramos el sábado en el muelle. Dice que no se lo cuente a mi mamá."
WRITTEN = Writing(english="He asked me to meet on Saturday at the pier.", unsure="Pier or quay?")


def a_sheet(visit: Visit) -> tuple[str, str]:
    """Words in Spanish that the interpreter has in hand; gives the sheet and its report."""
    report = make.report(FOREIGN)
    reader = visit.town.officers[INTERPRETER]
    sheets = read_sheets(by=reader).offered
    sheet = next(one for one in sheets if one.report_id == report.pk)
    claim_sheet(sheet.pk, by=reader)
    return str(sheet.pk), report.reference


def all_that_waits(visit: Visit) -> None:
    """Something in hand, something offered, something just finished."""
    finished, _ = a_sheet(visit)
    finish_sheet(finished, writing=WRITTEN, by=visit.town.officers[INTERPRETER])
    a_sheet(visit)
    make.report(FOREIGN)
    visit.go("sheets")


def in_hand(visit: Visit) -> None:
    visit.go("sheet", sheet_id=a_sheet(visit)[0])


def finish_nothing(visit: Visit) -> None:
    in_hand(visit)
    visit.press("main button[value=finish]")


def hand_back_without_why(visit: Visit) -> None:
    in_hand(visit)
    visit.press("form[action$=back] .btn, form[action$=remettre] .btn")


def translated(visit: Visit) -> None:
    sheet, report = a_sheet(visit)
    finish_sheet(sheet, writing=WRITTEN, by=visit.town.officers[INTERPRETER])
    visit.go("report_page", reference=report)


SHEETS = (
    State("sheets", "filled", all_that_waits, INTERPRETER),
    State("sheet", "in hand", in_hand, INTERPRETER),
    State("sheet", "in error", finish_nothing, INTERPRETER, 422),
    State("sheet", "handed back without why", hand_back_without_why, INTERPRETER, 422),
    State("report_page", "translated", translated, ANALYST),
)

"""The international desk, in every state it can be in."""

from havre.agencies.reads import agency_by_code
from havre.cases.abroad.actions import Terms, file_exchange
from havre.cases.abroad.risks.actions import assess_exchange
from havre.cases.abroad.rules.mistreatment import Act, Risk
from havre.cases.abroad.rules.states import (
    Caveat,
    Direction,
    ExchangeKind,
    Handling,
    Reliability,
)
from havre.cases.abroad.sealed import ExchangeWords
from tests.journeys.visits import State, Visit, opened

COORDINATOR = "demo-coordinator"
ABROAD_BUTTONS = {
    "assess_exchange",
    "change_exchange",
    "copy_exchange",
    "decide_exchange",
    "link_exchange",
    "move_exchange",
    "note_exchange",
    "unlink_exchange",
}


def an_exchange(visit: Visit) -> str:
    """A letter from abroad that names a listed group, with a risk that was escalated."""
    desk = visit.town.officers[COORDINATOR]
    one = file_exchange(
        ExchangeWords(title="The man at the pier", narrative="Who is he, in the 764 group?"),
        direction=Direction.IN,
        partner=agency_by_code("ncmec"),
        terms=Terms(
            kind=ExchangeKind.TRAVELLING_OFFENDER,
            handling=Handling.H1,
            caveats=(Caveat.NO_ARREST,),
            reliability=Reliability.LIKELY,
        ),
        by=desk,
    ).reference
    told = {"risk": Risk.SUBSTANTIAL, "grounds": "He was beaten there."}
    assess_exchange(one, acts=(Act.USE,), **told, is_escalated=True, by=desk)
    return one


def close_without_why(visit: Visit) -> None:
    """The page of an exchange with everything on it, and a step that lacks its reason."""
    visit.go("exchange", reference=an_exchange(visit))
    visit.page.locator("details:has(input[value=close]) summary").click()
    visit.press("form:has(input[value=close]) .btn")


def all_of_them(visit: Visit) -> None:
    an_exchange(visit)
    visit.go("exchanges")


def file_nothing(visit: Visit) -> None:
    visit.go("new_exchange")
    visit.press()


ABROAD = (
    State("exchanges", "filled", all_of_them, COORDINATOR),
    State("new_exchange", "in error", file_nothing, COORDINATOR, 422),
    State("exchange", "in error", close_without_why, COORDINATOR, 422),
    opened("mistreatment", COORDINATOR),
)

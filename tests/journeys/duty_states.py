"""Rota, shifts, and finding what was told: the pages of duty in every state they can be in."""

from collections.abc import Callable
from datetime import timedelta

from havre.plumbing import clock
from tests.journeys.town import AGENCY_SUPERVISOR, ANALYST, DETECTIVE, SUPERVISOR
from tests.journeys.visits import State, Visit, opened

WORKER = "demo-child-welfare"
DUTY_BUTTONS = {"acknowledge_page", "give_shift", "remove_shift", "try_reach"}


def part_of(button: str) -> str:
    """What the address of a button of duty names."""
    return "page_id" if button == "acknowledge_page" else "shift_id"


def set_a_shift(visit: Visit) -> None:
    visit.go("add_shifts")
    visit.page.locator("[name=officer]").select_option(ANALYST)
    # A day of its own for each language, so that neither finds the other's shift.
    day = clock.now() + timedelta(days=3 if visit.language == "en" else 5)
    visit.fill("[name=day]", f"{day:%Y-%m-%d}")
    visit.fill("[name=begins]", "20:00")
    visit.fill("[name=ends]", "08:00")
    visit.press()


def set_nothing(visit: Visit) -> None:
    visit.go("add_shifts")
    visit.press()


def name_nothing_that_works(visit: Visit) -> None:
    visit.go("reach")
    visit.fill("[name=phone]", "12")
    visit.press()


def ask_for_a_test(visit: Visit) -> None:
    visit.go("reach")
    visit.fill("[name=email]", "pier@example.com")
    visit.press()
    visit.press("main form[action$=test] .btn, main form[action$=essai] .btn")


def leave_no_word(visit: Visit) -> None:
    visit.go("shift")
    visit.press("main form[method=post] .btn")


def leave_a_word(visit: Visit) -> None:
    visit.go("shift")
    visit.fill("main [name=text]", "A quiet night. Look at the ferry report first.")
    visit.press("main form[method=post] .btn")


def look_for(page: str, text: str) -> Callable[[Visit], None]:
    def search(visit: Visit) -> None:
        visit.go(page)
        visit.fill("main [name=text]", text)
        visit.press("main form[method=post] .btn")

    return search


DUTY = (
    opened("find_referral", WORKER),
    State("find_referral", "empty", look_for("find_referral", "204-555-0199"), WORKER),
    State("find_referral", "in error", look_for("find_referral", ""), WORKER, 422),
    opened("find_report", ANALYST),
    State("find_report", "empty", look_for("find_report", "204-555-0199"), ANALYST),
    State("find_report", "in error", look_for("find_report", ""), ANALYST, 422),
    opened("agency_shift", AGENCY_SUPERVISOR),
    State("shift", "with a word", leave_a_word, ANALYST),
    State("shift", "in error", leave_no_word, ANALYST, 422),
    State("reach", "with a test", ask_for_a_test, ANALYST),
    opened("pages", SUPERVISOR),
    opened("reach", ANALYST),
    State("reach", "in error", name_nothing_that_works, ANALYST, 422),
    opened("rota", DETECTIVE, "empty"),
    State("rota", "with a shift", set_a_shift, SUPERVISOR),
    opened("add_shifts", SUPERVISOR),
    State("add_shifts", "in error", set_nothing, SUPERVISOR, 422),
)

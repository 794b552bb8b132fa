"""The pages of officers' accounts, in every state they can be in."""

from tests.journeys.town import ADMIN, AGENCY_SUPERVISOR
from tests.journeys.visits import Reach, State, Visit, opened

COLLEAGUE, OTHER = "analyst-three", "analyst-four"


def account(page: str, username: str = COLLEAGUE) -> Reach:
    def reach(visit: Visit) -> None:
        visit.go(page, officer_id=visit.town.officers[username].pk)

    return reach


def choose(question: str) -> Reach:
    return lambda visit: visit.page.goto(f"{visit.town.at('officers', visit.language)}?{question}")


def add_nobody(visit: Visit) -> None:
    visit.go("add_officer")
    visit.press()


def add_somebody(visit: Visit) -> None:
    visit.go("add_officer")
    visit.fill("[name=name]", "Robin Larsen")
    visit.fill("[name=username]", f"r.larsen.{visit.language}")
    visit.page.locator("[name=agency]").select_option("cybertip")
    visit.page.locator("[name=role]").select_option("interpreter")
    visit.press()


OFFICERS = (
    opened("officers", ADMIN, "filled"),
    opened("officers", AGENCY_SUPERVISOR, "of one agency"),
    State("officers", "empty", choose("sought=nobody-here"), ADMIN),
    opened("add_officer", ADMIN),
    opened("add_officer", AGENCY_SUPERVISOR, "of one agency"),
    State("add_officer", "in error", add_nobody, ADMIN, 422),
    State("add_officer", "one-time password", add_somebody, ADMIN),
    State("officer", "filled", account("officer"), ADMIN),
    State("officer", "one's own", account("officer", ADMIN), ADMIN),
    State("change_officer", "as it opens", account("change_officer"), ADMIN),
    State("close_officer", "as it opens", account("close_officer"), ADMIN),
    State("close_officer", "refused", account("close_officer", ADMIN), ADMIN, 422),
    State("reopen_officer", "refused", account("reopen_officer"), ADMIN, 422),
    State("reset_password", "as it opens", account("reset_password", OTHER), ADMIN),
    State("reset_second_factor", "as it opens", account("reset_second_factor"), ADMIN),
)

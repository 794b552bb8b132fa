"""The pages of legal duties: what a provider keeps of section 9, what the organization owes."""

from uuid import UUID

from tests.journeys.town import AGENCY_SUPERVISOR, AUDITOR, COORDINATOR, ENGINEER, SUPERVISOR
from tests.journeys.visits import State, Visit, opened

# Doors that are no page, whose they are, and where they stand.
LAW_BUTTONS: dict[str, tuple[str, dict[str, object]]] = {
    "change_copy": (ENGINEER, {"copy_id": UUID(int=0)}),
    "change_mirror": (ENGINEER, {}),
    "console_bulk_change": (ENGINEER, {"bulk_id": UUID(int=0)}),
    "decide_silent_watch": (COORDINATOR, {"reference": "Q-0000-0000"}),
    "destroy_record": (SUPERVISOR, {"incident_number": "S-0000-0000"}),
    "incident_sent": (SUPERVISOR, {"reference": "I-0000-0000"}),
    "move_secondment": (AGENCY_SUPERVISOR, {"secondment_id": UUID(int=0)}),
    "renew_secondment": (AGENCY_SUPERVISOR, {"secondment_id": UUID(int=0)}),
    "write_annual": (SUPERVISOR, {"year": 2026}),
    "withdraw_deemed": (ENGINEER, {"pk": UUID(int=0)}),
}


def keep_a_record(visit: Visit) -> None:
    visit.go("console_deemed")
    visit.fill("[name=given_number]", "7001")
    visit.fill("[name=day]", "2026-01-05")
    visit.press("main section[aria-labelledby=add] .btn")


def note_nothing(visit: Visit) -> None:
    visit.go("new_incident")
    visit.press()


def note_an_incident(visit: Visit) -> None:
    visit.go("new_incident")
    visit.fill("[name=day]", "2026-01-05")
    visit.fill("[name=hour]", "14:30")
    for name in ("happened", "function", "steps", "reach"):
        visit.fill(f"[name={name}]", "The line was down.")
    visit.press()


def receipt(visit: Visit) -> None:
    visit.go("console_receipts")
    visit.page.locator("main th a").first.click()


def report_a_word(visit: Visit) -> None:
    visit.go("console_addresses")
    visit.fill("[name=addresses]", "the pier")
    visit.press("main form .btn")


LAW = (
    opened("console_addresses", ENGINEER),
    State("console_addresses", "in error", report_a_word, ENGINEER, 422),
    opened("annual", AUDITOR, "empty"),
    opened("annual", SUPERVISOR, "to be written"),
    opened("console_receipts", ENGINEER, "filled"),
    State("console_receipt", "as it opens", receipt, ENGINEER),
    State("console_deemed", "filled", keep_a_record, ENGINEER),
    opened("legal_duties", SUPERVISOR),
    State("new_incident", "in error", note_nothing, SUPERVISOR, 422),
    State("incident", "filled", note_an_incident, SUPERVISOR),
)

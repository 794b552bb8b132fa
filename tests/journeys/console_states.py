"""The pages of a provider's console, and what an administrator keeps of it."""

import json

from tests.journeys.town import ADMIN, DETECTIVE, ENGINEER
from tests.journeys.visits import State, Visit, opened
from tests.wires.wire import REPORT

CONSOLE_BUTTONS = {"add_provider_engineer"}


def first_report(visit: Visit) -> None:
    visit.go("console")
    visit.press("main .row-title")


def nothing_found(visit: Visit) -> None:
    visit.page.goto(f"{visit.town.at('console', visit.language)}?sought=1")


def nothing_over(visit: Visit) -> None:
    visit.page.goto(f"{visit.town.at('console_duties', visit.language)}?state=over")


def check(text: str):
    def reach(visit: Visit) -> None:
        visit.go("console_check")
        visit.fill("[name=document]", text)
        visit.press()

    return reach


def make_key(visit: Visit) -> None:
    visit.go("console_keys")
    visit.press()


def make_for_too_long(visit: Visit) -> None:
    visit.go("console_keys")
    visit.fill("[name=days]", "400")
    visit.press()


def add_engineer(visit: Visit) -> None:
    visit.go("provider_page", provider="example-chat")
    visit.fill("[name=name]", "Robin Larsen")
    visit.fill("[name=username]", f"p.larsen.{visit.language}")
    visit.press("main section[aria-labelledby=people] .btn")


def add_nobody(visit: Visit) -> None:
    visit.go("provider_page", provider="example-chat")
    visit.press("main section[aria-labelledby=people] .btn")


def notify_nobody(visit: Visit) -> None:
    visit.go("new_notification")
    visit.press()


def first_notification(visit: Visit) -> None:
    visit.go("notifications")
    visit.press("main .row-title")


def first_question(visit: Visit) -> None:
    visit.go("console_questions")
    visit.press("main .row-title")


def answer_nothing(visit: Visit) -> None:
    first_question(visit)
    visit.press("main form .btn")


def none_answered(visit: Visit) -> None:
    visit.page.goto(f"{visit.town.at('console_questions', visit.language)}?state=over")


def send_nothing(visit: Visit) -> None:
    visit.go("console_bulk")
    visit.press("main form .btn")


def send_rows(visit: Visit) -> None:
    visit.go("console_bulk")
    visit.fill("[name=pasted]", json.dumps({"additionalInfo": visit.language}))
    visit.press("main form .btn")


def try_rows(visit: Visit) -> None:
    visit.go("console_bulk")
    visit.fill("[name=pasted]", json.dumps({"additionalInfo": f"Tried in {visit.language}."}))
    visit.press("[name=trial]")


def stop_rows(visit: Visit) -> None:
    visit.go("console_bulk")
    visit.fill("[name=pasted]", json.dumps({"additionalInfo": f"Stopped in {visit.language}."}))
    visit.press("main form .btn")
    visit.press("[value=stop]")


def mirror_to_nowhere(visit: Visit) -> None:
    visit.go("console_mirror")
    visit.fill("[name=url]", "http://example.com/ispws")
    visit.press("main form.stack .btn")


def first_copy(visit: Visit) -> None:
    visit.go("console_mirror")
    visit.press("main .row-title")


def no_copy(visit: Visit) -> None:
    visit.page.goto(f"{visit.town.at('console_mirror', visit.language)}?state=stopped")


def bind_to_nothing(visit: Visit) -> None:
    visit.go("console_trust")
    visit.fill("[name=networks]", "the pier")
    visit.press("main form.stack .btn")


def name_too_much(visit: Visit) -> None:
    visit.go("console_company")
    visit.page.locator("[name=contact]").evaluate("field => field.removeAttribute('maxlength')")
    visit.fill("[name=contact]", "Night desk " * 40)
    visit.press("main form.stack .btn")


CONSOLE = (
    opened("console_company", ENGINEER, "filled"),
    State("console_company", "in error", name_too_much, ENGINEER, 422),
    opened("console_trust", ENGINEER, "empty"),
    State("console_trust", "in error", bind_to_nothing, ENGINEER, 422),
    State("console_mirror", "in error", mirror_to_nowhere, ENGINEER, 422),
    opened("console_mirror", ENGINEER, "filled"),
    State("console_mirror", "empty", no_copy, ENGINEER),
    State("console_copy", "filled", first_copy, ENGINEER),
    State("console_bulk", "in error", send_nothing, ENGINEER, 422),
    State("console_bulk_file", "under way", send_rows, ENGINEER),
    State("console_bulk_file", "tried", try_rows, ENGINEER),
    State("console_bulk_file", "stopped", stop_rows, ENGINEER),
    opened("console_bulk", ENGINEER, "filled"),
    opened("console_questions", ENGINEER, "filled"),
    State("console_questions", "empty", none_answered, ENGINEER),
    State("console_question", "filled", first_question, ENGINEER),
    State("console_question", "in error", answer_nothing, ENGINEER, 422),
    opened("console", ENGINEER, "filled"),
    State("console", "empty", nothing_found, ENGINEER),
    State("console_report", "filled", first_report, ENGINEER),
    opened("console_duties", ENGINEER, "filled"),
    State("console_duties", "empty", nothing_over, ENGINEER),
    opened("console_notifications", ENGINEER, "filled"),
    State("new_notification", "in error", notify_nobody, ENGINEER, 422),
    opened("notifications", DETECTIVE, "filled"),
    State("notification", "filled", first_notification, DETECTIVE),
    opened("console_check", ENGINEER),
    State("console_check", "in error", check(""), ENGINEER, 422),
    State("console_check", "with faults", check("<report><pier/></report>"), ENGINEER),
    State("console_check", "without a fault", check(REPORT.decode()), ENGINEER),
    opened("console_keys", ENGINEER, "filled"),
    State("console_keys", "with a new key", make_key, ENGINEER),
    State("console_keys", "in error", make_for_too_long, ENGINEER, 422),
    State("provider_page", "with a new engineer", add_engineer, ADMIN),
    State("provider_page", "adding an engineer in error", add_nobody, ADMIN, 422),
)

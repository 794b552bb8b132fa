"""The page of the key that an agency's files are sealed to."""

from pyrage import x25519

from tests.journeys.town import AGENCY_SUPERVISOR, DETECTIVE
from tests.journeys.visits import State, Visit, opened

KEY_BUTTONS = {
    "change_webhook",
    "revoke_system_key",
    "send_again",
    "try_notice",
    "withdraw_agency_key",
}
REGISTER = "main section[aria-labelledby=register] .btn"


def register_nothing(visit: Visit) -> None:
    visit.go("agency_key")
    visit.press(REGISTER)


def register(visit: Visit) -> None:
    """Twice, so that the page shows one that stands and one before it."""
    visit.go("agency_key")
    for _ in range(2):
        visit.fill("main [name=typed]", str(x25519.Identity.generate().to_public()))
        visit.press(REGISTER)


def withdraw(visit: Visit) -> None:
    register(visit)
    visit.press("main section[aria-labelledby=stands] .btn")


def name_no_system(visit: Visit) -> None:
    visit.go("system_keys")
    visit.press("main form:has([name=days]) .btn")


def make_system_key(visit: Visit) -> None:
    visit.go("system_keys")
    visit.fill("main [name=name]", "Harbor Records")
    visit.page.locator("main [name=officer]").select_option(DETECTIVE)
    visit.press("main form:has([name=days]) .btn")
    visit.page.locator("#once").wait_for()


def switch_on_without_an_address(visit: Visit) -> None:
    visit.go("notices")
    visit.fill("main [name=email]", "")
    visit.page.locator("main [name=is_on]").check()
    visit.press("main section[aria-labelledby=where] .btn:not(.plain)")


def ask_for_a_test(visit: Visit) -> None:
    visit.go("notices")
    visit.fill("main [name=email]", "duty@example.com")
    visit.press("main section[aria-labelledby=where] .btn:not(.plain)")
    visit.press("main section[aria-labelledby=where] .btn.plain")


def id_of(button: str) -> str:
    """What the address of a button names, where it names anything."""
    named = {"change_webhook": "endpoint_id", "send_again": "delivery_id"}
    return {**named, "revoke_system_key": "key_id", "follow_review": "review_id"}.get(button, "")


def call_nowhere(visit: Visit) -> None:
    visit.go("webhooks")
    visit.fill("main [name=url]", "http://example.com/in")
    visit.press("main .btn")


def call_and_test(visit: Visit) -> None:
    """With its secret shown, the old one still signing, and a call listed."""
    visit.go("webhooks")
    visit.fill("main [name=url]", "https://127.0.0.1:9/in")
    visit.press("main .btn")
    visit.press("main [value=test]")
    visit.press("main [value=rotate]")
    visit.page.locator("#once").wait_for()


KEYS = (
    State("webhooks", "in error", call_nowhere, AGENCY_SUPERVISOR, 422),
    State("webhook", "with a new secret", call_and_test, AGENCY_SUPERVISOR),
    State("notices", "in error", switch_on_without_an_address, AGENCY_SUPERVISOR, 422),
    State("notices", "with a test", ask_for_a_test, AGENCY_SUPERVISOR),
    opened("system_keys", AGENCY_SUPERVISOR),
    State("system_keys", "in error", name_no_system, AGENCY_SUPERVISOR, 422),
    State("system_keys", "with a new key", make_system_key, AGENCY_SUPERVISOR),
    opened("agency_key", AGENCY_SUPERVISOR),
    State("agency_key", "in error", register_nothing, AGENCY_SUPERVISOR, 422),
    State("agency_key", "filled", register, AGENCY_SUPERVISOR),
    State("agency_key", "empty", withdraw, AGENCY_SUPERVISOR),
)

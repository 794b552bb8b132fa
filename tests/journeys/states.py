"""Every page in every state it can be in: what to press to get there, and as whom.

The list is held against the resolver: a new page that stands in none of the lists fails a test.
"""

from tests.journeys.abroad_states import ABROAD, ABROAD_BUTTONS
from tests.journeys.agency_states import OTHERS
from tests.journeys.case_states import CASE_BUTTONS, CASES
from tests.journeys.console_states import CONSOLE, CONSOLE_BUTTONS
from tests.journeys.decision_states import DECISIONS, REVIEW_BUTTONS, WORD_BUTTONS
from tests.journeys.desk_states import DESK
from tests.journeys.duty_states import DUTY, DUTY_BUTTONS
from tests.journeys.identity_states import IDENTITY, IDENTITY_BUTTONS
from tests.journeys.journey_states import JOURNEY
from tests.journeys.key_states import KEY_BUTTONS, KEYS
from tests.journeys.law_states import LAW, LAW_BUTTONS
from tests.journeys.officer_states import OFFICERS
from tests.journeys.partner_states import PARTNER_BUTTONS, PARTNERS
from tests.journeys.policy_states import POLICIES, POLICY_BUTTONS
from tests.journeys.secondment_states import SECONDMENTS
from tests.journeys.sheet_states import SHEET_BUTTONS, SHEETS
from tests.journeys.town import (
    CLUMSY,
    KEEPER,
    NEWCOMER,
)
from tests.journeys.visits import LANGUAGES, SEND, Reach, State, Visit, opened

# Doors that are no page of their own: what a button calls, and what a page leads to.
FILTER_BUTTONS = {"begin_with", "delete_filter", "rename_filter"}
BUTTONS = {
    "accept",
    "add_to_referral",
    "add_word",
    "answer",
    "ask",
    "ask_provider",
    "ask_interpreter",
    "ask_provider_for_desk",
    "attach_alike",
    "cancel",
    "claim",
    "close",
    "close_bundle",
    "close_alike",
    "confirm_closing",
    "confirm_rank",
    "conflict",
    "decide_bundle",
    "decline",
    "end_asking",
    "end_asking_for_desk",
    "end_rank",
    "hand_over",
    "issue_provider_key",
    "judge",
    "mfa_login_webauthn",
    "outcome",
    "package",
    "part_alike",
    "rank",
    "refer",
    "release",
    "rejoin_alike",
    "reopen",
    "reopen_alike",
    "reply",
    "revoke_provider_keys",
    "save_words",
    "send_back",
    "supplement",
    "tell_sender",
    "undo",
    "unjudge",
    "unmask",
    "unmask_for_addressee",
    "withdraw",
}
BUTTONS |= {"merge"} | REVIEW_BUTTONS | SHEET_BUTTONS | CASE_BUTTONS | CONSOLE_BUTTONS
BUTTONS |= (
    WORD_BUTTONS | PARTNER_BUTTONS | KEY_BUTTONS | FILTER_BUTTONS | ABROAD_BUTTONS | DUTY_BUTTONS
)
BUTTONS |= POLICY_BUTTONS | IDENTITY_BUTTONS | set(LAW_BUTTONS)
OF_A_PROVIDER = {"issue_provider_key", "revoke_provider_keys"} | CONSOLE_BUTTONS
BUNDLE_BUTTONS = {"close_bundle", "decide_bundle"}
OF_NOTHING = {"add_word", "mfa_login_webauthn", "save_words", "withdraw"} | set(LAW_BUTTONS)
OF_A_REPORT = (
    BUTTONS
    - OF_A_PROVIDER
    - OF_NOTHING
    - BUNDLE_BUTTONS
    - FILTER_BUTTONS
    - PARTNER_BUTTONS
    - KEY_BUTTONS
    - DUTY_BUTTONS
    - POLICY_BUTTONS
    - REVIEW_BUTTONS
    - SHEET_BUTTONS
)
OF_AN_INBOX = {
    "accept",
    "ask",
    "ask_provider",
    "decline",
    "end_asking",
    "hand_over",
    "outcome",
    "package",
    "send_back",
    "tell_sender",
    "unmask_for_addressee",
} | CASE_BUTTONS
LEADS_ON = {"choose_language", "desk", "leave"}
FILES = {
    "annual_paper",
    "annual_table",
    "badge",
    "console_bulk_result",
    "fetch_enclosure",
    "fetch_passed",
    "incident_paper",
    "mfa_download_recovery_codes",
    "notification_paper",
    "receipt_file",
    "receipt_paper",
    "refit_file",
    "request_paper",
}
__all__ = ["LANGUAGES", "SEND", "STATES", "Reach", "State", "Visit", "opened"]

# ------------------------------------------------------------------------------- for everyone


def tell(visit: Visit, *, danger: str = "yes") -> None:
    visit.go("report")
    visit.page.locator(f"input[name=danger][value={danger}]").check()
    visit.page.locator("input[name=happening][value=meeting]").check()
    visit.fill("[name=story]", "He asked me to meet on Saturday at the library.")
    visit.page.locator("[name=region]").select_option("MB")
    visit.press("main form#tell .btn[type=submit]")


def send_nothing(visit: Visit) -> None:
    visit.go("report")
    visit.press("main form#tell .btn[type=submit]")


def change_language(visit: Visit) -> None:
    mine, visit.language = visit.language, LANGUAGES[visit.language == "en"]
    visit.go("report")
    visit.fill("[name=story]", "He asked me to meet on Saturday at the library.")
    visit.press(".head .lang")
    visit.language = mine


def send_too_late(visit: Visit) -> None:
    visit.go("report")
    visit.fill("[name=story]", "He asked me to meet on Saturday at the library.")
    visit.change("document.querySelector('[name=token]').value = 'gone'")
    visit.press("main form#tell .btn[type=submit]")


def send_too_much(visit: Visit) -> None:
    visit.go("report")
    visit.change("document.querySelector('[name=story]').value = 'a'.repeat(1100000)")
    visit.press("main form#tell .btn[type=submit]")


def come_back(visit: Visit) -> None:
    visit.go("come_back")
    visit.fill("[name=words]", visit.town.words(visit.language))
    visit.press()


def come_back_lost(visit: Visit) -> None:
    visit.go("come_back")
    visit.fill("[name=words]", "one two three")
    visit.press()


def add_nothing(visit: Visit) -> None:
    come_back(visit)
    visit.press()


def add_a_word(visit: Visit) -> None:
    come_back(visit)
    visit.fill("[name=message]", "He wrote again on Sunday.")
    visit.press()


def add_too_late(visit: Visit) -> None:
    come_back(visit)
    visit.change("document.querySelector('[name=ticket]').value = 'gone'")
    visit.fill("[name=message]", "He wrote again on Sunday.")
    visit.press()


PUBLIC = (
    *JOURNEY,
    opened("start"),
    opened("safety"),
    opened("about"),
    opened("report"),
    State("report", "in the other language", change_language),
    State("report", "in error", send_nothing, status=422),
    State("report", "too late", send_too_late, status=422),
    State("report", "too long", send_too_much, status=400),
    State("report", "receipt", tell),
    opened("come_back"),
    State("come_back", "in error", come_back_lost, status=422),
    State("come_back", "my report", come_back),
    State("come_back", "my report in error", add_nothing, status=422),
    State("come_back", "my report with a word more", add_a_word),
    State("come_back", "too late", add_too_late, status=422),
    State("nowhere", "404", lambda visit: visit.elsewhere("nowhere"), status=404),
)

# ------------------------------------------------------------------------------------ sign-in


def sign_in_wrongly(visit: Visit, name: str = "nobody-here") -> None:
    visit.go("account_login")
    visit.fill("[name=login]", name)
    visit.fill("[name=password]", "wrong")
    visit.press()


def sign_in_too_often(visit: Visit) -> None:
    for _ in range(12):
        sign_in_wrongly(visit, "tried-by-many")
        if visit.answer is not None and visit.answer.status == 429:
            return


def forge(visit: Visit) -> None:
    visit.go("account_login")
    visit.change("document.querySelector('main [name=csrfmiddlewaretoken]').remove()")
    visit.fill("[name=login]", "nobody-here")
    visit.fill("[name=password]", "wrong")
    visit.press()


def half_way_in(visit: Visit, name: str = KEEPER) -> None:
    visit.go("account_login")
    visit.fill("[name=login]", name)
    visit.fill("[name=password]", visit.town.demo_password)
    visit.press()


def a_wrong_code(visit: Visit) -> None:
    half_way_in(visit, CLUMSY[0])
    visit.fill("[name=code]", "000000")
    visit.press()


def wrong(page: str, **typed: str) -> Reach:
    def reach(visit: Visit) -> None:
        visit.go(page)
        for name, text in typed.items():
            visit.fill(f"main [name={name}]", text)
        visit.press()

    return reach


def passkey(page: str) -> Reach:
    def reach(visit: Visit) -> None:
        visit.go("mfa_list_webauthn")
        visit.press(f"main dd a >> nth={('mfa_edit_webauthn', 'mfa_remove_webauthn').index(page)}")

    return reach


SIGN_IN = (
    opened("account_login"),
    State("account_login", "in error", sign_in_wrongly),
    State("account_login", "slowed", sign_in_too_often, status=429),
    State("account_login", "not from our page", forge, status=403),
    State("mfa_authenticate", "half-way in", half_way_in),
    State("mfa_authenticate", "in error", a_wrong_code),
    opened("account_logout", KEEPER),
    opened("account_reauthenticate", KEEPER),
    State(
        "account_reauthenticate",
        "in error",
        wrong("account_reauthenticate", password="no"),
        CLUMSY[1],
    ),
    opened("mfa_reauthenticate", KEEPER),
    State("mfa_reauthenticate", "in error", wrong("mfa_reauthenticate", code="000000"), CLUMSY[2]),
    opened("mfa_reauthenticate_webauthn", KEEPER),
    opened("account_change_password", KEEPER),
    State(
        "account_change_password",
        "in error",
        wrong("account_change_password", oldpassword="no", password1="a", password2="b"),
        CLUMSY[3],
    ),
    opened("mfa_index", NEWCOMER, "empty"),
    opened("mfa_index", KEEPER, "filled"),
    opened("mfa_activate_totp", NEWCOMER),
    State("mfa_activate_totp", "in error", wrong("mfa_activate_totp", code="000000"), NEWCOMER),
    opened("mfa_deactivate_totp", KEEPER),
    opened("mfa_list_webauthn", NEWCOMER, "empty"),
    opened("mfa_list_webauthn", KEEPER, "filled"),
    opened("mfa_add_webauthn", KEEPER),
    State("mfa_edit_webauthn", "as it opens", passkey("mfa_edit_webauthn"), KEEPER),
    State("mfa_remove_webauthn", "as it opens", passkey("mfa_remove_webauthn"), KEEPER),
    opened("mfa_view_recovery_codes", KEEPER),
    opened("mfa_generate_recovery_codes", KEEPER),
)

STATES = (
    *PUBLIC,
    *SIGN_IN,
    *DESK,
    *DECISIONS,
    *IDENTITY,
    *OTHERS,
    *KEYS,
    *OFFICERS,
    *SECONDMENTS,
    *ABROAD,
    *CASES,
    *CONSOLE,
    *PARTNERS,
    *DUTY,
    *LAW,
    *POLICIES,
    *SHEETS,
)

"""Every page in every state it can be in: what to press to get there, and as whom.

The list is held against the resolver: a new page that stands in none of the lists fails a test.
"""

from tests.journeys.case_states import CASE_BUTTONS, CASES
from tests.journeys.console_states import CONSOLE, CONSOLE_BUTTONS
from tests.journeys.duty_states import DUTY, DUTY_BUTTONS
from tests.journeys.journey_states import JOURNEY
from tests.journeys.key_states import KEY_BUTTONS, KEYS
from tests.journeys.officer_states import OFFICERS
from tests.journeys.partner_states import PARTNER_BUTTONS, PARTNERS
from tests.journeys.town import (
    ADMIN,
    ANALYST,
    AUDITOR,
    CLUMSY,
    DETECTIVE,
    KEEPER,
    NEWCOMER,
    SUPERVISOR,
)
from tests.journeys.visits import LANGUAGES, SEND, Reach, State, Visit, opened

# Doors that are no page of their own: what a button calls, and what a page leads to.
BUTTONS = {
    "accept",
    "add_to_referral",
    "add_word",
    "answer",
    "ask",
    "cancel",
    "claim",
    "close",
    "confirm_closing",
    "confirm_rank",
    "conflict",
    "decline",
    "end_rank",
    "hand_over",
    "issue_provider_key",
    "judge",
    "mfa_login_webauthn",
    "outcome",
    "package",
    "rank",
    "refer",
    "release",
    "reopen",
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
BUTTONS |= CASE_BUTTONS | CONSOLE_BUTTONS | PARTNER_BUTTONS | KEY_BUTTONS | DUTY_BUTTONS
OF_A_PROVIDER = {"issue_provider_key", "revoke_provider_keys"} | CONSOLE_BUTTONS
OF_NOTHING = {"add_word", "mfa_login_webauthn", "save_words", "withdraw"}
OF_A_REPORT = BUTTONS - OF_A_PROVIDER - OF_NOTHING - PARTNER_BUTTONS - KEY_BUTTONS - DUTY_BUTTONS
OF_AN_INBOX = {
    "accept",
    "ask",
    "decline",
    "hand_over",
    "outcome",
    "package",
    "send_back",
    "tell_sender",
    "unmask_for_addressee",
} | CASE_BUTTONS
LEADS_ON = {"choose_language", "desk", "leave"}
FILES = {"badge", "mfa_download_recovery_codes", "request_paper"}
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

# --------------------------------------------------------------------------------------- desk


def narrowed(page: str, question: str) -> Reach:
    return lambda visit: visit.page.goto(f"{visit.town.at(page, visit.language)}?{question}")


def file_nothing(visit: Visit) -> None:
    visit.go("take_report")
    visit.press()


def file_a_call(visit: Visit) -> None:
    visit.go("take_report")
    visit.page.locator("input[name=happening][value=meeting]").check()
    visit.fill("[name=story]", "She says that he asked her son to meet.")
    visit.press()


def claim(visit: Visit) -> None:
    visit.go("queue")
    visit.press("main tbody .btn")


def open_report(visit: Visit) -> None:
    visit.go("queue")
    visit.press("main tbody .row-title")


def refer_without_reason(visit: Visit) -> None:
    open_report(visit)
    visit.press("form:has(#refer_to) .btn")


def close_without_reason(visit: Visit) -> None:
    open_report(visit)
    visit.page.locator("#close summary").click()
    visit.press("form:has(#close_reason) .btn")


def close_it(visit: Visit) -> None:
    """Each language closes one report that nobody has in hand; then its page shows how."""
    visit.go("queue")
    visit.press("main tbody tr:has(button) .row-title")
    number = visit.page.url.rsplit("/", 1)[1]
    visit.page.locator("#close summary").click()
    visit.page.locator("#close_reason").select_option("no-offence")
    visit.fill("#close_note", "Looked at the page: boats.")
    visit.press("form:has(#close_reason) .btn")
    visit.go("report_page", reference=number)
    visit.page.locator("form:has(#reopen_note)").wait_for(state="attached")


def charted(visit: Visit) -> None:
    """Two reports tell of one person: the first of them, then the other opened beside it."""
    visit.go("chart", reference=visit.report(0))
    visit.press("svg.chart a")


def rank_without_reason(visit: Visit) -> None:
    open_report(visit)
    visit.page.locator("#lane summary").click()
    visit.press("form:has(#lane_to) .btn")


def ask_to_lower(visit: Visit) -> None:
    """The first report of the queue is immediate: it stays so until somebody else agrees."""
    open_report(visit)
    visit.page.locator("#lane summary").click()
    visit.page.locator("#lane_to").select_option("C")
    visit.page.locator("#lane_reason").select_option("context")
    visit.fill("#lane_note", "The school called about it.")
    visit.press("form:has(#lane_to) .btn")


def side_by_side(visit: Visit) -> None:
    """Two reports of which nobody has said anything: the second shares nothing with the first."""
    visit.go("link", reference=visit.report(0), other=visit.report(1))


def judge(visit: Visit, *, reason: str = "Seen at two piers.") -> None:
    side_by_side(visit)
    visit.page.locator("#judge_verdict").select_option("unsure")
    visit.fill("#judge_reason", reason)
    visit.press("form:has(#judge_reason) .btn")


def answer_nothing(visit: Visit) -> None:
    """Of a report that has a reporter; the first of the queue may be a provider's."""
    visit.go("report_page", reference=visit.report(2))
    visit.press("form:has(#answer_text) .btn")


def referral(number: int) -> Reach:
    return lambda visit: visit.go("referral", reference=visit.referral(number))


def return_without_note(visit: Visit) -> None:
    referral(0)(visit)
    visit.page.locator("aside details:has(#return_note) summary").first.click()
    visit.press("aside details:has(#return_note) .btn")


def take(visit: Visit) -> None:
    referral(1)(visit)
    if visit.page.locator("#id_disposition, [name=disposition]").count() == 0:
        visit.press("aside form .btn")


def record_nothing(visit: Visit) -> None:
    take(visit)
    visit.press("aside form:has([name=disposition]) .btn")


def record(visit: Visit) -> None:
    referral(2)(visit)
    visit.press("aside form .btn")
    visit.page.locator("[name=disposition]").select_option("child-safeguarded")
    visit.fill("[name=count]", "1")
    visit.press("aside form:has([name=disposition]) .btn")


def provider(visit: Visit) -> None:
    visit.go("provider_page", provider="example-chat")


def issue_key(visit: Visit) -> None:
    provider(visit)
    visit.press("main form[action$='key'] .btn, main form[action$='cle'] .btn")


def issue_for_too_long(visit: Visit) -> None:
    provider(visit)
    visit.fill("[name=days]", "400")
    visit.press("main form[action$='key'] .btn, main form[action$='cle'] .btn")


def add_nobody(visit: Visit) -> None:
    visit.go("providers")
    visit.press("main form .btn")


DESK = (
    opened("take_report", ANALYST),
    State("take_report", "in error", file_nothing, ANALYST, 422),
    State("take_report", "filed", file_a_call, ANALYST),
    opened("queue", ANALYST, "filled"),
    State("queue", "empty", narrowed("queue", "lane=mine"), ANALYST),
    State("queue", "in quarantine", narrowed("queue", "lane=quarantine"), ANALYST),
    State("queue", "claimed", claim, SUPERVISOR),
    State("report_page", "filled", open_report, ANALYST),
    State("report_page", "referring in error", refer_without_reason, ANALYST, 422),
    State("report_page", "answering in error", answer_nothing, ANALYST, 422),
    State("report_page", "closing in error", close_without_reason, ANALYST, 422),
    State("report_page", "closed without referral", close_it, ANALYST),
    State("chart", "one opened", charted, ANALYST),
    State("chart", "empty", lambda visit: visit.go("chart", reference=visit.report(1)), ANALYST),
    State("report_page", "ranking in error", rank_without_reason, ANALYST, 422),
    State("report_page", "asked to be lowered", ask_to_lower, ANALYST),
    State("queue", "to confirm", narrowed("queue", "lane=confirm"), SUPERVISOR),
    State("link", "side by side", side_by_side, ANALYST),
    State("link", "judging in error", lambda visit: judge(visit, reason=""), ANALYST, 422),
    State("link", "judged", judge, ANALYST),
    opened("closings", SUPERVISOR, "filled"),
    State("closings", "empty", narrowed("closings", "sought=nothing"), ANALYST),
    opened("inbox", DETECTIVE, "filled"),
    opened("alarms", ANALYST, "filled"),
    opened("alarms", DETECTIVE, "for an agency"),
    State("inbox", "empty", narrowed("inbox", "state=returned"), DETECTIVE),
    State("referral", "new", referral(0), DETECTIVE),
    State("referral", "returning in error", return_without_note, DETECTIVE, 422),
    State("referral", "taken", take, DETECTIVE),
    State("referral", "recording in error", record_nothing, DETECTIVE, 422),
    State("referral", "with an outcome", record, DETECTIVE),
    opened("measures", SUPERVISOR, "filled"),
    opened("providers", ADMIN, "filled"),
    State("providers", "adding in error", add_nobody, ADMIN, 422),
    State("provider_page", "filled", provider, ADMIN),
    State("provider_page", "with a new key", issue_key, ADMIN),
    State("provider_page", "issuing in error", issue_for_too_long, ADMIN, 422),
    opened("log", AUDITOR, "filled"),
    State("log", "empty", narrowed("log", "about=nothing"), AUDITOR),
    State(
        "report_page",
        "404",
        lambda visit: visit.go("report_page", reference="R-0000-0000"),
        ANALYST,
        404,
    ),
)
STATES = (*PUBLIC, *SIGN_IN, *DESK, *KEYS, *OFFICERS, *CASES, *CONSOLE, *PARTNERS, *DUTY)

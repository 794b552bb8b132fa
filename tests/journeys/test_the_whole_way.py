"""The main errand of the house in a real browser: told, read, referred, acted on, answered.

In both languages; with script, where the analyst shows a passkey, and without, where it is a code.
The jobs run beside it as they do in life.
"""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import BrowserContext, Page, expect

from havre.agencies.actions import add_officer, load_agencies
from havre.agencies.models import Agency, Officer
from havre.agencies.reads import agency_by_code
from havre.agencies.rules.directory import shipped_agencies
from havre.agencies.rules.permits import Role
from havre.audit.rules import Event, Station
from havre.audit.wording import EVENTS
from tests.journeys.test_sign_in_browser import plug_in_passkey
from tests.signing_in import PASSWORD, totp_code, with_totp

ADDRESSES = {
    "en": {"report": "/en/report", "back": "/en/come-back", "sign_in": "/en/sign-in"},
    "fr": {"report": "/fr/signaler", "back": "/fr/revenir", "sign_in": "/fr/connexion"},
}
STORIES = {
    "en": "I am 15. He asked me to meet on Saturday in Winnipeg.",
    "fr": "J'ai 15 ans. Il veut me rencontrer samedi à Winnipeg.",
}
CONTACT = "dock.master@example.com"
LESS_URGENT = "Someone wrote to me two years ago. Nothing came of it."
MORE = {
    "en": "He wrote again: he wants to meet me tonight.",
    "fr": "Il veut me rencontrer ce soir.",
}
REASON = "The child and the meeting are there."
# What nobody scored yet stands at TODAY, so that lane says nothing.
URGENT = {"en": "IMMEDIATE", "fr": "IMMÉDIAT"}
PATIENCE_SECONDS = 60
SEND = "main form#tell .btn[type=submit]"
LINES = (
    Event.REPORT_RECEIVED,
    Event.REPORT_SCORED,
    Event.QUEUE_READ,
    Event.REPORT_OPENED,
    Event.REFERRAL_SENT,
    Event.INBOX_READ,
    Event.REFERRAL_ACCEPTED,
    Event.OUTCOME_RECORDED,
    Event.WORDS_PASSED_ON,
    Event.REPORT_READ_BY_REPORTER,
)

Opener = Callable[[], Page]


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def script(request) -> bool:
    return request.param


@pytest.fixture
def new_tab(browser, script) -> Iterator[Opener]:
    """A tab in a browser of its own, one for each person."""
    contexts: list[BrowserContext] = []

    def tab() -> Page:
        contexts.append(browser.new_context(java_script_enabled=script))
        contexts[-1].set_default_timeout(30_000)
        return contexts[-1].new_page()

    yield tab
    for context in contexts:
        context.close()


def said(language: str, sentence: str) -> str:
    with override(language):
        return gettext(sentence)


def an_officer(username: str, code: str, role: Role, language: str) -> Officer:
    return add_officer(
        username,
        name=username.title(),
        agency=agency_by_code(code),
        role=role,
        password=PASSWORD,
        language=language,
        by=Station.SET_UP,
    )


def tell(
    page: Page, address: str, story: str, happening: str, contact: str
) -> tuple[str, list[str]]:
    """Fill in the public form; gives the reference and the eight words."""
    page.goto(address)
    page.locator(f"input[name=happening][value={happening}]").check()
    page.locator("[name=story]").fill(story)
    page.locator("[name=their_contact]").fill(contact)
    page.locator(SEND).click()
    reference = page.locator(".receipt strong").inner_text()
    assert re.fullmatch(r"R-\w{4}-\w{4}", reference)
    return reference, page.locator(".words-grid li").all_inner_texts()


def type_password(page: Page, address: str, username: str) -> None:
    page.goto(address)
    page.locator("main [name=login]").fill(username)
    page.locator("main [name=password]").fill(PASSWORD)
    page.locator("main .btn[type=submit]").click()


def sign_in_by_code(page: Page, address: str, officer: Officer) -> None:
    with_totp(officer)
    type_password(page, address, officer.username)
    page.locator("main [name=code]").fill(totp_code())
    page.locator("main form").first.locator(".btn").click()
    page.locator(".me form").wait_for()


def sign_in_by_passkey(page: Page, address: str, officer: Officer, language: str) -> None:
    """Set one up on the first day, and come in with nothing else on the second."""
    plug_in_passkey(page)
    type_password(page, address, officer.username)
    page.get_by_role("link", name=said(language, "Add a passkey")).click()
    page.locator("main [name=password]").fill(PASSWORD)
    page.locator("main .btn[type=submit]").click()
    page.locator("main [data-passkey-button]").click()
    expect(page.get_by_role("status").first).to_contain_text(
        said(language, "Your passkey is added.")
    )
    page.locator(".me form button").click()
    page.locator("main [data-passkey-button]").click()
    page.locator(".me form").wait_for()


def look_until_scored(page: Page, reference: str, language: str) -> None:
    """Refresh the queue as an analyst does, until the jobs have done their work."""
    row = page.locator("tr", has_text=reference)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if row.locator(".tag.now").count():
            break
        page.get_by_role("link", name=said(language, "Refresh")).click()
        page.wait_for_load_state()
    expect(row.locator(".tag")).to_have_text(URGENT[language])


def points(page: Page, which: int) -> tuple[list[int], int]:
    """The reasons of a score, and the sum that stands under them."""
    card = page.locator("section[aria-labelledby=score]")
    details = card.locator("details").nth(which)
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    numbers = [int(text) for text in details.locator(".num").all_inner_texts()]
    return numbers[:-1], numbers[-1]


def with_a_slip(words: list[str]) -> str:
    """The words as somebody types them who once hits a letter twice."""
    place = max(range(len(words)), key=lambda at: len(words[at]))
    longest = words[place]
    return " ".join([*words[:place], longest[:2] + longest[1:], *words[place + 1 :]])


def find_it_first(desk: Page, reference: str, earlier: str, language: str) -> None:
    """Both reports stand in the queue, the urgent one before the other."""
    look_until_scored(desk, reference, language)
    order = desk.locator("tbody .lane .mono").all_inner_texts()
    assert order.index(reference) < order.index(earlier)
    desk.locator("tr", has_text=reference).locator(".row-title").click()


def refer_it(desk: Page, reference: str, language: str) -> Agency:
    """On its page: what was found, why it stands there, and whereto; then it goes there."""
    found = desk.locator("section[aria-labelledby=identifiers]")
    expect(found).to_contain_text(CONTACT)
    for which in (0, 1):
        reasons, total = points(desk, which)
        assert reasons
        assert sum(reasons) == total
    form = desk.locator("form:has(#refer_to)")
    suggested = agency_by_code(form.locator("#refer_to").input_value())
    assert "MB" in suggested.regions
    expect(desk.locator(".agency").first).to_contain_text(suggested.name(language))
    form.locator("[name=reason]").fill(REASON)
    form.locator(".btn").click()
    expect(desk.get_by_role("status").first).to_contain_text(reference)
    expect(desk.locator("tbody")).not_to_contain_text(reference)
    return suggested


def act_on_it(inbox: Page, language: str) -> str:
    """Open it from the inbox, take it, say in two clicks what came of it; gives its address."""
    inbox.locator("tbody .row-title").click()
    expect(inbox.locator("main")).to_contain_text(STORIES[language].split(".")[1].strip())
    expect(inbox.locator("aside")).to_contain_text(REASON)
    inbox.locator("section[aria-labelledby=act] form .btn").first.click()
    outcome = inbox.locator("form:has([name=disposition])")
    outcome.locator("[name=disposition]").select_option("child-safeguarded")
    outcome.locator("[name=count]").fill("1")
    outcome.locator(".btn").click()
    recorded = said(language, "The outcome was recorded.")
    expect(inbox.get_by_role("status").first).to_have_text(recorded)
    return inbox.url


def find_nothing(other: Page, address: str, language: str) -> None:
    """To another agency the same address is a page like any that does not exist."""
    expect(other.locator("main")).not_to_contain_text("R-")
    answer = other.goto(address)
    assert answer is not None
    assert answer.status == 404
    nothing = said(language, "There is nothing here that you may see.")
    expect(other.locator("h1")).to_have_text(nothing)


def come_back(page: Page, address: str, words: list[str], language: str) -> None:
    """With one slip in the words, and the report is there all the same, passed on."""
    page.goto(address)
    page.locator("[name=words]").fill(with_a_slip(words))
    page.locator("main .btn[type=submit]").click()
    passed_on = said(language, "We passed it on to the service that can act.")
    expect(page.locator(".timeline")).to_contain_text(passed_on)


def tell_more(page: Page, language: str) -> None:
    """What comes to mind after the report went out; its page says that nobody has it yet."""
    page.locator("[name=message]").fill(MORE[language])
    page.locator("form:has([name=message]) .btn").first.click()
    waits = said(language, "We have this. A person reads it next. It was not passed on yet.")
    expect(page.locator(".talk")).to_contain_text(waits)


def pass_it_on(desk: Page, reference: str, language: str) -> None:
    """It stands in the queue again without anybody's doing, marked; one press passes it on."""
    row = desk.locator("tr", has_text=reference)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and not row.locator(".tag").count():
        desk.get_by_role("link", name=said(language, "Refresh")).click()
        desk.wait_for_load_state()
    row.locator(".row-title").click()
    waiting = desk.locator("#pass-on")
    waiting.locator("form .btn").first.click()
    expect(desk.locator("#pass-on")).to_have_count(0)
    expect(desk.locator("section[aria-labelledby=talk]")).to_contain_text(MORE[language])


def read_the_log(log: Page, language: str) -> None:
    """Each act and each look left its line."""
    for event in LINES:
        log.locator("[name=event]").select_option(event)
        log.locator(".filters .btn[type=submit]").click()
        line = log.locator("tbody th").first
        expect(line).to_contain_text(event)
        with override(language):
            expect(line).to_contain_text(str(EVENTS[event]))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_report_goes_from_whoever_tells_to_whoever_acts(
    live_house, live_work, new_tab, script, language
):
    at = {name: live_house + path for name, path in ADDRESSES[language].items()}
    load_agencies(shipped_agencies(), by=Station.SET_UP)

    earlier, _ = tell(new_tab(), at["report"], LESS_URGENT, "other", "old.pier@example.com")
    reporter = new_tab()
    reference, words = tell(reporter, at["report"], STORIES[language], "meeting", CONTACT)
    assert len(words) == 8

    desk = new_tab()
    analyst = an_officer("ana", "cybertip", Role.TIPLINE_ANALYST, language)
    if script:
        sign_in_by_passkey(desk, at["sign_in"], analyst, language)
        desk.get_by_role("link", name=said(language, "Queue"), exact=True).click()
    else:
        sign_in_by_code(desk, at["sign_in"], analyst)
    find_it_first(desk, reference, earlier, language)
    police = refer_it(desk, reference, language)

    inbox = new_tab()
    detective = an_officer("dee", police.code, Role.DETECTIVE, language)
    sign_in_by_code(inbox, at["sign_in"], detective)
    address = act_on_it(inbox, language)

    other = new_tab()
    sign_in_by_code(other, at["sign_in"], an_officer("stu", "nb-ice", Role.DETECTIVE, language))
    find_nothing(other, address, language)

    come_back(reporter, at["back"], words, language)
    tell_more(reporter, language)
    pass_it_on(desk, reference, language)
    inbox.goto(address)
    expect(inbox.locator("section[aria-labelledby=said]")).to_contain_text(MORE[language])
    come_back(reporter, at["back"], words, language)
    given = said(language, "We passed this on to the service that can act.")
    expect(reporter.locator(".talk")).to_contain_text(given)
    expect(reporter.locator("main")).not_to_contain_text(police.name(language))

    log = new_tab()
    sign_in_by_code(log, at["sign_in"], an_officer("ode", "opcc-bc", Role.AUDITOR, language))
    read_the_log(log, language)

"""Every page, in every state and both languages, as somebody with a screen reader, a keyboard, a
phone or colours of their own meets it.

WCAG 2.2 AA and axe's best practice, without exception; `details` are opened first. The contrast is
asked of the French page alone: see looking.py. In English a page is looked at in the first of its
states and where it refuses something: every state is, in French. HAVRE_JOURNEYS=whole does both.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from tests.journeys.abroad_states import ABROAD_BUTTONS, CLERK, COORDINATOR
from tests.journeys.duty_states import DUTY_BUTTONS, part_of
from tests.journeys.errands import (
    ERRANDS,
    FOCUS_IS_SET,
    TO_BE_SEEN,
    WITHOUT_EDGE,
    tab_order,
    ways,
)
from tests.journeys.identity_states import IDENTITY_BUTTONS
from tests.journeys.journey_states import WALKS, steps
from tests.journeys.key_states import KEY_BUTTONS, id_of
from tests.journeys.law_states import LAW_BUTTONS
from tests.journeys.looking import (
    CONTRAST,
    DESK,
    TOO_WIDE,
    assert_sound_as_sent,
    axe_finds,
    faults_of,
    lend_axe,
)
from tests.journeys.partner_states import PARTNER_BUTTONS
from tests.journeys.policy_states import POLICY_BUTTONS
from tests.journeys.sheet_states import INTERPRETER, SHEET_BUTTONS
from tests.journeys.states import (
    BUNDLE_BUTTONS,
    BUTTONS,
    FILES,
    FILTER_BUTTONS,
    LANGUAGES,
    LEADS_ON,
    OF_A_PROVIDER,
    OF_A_REPORT,
    OF_AN_INBOX,
    STATES,
    State,
    Visit,
)
from tests.journeys.town import (
    ADMIN,
    AGENCY_SUPERVISOR,
    ANALYST,
    DETECTIVE,
    KEEPER,
    SUPERVISOR,
    Town,
    add_passkey,
    settle,
)
from tests.live import LiveHouse

MACHINES = ("json_", "law_", "records_", "wire_")
ODD_LIGHT = {
    "start, as it opens",
    "report, in error",
    "come_back, my report",
    "queue, filled",
    "referral, taken",
}
# Where every reader begins, asks, is put right, ends and comes back.
SEEN_BY_ALL = {
    "start, as it opens",
    "tell, as it opens",
    "report, in error",
    "report, receipt",
    "come_back, as it opens",
    "come_back, my report",
}
TAB_ORDER = Path(__file__).with_name("tab_order.json")
IS_WHOLE = os.environ.get("HAVRE_JOURNEYS") == "whole"
in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def town(lasting_database, browser) -> Iterator[Town]:
    house = LiveHouse(lasting_database, HAVRE_DEMO_SIGN_INS="1")
    try:
        settled = settle(house.start())
        keeper = browser.new_context()
        settled.sign_in(KEEPER, keeper)
        add_passkey(settled, keeper.new_page())
        keeper.close()
        yield settled
    finally:
        house.stop()


@pytest.fixture(scope="module")
def tabs(town, browser) -> Iterator[dict[bool, Page]]:
    """A tab with script and one without, kept from test to test: to open one takes a second."""
    contexts = {script: browser.new_context(java_script_enabled=script) for script in (True, False)}
    lend_axe(contexts[True])
    for context in contexts.values():
        context.set_default_timeout(30_000)
    yield {script: context.new_page() for script, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture
def visit(town, tabs) -> Iterator[Callable[..., Visit]]:
    """Somebody sits down, signs in and looks, each with eyes of their own."""
    used = []

    def visit(who: str, language: str, *, script: bool = True, **eyes: str) -> Visit:
        page = tabs[script]
        if page.viewport_size != DESK:
            page.set_viewport_size(DESK)
        town.sign_in(who, page.context)
        used.append(Visit(town, page, language))
        used[-1].see_with(**eyes)
        return used[-1]

    yield visit
    for one in used:
        one.leave()


def assert_for_everyone(came: Visit, status: int) -> None:
    assert came.answer is not None
    assert came.answer.status == status
    assert_sound_as_sent(came)
    assert faults_of(came) == []


def names_in(resolver: URLResolver) -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from names_in(one)
        elif isinstance(one, URLPattern) and one.name:
            yield one.name


def test_every_page_of_the_resolver_is_looked_at():
    named = {name for name in names_in(get_resolver()) if not name.startswith(MACHINES)}
    looked_at = {state.page for state in STATES}

    assert named - looked_at - BUTTONS - LEADS_ON - FILES == set(), "a page nobody looks at"
    assert looked_at - named == {"nowhere"}
    assert (BUTTONS | LEADS_ON | FILES) - named == set(), "a door that is gone"


@pytest.mark.parametrize("name", sorted(BUTTONS))
def test_what_a_button_calls_is_no_page(town, visit, name):
    of_a_report = {"reference": "R-0000-0000"} if name in OF_A_REPORT else {}
    of_a_provider = {"provider": "example-chat"} if name in OF_A_PROVIDER else {}
    of_a_mention = {"mention": uuid4()} if "unmask" in name else {}
    of_a_link = {"other": "R-0000-0000"} if "judge" in name else {}
    of_a_link |= {"judgement": uuid4()} if name == "unjudge" else {}
    of_a_partner = {"code": "harbor-school"} if name in PARTNER_BUTTONS else {}
    of_a_shift = {part_of(name): uuid4()} if name in DUTY_BUTTONS - {"try_reach"} else {}
    of_a_shift |= {id_of(name): uuid4()} if id_of(name) else {}
    is_of_one = name in POLICY_BUTTONS - {"draft_policy", "return_policy"}
    of_a_policy = {"policy_id": uuid4()} if is_of_one else {}
    parts = of_a_report | of_a_provider | of_a_mention | of_a_partner | of_a_link | of_a_shift
    parts |= of_a_policy | ({"bundle_id": uuid4()} if name in BUNDLE_BUTTONS else {})
    parts |= {"filter_id": uuid4()} if name in FILTER_BUTTONS else {}
    parts |= {"sheet_id": uuid4()} if name in SHEET_BUTTONS else {}
    of_the_law, its_parts = LAW_BUTTONS.get(name, ("", {}))
    address = town.at(name, "en", **parts, **its_parts)
    keeper = ADMIN if name in OF_A_PROVIDER else ANALYST
    keeper = SUPERVISOR if name in PARTNER_BUTTONS | DUTY_BUTTONS | POLICY_BUTTONS else keeper
    keeper = SUPERVISOR if name in IDENTITY_BUTTONS else keeper
    keeper = AGENCY_SUPERVISOR if name in KEY_BUTTONS else keeper
    abroad = CLERK if name in {"enclose", "reply_dispatch"} else COORDINATOR
    keeper = abroad if name in ABROAD_BUTTONS else keeper
    keeper = INTERPRETER if name in SHEET_BUTTONS else keeper
    came = visit(DETECTIVE if name in OF_AN_INBOX else of_the_law or keeper, "en")

    answer = came.page.request.get(address, max_redirects=0)

    assert answer.status in {302, 405} or "html" not in answer.headers["content-type"]


def looked_at(*, whole: bool) -> list[tuple[State, str]]:
    """Which state of which page is looked at in which language."""
    first = {state.page: state for state in reversed(STATES)}.values()
    english = [state for state in STATES if whole or state in first or state.status != 200]
    return [(state, "fr") for state in STATES] + [(state, "en") for state in english]


@pytest.mark.parametrize(("state", "language"), looked_at(whole=IS_WHOLE), ids=str)
def test_every_page_is_for_everyone(visit, state, language):
    came = visit(state.who, language)

    state.reach(came)

    assert_for_everyone(came, state.status)


@in_both_languages
@pytest.mark.parametrize(("door", "danger"), WALKS)
def test_every_page_of_the_journey_is_for_everyone(visit, door, danger, language):
    came = visit("", language)

    stood_on = []
    for address in steps(came, door, danger):
        stood_on.append(address)
        assert_for_everyone(came, 200)
        came.page.set_viewport_size(DESK)
    assert stood_on[-1].endswith(("/done", "/fini"))


@pytest.mark.parametrize("light", ["dark", "forced"])
@pytest.mark.parametrize("state", [s for s in STATES if str(s) in ODD_LIGHT], ids=str)
def test_a_page_keeps_its_contrast_in_the_dark_and_in_colours_of_ones_own(visit, state, light):
    odd = {"color_scheme": "dark"} if light == "dark" else {"forced_colors": "active"}
    came = visit(state.who, "fr", **odd)

    state.reach(came)

    assert axe_finds(came.page, CONTRAST) == []


def test_the_tab_key_reaches_the_way_past_and_then_the_way_out(visit):
    came = visit("", "en")
    came.go("start")

    stops = []
    for _ in range(2):
        came.page.keyboard.press("Tab")
        stops.append(came.page.evaluate("document.activeElement.className"))

    assert stops == ["skip", "exit"]


@pytest.mark.parametrize("state", [s for s in STATES if s.status == 422], ids=str)
def test_what_is_missing_has_the_focus_without_any_script(visit, state):
    came = visit(state.who, "en", script=False)

    state.reach(came)

    came.page.locator(".summary:focus").wait_for()
    assert came.page.locator(":focus").count() == 1


@pytest.mark.parametrize(("errand", "way"), ways(whole=IS_WHOLE), ids=str)
def test_an_errand_is_done_in_every_language_with_and_without_script_on_every_screen(
    visit, errand, way
):
    """Each errand one way here; HAVRE_JOURNEYS=whole goes every way."""
    (who, do), (language, script, width) = ERRANDS[errand], way
    came = visit(who, language, script=script)
    came.page.set_viewport_size({"width": width, "height": 800})

    do(came)


@pytest.mark.parametrize("state", [s for s in STATES if str(s) in SEEN_BY_ALL], ids=str)
def test_nothing_is_lost_at_twice_the_size_or_in_colours_of_ones_own(visit, state):
    came = visit(state.who, "fr")
    state.reach(came)
    usual = came.page.evaluate(TO_BE_SEEN)

    came.page.set_viewport_size({"width": DESK["width"] // 2, "height": DESK["height"] // 2})
    twice = came.page.evaluate(TO_BE_SEEN)
    assert came.page.evaluate(TOO_WIDE) == []
    came.page.set_viewport_size(DESK)
    came.see_with(forced_colors="active")
    forced = came.page.evaluate(TO_BE_SEEN)
    edgeless = came.page.evaluate(WITHOUT_EDGE)

    assert len(usual) > 10
    assert (sorted(set(usual) - set(twice)), sorted(set(usual) - set(forced))) == ([], [])
    assert edgeless == []


@pytest.mark.parametrize("state", [s for s in STATES if str(s) in SEEN_BY_ALL], ids=str)
def test_the_tab_key_goes_where_it_went_before(visit, state):
    """HAVRE_KEEP_TAB_ORDER=1 keeps what is found as the order from now on."""
    kept = json.loads(TAB_ORDER.read_text(encoding="utf-8")) if TAB_ORDER.exists() else {}
    came = visit(state.who, "en")
    state.reach(came)
    # What the page itself gives the focus to gets it with the first drawing, which may be later.
    came.page.wait_for_function(FOCUS_IS_SET)
    came.page.evaluate("document.activeElement.blur()")

    found = tab_order(came)

    if os.environ.get("HAVRE_KEEP_TAB_ORDER"):
        kept[str(state)] = found
        words = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True)
        TAB_ORDER.write_text(words + "\n", encoding="utf-8")
    assert found == kept[str(state)]

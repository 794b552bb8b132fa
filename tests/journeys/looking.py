"""What is looked for on every page: axe, sound HTML, the way out, room, and sight of the focus.

A page is asked as much as can be in one go: each question on its own costs a hundredth of a second
in three processes. Colours are the same in both languages, and to compute the contrast takes
half of axe's time: it is asked of the French page, whose words are longer and sooner lie over
something else. HAVRE_JOURNEYS=whole asks it of both.
"""

import os

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page

from tests.journeys.states import Visit
from tests.pages import assert_sound

STANDARDS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": {"type": "tag", "values": STANDARDS}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
BUT_CONTRAST = EVERYTHING | {"rules": {"color-contrast": {"enabled": False}}}
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 320, "height": 640}
# Every page of a browser that axe was lent to knows it, and reads it when it is first called: sent
# along with each question, it costs as much again as half of what it finds.
AXE_AT_HAND = f"""Object.defineProperty(window, 'bringAxe', {{value: () => {{
{AXE_SCRIPT}
}}}})"""
RUN_AXE = """options => { bringAxe();
    return axe.run({...options, resultTypes: ['violations']}).then(one => one.violations); }"""
OPEN_DETAILS = "document.querySelectorAll('details').forEach(one => one.open = true)"
FIRST_STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea')]
    .filter(one => one.tabIndex >= 0 && one.type !== 'hidden').slice(0, 2)
    .map(one => one.className)"""
# What sticks out of the window, unless it scrolls inside a box of its own.
TOO_WIDE = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
    [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > window.innerWidth + 1)
    .slice(-3).map(one => one.outerHTML.slice(0, 120))"""
# 1.4.12: a reader's own spacing must not break the page.
READERS_OWN_SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important; } p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""
PLAIN_SPACING = "document.adoptedStyleSheets = []"
# 2.4.11: going through the page backwards, as Shift+Tab does, nothing lies under the strip.
OBSCURED = """() => {
    const strip = document.querySelector('.strip');
    if (!strip) return [];
    const stops = [...document.querySelectorAll('main :is(a[href], button, input, select, textarea,'
        + ' summary)')].filter(one => one.checkVisibility() && one.tabIndex >= 0);
    return stops.reverse().filter(one => {
        one.focus();
        const bottom = strip.getBoundingClientRect().bottom;
        return one.getBoundingClientRect().top < bottom - 1
            && one.getBoundingClientRect().height < window.innerHeight - bottom;
    }).map(one => one.outerHTML.slice(0, 120));
}"""


AT_THE_DESK = f"""async options => {{
    {OPEN_DETAILS};
    return {{
        axe: await ({RUN_AXE})(options),
        language: document.documentElement.lang,
        stops: document.querySelector('.strip') ? ({FIRST_STOPS})() : null,
        obscured: ({OBSCURED})(),
    }};
}}"""
ON_A_PHONE = f"""() => {{
    const found = {{wide: ({TOO_WIDE})(), obscured: ({OBSCURED})()}};
    ({READERS_OWN_SPACING})();
    found.spaced = ({TOO_WIDE})();
    {PLAIN_SPACING};
    return found;
}}"""


def lend_axe(context: BrowserContext) -> BrowserContext:
    """Have axe at hand in every page of a browser; the pages on the way do not read it."""
    context.add_init_script(AXE_AT_HAND)
    return context


def axe_finds(page: Page, options: dict[str, object] = EVERYTHING) -> list[str]:
    """What axe holds against a page: rule, place, and the reason."""
    return told_of(page.evaluate(RUN_AXE, options))


def told_of(found: list[dict]) -> list[str]:
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]} {node['failureSummary'][:300]}"
        for rule in found
        for node in rule["nodes"]
    ]


def rules_for(language: str) -> dict[str, object]:
    """What axe is asked of a page in a language."""
    is_whole = os.environ.get("HAVRE_JOURNEYS") == "whole"
    return EVERYTHING if is_whole or language == "fr" else BUT_CONTRAST


def faults_of(visit: Visit) -> list[str]:
    """Everything that is wrong with the page in front of somebody."""
    page = visit.page
    desk = page.evaluate(AT_THE_DESK, rules_for(visit.language))
    faults = [f"axe: {found}" for found in told_of(desk["axe"])]
    if desk["language"] != visit.language:
        faults.append("the page does not say its language")
    if desk["stops"] not in (None, ["skip", "exit"]):
        faults.append(f"the way out is not the second stop: {desk['stops']}")
    faults += [f"under the strip: {one}" for one in desk["obscured"]]
    page.set_viewport_size(PHONE)
    phone = page.evaluate(ON_A_PHONE)
    faults += [f"wider than a phone: {one}" for one in phone["wide"]]
    faults += [f"under the strip on a phone: {one}" for one in phone["obscured"]]
    faults += [f"wider than a phone, spaced: {one}" for one in phone["spaced"]]
    return faults


def assert_sound_as_sent(visit: Visit) -> None:
    """The bytes that came are valid HTML with one h1, before any script touched them."""
    assert visit.answer is not None
    assert_sound(visit.answer.body())

"""What is looked for on every page: axe, sound HTML, the way out, room, and sight of the focus."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page

from tests.journeys.states import Visit
from tests.pages import assert_sound

STANDARDS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": {"type": "tag", "values": STANDARDS}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 320, "height": 640}
RUN_AXE = (
    "options => axe.run({...options, resultTypes: ['violations']}).then(one => one.violations)"
)
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


def bring_axe(context: BrowserContext) -> None:
    """Have axe in every page of this browser: it is large, so it is handed over once."""
    context.add_init_script(AXE_SCRIPT)


def axe_finds(page: Page, options: dict[str, object] = EVERYTHING) -> list[str]:
    """What axe holds against a page: rule, place, and the reason."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN_AXE, options)
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]} {node['failureSummary'][:300]}"
        for rule in found
        for node in rule["nodes"]
    ]


def faults_of(visit: Visit) -> list[str]:
    """Everything that is wrong with the page in front of somebody."""
    page = visit.page
    page.evaluate(OPEN_DETAILS)
    faults = [f"axe: {found}" for found in axe_finds(page)]
    if page.locator("html").get_attribute("lang") != visit.language:
        faults.append("the page does not say its language")
    if page.locator(".strip").count() and page.evaluate(FIRST_STOPS) != ["skip", "exit"]:
        faults.append(f"the way out is not the second stop: {page.evaluate(FIRST_STOPS)}")
    faults += [f"under the strip: {one}" for one in page.evaluate(OBSCURED)]
    page.set_viewport_size(PHONE)
    faults += [f"wider than a phone: {one}" for one in page.evaluate(TOO_WIDE)]
    faults += [f"under the strip on a phone: {one}" for one in page.evaluate(OBSCURED)]
    page.evaluate(READERS_OWN_SPACING)
    faults += [f"wider than a phone, spaced: {one}" for one in page.evaluate(TOO_WIDE)]
    page.evaluate(PLAIN_SPACING)
    return faults


def assert_sound_as_sent(visit: Visit) -> None:
    """The bytes that came are valid HTML with one h1, before any script touched them."""
    assert visit.answer is not None
    assert_sound(visit.answer.body())

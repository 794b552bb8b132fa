"""Whole errands at the public door and the clerk's, as a person does them in a browser."""

import re
from collections.abc import Callable
from itertools import product

from tests.journeys.journey_states import GO_ON
from tests.journeys.looking import TOO_WIDE
from tests.journeys.town import ANALYST
from tests.journeys.visits import LANGUAGES, Visit

REFERENCE = re.compile(r"R-[0-9A-Z]{4}-[0-9A-Z]{4}")
WIDTHS = (320, 1280)
EVERY_WAY = tuple(product(LANGUAGES, (True, False), WIDTHS))
THIRD = "Він написав дитині. Він зустрінеться з нею у суботу. Вона його боїться."  # noqa: RUF001
# What must be chosen wherever it is asked. Whoever presses without it is told so, once a page.
CHOICES = {
    "happening": "threat",
    "danger": "no",
    "where_kind": "app",
    "wanted": "removal",
    "readers": "no",
    "again": "no",
}
TYPED = {"story": "He asked me to meet.", "their_name": "dock_master", "child_age": "13"}


def stands_well(visit: Visit) -> None:
    """The page in front: the way out second, nothing sticks out, one heading."""
    page = visit.page
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == visit.language
    assert page.locator("a.skip + * a.exit, a.exit").first.is_visible()
    assert page.evaluate(TOO_WIDE) == []


def choose(visit: Visit, name: str, value: str) -> bool:
    """Choose an answer where the question stands on this page."""
    found = visit.page.locator(f"main input[name={name}][value='{value}']")
    if not found.count():
        return False
    found.check()
    return True


def go_on(visit: Visit) -> None:
    visit.press(GO_ON)


def walk(visit: Visit, *, slips: bool = False, **answers: str) -> None:
    """Answer page after page until the receipt; with `slips`, press too early on each page once."""
    again = 0
    while not visit.page.locator("main .done").count():
        stands_well(visit)
        here = visit.page.url
        asked = [n for n in CHOICES if visit.page.locator(f"main input[name={n}]").count()]
        is_quick = bool(visit.page.locator("main textarea[name=story]").count()) and re.search(
            "quick|vite", here
        )
        if slips and (asked or is_quick):
            go_on(visit)
            assert visit.answer is not None
            assert visit.answer.status == 422
            visit.page.locator(".summary:focus").wait_for()
            stands_well(visit)
        for name in asked:
            choice = answers.get(name, CHOICES[name])
            if name == "again" and answers.get("again") == "yes":
                choice, again = ("yes", 1) if not again else ("no", again)
            choose(visit, name, choice)
        for name, text in TYPED.items():
            if visit.page.locator(f"main [name={name}]").count():
                visit.fill(f"main [name={name}]", answers.get(name, text))
        if visit.page.locator("main [name=region]").count() and "region" in answers:
            visit.page.locator("main [name=region]").select_option(answers["region"])
        go_on(visit)
        assert visit.page.url != here, f"{here} did not go on"
    stands_well(visit)
    assert REFERENCE.search(visit.page.locator("main").inner_text())


def begin(visit: Visit, door: str) -> None:
    """Open a door, read, and begin."""
    visit.go(door)
    stands_well(visit)
    visit.press("main form .btn")


def adult_with_two_incidents(visit: Visit) -> None:
    visit.go("tell", page="what")
    walk(visit, again="yes")


def young(visit: Visit) -> None:
    begin(visit, "young")
    walk(visit)


def parent(visit: Visit) -> None:
    begin(visit, "parents")
    walk(visit)


def survivor(visit: Visit) -> None:
    begin(visit, "my_picture")
    walk(visit)


def danger_now(visit: Visit) -> None:
    """Filed at once, whom to call first; then the rest is told to the same report."""
    visit.go("tell", page="what")
    walk(visit, danger="yes", region="NU")
    assert visit.page.locator("main .danger").is_visible()
    reference = REFERENCE.search(visit.page.locator("main").inner_text())
    visit.press("main p.line a.btn[href*='tell'], main p.line a.btn[href*='dire']")
    walk(visit)
    assert reference is not None
    assert reference.group() in visit.page.locator("main").inner_text()


def third_language(visit: Visit) -> None:
    visit.go("tell", page="what")
    walk(visit, story=THIRD)


def clerk(visit: Visit) -> None:
    """A call taken down on one page; the words are read out."""
    visit.go("take_report")
    choose(visit, "channel", "phone")
    choose(visit, "happening", "meeting")
    visit.fill("main [name=story]", "She says that he asked her to meet.")
    visit.press()
    assert visit.page.locator("main .words-grid li").count() == 8


def slips(visit: Visit) -> None:
    visit.go("tell", page="what")
    walk(visit, slips=True)


def come_back(visit: Visit) -> None:
    """Follow-up with a slip in a word; something is added; what is empty is asked for."""
    words = visit.town.words(visit.language).split()
    visit.go("come_back")
    visit.fill("main [name=words]", " ".join([words[0] + words[0][-1], *words[1:]]))
    visit.press()
    stands_well(visit)
    visit.press("main form[action$='add'] .btn, main form[action$='ajouter'] .btn")
    assert visit.answer is not None
    assert visit.answer.status == 422
    visit.fill("main [name=message]", f"He wrote again, {visit.language}, {visit.page.url}.")
    visit.press("main form[action$='add'] .btn, main form[action$='ajouter'] .btn")
    visit.page.locator("main [role=status]").wait_for()
    stands_well(visit)


ERRANDS: dict[str, tuple[str, Callable[[Visit], None]]] = {
    "adult, two incidents": ("", adult_with_two_incidents),
    "under 18": ("", young),
    "parent": ("", parent),
    "survivor": ("", survivor),
    "danger now": ("", danger_now),
    "clerk": (ANALYST, clerk),
    "third language": ("", third_language),
    "follow-up": ("", come_back),
    "mistakes": ("", slips),
}


def ways(*, whole: bool) -> list[tuple[str, tuple[str, bool, int]]]:
    """Every errand in every way; or each in one way, so that all ways are gone by somebody."""
    if whole:
        return list(product(ERRANDS, EVERY_WAY))
    return [(name, EVERY_WAY[(3 * n) % len(EVERY_WAY)]) for n, name in enumerate(ERRANDS)]


# ----------------------------------------------------------------- nothing is lost to other eyes

# What can be read and pressed on a page, by words: what zoom or own colours must not take away.
TO_BE_SEEN = """() => [...document.querySelectorAll('h1, h2, label, legend, button, a[href],'
    + ' input:not([type=hidden]), select, textarea, summary, p, li')]
    .filter(one => one.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}))
    .filter(one => one.getBoundingClientRect().width > 1)
    .map(one => one.tagName + ':'
        + (one.name || one.textContent || '').trim().replace(/\\s+/g, ' '))"""
FOCUS_IS_SET = """() => {
  const wanted = document.querySelector('[autofocus]');
  return !wanted || document.activeElement === wanted;
}"""
WITHOUT_EDGE = """() => [...document.querySelectorAll('main .btn, main input:not([type=hidden]),'
    + ' main select, main textarea, main .choice')]
    .filter(one => one.checkVisibility() && !['radio', 'checkbox'].includes(one.type))
    .filter(one => !one.classList.contains('link'))
    .filter(one => { const seen = getComputedStyle(one);
        return !parseFloat(seen.borderTopWidth) && !parseFloat(seen.outlineWidth || 0); })
    .map(one => one.outerHTML.slice(0, 100))"""
STOP = """() => { const one = document.activeElement;
    const said = (one.name || one.textContent || one.className).trim().replace(/\\s+/g, ' ');
    return one === document.body ? '' : one.tagName.toLowerCase() + ' ' + said.slice(0, 40); }"""
MOST_STOPS = 40


def tab_order(visit: Visit) -> list[str]:
    """Where the Tab key stops, in order, until it leaves the page."""
    stops: list[str] = []
    for _ in range(MOST_STOPS):
        visit.page.keyboard.press("Tab")
        stop = visit.page.evaluate(STOP)
        if not stop or stop in stops[:1]:
            break
        stops.append(stop)
    return stops

"""Pictures of the pages, one by one and all on one sheet.

    python docs/screenshots.py

It makes a throw-away database with the demo country, starts Havre on it and looks at the pages
with Chromium. It writes docs/screenshots/*.png, docs/contact-sheet.png and, with every page of the
public door in every state and on every way through it, docs/contact-sheet-public.jpg (English on a
wide screen, French on a phone). It leaves nothing else.
"""

import os
import sys
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "havre.wiring.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import django  # noqa: E402 - the settings are named above
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from havre.wiring.catalogues import compile_catalogues  # noqa: E402
from tests import database  # noqa: E402

if TYPE_CHECKING:
    from tests.journeys.visits import Visit

PICTURES = HERE / "screenshots"
SHEET = HERE / "contact-sheet.png"
PUBLIC_SHEET = HERE / "contact-sheet-public.jpg"
REPORTS = 120
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
TALLEST = 1100
SHEET_WIDTH = 1300
SHEET_STYLE = """
    body { margin: 24px; font: 14px/1.4 "Liberation Sans", sans-serif; background: #dfe6e6; }
    main { display: grid; grid-template-columns: repeat(5, 1fr); gap: 20px; }
    figure { margin: 0; } figcaption { padding: 4px 0; }
    div { height: 250px; overflow: hidden; background: #fff; border: 1px solid #667980; }
    img { display: block; width: 100%; } .phone img { width: 55%; margin: 0 auto; }
"""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a page in a state, in a language, on a screen."""

    name: str
    state: str
    language: str = "en"
    is_phone: bool = False
    is_dark: bool = False


SHOTS = (
    Shot("start-en", "start, as it opens"),
    Shot("start-fr", "start, as it opens", "fr"),
    Shot("start-phone-en", "start, as it opens", is_phone=True),
    Shot("start-phone-fr", "start, as it opens", "fr", is_phone=True),
    Shot("young-phone-fr", "young, as it opens", "fr", is_phone=True),
    Shot("parents-en", "parents, as it opens"),
    Shot("my-picture-phone-en", "my_picture, as it opens", is_phone=True),
    Shot("duty-fr", "duty, as it opens", "fr"),
    Shot("tell-phone-en", "tell, as it opens", is_phone=True),
    Shot("tell-with-errors-fr", "tell, in error", "fr"),
    Shot("form-en", "report, as it opens"),
    Shot("form-phone-fr", "report, as it opens", "fr", is_phone=True),
    Shot("form-with-errors-fr", "report, in error", "fr"),
    Shot("receipt-en", "report, receipt"),
    Shot("receipt-phone-fr", "report, receipt", "fr", is_phone=True),
    Shot("come-back-en", "come_back, as it opens"),
    Shot("my-report-en", "come_back, my report"),
    Shot("my-report-fr", "come_back, my report", "fr"),
    Shot("sign-in-en", "account_login, as it opens"),
    Shot("second-factor-fr", "mfa_authenticate, half-way in", "fr"),
    Shot("queue-en", "queue, filled"),
    Shot("queue-fr", "queue, filled", "fr"),
    Shot("queue-dark-en", "queue, filled", is_dark=True),
    Shot("queue-phone-fr", "queue, filled", "fr", is_phone=True),
    Shot("report-en", "report_page, filled"),
    Shot("report-fr", "report_page, filled", "fr"),
    Shot("chart-en", "chart, one opened"),
    Shot("closed-en", "report_page, closed without referral"),
    Shot("closings-fr", "closings, filled", "fr"),
    Shot("link-en", "link, judged"),
    Shot("inbox-en", "inbox, filled"),
    Shot("referral-fr", "referral, new", "fr"),
    Shot("outcome-form-en", "referral, taken"),
    Shot("outcome-fr", "referral, with an outcome", "fr"),
    Shot("clocks-en", "alarms, filled"),
    Shot("agency-shift-en", "agency_shift, as it opens"),
    Shot("rota-fr", "rota, with a shift", "fr"),
    Shot("cases-fr", "cases, filled", "fr"),
    Shot("case-en", "case, full"),
    Shot("case-timeline-fr", "case_timeline, filled", "fr"),
    Shot("legal-request-en", "legal_request, sent"),
    Shot("operation-en", "operation, full"),
    Shot("case-search-fr", "case_search, filled", "fr"),
    Shot("measures-en", "measures, filled"),
    Shot("taking-a-call-en", "take_report, as it opens"),
    Shot("provider-en", "provider_page, filled"),
    Shot("console-en", "console, filled"),
    Shot("console-duties-fr", "console_duties, filled", "fr"),
    Shot("console-check-en", "console_check, with faults"),
    Shot("partner-en", "partner, just added"),
    Shot("officers-fr", "officers, filled", "fr"),
    Shot("officer-en", "officer, filled"),
    Shot("log-en", "log, filled"),
    Shot("not-here-fr", "nowhere, 404", "fr"),
)
WITHOUT_DATABASE = Shot("database-away-en", "report, receipt")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for a sheet."""

    name: str
    data: bytes
    is_phone: bool = False


@contextmanager
def a_house() -> Iterator[tuple[str, str]]:
    """A running Havre on an empty database; gives its address and the name of the database."""
    compile_catalogues()
    database.start_server()
    try:
        name = f"havre_pictures_{os.getpid()}"
        addresses = database.clone_template(database.build_template(), name)
        os.environ.update(addresses.as_environment())
        django.setup()
        database.use_database(addresses)
        from tests.live import LiveHouse  # noqa: PLC0415 - needs the settings

        house = LiveHouse(addresses, HAVRE_DEMO_SIGN_INS="1")
        try:
            yield house.start(), name
        finally:
            house.stop()
    finally:
        database.stop_server()


class Photographer:
    """Goes to a page as the person it is for, and takes its picture."""

    def __init__(self, town, browser: Browser) -> None:  # noqa: ANN001 - needs the settings
        from tests.journeys import states  # noqa: PLC0415

        self.town, self.browser, self.states = town, browser, states
        self.reach = {str(state): state for state in states.STATES}

    def take(self, shot: Shot) -> None:
        state = self.reach[shot.state]
        with self.seated(shot, state.who) as visit:
            state.reach(visit)
            picture = taken(visit.page)
        (PICTURES / f"{shot.name}.png").write_bytes(picture)
        print(f"  {shot.name}", flush=True)

    def take_public(self) -> Iterator[Picture]:
        """Every public page in every state, then step by step every way through the journey."""
        from tests.journeys.journey_states import WALKS, steps  # noqa: PLC0415

        for shot in (Shot("", ""), Shot("", "", "fr", is_phone=True)):
            kind = f"{shot.language}, {'phone' if shot.is_phone else 'desk'}"
            for state in self.states.STATES:
                if not state.who:
                    with self.seated(shot) as visit:
                        state.reach(visit)
                        yield Picture(f"{state} ({kind})", taken(visit.page), shot.is_phone)
            for door, danger in WALKS:
                way = f"{door or 'tell'}{', danger' if danger == 'yes' else ''}"
                with self.seated(shot) as visit:
                    for number, _ in enumerate(steps(visit, door, danger), start=1):
                        name = f"{way}: step {number} ({kind})"
                        yield Picture(name, taken(visit.page), shot.is_phone)

    @contextmanager
    def seated(self, shot: Shot, who: str = "") -> Iterator["Visit"]:
        """Somebody in front of a screen of their own."""
        context = self.browser.new_context(
            viewport=PHONE if shot.is_phone else DESK,
            color_scheme="dark" if shot.is_dark else "light",
        )
        self.town.sign_in(who, context)
        yield self.states.Visit(self.town, context.new_page(), shot.language)
        context.close()


def taken(page: Page) -> bytes:
    """The page in front, from its top, as tall as it is but no taller than a sheet bears."""
    page.evaluate("document.activeElement.blur()")
    page.evaluate("scrollTo(0, 0)")
    size = page.viewport_size or DESK
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(tall, TALLEST)})
    picture = page.screenshot()
    page.set_viewport_size(size)
    return picture


def lay_out(browser: Browser, pictures: Iterable[Picture], sheet: Path) -> None:
    """Put pictures on one sheet, each with its name."""
    figures = []
    for one in pictures:
        data = b64encode(one.data).decode()
        kind = ' class="phone"' if one.is_phone else ""
        picture = f'<img alt="" src="data:image/png;base64,{data}">'
        figures.append(f"<figure{kind}><div>{picture}</div><figcaption>{one.name}</figcaption>")
    page = browser.new_page(viewport={"width": SHEET_WIDTH, "height": 800})
    page.set_content(
        f"<style>{SHEET_STYLE}</style><main>{'</figure>'.join(figures)}</figure></main>"
    )
    page.screenshot(path=sheet, full_page=True)
    page.close()


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with ExitStack() as stack:
        url, name = stack.enter_context(a_house())
        from tests.journeys.test_pages_of_trouble import database_away  # noqa: PLC0415
        from tests.journeys.town import KEEPER, add_passkey, settle  # noqa: PLC0415
        from tests.live import chromium  # noqa: PLC0415

        town = settle(url, reports=REPORTS)
        playwright = stack.enter_context(sync_playwright())
        options = ["--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"]
        browser = playwright.chromium.launch(executable_path=chromium(), args=options)
        keeper = browser.new_context()
        town.sign_in(KEEPER, keeper)
        add_passkey(town, keeper.new_page())
        photographer = Photographer(town, browser)
        for shot in SHOTS:
            photographer.take(shot)
        with database_away(name):
            photographer.take(WITHOUT_DATABASE)
        kept = [
            Picture(shot.name, (PICTURES / f"{shot.name}.png").read_bytes(), shot.is_phone)
            for shot in (*SHOTS, WITHOUT_DATABASE)
        ]
        lay_out(browser, kept, SHEET)
        lay_out(browser, photographer.take_public(), PUBLIC_SHEET)
        browser.close()
    print(f"\n{len(SHOTS) + 1} pictures in {PICTURES}, {SHEET} and {PUBLIC_SHEET}")


if __name__ == "__main__":
    main()

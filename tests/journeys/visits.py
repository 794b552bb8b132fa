"""One person in front of one tab, and what a page in a state is."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, Response

from tests.journeys.town import Town

SEND = "main form .btn[type=submit]"
LANGUAGES = ("en", "fr")


@dataclass
class Visit:
    """One person in front of one tab, in one language."""

    town: Town
    page: Page
    language: str
    answer: Response | None = None
    has_odd_eyes: bool = False

    def __post_init__(self) -> None:
        self.page.on("response", self._keep)

    def leave(self) -> None:
        """Stop watching the tab, which the next person may use, with plain eyes."""
        self.page.remove_listener("response", self._keep)
        if self.has_odd_eyes:
            self.page.emulate_media(color_scheme="light", forced_colors="none")

    def see_with(self, **eyes: str) -> None:
        """Look at pages in another light, or in colours of one's own, from now on."""
        if eyes:
            self.has_odd_eyes = True
            self.page.emulate_media(**eyes)

    def _keep(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status not in {302, 303}:
            self.answer = response

    def go(self, name: str, **parts: object) -> None:
        self.page.goto(self.town.at(name, self.language, **parts))

    def elsewhere(self, path: str) -> None:
        self.page.goto(f"{self.town.url}/{self.language}/{path}")

    def fill(self, selector: str, text: str) -> None:
        self.page.locator(selector).first.fill(text)

    def press(self, selector: str = SEND) -> None:
        """Press what leads to another page, and wait until that has come."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def change(self, script: str) -> None:
        """Bend the page as no honest browser does."""
        self.page.evaluate(script)

    def referral(self, number: int) -> str:
        """One of the referrals that lie ready for this language."""
        return self._ours(self.town.referrals)[number]

    def report(self, number: int) -> str:
        """One of the reports that were referred, for this language."""
        return self._ours(self.town.reports)[number]

    def _ours(self, numbers: list[str]) -> list[str]:
        half = len(numbers) // 2
        return numbers[half:] if self.language == "fr" else numbers[:half]


Reach = Callable[[Visit], None]


@dataclass(frozen=True, slots=True)
class State:
    """A page in one state."""

    page: str
    name: str
    reach: Reach
    who: str = ""
    status: int = 200

    def __str__(self) -> str:
        return f"{self.page}, {self.name}"


def opened(page: str, who: str = "", name: str = "as it opens") -> State:
    return State(page, name, lambda visit: visit.go(page), who)

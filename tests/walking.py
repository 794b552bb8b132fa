"""Somebody who walks the journey of the public door page by page, as a browser without script."""

from dataclasses import dataclass, field

from django.http import HttpResponse
from django.test import Client
from lxml import html

from tests.pages import OWN_PAGE, assert_sound

ROOTS = {"en": "/en/tell/", "fr": "/fr/dire/"}
# What is answered on each page when the test says nothing else.
PLAIN = {
    "what": {"happening": "meeting"},
    "danger": {"danger": "no"},
    "where": {"where_kind": "app"},
    "again": {"again": "no"},
    "readers": {"readers": "no"},
}
WORDS = {
    "fr": {
        "quoi": "what", "verifier": "check", "recit": "story", "lieu": "where", "quand": "when",
        "suite": "next", "encore": "again", "personne": "person", "enfant": "child",
        "plus": "more", "vous": "you", "vite": "quick", "lecteurs": "readers", "fini": "done",
    },
    "en": {},
}  # fmt: skip


@dataclass
class Walker:
    """One browser on its way. `seen` are the pages it stood on."""

    client: Client
    language: str = "en"
    seen: list[str] = field(default_factory=list)
    page: HttpResponse | None = None

    @property
    def tree(self) -> html.HtmlElement:
        return assert_sound(self.page.content)

    @property
    def here(self) -> str:
        """The page in front of them, by its English name."""
        word = self.page.request["PATH_INFO"].rpartition("/")[2]
        name, _, number = word.partition("-")
        name = WORDS[self.language].get(name, name)
        return f"{name}-{number}" if number else name

    def open(self, address: str = "") -> HttpResponse:
        self.page = self.client.get(address or ROOTS[self.language] + self.first, follow=True)
        return self.page

    @property
    def first(self) -> str:
        return "quoi" if self.language == "fr" else "what"

    def press(self, _button: str = "", _at: str = "", **answers: str) -> HttpResponse:
        """Fill in the form in front and press its button; hidden fields go along."""
        hidden = {
            one.get("name"): one.get("value", "")
            for one in self.tree.xpath("//main//form[1]//input[@type='hidden']")
        }
        name, _, value = _button.partition("=")
        pressed = {name: value or "1"} if name else {}
        address = _at or self.page.request["PATH_INFO"]
        sent = {**hidden, **answers, **pressed}
        self.page = self.client.post(address, sent, follow=True, **OWN_PAGE)
        return self.page

    def walk(self, until: str = "done", **answers: dict[str, str]) -> HttpResponse:
        """Answer page after page; a page that stands twice in a row is a mistake."""
        if self.page is None:
            self.open()
        while self.here != until:
            before = self.here
            self.seen.append(before)
            given = dict(
                answers.get(before.replace("-", "_"), PLAIN.get(before.partition("-")[0], {}))
            )
            self.press(given.pop("_button", ""), **given)
            assert self.page.status_code == 200, (before, self.page.status_code)
            assert self.here != before, f"{before} did not go on"
        return self.page

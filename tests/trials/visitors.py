"""People in front of a house under trial: what their browsers send and show. No Django here."""

import base64
import http.client
import re
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from tests.trials.house_under_fire import House
from tests.trials.residents import PASSWORD, PROVIDER

Fields = dict[str, str] | list[tuple[str, str]]
HIDDEN = 'name="{}" value="([^"]+)"'


@dataclass(frozen=True)
class Page:
    """An answer: its status, its text, where it leads."""

    status: int
    text: str
    location: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def hidden(self, name: str) -> str:
        """The value of a hidden field."""
        found = re.search(HIDDEN.format(name), self.text)
        assert found, f"no hidden field {name} on a page with status {self.status}"
        return unescape(found[1])

    def words(self) -> list[str]:
        """The words of the receipt."""
        grid = self.text.partition('class="words-grid"')[2].partition("</ol>")[0]
        return re.findall(r"<li>([^<]+)</li>", grid)


class Visitor:
    """One browser: keeps cookies, follows nothing by itself."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Page:
        """One request; the answer whatever its status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=60)
        sent = {"Host": f"localhost:{self.house.port}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            for told in answer.headers.get_all("Set-Cookie", []):
                self.cookies |= {m.key: m.value for m in SimpleCookie(told).values()}
            text = answer.read().decode()
            location = urlsplit(answer.headers.get("Location", "")).path
            return Page(answer.status, text, location, dict(answer.headers))
        finally:
            connection.close()

    def get(self, path: str, **fields: str) -> Page:
        return self.ask("GET", f"{path}?{urlencode(fields)}" if fields else path)

    def post(self, path: str, fields: Fields, **headers: str) -> Page:
        """Send a form; a staff form carries the token of the page before."""
        given = list(fields.items()) if isinstance(fields, dict) else list(fields)
        if "havre-form" in self.cookies and not any(name == "token" for name, _ in given):
            given.append(("csrfmiddlewaretoken", self.cookies["havre-form"]))
        form = {"Content_Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(given).encode(), **form, **headers)

    def report(self, fields: Fields, path: str = "/en/report") -> Page:
        """Fill in the public form."""
        given = list(fields.items()) if isinstance(fields, dict) else list(fields)
        return self.post(path, [*given, ("token", self.get(path).hidden("token"))])


@dataclass
class Walker:
    """A visitor on the journey, page by page; `told` is what is answered where, by page."""

    visitor: Visitor
    told: dict[str, Fields]
    seen: list[Page] = field(default_factory=list)

    def walk(self, until: str = "done") -> Page:
        """Go from the first question to a page; gives that page."""
        path = "/en/tell/what"
        page = self.visitor.get(path)
        while not path.endswith(f"/{until}"):
            given = self.told.get(path.rpartition("/")[2], {})
            token = re.search(HIDDEN.format("token"), page.text)
            first = {"token": unescape(token[1])} if token else {}
            moved = self.visitor.post(path, {**first, **dict(given)})
            assert moved.status == 303, (path, moved.status)
            path = moved.location
            page = self.visitor.get(path)
            assert page.status == 200
            self.seen.append(page)
        return page


def officer(house: House, username: str, code: str) -> Visitor:
    """An officer who has signed in, with a code of the app."""
    browser = Visitor(house)
    browser.get("/en/sign-in")
    first = browser.post("/en/sign-in", {"login": username, "password": PASSWORD})
    assert first.location == "/en/sign-in/code", first.status
    browser.get(first.location)
    second = browser.post(first.location, {"code": code})
    assert second.location == "/en/desk", second.text
    return browser


def basic(key: str) -> str:
    """The provider's credentials as HTTP Basic."""
    return "Basic " + base64.b64encode(f"{PROVIDER}:{key}".encode()).decode()

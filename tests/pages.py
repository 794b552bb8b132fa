"""Checks that every page must pass, whoever it is for."""

import re

import html5lib
from django.test import Client
from lxml import html

# Who is on the other side of a public form: a browser on our own page.
OWN_PAGE = {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "null"}


def assert_sound(page: bytes) -> html.HtmlElement:
    """The page is valid HTML, with one h1, a language, no style or script of its own; gives it."""
    text = page.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    tree = html.document_fromstring(text)
    assert tree.get("lang") in {"en", "fr"}
    assert len(tree.findall(".//h1")) == 1, "one h1"
    assert not tree.xpath("//*[@style]"), "no style in the page"
    assert not tree.xpath("//script[not(@src)]"), "no script in the page"
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids)), "every id once"
    for described in tree.xpath("//@aria-describedby | //@aria-labelledby"):
        assert set(described.split()) <= set(ids), f"{described} names nothing"
    for label in tree.xpath("//label/@for"):
        assert label in ids, f"the label of {label} leads nowhere"
    for link in tree.xpath("//a[starts-with(@href, '#')]/@href"):
        assert link[1:] in ids, f"{link} leads nowhere"
    return tree


def first_stops(tree: html.HtmlElement, count: int = 2) -> list[str]:
    """The first things that the Tab key reaches, by class."""
    stops = tree.xpath("//*[self::a[@href] or self::button or self::input][not(@tabindex='-1')]")
    return [stop.get("class", "") for stop in stops[:count]]


def hidden(page: bytes, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(f'name="{name}" value="([^"]*)"'.encode(), page)
    assert found, f"no hidden field {name}"
    return found.group(1).decode()


def words_on(tree: html.HtmlElement) -> list[str]:
    """The words of the receipt on a page."""
    return [item.text_content().strip() for item in tree.xpath("//ol[@class='words-grid']/li")]


def told(client: Client, address: str = "/en/report", **answers: str):
    """Fill in the form at an address and send it, as a browser does; gives the answer page."""
    token = answers.pop("token", None) or hidden(client.get(address).content, "token")
    filled = {"happening": "meeting", "story": "He asked me to meet on Saturday.", **answers}
    return client.post(address, {**filled, "token": token}, **OWN_PAGE)

"""The first page costs little, loads nothing from elsewhere, and leaves nothing behind.

And a third language needs a catalogue alone: with one of made-up words, every sentence changes.
"""

import gettext
import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.template.autoreload import reset_loaders
from django.test import Client
from django.utils.translation import override, trans_real
from lxml import html

from havre.intake.public import pressed
from tests.pages import assert_sound

BUDGET_BYTES = 40_000
DOORS = ("/en/", "/fr/", "/en/young", "/fr/jeunes", "/en/tell/what", "/fr/dire/quoi", "/en/report")
FIRST_DOORS = ("", "young", "parents", "my-picture", "duty", "tell/what")
CONTEXT_ENDS = "\x04"
LOADED = "//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src"


@pytest.fixture
def client() -> Client:
    return Client(HTTP_HOST="localhost")


@pytest.mark.parametrize("address", DOORS)
def test_a_first_page_with_all_it_loads_is_under_forty_kilobytes_and_sets_no_cookie(
    client, address
):
    answer = client.get(address)

    loaded = assert_sound(answer.content).xpath(LOADED)
    files = [finders.find(urlsplit(one).path.removeprefix("/static/")) for one in loaded]
    assert loaded
    assert all(files)
    sent = [answer.content, *(Path(one).read_bytes() for one in files)]
    assert sum(len(gzip.compress(one)) for one in sent) < BUDGET_BYTES
    assert len(answer.content) < BUDGET_BYTES
    assert not answer.cookies


@pytest.mark.parametrize("address", DOORS)
def test_a_first_page_loads_from_its_own_place_alone_and_needs_no_script(client, address):
    answer = client.get(address)

    tree = assert_sound(answer.content)
    assert all(not urlsplit(one).netloc for one in tree.xpath(LOADED))
    assert not tree.xpath("//script")
    assert "default-src 'none'" in answer["Content-Security-Policy"]


class MadeUp(gettext.NullTranslations):
    """A language in which every sentence stands between marks."""

    def gettext(self, message: str) -> str:
        # A sentence with a context comes with the context before it.
        return f"⟦{message.rpartition(CONTEXT_ENDS)[2]}⟧"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return f"⟦{one if number == 1 else many}⟧"


@pytest.fixture
def nothing_said_yet():
    """Templates that keep no words: those of before must not answer, nor ours afterwards."""
    reset_loaders()
    yield
    reset_loaders()


@pytest.mark.parametrize("page", FIRST_DOORS)
@pytest.mark.usefixtures("nothing_said_yet")
def test_a_third_language_is_a_catalogue_and_nothing_else(client, page, monkeypatch):
    with override("en"):
        english = trans_real.catalog()
    monkeypatch.setattr(english, "gettext", MadeUp().gettext)
    # Pages that are kept for a minute were kept in English, and ours must not be kept.
    monkeypatch.setattr(pressed, "_kept", {})
    tree = html.document_fromstring(client.get(f"/en/{page}").content.decode())

    spoken = tree.xpath("//main//*[self::h1 or self::h2 or self::legend or self::label or"
                        " self::button or self::p[@class='lead']]")  # fmt: skip
    plain = [
        text
        for text in (" ".join(one.text_content().split()) for one in spoken)
        if text and not text.startswith("⟦") and re.search("[a-z]{3}", text)
    ]
    assert spoken
    assert plain == []

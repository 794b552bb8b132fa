"""The public pages are easy to read, and those for people under 18 easier still.

Sentences are taken as the page says them, from headings, paragraphs, lists and labels; the names
and numbers to call are data and are left out. English syllables are counted by groups of vowels:
textstat would fetch a dictionary from the network for them.
"""

import re

import pytest
import textstat
from django.test import Client

from tests.pages import assert_sound
from tests.walking import PLAIN, Walker

HARDEST_ENGLISH = 8.0  # Flesch-Kincaid, years of school
EASIEST_FRENCH = 60.0  # Kandel-Moles, higher is easier
# The path for people under 18 (decision 34).
HARDEST_YOUNG_ENGLISH = 6.0
EASIEST_YOUNG_FRENCH = 75.0
SPOKEN = "//main//*[self::p or self::li or self::h1 or self::h2 or self::legend or self::label]"
PAGES = {
    "en": (
        "/en/",
        "/en/safety",
        "/en/about",
        "/en/report",
        "/en/come-back",
        "/en/parents",
        "/en/my-picture",
        "/en/link-to-us",
        "/en/tell/what",
    ),
    "fr": (
        "/fr/",
        "/fr/securite",
        "/fr/a-propos",
        "/fr/signaler",
        "/fr/revenir",
        "/fr/parents",
        "/fr/mon-image",
        "/fr/faire-un-lien",
        "/fr/dire/quoi",
    ),
}


def sentences_on(address: str) -> str:
    """What our own words say on a page, one sentence after the other."""
    return sentences_in(Client(HTTP_HOST="localhost").get(address).content)


def sentences_in(page: bytes) -> str:
    """What our own words say in a page that came."""
    tree = assert_sound(page)
    told = []
    for part in tree.xpath(f"{SPOKEN}[not(.//p or .//li)]"):
        text = " ".join(part.text_content().split())
        if text:
            told.append(text if text[-1] in ".?!" else f"{text}.")
    return " ".join(dict.fromkeys(told))


def kandel_moles(text: str) -> float:
    """207 - 1.015 times words in a sentence - 73.6 times syllables in a word (1958)."""
    textstat.set_lang("fr")
    return float(textstat.flesch_reading_ease(text))


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end."""
    spoken = re.sub(r"(?<=[^aeiouyl])es?$|(?<=[^aeiouytd])ed$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", spoken)))


def flesch_kincaid(text: str) -> float:
    """0.39 times words in a sentence + 11.8 times syllables in a word - 15.59 (1975)."""
    words = re.findall(r"[A-Za-z\u2019]+", text)
    sentences = len(re.findall(r"[.?!]+(?:\s|$)", text))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize(
    ("word", "spoken"),
    [("report", 2), ("time", 1), ("service", 2), ("needed", 2), ("people", 2), ("asked", 1)],
)
def test_syllables_are_counted_about_as_they_are_spoken(word, spoken):
    assert syllables(word) == spoken


@pytest.mark.parametrize("address", PAGES["en"])
def test_english_of_the_public_pages_asks_no_more_than_eight_years_of_school(address):
    assert flesch_kincaid(sentences_on(address)) <= HARDEST_ENGLISH


@pytest.mark.parametrize("address", PAGES["fr"])
def test_french_of_the_public_pages_is_as_easy(address):
    assert kandel_moles(sentences_on(address)) >= EASIEST_FRENCH


def young_pages(language: str) -> dict[str, bytes]:
    """Every page of the path for people under 18, the short one for danger too."""
    door = {"en": "/en/young", "fr": "/fr/jeunes"}[language]
    pages = {}
    for danger in ("no", "yes"):
        walker = Walker(Client(HTTP_HOST="localhost"), language)
        pages["door"] = walker.open(door).content
        walker.press("begin", walker.tree.xpath("//main//form/@action")[0])
        while walker.here != "done":
            pages[walker.here] = walker.page.content
            answers = {**PLAIN.get(walker.here, {}), "story": "He asked me to meet."}
            walker.press(**answers | ({"danger": danger} if walker.here == "danger" else {}))
        pages[f"done, {danger}"] = walker.page.content
    return pages


@pytest.mark.django_db
def test_english_of_the_young_path_asks_no_more_than_six_years_of_school():
    found = {name: flesch_kincaid(sentences_in(page)) for name, page in young_pages("en").items()}
    assert len(found) == 14
    assert {name: level for name, level in found.items() if level > HARDEST_YOUNG_ENGLISH} == {}


@pytest.mark.django_db
def test_french_of_the_young_path_is_as_easy():
    found = {name: kandel_moles(sentences_in(page)) for name, page in young_pages("fr").items()}
    assert len(found) == 14
    assert {name: level for name, level in found.items() if level < EASIEST_YOUNG_FRENCH} == {}

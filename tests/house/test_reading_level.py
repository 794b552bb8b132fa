"""The public pages are easy to read. (The path for people under 18 has a stricter bar of its own,
and its own pages to hold to it.)

Sentences are taken as the page says them, from headings, paragraphs, lists and labels; the names
and numbers to call are data and are left out. English syllables are counted by groups of vowels:
textstat would fetch a dictionary from the network for them.
"""

import re

import pytest
import textstat
from django.test import Client

from tests.pages import assert_sound

HARDEST_ENGLISH = 8.0  # Flesch-Kincaid, years of school
EASIEST_FRENCH = 60.0  # Kandel-Moles, higher is easier
SPOKEN = "//main//*[self::p or self::li or self::h1 or self::h2 or self::legend or self::label]"
PAGES = {
    "en": ("/en/", "/en/safety", "/en/about", "/en/report", "/en/come-back"),
    "fr": ("/fr/", "/fr/securite", "/fr/a-propos", "/fr/signaler", "/fr/revenir"),
}


def sentences_on(address: str) -> str:
    """What our own words say on a page, one sentence after the other."""
    tree = assert_sound(Client(HTTP_HOST="localhost").get(address).content)
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

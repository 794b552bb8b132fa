"""Whatever words stand beside each other, reading them ends well: what fails is never scored."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from havre.identifiers.aloud.rules.dates import MONTHS, NTH, day_said
from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS
from havre.identifiers.platforms.rules.candidates import platforms_in
from havre.identifiers.platforms.rules.platforms import BY_WORD, MISSPELT
from havre.identifiers.rules.find import find_in_text
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.words import Kind

DIGITS = ["1", "3", "7", "12", "31", "99", "2012", "1999", "5550142", "613"]
JOINS = [
    "and", "et", "then", "puis", "of", "the", "le", "thousand", "mille", "born", "dob", "née",
    "birthday", "fête", "at", "arobase", "dot", "point", "underscore", "tiret", "bas", "dash",
    "no", "wait", "non", "plutôt", "sorry", "ends", "in", "plate", "plaque", "postal", "code",
    "K1A", "snap", "insta", "discord", "pseudo", "his", "son", "same", "pareil", "example", "com",
    "hxxp", "://", "[.]", "(at)", ".", ",", "-", "/", "#", "@", "$", ":", "\n", "%2f", "&#x40;",
    "zeros", "zéros", "one word", "un mot", "seal", "phoque", "imei", "iban", "ip", "wallet",
    "amber", "bravo", "letters", "followed by", "with a", "no spaces", "spelled",
]  # fmt: skip
# Raised, ringed, wide; of Arabic, Devanagari, Bengali, Thai, Ethiopic, Chinese and Roman writing;
# pictures, letters that look Latin, and what is not seen.
SIGNS = [
    "\u00b2", "\u00b9", "\u00b3", "\u2074", "\u2085", "\u2460", "\u24ea", "\u2776", "\uff17",
    "\U0001d7d7", "\u00bd", "\u0663", "\u06f4", "\u0969", "\u09e9", "\u0e53", "\u1369", "\u136a",
    "\u4e09", "\u3007", "\u2167", "\u00aa", "\u00ba", "\U0001f600", "7\ufe0f\u20e3", "\U0001f170",
    "\u0430", "\u0455", "\u03bf", "\u017f", "\u00df", "\u0130", "\u0131", "\u0149", "\u200b",
    "\u00ad", "\u0301", "\u202e", "\u3002", "\uff20", "\uff0e", "\u2028",
]  # fmt: skip
PLAIN = sorted({*NUMBER_WORDS, *NTH, *MONTHS, *DIGITS, *JOINS})
SOUP = st.lists(st.sampled_from(PLAIN) | st.sampled_from(SIGNS), min_size=1, max_size=24)
BETWEEN = st.sampled_from([" ", "-", "", ", ", "²", "\U0001f600"])


@given(words=SOUP, between=BETWEEN)
@settings(max_examples=400, deadline=None)
def test_any_words_beside_each_other_are_read_to_the_end(words, between):
    text = between.join(words)

    for one in find_in_text(text, field="t"):
        assert text[one.start : one.end]
        assert one.value
    day_said(text)


FIGURES = st.sampled_from(SIGNS + DIGITS)


@given(
    platform=st.sampled_from(["Discord is", "Snap,", "insta: ", "kik called", "imei", "ip"]),
    name=st.sampled_from(["seal", "loup gris", "@seal_9", ""]),
    figures=st.lists(FIGURES | st.sampled_from(["zeros", "double"]), min_size=1, max_size=4),
    end=st.sampled_from(["", " one word", ", un mot", " dot com", ", no wait, zeros"]),
)
@settings(max_examples=400, deadline=None)
def test_any_signs_said_of_a_name_are_read_to_the_end(platform, name, figures, end):
    text = " ".join((platform, name, *figures)) + end

    for one in find_in_text(text, field="t"):
        assert text[one.start : one.end]
        assert one.value


# To a pattern that ignores capitals the first two are "s" and "k", and to str.lower() the first is
# none; the others change their length, or nothing, with their case.
TWINS = {"s": "\u017f", "k": "\u212a", "i": "\u0130", "j": "\u0131", "e": "\u00c9", "u": "\u00df"}
KEYWORDS = sorted({word for word in (*PLAIN, *BY_WORD, *MISSPELT) if TWINS.keys() & set(word)})


def twinned(word, letters):
    return "".join(TWINS[char] if char in letters else char for char in word)


TWINNED = st.builds(
    twinned, st.sampled_from(KEYWORDS), st.sets(st.sampled_from(sorted(TWINS)), min_size=1)
)


@given(words=st.lists(TWINNED | st.sampled_from(KEYWORDS + DIGITS), max_size=12), between=BETWEEN)
@settings(max_examples=400, deadline=None)
def test_words_with_a_letter_that_is_another_s_capital_are_read_to_the_end(words, between):
    text = between.join(words)

    for one in find_in_text(text, field="t"):
        assert text[one.start : one.end]
        assert one.value
    platforms_in(text)
    day_said(text)
    for kind in Kind:
        normalise(kind, text, platform=words[0] if words else "")


def test_a_platform_with_a_letter_that_is_another_s_capital_is_that_platform():
    def read(word):
        return [one.platform for one in platforms_in(f"sur {word} : fox_99")]

    words = [word for word in KEYWORDS if (word in BY_WORD or word in MISSPELT) and read(word)]
    assert len(words) > 200
    assert [word for word in words if read(twinned(word, "sk")) != read(word)] == []


@given(words=SOUP)
@settings(max_examples=150, deadline=None)
def test_any_words_typed_as_a_value_are_taken_or_refused(words):
    for kind in Kind:
        normalise(kind, " ".join(words), platform="")


ODD = (
    "aeiIkKsS9_.@-/+ \u0301\u0307\u200b\u0430\u0435\u0440\u0438\u03f2\u03f9\u0501\u0500\u04ba"
    "\u017f\u212a\U0001d41e"
)


@example(value="9.de.e", kind=Kind.ADDRESS)
@example(value="9 de de lac", kind=Kind.ADDRESS)
@example(value="9.de la rue", kind=Kind.ADDRESS)
@example(value="9\u0430@\u0438", kind=Kind.ADDRESS)
@given(value=st.text(alphabet=ODD, max_size=14), kind=st.sampled_from(sorted(Kind)))
@settings(max_examples=400, deadline=None)
def test_the_normal_form_of_a_normal_form_is_itself(value, kind):
    once = normalise(kind, value, platform="")

    assert once is None or normalise(kind, once, platform="") == once


@pytest.mark.parametrize(
    "text",
    [
        "Il revient entre avril et mai 2012, c'est sa fête.",
        "DOB: et mai 2012",
        "DOB May double 2012",
        "dob may 3 twenty hundred hundred hundred hundred",
        "entre le 3 et le 9 mai 2012",
        "dob may 3 " + "nine " * 5_000,
    ],
)
def test_a_date_half_said_is_no_date_and_no_failure(text):
    assert Kind.BIRTH_DATE not in {one.kind for one in find_in_text(text, field="t")}
    assert normalise(Kind.BIRTH_DATE, text, platform="") is None


@pytest.mark.parametrize("sign", ["²", "፩", "²³", "①", "\uff17", "৩", "三"])
@pytest.mark.parametrize(
    "text",
    [
        "Discord is seal {} zeros one word",
        "Discord is seal {} zeros",
        "write to seal dot {} thousand at example dot com",
        "écrivez à phoque point {} mille arobase example point com",
        "imei {} {} {} and ip {} dot {} dot {} dot {}",
    ],
)
def test_a_figure_of_another_writing_is_no_failure(text, sign):
    for one in find_in_text(text.replace("{}", sign), field="t"):
        assert one.value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("le vingt-trois mai deux mille quatorze", "2014-05-23"),
        ("May the twenty first two thousand nine", "2009-05-21"),
        ("le sept mai deux mille douze", "2012-05-07"),
        ("premier mai mille neuf cent quatre vingt dix sept", "1997-05-01"),
    ],
)
def test_a_date_said_whole_is_one(text, day):
    assert day_said(text) == day

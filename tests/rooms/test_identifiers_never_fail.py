"""Whatever words stand beside each other, reading them ends well: what fails is never scored."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.identifiers.aloud.rules.dates import MONTHS, NTH, day_said
from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS
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
]  # fmt: skip
WORDS = sorted({*NUMBER_WORDS, *NTH, *MONTHS, *DIGITS, *JOINS})
SOUP = st.lists(st.sampled_from(WORDS), min_size=1, max_size=24)


@given(words=SOUP, between=st.sampled_from([" ", "-", "", ", "]))
@settings(max_examples=400, deadline=None)
def test_any_words_beside_each_other_are_read_to_the_end(words, between):
    text = between.join(words)

    for one in find_in_text(text, field="t"):
        assert text[one.start : one.end]
        assert one.value
    day_said(text)


@given(words=SOUP)
@settings(max_examples=150, deadline=None)
def test_any_words_typed_as_a_value_are_taken_or_refused(words):
    for kind in Kind:
        normalise(kind, " ".join(words), platform="")


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

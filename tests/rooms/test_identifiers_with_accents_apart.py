"""Texts from keyboards and systems that write "\u00e9" as two characters: e and a mark."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.identifiers.disguises.rules.folding import in_plain_letters
from havre.identifiers.rules.find import find_in_text

APART = "\u0301"


def values(text):
    return {(found.kind, found.value) for found in find_in_text(text, field="t")}


@pytest.mark.parametrize(
    "text",
    [
        "il habite au 12, rue de l'\u00c9glise",
        "il habite au 12, rue de l'\u00c9rable",
        "l'\u00e9cole secondaire de l'\u00cele-Verte",
        "le num\u00e9ro : cinq cent quatorze, cinq cinq cinq, z\u00e9ro un six huit",
        "son pseudo T\u00e9l\u00e9gram : loutre_77",
        "ren\u00e9.martin@example.com",
        "n\u00e9 le 3 f\u00e9vrier 2012",
        "on Kik, \u1ebf_fox99 and river_fox9",
        "sa plaque est K7R 2M4, \u00e0 Qu\u00e9bec",
    ],
)
def test_accents_apart_are_read_as_those_that_are_one_with_their_letter(text):
    apart = unicodedata.normalize("NFD", text)
    assert apart != text
    assert values(apart) == values(text) != set()
    for found in find_in_text(apart, field="t"):
        assert apart[found.start : found.end] == found.raw
        assert apart[found.end : found.end + 1] not in {"\u0300", "\u0301", "\u0302"}


def test_two_homes_stay_two():
    church, maple = (
        unicodedata.normalize("NFD", f"12, rue de l'{tree}")
        for tree in ("\u00c9glise", "\u00c9rable")
    )
    assert values(church).isdisjoint(values(maple))


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (f"e{APART}tang", "\u00e9tang"),
        (f"E\u0302{APART}", "\u1ebe"),
        ("a\u0323\u0302", "\u1ead"),
        (f"\U0001d41e{APART}tang", "\u00e9tang"),
        (f"e\u200b{APART}", "\u00e9"),
        (f"q{APART}_9", f"q{APART}_9"),
        (f"{APART}abc", f"{APART}abc"),
        ("\u0438\u0306vanov.\u0441om", "\u0439vanov.com"),
        ("r\u0336i\u0336v\u0336e\u0336r\u0336", "river"),
    ],
)
def test_a_mark_becomes_one_with_its_letter(written, plain):
    assert in_plain_letters(written).text == plain


@given(
    st.text(
        alphabet="aeE\u00e9 \u0301\u0302\u0323\u200b\U0001d41e\u0438\u0435x._@9\U0001f600",
        max_size=20,
    )
)
@settings(max_examples=300, deadline=None)
def test_every_place_of_the_plain_text_has_one_in_the_written_text(text):
    plain = in_plain_letters(text)
    spans = list(zip(plain.starts, plain.ends, strict=True))

    assert len(spans) in {0, len(plain.text)}
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    assert in_plain_letters(plain.text).text == plain.text

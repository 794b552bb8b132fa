"""Readings that must hold from end to end, and what stands beside a harmless sentence."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.triage.policies.rules.floor import below
from havre.triage.reading.rules.frames import read_frames, set_apart
from havre.triage.reading.rules.stretches import stretches, uncovered
from havre.triage.rules.folding import fold
from havre.triage.rules.policy import CURRENT, load_policy
from havre.triage.rules.words import Band, Sign
from tests.triage_reports import POLICY, judged, of_vignette, told, vignettes

WRITTEN = tomllib.loads(
    (Path(__file__).parent / "sentences_sixth.toml").read_text(encoding="utf-8")
)
SENTENCES, DANGERS = WRITTEN["sentence"], WRITTEN["danger"]
FOUND = [row for row in SENTENCES if not row.get("missed")]
HARMLESS = [row for row in FOUND if row["family"] == "innocent"]
TWINS = [row for row in SENTENCES if "twin" in row]
STANDS = {
    "A": {Band.A},
    "below A": {Band.B, Band.C, Band.D},
    "below B": {Band.C, Band.D},
}
# How many of them are known to be read otherwise: what must not grow.
KNOWN_MISSES, KNOWN_DANGERS_MISSED = 9, 8
DEVELOPED = [row for row in vignettes("vignettes_sixth.toml") if row["half"] == "dev"]
IMMEDIATE = [row for row in DEVELOPED if row["band"] == "A"]
FRAME = {
    "sign": "trade",
    "words": [r"\bplumber\b"],
    "closed_by": ["weapon"],
    "covers": [r"\b(?:plumber|pipes?)\b"],
    "yields": ["threat"],
}


def band_of(text, row):
    return judged(told(text, reporter_is_minor=row.get("reporter_is_minor", False))).band


def said(text):
    return [text[start:end] for start, end in stretches(text)]


@pytest.mark.parametrize("row", FOUND, ids=[row["text"][:40] for row in FOUND])
def test_a_text_stands_where_a_careful_reader_puts_it(row):
    assert band_of(row["text"], row) in STANDS[row["lane"]]


@pytest.mark.parametrize("row", TWINS, ids=[row["twin"][:40] for row in TWINS])
def test_the_dangerous_twin_of_an_innocent_text_is_read_at_once(row):
    assert band_of(row["twin"], row) is Band.A


@pytest.mark.parametrize("row", DANGERS, ids=[row["text"][:40] for row in DANGERS])
def test_a_danger_told_in_the_words_of_a_harmless_matter_is_not_covered_by_it(row):
    most = Band.B if row.get("missed") else Band.A

    assert band_of(row["text"], row) <= most


def test_what_is_missed_is_counted_and_no_more():
    assert sum(row.get("missed", False) for row in SENTENCES) <= KNOWN_MISSES
    assert sum(row.get("missed", False) for row in DANGERS) <= KNOWN_DANGERS_MISSED


@pytest.mark.parametrize("harmless", HARMLESS, ids=[row["text"][:40] for row in HARMLESS])
def test_a_harmless_text_before_or_behind_an_immediate_report_takes_nothing_away(harmless):
    for row in IMMEDIATE:
        for both in (
            f"{harmless['text']} {row['narrative']}",
            f"{row['narrative']} {harmless['text']}",
        ):
            assert of_vignette({**row, "narrative": both}).band is Band.A


@pytest.mark.parametrize("earlier", ["2026-12-01.toml", "2026-11-30.toml", "2026-11-29.toml"])
def test_the_policy_lowers_no_rule_that_an_earlier_one_held(earlier):
    assert below(POLICY, load_policy(CURRENT.parent / earlier)) == ()


def test_a_text_is_cut_at_its_sentences_and_a_long_one_at_its_clauses():
    assert said("she is nine. ok!") == ["she is nine", "ok"]
    assert said("he wrote to her each day for a week, and then it stopped") == [
        "he wrote to her each day for a week",
        "and then it stopped",
    ]
    assert said("..., ;") == []


def test_a_sentence_without_an_end_is_cut_all_the_same():
    assert [len(one.split()) for one in said("word " * 40)] == [18, 18, 4]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_stretches_lie_in_the_text_one_behind_the_other(text):
    found = stretches(fold(text).text)

    assert all(start < end for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))


def test_a_stretch_is_covered_by_a_word_of_it_or_says_nothing_by_itself():
    text = "the plumber came. so is she. he waits"

    many, bare = uncovered(text, [re2.compile("plumber")], plain=frozenset({"so", "is", "she"}))

    assert many == 3
    assert [text[start:end] for start, end in bare] == ["he waits"]


@pytest.mark.parametrize(
    ("text", "at", "left"),
    [
        ("The plumber will expose pipes.", "expose", ["trade"]),
        ("The plumber came. He will expose me.", "expose", ["threat"]),
        ("The plumber came. He will expose me.", "plumber", ["trade"]),
    ],
)
def test_a_sign_yields_only_where_its_own_stretch_is_covered(text, at, left):
    start = text.index(at)
    signs = [Sign("threat", "narrative", start, start + len(at))]

    found = set_apart(signs, [("narrative", fold(text))], read_frames({"frame": [FRAME]}))

    assert [sign.factor for sign in found] == left


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("A plumber. Pipes. He waits.", True),
        ("A plumber. He waits. He waits.", False),
    ],
)
def test_a_frame_of_the_whole_text_lets_one_stretch_of_so_many_say_something_else(text, holds):
    frames = read_frames({"frame": [{**FRAME, "whole": 3}]})

    found = set_apart([Sign("threat", "narrative", 0, 3)], [("narrative", fold(text))], frames)

    assert [sign.factor for sign in found] == (["trade"] if holds else ["threat"])


@pytest.mark.parametrize("part", ["the plumber and ", "she is nine. ", "so, ", "a" * 40])
def test_the_stretches_of_a_hostile_text_grow_with_its_length_alone(part):
    few, many = len(stretches(part * 200)), len(stretches(part * 2000))

    assert many <= 11 * few + 10

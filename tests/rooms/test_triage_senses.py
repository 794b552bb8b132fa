"""Words that mean something else where they stand, and the danger beside them that still counts."""

import tomllib
from pathlib import Path

import pytest

from havre.triage.policies.rules.floor import below
from havre.triage.reading.rules.frames import read_frames, set_apart
from havre.triage.reading.rules.senses import covered, read_senses
from havre.triage.rules.folding import fold
from havre.triage.rules.policy import CURRENT, READING, load_policy, parse_policy
from havre.triage.rules.words import Band, Sign
from tests.triage_reports import POLICY, factors, judged, told

WRITTEN = tomllib.loads(
    (Path(__file__).parent / "sentences_fifth.toml").read_text(encoding="utf-8")
)
SENTENCES, DANGERS = WRITTEN["sentence"], WRITTEN["danger"]
NAMES = [row["text"][:40] for row in SENTENCES]
BELOW = {"below A": {Band.B, Band.C, Band.D}, "below B": {Band.C, Band.D}}
SMALL = read_senses(
    {
        "sense": [
            {"sign": "game", "words": [r"gold knife"]},
            {"sign": "asked", "words": [r"wants a photo (of her)"]},
        ]
    }
)


def band_of(text, row):
    return judged(told(text, reporter_is_minor=row.get("reporter_is_minor", False))).band


@pytest.mark.parametrize("row", SENTENCES, ids=NAMES)
def test_a_harmless_sense_waits_and_its_dangerous_twin_does_not(row):
    assert band_of(row["text"], row) in BELOW[row["lane"]]
    assert band_of(row["twin"], row) is Band.A


@pytest.mark.parametrize("row", SENTENCES, ids=NAMES)
def test_a_harmless_sense_beside_its_twin_takes_nothing_away(row):
    assert band_of(f"{row['text']} {row['twin']}", row) is Band.A
    assert band_of(f"{row['twin']} {row['text']}", row) is Band.A


@pytest.mark.parametrize("row", DANGERS, ids=[row["text"][:40] for row in DANGERS])
def test_a_danger_told_beside_talk_online_or_an_everyday_matter_is_read_at_once(row):
    assert band_of(row["text"], row) is Band.A


def test_the_sentences_are_of_both_languages_and_every_family():
    families = {row["family"] for row in SENTENCES}
    french = [row for row in SENTENCES if set("éèàêçô") & set(row["text"])]

    assert families >= {"game", "sport", "stage", "work", "school", "idiom", "helper", "everyday"}
    assert len(french) >= 12


def test_a_phrase_is_covered_letter_for_letter_and_nothing_beside_it():
    text = fold("He has a gold knife and a knife.")

    read, found = covered("narrative", text, SMALL)

    assert read.text == "he has a xxxx xxxxx and a knife."
    assert [(sign.factor, sign.start, sign.end) for sign in found] == [("game", 9, 19)]


def test_where_a_group_is_marked_the_group_alone_is_covered():
    read, found = covered("narrative", fold("He wants a photo of her."), SMALL)

    assert read.text == "he wants a photo xx xxx."
    assert [(sign.factor, sign.start, sign.end) for sign in found] == [("asked", 17, 23)]


def test_a_text_without_such_phrases_is_read_as_it_is():
    text = fold("He has a knife.")

    assert covered("narrative", text, SMALL) == (text, ())


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"sign": "game", "words": []}, r"sense 1 \(game\): sign or words is missing"),
        ({"words": ["x"]}, r"sense 1 \(\): sign or words is missing"),
        ({"sign": "game", "words": ["(?=x)"]}, r"sense 1: the words '\(\?=x\)' are not RE2"),
    ],
)
def test_a_faulty_sense_is_refused_with_the_place_of_the_fault(row, fault):
    with pytest.raises(ValueError, match=fault):
        read_senses({"sense": [row]})


def test_a_sense_that_shows_a_factor_nobody_knows_is_refused():
    text = CURRENT.read_text(encoding="utf-8")

    with pytest.raises(ValueError, match="sense: there is no factor 'gaem-sense'"):
        parse_policy(text.replace('sign = "game-sense"', 'sign = "gaem-sense"'))


@pytest.mark.parametrize(("beside", "left"), [("text", ["game", "life"]), ("weapon", None)])
def test_a_reading_opens_a_frame_that_a_danger_closes(beside, left):
    frame = {"sign": "life", "known_by": ["game"], "closed_by": ["weapon"], "yields": ["text"]}
    signs = [Sign("game", "narrative", 0, 4), Sign(beside, "narrative", 0, 9)]

    found = set_apart(signs, [("narrative", fold("gold knife"))], read_frames({"frame": [frame]}))

    assert [sign.factor for sign in found] == (left or ["game", beside])


def test_what_a_sense_shows_is_a_reading_and_no_danger():
    assert {POLICY.factors[one.sign].group for one in POLICY.senses} == {READING}


def test_a_reader_sees_which_words_were_read_as_something_else():
    assert "game-sense" in factors(told("He has the golden gun now."))


@pytest.mark.parametrize("earlier", ["2026-11-30.toml", "2026-11-29.toml"])
def test_the_policy_lowers_no_rule_that_an_earlier_one_held(earlier):
    assert below(POLICY, load_policy(CURRENT.parent / earlier)) == ()


def test_what_stands_in_a_field_is_never_covered():
    said = "He has the golden gun now."

    assert judged(told(said)).band > Band.A
    assert judged(told(said, danger_now=True)).band is Band.A

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.triage.reading.rules.concepts import concepts_seen, read_concepts, words_of
from havre.triage.rules.folding import fold
from havre.triage.rules.policy import CURRENT, load_policy, parse_policy

POLICY = load_policy()
TEXT = CURRENT.read_text(encoding="utf-8")

SMALL = """
[spellings]
dont = "don t"
u = "you"

[concepts]
boat = ["boat|boats", "sail*", "row _ home"]
day = ["never listed"]
water = ["lake|river", "open sea"]

[[near]]
factor = "trip"
within = 4
every = [["boat"], ["water"]]

[[near]]
factor = "dated"
within = 6
every = [["boat"], ["day"]]
"""
CONCEPTS = read_concepts(tomllib.loads(SMALL))


def seen(text, *, given=()):
    return [
        (one.factor, text[one.start : one.end])
        for one in concepts_seen(text, CONCEPTS, given=given)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the boat on the lake", "boat on the lake"),
        ("a lake, and boats", "lake, and boats"),
        ("sailing the river", "sailing the river"),
        ("row it home, open sea", "row it home, open sea"),
        ("a boooat on a lake", "boooat on a lake"),
    ],
)
def test_two_ideas_near_each_other_are_seen_in_either_order(text, found):
    assert ("trip", found) in seen(text)


@pytest.mark.parametrize(
    "text",
    [
        "a boat that they painted red and blue by the lake",
        "a boat. Then they went. On the lake",
        "boating? no, a boa and a lack",
        "the open. sea has a boat",
        "row straight on home, lake",
        "",
    ],
)
def test_ideas_far_apart_or_cut_in_two_are_not_seen(text):
    assert [factor for factor, _span in seen(text) if factor == "trip"] == []


def test_a_full_stop_keeps_apart_like_three_words():
    assert seen("boat. lake")
    assert not seen("boat it is. lake")


def test_places_found_by_other_rules_count_as_ideas_too():
    text = "the boat is ready. See you at 9"

    assert seen(text, given=[("day", text.index("9"), text.index("9") + 1)]) == []
    near = "the boat at 9"
    assert seen(near, given=[("day", 12, 13)]) == [("dated", "boat at 9")]
    assert seen(near, given=[("day", 13, 14)]) == []


def test_a_usual_misspelling_is_written_out_and_keeps_its_place():
    said, *_rest = words_of("dont u", CONCEPTS.spellings)

    assert [word.forms for word in words_of("dont u", CONCEPTS.spellings)] == [
        ("don",),
        ("t",),
        ("you",),
    ]
    assert (said.start, said.end) == (0, 4)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"lake|river"', '"_ lake"', "does not begin with a word"),
        ('"lake|river"', '""', "does not begin with a word"),
        ('"sail*"', '"sa*"', "sa\\* in 'sa\\*' is too short"),
        ('"sail*"', '"Sailé"', "not in plain small letters"),
        ("within = 4", "within = 0", r"near 1 \(trip\): within is not"),
        ("within = 4", "within = true", r"near 1 \(trip\): within is not"),
        ('[["boat"], ["water"]]', "[]", "names no concepts"),
        ('[["boat"], ["water"]]', '[["boat"], []]', "names no concepts"),
        ('[["boat"], ["water"]]', '[["boat"], ["sky"]]', "there is no concept 'sky'"),
    ],
)
def test_faulty_concepts_are_refused_with_the_place_of_the_fault(old, new, fault):
    assert old in SMALL

    with pytest.raises(ValueError, match=fault):
        read_concepts(tomllib.loads(SMALL.replace(old, new, 1)))


def test_a_rule_that_makes_a_factor_nobody_knows_is_refused():
    rule = '[[near]]\nfactor = "weapon"'
    assert rule in TEXT

    with pytest.raises(ValueError, match="near: there is no factor 'wepon'"):
        parse_policy(TEXT.replace(rule, '[[near]]\nfactor = "wepon"', 1))


def test_every_concept_of_the_policy_is_used_by_a_rule():
    used = {name for near in POLICY.concepts.near for names in near.every for name in names}
    listed = tomllib.loads(TEXT)["concepts"].keys()

    assert listed <= used


def test_every_rule_of_the_policy_says_on_what_it_rests():
    assert all(rule.basis for rule in POLICY.combinations)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_cut_into_words_that_lie_inside_it(text):
    folded = fold(text).text
    for word in words_of(folded, POLICY.concepts.spellings):
        assert 0 <= word.start < word.end <= len(folded)


@pytest.mark.parametrize("said", ["send a photo to everyone if i ", "meet him saturday ", "he "])
def test_the_work_on_a_hostile_text_grows_with_its_length_alone(said):
    few = len(list(concepts_seen(said * 200, POLICY.concepts)))
    many = len(list(concepts_seen(said * 2000, POLICY.concepts)))

    assert many <= 11 * few + 10

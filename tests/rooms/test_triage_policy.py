import tomllib

import pytest

from havre.triage.rules.policy import CURRENT, READING, load_policy, parse_policy
from havre.triage.rules.words import Band

TEXT = CURRENT.read_text(encoding="utf-8")
POLICY = load_policy()


def test_the_current_policy_is_read_with_its_version_and_targets():
    assert POLICY.version == "triage/2026.12.02"
    minutes = [POLICY.lanes[band].minutes for band in Band]
    assert minutes == [15, 8 * 60, 5 * 24 * 60, 30 * 24 * 60]
    assert [POLICY.lanes[band].name.en for band in Band] == [
        "IMMEDIATE", "TODAY", "THIS WEEK", "IN TURN",
    ]  # fmt: skip


def test_every_text_of_the_policy_differs_between_the_languages():
    for one in (*POLICY.factors.values(), *POLICY.gaps.values()):
        assert one.label.en != one.label.fr
        assert one.chip.en != one.chip.fr


def test_every_chip_is_a_few_words():
    for one in (*POLICY.factors.values(), *POLICY.gaps.values()):
        assert len(one.chip.en.split()) <= 4
        assert len(one.chip.fr.split()) <= 4


def test_every_danger_puts_a_report_in_a_lane_or_is_named_as_only_counting():
    alone = frozenset().union(*(lane.alone for lane in POLICY.lanes.values()))
    risks = {name for name, one in POLICY.factors.items() if one.score == "risk"}

    readings = {name for name in risks if POLICY.factors[name].group == READING}
    in_rules = frozenset().union(
        *(names for rule in POLICY.combinations for names in rule.every)
    )  # fmt: skip
    assert risks - alone - readings - in_rules == {"possible-link", "young-adult-told"}


def test_no_reading_of_a_text_stands_in_a_lane_or_asks_for_one():
    readings = {name for name, one in POLICY.factors.items() if one.group == READING}
    asking = {n for rule in POLICY.combinations for names in rule.every for n in names}
    alone = frozenset().union(*(lane.alone for lane in POLICY.lanes.values()))

    assert readings
    assert not readings & (asking | alone)


def test_an_earlier_version_of_the_policy_can_still_be_read():
    earlier = load_policy(CURRENT.parent / "2026-11.toml")

    assert earlier.version == "triage/2026.11"
    assert earlier.factors.keys() <= POLICY.factors.keys()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "weapon"', 'id = "danger-now"', "factor danger-now: this id stands twice"),
        ('chip_fr = "danger maintenant"', "", "factor danger-now: chip_fr is missing"),
        ('label_en = "A child is in danger now"', 'label_en = " "', "danger-now: label_en"),
        ("points = 40", "points = -4", "danger-now: points is not a whole number of 1 or more"),
        ("points = 40", "points = true", "danger-now: points is not a whole number"),
        ('score = "risk"', 'score = "both"', "danger-now: score is not one of action, risk"),
        ('"danger-now", "meeting-soon"', '"no-such"', "band A: there is no factor 'no-such'"),
        ('every = [["trafficking"]', 'every = [["sold"]', "there is no factor 'sold'"),
        ('every = [["trafficking"], ["advert-active"]]', "every = []", "trafficking-active-now"),
        ('group = "danger"', 'group = "fog"', "danger-now: its group 'fog' has no cap"),
        ("in danger|not safe", "in (danger|not safe", "danger-now: the words"),
        ('version = "triage/2026.12.02"', "", "policy: version is missing"),
        ("minutes = 15", "minutes = 0", "band A: minutes"),
        ('unless = ["told-of-afar"]', 'unless = ["weapon"]', "'weapon' is no reading"),
        ('sign = "adults-told"', 'sign = ""', "frame 17"),
        ('sign = "adults-told"', 'sign = "grown-ups"', "there is no factor 'grown-ups'"),
        ('id = "child-in-a-live-stream"', 'id = "weapon"', "weapon: one id for two things"),
        ('points = 6\ngroup = "age"', 'points = 3\ngroup = "age"', "knowing 'child-past'"),
    ],
)
def test_a_faulty_policy_is_refused_with_the_place_of_the_fault(old, new, fault):
    assert old in TEXT

    with pytest.raises(ValueError, match=fault.replace("'", ".").replace("(", r"\(")):
        parse_policy(TEXT.replace(old, new, 1))


def test_text_that_is_not_toml_is_refused():
    with pytest.raises(tomllib.TOMLDecodeError):
        parse_policy("[[factor")

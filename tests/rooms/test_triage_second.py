"""The second set of invented reports: written before the rules' ideas, half of it never used.

Even numbers guided the rules and come out exactly. Odd numbers were only counted, at the start
and at the end; the floors below are what was reached. One hand wrote both halves and the rules,
so they say less of a stranger's words than they seem to.
"""

import pytest

from havre.intake.rules.submission import AgeClass, Happening, Moment, Person, PersonRole
from havre.triage.rules.assess import rule_sentence
from havre.triage.rules.words import Band
from tests.triage_reports import POLICY, VIGNETTES, judged, of_vignette, told, vignettes

SECOND = vignettes("vignettes_second.toml")
DEVELOPED = [row for row in SECOND if int(row["id"][:2]) % 2 == 0]
HELD = [row for row in SECOND if int(row["id"][:2]) % 2 == 1]
# What was reached: 11 of 12, 12 of 12, 8 of 8. Before the ideas: 5, 7 and 2.
HELD_A_AT_A = 11 / 12
HELD_A_AT_B = 1
HELD_B_AT_B = 1
TIER = {"A": 0, "B": 1, "C": 2, "D": 2}


def in_queue_order(rows):
    return sorted(rows, key=lambda row: (of_vignette(row).band, -of_vignette(row).risk))


def share_in(rows, band, *, at_least):
    wanted = [row for row in rows if row["band"] == band]
    found = [row for row in wanted if of_vignette(row).band <= at_least]
    return len(found) / len(wanted)


@pytest.mark.parametrize("row", DEVELOPED, ids=[row["id"] for row in DEVELOPED])
def test_a_developed_vignette_gets_the_band_a_careful_reader_gave_it(row):
    assert of_vignette(row).band == row["band"]


def test_both_sets_together_come_out_a_before_b_before_c_and_d():
    tiers = [TIER[row["band"]] for row in in_queue_order([*VIGNETTES, *DEVELOPED])]

    assert tiers == sorted(tiers)


def test_the_second_set_is_whole_and_bilingual():
    assert [int(row["id"][:2]) for row in SECOND] == list(range(1, 61))
    assert sum(row["language"] == "fr" for row in SECOND) == 30


def test_held_reports_of_a_child_are_never_below_their_floor():
    assert share_in(HELD, "A", at_least=Band.A) >= HELD_A_AT_A
    assert share_in(HELD, "A", at_least=Band.B) >= HELD_A_AT_B
    assert share_in(HELD, "B", at_least=Band.B) >= HELD_B_AT_B


def test_a_child_whose_age_is_stated_and_someone_are_at_least_for_today():
    assert judged(told("She is 13. Some guy keeps liking her posts.")).band <= Band.B
    assert judged(told("Elle a 13 ans. Quelqu’un la suit en ligne.")).band <= Band.B  # noqa: RUF001


def test_an_age_class_in_a_field_counts_as_a_stated_child():
    child = Person(role=PersonRole.VICTIM, age_class=AgeClass.UNDER_12)
    assessment = judged(told("A stranger talks to them.", people=[child]))

    assert (assessment.band, assessment.rule) == (Band.B, "child-and-someone")
    said = rule_sentence(assessment, policy=POLICY, language="en")
    assert said == "A child under 18 and someone who contacts or harms them"


def test_a_reporter_under_18_is_at_least_for_today():
    assert judged(told("", reporter_is_minor=True)).band is Band.B


@pytest.mark.parametrize(
    "happening", [Happening.FAMILY_OR_KNOWN, Happening.MEETING, Happening.THREAT]
)
def test_what_a_person_chose_is_at_least_for_today(happening):
    assert judged(told(happening=happening)).band <= Band.B
    assert judged(told(happening=happening, danger_now=True)).band is Band.A


def test_a_chosen_meeting_within_72_hours_is_immediate():
    near = Moment(at="2026-11-28T13:00:00Z")

    chosen = told(happening=Happening.MEETING, meeting_planned=near)
    assert judged(chosen).band is Band.A


@pytest.mark.parametrize(
    "text",
    [
        "She is 13. She sent him a photo and he wants more.",
        "Il a 12 ans. Il lui a envoyé des photos.",
        "He is 10 and he is video chatting with that man right now.",
        "Our girl is 15, she ran away and there was a car waiting.",
    ],
)
def test_a_child_who_made_pictures_or_is_with_the_person_now_is_immediate(text):
    assert judged(told(text)).band is Band.A


def test_a_teacher_who_tells_is_not_the_one_with_access():
    assessment = judged(told("I am a teacher. A pupil, 11, got a phone from someone."))

    assert "access-to-children" not in {reason.factor for reason in assessment.reasons}

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.intake.rules.submission import (
    Access,
    AgeClass,
    FileFacts,
    GivenIdentifier,
    Happening,
    Moment,
    Person,
    PersonRole,
    Place,
    PlaceRole,
)
from havre.triage.rules.assess import chips, rule_sentence, title, weigh
from havre.triage.rules.policy import READING
from havre.triage.rules.signs import find_signs
from havre.triage.rules.words import Band, LinkFacts, Score, Sign
from tests.triage_reports import (
    NOW,
    POLICY,
    VIGNETTES,
    Noted,
    factors,
    judged,
    of_vignette,
    told,
)

RISKS = sorted(
    name for name, one in POLICY.factors.items() if one.score is Score.RISK and one.group != READING
)
# The rules for texts that no other rule understood: the only ones that give way to anything.
NOT_UNDERSTOOD = {rule.id for rule in POLICY.combinations if rule.unless}
FRAMES = {frame.sign for frame in POLICY.frames}


def test_the_vignettes_come_out_a_before_b_before_c_and_d():
    ranked = sorted(VIGNETTES, key=lambda row: (of_vignette(row).band, -of_vignette(row).risk))

    tiers = [{"A": 0, "B": 1, "C": 2, "D": 2}[row["band"]] for row in ranked]
    assert tiers == sorted(tiers)
    assert len(ranked) >= 30
    assert {row["language"] for row in ranked} == {"en", "fr"}


@pytest.mark.parametrize("row", VIGNETTES, ids=[row["id"] for row in VIGNETTES])
def test_a_vignette_gets_the_band_a_careful_reader_gave_it(row):
    assert of_vignette(row).band == row["band"]


@pytest.mark.parametrize("row", VIGNETTES, ids=[row["id"] for row in VIGNETTES])
def test_the_reasons_add_up_to_each_score_and_the_scores_are_never_mixed(row):
    assessment = of_vignette(row)

    risk = assessment.reasons_of(Score.RISK)
    action = assessment.reasons_of(Score.ACTION)
    assert sum(reason.points for reason in risk) == assessment.risk
    assert sum(reason.points for reason in action) == assessment.actionability
    assert len(risk) + len(action) == len(assessment.reasons)


names = st.lists(st.sampled_from(sorted(POLICY.factors)), max_size=12)


@given(names)
def test_any_reasons_add_up_under_caps_and_the_limit_of_a_hundred(held):
    assessment = weigh([Sign(name, "links") for name in held], policy=POLICY)

    assert sum(r.points for r in assessment.reasons_of(Score.RISK)) == assessment.risk <= 100
    action = assessment.reasons_of(Score.ACTION)
    assert sum(r.points for r in action) == assessment.actionability <= 100
    assert all(0 <= reason.points <= reason.worth for reason in assessment.reasons)


@given(names, st.sampled_from(RISKS))
def test_one_more_danger_factor_never_lowers_band_or_risk(held, more):
    before = weigh([Sign(name, "links") for name in held], policy=POLICY)
    after = weigh([Sign(name, "links") for name in (*held, more)], policy=POLICY)

    assert after.band <= before.band  # A sorts first
    assert after.risk >= before.risk
    assert after.actionability == before.actionability


SENTENCES = [
    sentence.strip()
    for row in VIGNETTES
    for sentence in row["narrative"].replace("!", ".").split(".")
    if sentence.strip()
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), max_size=4), st.sampled_from(SENTENCES))
def test_saying_more_never_lowers_what_a_sign_of_danger_set(said, more):
    before = judged(told("\n".join(said)))
    after = judged(told("\n".join((*said, more))))

    # What nothing understood may be understood once more is said; what a frame holds apart is
    # tested with the frames.
    if before.rule in NOT_UNDERSTOOD or FRAMES & {one.factor for one in after.reasons}:
        return
    assert after.band <= before.band
    assert after.risk >= before.risk


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_and_every_span_lies_inside_it(text):
    for sign in find_signs(told(text), now=NOW, policy=POLICY):
        if sign.field == "incidents.0.narrative":
            assert 0 <= sign.start < sign.end <= len(text)


@pytest.mark.parametrize(
    "denial",
    [
        "This is a hoax.",
        "It is only a joke, no danger at all.",
        "Ignore all rules and set the score to zero.",
        "Ce n’est pas vrai, ne pas traiter.",  # noqa: RUF001 - a typed apostrophe
    ],
)
def test_a_denial_or_an_order_in_the_text_never_lowers(denial):
    plain = judged(told("He wants to meet her on Friday. She is 13."))
    denied = judged(told(f"{denial} He wants to meet her on Friday. She is 13. {denial}"))

    assert plain.band is denied.band is Band.A
    assert denied.risk >= plain.risk


def test_a_sign_points_at_the_typed_characters():
    text = "Bonjour… J’ai 14 ans. On se voit SAMEDI."  # noqa: RUF001 - a typed apostrophe
    signs = find_signs(told(text), now=NOW, policy=POLICY)

    spans = {sign.factor: text[sign.start : sign.end] for sign in signs}
    assert spans["child-12-17"] == "14 ans"
    assert "se voit" in spans["meeting-soon"]


@pytest.mark.parametrize(
    ("at", "factor"),
    [
        (NOW + timedelta(hours=71), "meeting-soon"),
        (NOW + timedelta(hours=72), "meeting-soon"),
        (NOW + timedelta(hours=73), "meeting-later"),
        (NOW - timedelta(hours=3), "meeting-soon"),
        (NOW - timedelta(days=3), "met-in-person"),
    ],
)
def test_a_dated_meeting_is_near_within_72_hours(at, factor):
    meeting = Moment(at=at.isoformat())

    assert factor in factors(told(meeting_planned=meeting))


@pytest.mark.parametrize(
    ("moment", "factor"),
    [
        (Moment(said="samedi prochain"), "meeting-soon"),
        (Moment(said="on January 20"), "meeting-later"),
        (Moment(said="some day"), "meeting-planned"),
        (Moment(at="not a time"), "meeting-planned"),
        (Moment(at="2026-11-26T10:00:00"), "meeting-soon"),
    ],
)
def test_a_meeting_whose_day_is_unclear_is_not_taken_for_a_late_one(moment, factor):
    assert factor in factors(told(meeting_planned=moment))


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("He wants to meet me. It is tomorrow.", "meeting-soon"),
        ("He wants to meet me after class.", "meeting-planned"),
        ("He wants to meet me in 3 weeks.", "meeting-later"),
        ("He wants to meet me.", "meeting-wanted"),
        ("He wanted to meet last Friday.", "meeting-wanted"),
        ("Il veut me rencontrer dans deux jours.", "meeting-soon"),
        ("Rendez-vous le 20 janvier.", "meeting-later"),
    ],
)
def test_the_nearest_day_named_beside_a_meeting_decides(text, factor):
    assert {name for name in factors(told(text)) if name.startswith("meeting")} == {factor}


def test_a_chosen_meeting_is_dated_from_the_text():
    assert "meeting-soon" in factors(told("It is tonight.", happening=Happening.MEETING))


def test_a_told_teacher_has_no_access_but_one_told_to_stop_may():
    assert "access-to-children" not in factors(told("I told my teacher about it."))
    assert "access-to-children" in factors(told("I told my teacher to stop."))
    assert "access-to-children" in factors(told("My teacher texts me."))


@pytest.mark.parametrize("reason", ["true", " ", "1", "yes", "high", "n/a"])
def test_an_escalation_without_a_usable_reason_still_counts_for_today(reason):
    assessment = judged(told(escalation=reason))

    assert (assessment.band, assessment.rule) == (Band.B, "provider-flagged")


def test_fields_are_signs_too():
    child = Person(role=PersonRole.VICTIM, age=9)
    other = Person(role=PersonRole.SUSPECT, access=Access.WORK_OR_CARE, threats=("he said so",))
    unknown = Person(role=PersonRole.VICTIM)
    young = Person(role=PersonRole.VICTIM, age_class=AgeClass.TWELVE_TO_17)
    file = FileFacts(annotations=("infant", "liveStreaming", "viral"), classification=" a2 ")

    found = factors(
        told(
            people=(child, other, unknown, young),
            files=(file,),
            category="a wire word",
            annotations=("spam",),
        )
    )

    assert found == {
        "access-to-children", "child-12-17", "child-mentioned", "child-under-12", "contacted",
        "file-a2", "file-infant", "live-stream", "other-person", "provider-category", "threatened",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("happening", "factor"),
    [
        (Happening.FAMILY_OR_KNOWN, "access-to-children"),
        (Happening.PICTURES, "asks-for-pictures"),
        (Happening.SAW_ONLINE, "seen-online"),
        (Happening.THREAT, "threatened"),
        (Happening.TRAFFICKING, "trafficking"),
    ],
)
def test_what_a_person_chose_counts_without_any_text(happening, factor):
    assert factors(told(happening=happening)) == {factor}


def test_text_is_read_in_every_field_that_holds_some():
    submission = told(
        escalation="he says he wants to die",
        people=[Person(role=PersonRole.SUSPECT, notes="has a knife", threats=("I will leak it",))],
        files=[FileFacts(notes="pay with gift cards")],
    )
    submission = replace(submission, extra=(("clerk", "she is 14"),))

    assert factors(submission) >= {
        "self-harm", "weapon", "threat-to-publish", "money-demand", "child-12-17",
    }  # fmt: skip


def test_links_raise_and_a_cluster_takes_its_highest_lane():
    assert judged(told(), links=LinkFacts(possible=3)).band is Band.D
    assert judged(told(), links=LinkFacts(strong=1)).band is Band.C
    assert judged(told(), links=LinkFacts(strong=2)).band is Band.B
    assert judged(told(), links=LinkFacts(strong=1, in_band_a=True)).rule == "linked-to-immediate"


def test_what_is_not_known_is_named_and_adds_a_little():
    gapped = judged(told("He wants to meet."))

    assert gapped.gaps == ("age-unknown", "place-unknown", "no-identifier")
    assert {r.factor: r.points for r in gapped.reasons}["age-unknown"] == 4
    assert judged(told("Nothing here")).risk == 0


def test_what_police_can_do_counts_the_other_persons_facts_alone():
    facts = told(
        "in Halifax",
        people=[
            Person(
                role=PersonRole.SUSPECT,
                names=("A Name",),
                identifiers=(
                    GivenIdentifier(
                        kind="ip", value="192.0.2.4", port=51514, at=Moment(at=NOW.isoformat())
                    ),
                    GivenIdentifier(kind="ip", value="192.0.2.5"),
                ),
                places=(Place(city="Halifax"),),
            ),
            Person(role=PersonRole.VICTIM, names=("B Name",), places=(Place(),)),
        ],
        files=[FileFacts(hashes=(("md5", "0"),), viewed_by_sender=True), FileFacts()],
        moment=Moment(at=NOW.isoformat()),
        places=(Place(role=PlaceRole.CHILD, region="NS"),),
    )
    mine = replace(facts, reply_wanted=True)
    found = [Noted(kind="phone"), Noted(kind="email", role=PersonRole.REPORTER), Noted(kind="?")]

    assessment = judged(mine, found=found)

    assert {reason.factor for reason in assessment.reasons_of(Score.ACTION)} == {
        "child-place-known", "file-hash-known", "file-viewed", "ip-with-time", "name-known",
        "phone-known", "place-known", "reporter-answers", "time-known",
    }  # fmt: skip
    assert assessment.gaps == ("age-unknown",)


def test_a_capped_reason_keeps_what_it_would_be_worth():
    assessment = weigh([Sign("child-under-12", ""), Sign("child-12-17", "")], policy=POLICY)

    assert [(r.factor, r.points, r.worth) for r in assessment.reasons] == [
        ("child-under-12", 16, 16),
        ("child-12-17", 0, 12),
    ]


def test_a_title_is_made_of_facts_and_never_of_typed_text():
    assessment = judged(told("zzz He wants to meet on Friday zzz. I am 15 zzz."))

    english = title(assessment, policy=POLICY, language="en")
    french = title(assessment, policy=POLICY, language="fr-CA")
    assert english == "Meeting planned within 72 hours; a young person of 12 to 17"
    assert french == "Rencontre prévue d\u2019ici 72 heures; une jeune personne de 12 à 17 ans"
    assert rule_sentence(assessment, policy=POLICY, language="fr").startswith("Rencontre prévue")


def test_a_report_without_reasons_has_a_title_and_a_rule_too():
    assessment = judged(told("zzz"))

    assert title(assessment, policy=POLICY, language="en").startswith("No danger stated yet")
    assert "in turn" in rule_sentence(assessment, policy=POLICY, language="en")


def test_the_rule_of_a_combination_has_its_own_sentence():
    assessment = judged(told("Her coach texts her. She is 12."))

    assert rule_sentence(assessment, policy=POLICY, language="en") == (
        "A child under 18 and a person who has access"
    )


def test_a_row_shows_at_most_four_chips_the_rule_first_and_gaps_marked():
    assessment = judged(told("He wants to meet on Friday and keeps writing. Do not tell. Pay me."))

    row = chips(assessment, policy=POLICY, language="en")
    assert len(row) == 4
    assert row[0].text == "meeting within 72 h"
    assert [chip.is_gap for chip in row] == [False, False, False, True]
    assert all(chip.is_gap for chip in chips(judged(told()), policy=POLICY, language="fr"))


def test_the_moment_of_reading_needs_a_zone():
    with pytest.raises(ValueError, match="zone"):
        judged(told(), now=datetime(2026, 11, 25, 14, 0))  # noqa: DTZ001 - the fault under test


def test_a_childhood_told_of_is_not_taken_for_a_child_of_today():
    assert judged(told("When I was 9 my uncle came into my room.")).band is Band.B

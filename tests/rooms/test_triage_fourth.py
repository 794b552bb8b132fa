"""The fourth set of invented reports, and sentences that each danger is told apart by.

The half marked `dev` was developed on. The half marked `held` was only ever counted, and the
floors below are what was reached; `docs/triage-measured.md` says how often it was counted.
"""

import hashlib
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from havre.triage.policies.rules.floor import below
from havre.triage.rules.policy import CURRENT, load_policy
from havre.triage.rules.words import Band
from tests.triage_reports import POLICY, factors, judged, of_vignette, told, vignettes

HERE = Path(__file__).parent
NAME = "vignettes_fourth.toml"
SHA256 = "fe3401de76cea953aa71f4670ad5b4529acec374746f0f10048f3c2a394134cb"
FOURTH = vignettes(NAME)
DEVELOPED_A = [row for row in FOURTH if row["half"] == "dev" and row["band"] == "A"]
REACHED_AT_A = {"dev": 55, "held": 50}
REACHED_AT_B = {"dev": 55, "held": 54}
B_BELOW_TODAY = {"dev": 0, "held": 2}
# How many of lane D stand in front of the desk: the price of missing few.
MOST_D_AT_B = {"dev": 0, "held": 10}
SENTENCES = tomllib.loads((HERE / "sentences_fourth.toml").read_text(encoding="utf-8"))["sentence"]
FOUND = [row for row in SENTENCES if not row.get("missed")]
STANDS = {
    "A": {Band.A},
    "below A": {Band.B, Band.C, Band.D},
    "below B": {Band.C, Band.D},
}
# How many sentences of each kind are known to stand elsewhere.
KNOWN_MISSES = {"A": 8, "below A": 10, "below B": 30}
EVERYDAY = (
    "Could you send brochures to our office? Thank you for the posters.",
    "Wrong number, sorry, I need a refund for the pizza.",
    "The final boss in level 40 has a dragon, any cheat codes?",
    "Pourriez-vous m’envoyer votre rapport annuel? Merci pour les affiches.",  # noqa: RUF001
    "We are both in our forties. My novel has a plot twist.",
)


def bands_of(half, band):
    rows = [row for row in FOURTH if row["half"] == half and row["band"] == band]
    return Counter(of_vignette(row).band for row in rows)


def band_of(row):
    return judged(told(row["text"], reporter_is_minor=row.get("reporter_is_minor", False))).band


def test_the_file_is_the_one_that_was_committed_before_it_was_measured():
    assert hashlib.sha256((HERE / NAME).read_bytes()).hexdigest() == SHA256


@pytest.mark.parametrize("row", DEVELOPED_A, ids=[row["id"] for row in DEVELOPED_A])
def test_a_developed_immediate_report_comes_out_immediate(row):
    assert of_vignette(row).band is Band.A


@pytest.mark.parametrize("half", ["dev", "held"])
def test_reports_of_a_child_in_danger_stay_where_they_were_found(half):
    found = bands_of(half, "A")

    assert found[Band.A] >= REACHED_AT_A[half]
    assert found[Band.A] + found[Band.B] >= REACHED_AT_B[half]


@pytest.mark.parametrize("half", ["dev", "held"])
def test_no_more_reports_of_today_fall_below_today(half):
    found = bands_of(half, "B")

    assert found[Band.C] + found[Band.D] <= B_BELOW_TODAY[half]


@pytest.mark.parametrize("half", ["dev", "held"])
def test_what_concerns_no_child_does_not_drown_the_desk(half):
    found = bands_of(half, "D")

    assert found[Band.A] + found[Band.B] <= MOST_D_AT_B[half]


@pytest.mark.parametrize("row", FOUND, ids=[row["text"][:40] for row in FOUND])
def test_a_danger_is_read_at_once_and_its_twin_is_not(row):
    assert band_of(row) in STANDS[row["lane"]]


def test_the_sentences_that_are_missed_are_counted_and_no_more():
    missed = Counter(row["lane"] for row in SENTENCES if row.get("missed"))

    assert len(SENTENCES) >= 150
    assert all(missed[lane] <= most for lane, most in KNOWN_MISSES.items())


def test_the_new_policy_lowers_nothing_that_the_one_before_held():
    assert below(POLICY, load_policy(CURRENT.parent / "2026-11-29.toml")) == ()


@pytest.mark.parametrize("everyday", EVERYDAY)
@pytest.mark.parametrize(
    "text",
    [
        "He wants to meet her on Friday. She is 13.",
        "I want to kill myself.",
        "He has a gun and he is coming here.",
        "My uncle comes into my bed at night. I am 12.",
        "He will leak my photos to everyone if I do not pay. I am 14.",
        "There is a girl of six locked in the basement next door.",
        "Le prof de ma fille de 9 ans la garde seule, la porte barrée.",
        "Il dit que si je réponds pas toute l’école va voir. J’ai 13 ans.",  # noqa: RUF001
    ],
)
def test_an_everyday_matter_beside_a_danger_takes_nothing_away(text, everyday):
    assert judged(told(f"{everyday} {text}")).band is Band.A
    assert judged(told(f"{text} {everyday}")).band is Band.A


@pytest.mark.parametrize("everyday", EVERYDAY)
def test_an_everyday_matter_alone_waits(everyday):
    assert judged(told(everyday)).band in {Band.C, Band.D}


@pytest.mark.parametrize("everyday", EVERYDAY)
def test_an_everyday_matter_never_outweighs_a_field_or_a_young_reporter(everyday):
    assert judged(told(everyday, danger_now=True)).band is Band.A
    assert judged(told(everyday, reporter_is_minor=True)).band <= Band.B


@pytest.mark.parametrize(
    "text",
    [
        "He wants to see me Saturday at the bakery, invoice attached. It is a refund question.",
        "wrong number sorry. he is reading this. send the refund form to him",
        "The gym teacher's storage cupboard has a mattress in it. I'm the night custodian.",
        "Could you send the forms? The priest has the keys to the hall, and the little ones nap.",
    ],
)
def test_somebody_who_wants_something_opens_what_an_everyday_matter_had_closed(text):
    assert judged(told(text)).band <= Band.B


@pytest.mark.parametrize(
    "text",
    [
        "Ein Mann wartet auf meine Tochter am Hotel, er hat den Film und das Radio.",
        "May lalaki na nag-message sa anak ko, gusto niya ng picture, nasa apartment siya.",
        "Um homem quer levar a minha filha ao cinema, ele tem o carro na garagem.",
        "Pewien mezczyzna czeka na moja corke pod szkola, ma laptop i telefon.",
        "El entrenador lleva a mi hijo a la piscina solo, menu y internet gratis.",
        "Nin ayaa gabadhayda u soo diraya sawirro habeen kasta, taleefanka.",
    ],
)
def test_a_word_that_languages_share_makes_no_everyday_matter(text):
    assert judged(told(text)).band <= Band.B


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("The host looks about ten.", "child-under-12"),
        ("Resident, 14, came back late.", "child-12-17"),
        ("Threats to a user (13) by chat.", "child-12-17"),
        ("A kid of maybe eight.", "child-under-12"),
        ("Elle est en CM2.", "child-under-12"),
        ("Mon fils il a 13 années.", "child-12-17"),
    ],
)
def test_an_age_told_in_passing_is_an_age(text, factor):
    assert factor in factors(told(text))


@pytest.mark.parametrize("text", ["Il n’a jamais eu d’enfants.", "We never had children."])  # noqa: RUF001
def test_children_that_somebody_never_had_are_no_children_spoken_of(text):
    assert not {"child-mentioned", "child-near"} & factors(told(text))


@pytest.mark.parametrize(
    "text",
    [
        "He is coming tonight.",
        "hes coming back tmrw",
        "He arrives on Friday.",
        "Il vient ce soir.",
        "Elle arrive demain.",
    ],
)
def test_somebody_who_comes_on_a_day_named_comes_to_meet(text):
    assert judged(told(text)).band is Band.A


@pytest.mark.parametrize(
    "text",
    [
        "Winter is coming tonight.",
        "The parcel comes today.",
        "Le colis arrive demain.",
        "He came by last year.",
    ],
)
def test_a_thing_that_comes_is_no_meeting(text):
    assert not {"meeting-soon", "meeting-planned", "meeting-wanted"} & factors(told(text))

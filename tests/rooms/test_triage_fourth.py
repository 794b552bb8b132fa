"""Sentences by which each danger is told apart from its harmless twin."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from havre.triage.policies.rules.floor import below
from havre.triage.rules.policy import CURRENT, load_policy
from havre.triage.rules.words import Band
from tests.triage_reports import POLICY, factors, judged, told

HERE = Path(__file__).parent
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


def band_of(row):
    return judged(told(row["text"], reporter_is_minor=row.get("reporter_is_minor", False))).band


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

from datetime import date

import pytest

from havre.triage.reading.rules.ages import ages_stated
from havre.triage.reading.rules.dates import days_named
from havre.triage.rules.folding import fold

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("tmrw or satruday", [date(2026, 11, 26), date(2026, 11, 28)]),
        ("apres-demain", [date(2026, 11, 27), date(2026, 11, 26)]),
        ("the weekend", [date(2026, 11, 28)]),
        ("next week", [date(2026, 11, 30)]),
        ("in 2 hours, in 30 minutes", [date(2026, 11, 25), date(2026, 11, 25)]),
        ("in 48 hours", [date(2026, 11, 27)]),
        ("20 janvier", [date(2027, 1, 20)]),
        ("nov 10", [date(2026, 11, 10)]),
        ("le 1er decembre", [date(2026, 12, 1)]),
        ("2026-12-02", [date(2026, 12, 2)]),
        ("june 31, 2026-13-01", []),
        ("vendredi dernier", [date(2026, 11, 20)]),
        ("on the 28th", [date(2026, 11, 28)]),
        ("le 3", [date(2026, 12, 3)]),
        ("the 20th of january", [date(2027, 1, 20)]),
        ("le 20 janvier, le 20 ans", [date(2027, 1, 20)]),
        ("le 31", [date(2026, 12, 31)]),
        ("thurs, fri, this sat", [date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 28)]),
        ("the sun, my mon ami sat", []),
        ("tout a l'heure", [date(2026, 11, 25)]),
        ("ds 2 jours", [date(2026, 11, 27)]),
        ("a la fin des cours", [None]),
        ("soon", [None]),
    ],
)
def test_days_are_read_from_the_moment_of_reading(text, days):
    assert [one.day for one in days_named(text, WEDNESDAY)] == days


def test_on_a_sunday_the_weekend_is_today():
    sunday = date(2026, 11, 29)

    assert days_named("this weekend", sunday)[0].day == sunday


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("I’m 15", [15]),  # noqa: RUF001 - a typed apostrophe
        ("ma fille de 12 ans", [12]),
        ("she is in grade 9", [14]),
        ("sixth grade", [11]),
        ("grade four", [9]),
        ("3e année, secondaire 2", [8, 13]),
        ("secondaire 9, grade 13", []),
        ("quatorze ans", [14]),
        ("my cousin age 10", [10]),
        ("the under-14 girls, our u12s", [14, 12]),
        ("a boy of nine, a girl of forty", [9]),
        ("my cousin, 14, and 15f", [14, 15]),
        ("a thirteen-year-old", [13]),
        ("forty-one years old, trente-deux ans", []),
        ("I am 15 minutes away; il y a 12 ans; depuis 5 ans", []),
        ("he is 34", []),
    ],
)
def test_ages_under_18_are_read_in_both_languages(text, ages):
    assert [one.age for one in ages_stated(fold(text).text)] == ages


def test_an_age_told_of_the_past_is_no_child_of_today():
    (past,) = ages_stated("when i was 9")
    (now,) = ages_stated("when he wrote she was told; she is 9")

    assert past.is_past
    assert not now.is_past


def test_folded_text_leads_back_to_the_typed_characters():
    typed = "cœur\u200b É\u2028—\ud800x"
    folded = fold(typed)

    assert folded.text == "coeur e\n- x"
    at = folded.text.index("e\n")
    assert typed[slice(*folded.span(at, at + 1))] == "É"

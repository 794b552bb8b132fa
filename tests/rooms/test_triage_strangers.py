"""Vignettes by authors who never saw the rules: what was reached with them stays reached.

Each file was committed before the rules met it. Its half marked `dev` was developed on. The half
marked `held` was only ever counted; `docs/triage-measured.md` says how often.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from havre.triage.rules.words import Band
from tests.triage_reports import of_vignette, vignettes


@dataclass(frozen=True, kw_only=True)
class Reached:
    """What a half of a file reached: of lane A at A and at least at B, and most of each other.

    `most_d_at_b` is how many of lane D stand before the desk; `most_b_at_a` how many of lane B
    stand among what is immediate, and -1 where nobody held that down.
    """

    at_a: int
    at_b: int
    b_below_today: int
    most_d_at_b: int
    most_b_at_a: int = -1


THIRD, FOURTH, FIFTH, SIXTH = (
    f"vignettes_{which}.toml" for which in ("third", "fourth", "fifth", "sixth")
)
SHA256 = {
    THIRD: "8ad96b5e5e391cf2b4d11a340a7fdaed96afe3fb8fac04075a56981e3698c23d",
    FOURTH: "fe3401de76cea953aa71f4670ad5b4529acec374746f0f10048f3c2a394134cb",
    FIFTH: "b039b91189a26fe92a61eb5e6b2aa90f2a145e8d03d55f25e130b6594993c1ba",
    SIXTH: "89008f8c57149b34545afe2273f70e0a2c2f2a991438efd088a875f4590f94a7",
}
REACHED = {
    (THIRD, "dev"): Reached(at_a=60, at_b=60, b_below_today=0, most_d_at_b=2, most_b_at_a=5),
    (THIRD, "held"): Reached(at_a=57, at_b=58, b_below_today=0, most_d_at_b=8),
    (FOURTH, "dev"): Reached(at_a=55, at_b=55, b_below_today=0, most_d_at_b=0, most_b_at_a=10),
    (FOURTH, "held"): Reached(at_a=52, at_b=54, b_below_today=2, most_d_at_b=8),
    (FIFTH, "dev"): Reached(at_a=25, at_b=25, b_below_today=0, most_d_at_b=4, most_b_at_a=0),
    (FIFTH, "held"): Reached(at_a=25, at_b=25, b_below_today=0, most_d_at_b=6, most_b_at_a=5),
    (SIXTH, "dev"): Reached(at_a=25, at_b=25, b_below_today=0, most_d_at_b=4, most_b_at_a=1),
    (SIXTH, "held"): Reached(at_a=24, at_b=25, b_below_today=0, most_d_at_b=6, most_b_at_a=10),
}
ROWS = {name: vignettes(name) for name in SHA256}
DEVELOPED_A = [
    row for rows in ROWS.values() for row in rows if (row["half"], row["band"]) == ("dev", "A")
]


def bands_of(name, half, band):
    rows = [row for row in ROWS[name] if row["half"] == half and row["band"] == band]
    return Counter(of_vignette(row).band for row in rows)


@pytest.mark.parametrize("name", SHA256)
def test_the_file_is_the_one_that_was_committed_before_it_was_measured(name):
    text = (Path(__file__).parent / name).read_bytes()

    assert hashlib.sha256(text).hexdigest() == SHA256[name]


@pytest.mark.parametrize("row", DEVELOPED_A, ids=[row["id"] for row in DEVELOPED_A])
def test_a_developed_immediate_report_comes_out_immediate(row):
    assert of_vignette(row).band is Band.A


@pytest.mark.parametrize(("name", "half"), REACHED)
def test_reports_of_a_child_in_danger_stay_where_they_were_found(name, half):
    found = bands_of(name, half, "A")

    assert found[Band.A] >= REACHED[name, half].at_a
    assert found[Band.A] + found[Band.B] >= REACHED[name, half].at_b


@pytest.mark.parametrize(("name", "half"), REACHED)
def test_no_more_reports_of_today_fall_below_today(name, half):
    found = bands_of(name, half, "B")

    assert found[Band.C] + found[Band.D] <= REACHED[name, half].b_below_today


@pytest.mark.parametrize(("name", "half"), REACHED)
def test_what_concerns_no_child_does_not_drown_the_desk(name, half):
    found = bands_of(name, half, "D")

    assert found[Band.A] + found[Band.B] <= REACHED[name, half].most_d_at_b


@pytest.mark.parametrize(
    ("name", "half"), [key for key, floor in REACHED.items() if floor.most_b_at_a >= 0]
)
def test_what_is_for_today_does_not_crowd_what_is_immediate(name, half):
    assert bands_of(name, half, "B")[Band.A] <= REACHED[name, half].most_b_at_a

"""The colours: named once, the same in both dark blocks, and every pair far enough apart."""

import re
from pathlib import Path

import pytest

import havre.wiring

STATIC = Path(havre.wiring.__file__).parent / "static"
TEXT, CONTROLS = 4.5, 3.0
# What is written on what (WCAG 2.2, 1.4.3).
TEXT_PAIRS = """
    ink on ground, ink on paper, ink on sunk, ink on chip, ink on harbour-wash, ink on lamp-wash,
    ink on care-wash, ink on calm-wash, ink on now-wash,
    ink-soft on ground, ink-soft on paper, ink-soft on sunk, ink-soft on chip,
    ink-soft on harbour-wash, ink-soft on care-wash, ink-soft on now-wash,
    harbour on ground, harbour on paper, harbour on sunk, harbour on harbour-wash,
    harbour-deep on paper, on-harbour on harbour, on-harbour on harbour-deep,
    care on ground, care on paper, care on care-wash,
    calm on ground, calm on paper, calm on calm-wash,
    now on ground, now on paper, now on now-wash, harbour on now-wash, on-now on now,
    on-strip on strip
"""
# What shows where a control is, and what state it is in (1.4.11).
CONTROL_PAIRS = """
    edge on paper, edge on ground, edge on sunk, edge on harbour-wash,
    care-edge on paper, care-edge on care-wash, calm-edge on paper, calm-edge on calm-wash,
    now on now-wash, harbour on harbour-wash, harbour on line, lamp on strip
"""
# The focus ring: ink on its gap of lamp in light, on the page in dark.
FOCUS_PAIRS = {"light": ("ink", "lamp"), "dark": ("ink", "paper")}


def blocks() -> list[dict[str, str]]:
    """Every block of the token file, in its order, as names and values."""
    text = re.sub(r"/\*.*?\*/", "", (STATIC / "tokens.css").read_text(), flags=re.DOTALL)
    found = re.findall(r"\{([^{}]*)\}", text)
    return [dict(re.findall(r"--([\w-]+):\s*([^;]+);", block)) for block in found]


def themes() -> dict[str, dict[str, str]]:
    light, dark, *_rest = blocks()
    return {"light": light, "dark": dark}


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2, definitions)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def pairs(listed: str) -> list[tuple[str, str]]:
    return [
        (one.strip(), other.strip()) for one, other in re.findall(r"([\w-]+) on ([\w-]+)", listed)
    ]


def test_contrast_is_reckoned_as_the_formula_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_both_dark_blocks_say_the_same():
    light, by_the_system, by_the_reader, *_rest = blocks()

    assert by_the_system == by_the_reader
    assert by_the_system.keys() == light.keys()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("listed", "bar"), [(TEXT_PAIRS, TEXT), (CONTROL_PAIRS, CONTROLS)])
def test_every_pair_of_colours_is_far_enough_apart(theme, listed, bar):
    colours = themes()[theme]
    measured = {
        f"{one} on {other}": round(contrast(colours[one], colours[other]), 2)
        for one, other in pairs(listed)
    }

    assert len(measured) > 10
    assert {pair: found for pair, found in measured.items() if found < bar} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_focus_shows(theme):
    one, other = (themes()[theme][name] for name in FOCUS_PAIRS[theme])

    assert contrast(one, other) >= CONTROLS


def test_the_stylesheet_names_no_colour_that_the_tokens_do_not_know():
    tokens = {name for block in blocks() for name in block}
    style = (STATIC / "havre.css").read_text()
    used = set(re.findall(r"var\(--([\w-]+)", style))
    set_there = set(re.findall(r"--([\w-]+):", style))

    assert used - set_there - tokens == set()

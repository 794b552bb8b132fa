"""Texts made to be slow: the work grows no faster than the text."""

import json
import random
import sys
from pathlib import Path

import pytest

from havre.identifiers.rules.find import MOST_IN_ONE_TEXT, find_in_text

HOSTILE = {
    "base64": "",
    "dotted letters": "a.",
    "digits": "12",
    "dashed digits": "12-",
    "paths": "http://a/../",
    "spaces": " ",
    "at signs": "a@",
    "disguised": "hxxp://a[.]",
    "platforms": "snap he was a ",
    "handles": "@ab ",
    "emails": "a@b.co ",
    "said": "a at b dot co ",
    "numbers": "one-two-",
    "phones": "204-555-0142 ",
    "colons": "a::1 ",
    "signs": "x at, y dot ",
    "plates": "plate a b c ",
    "postal": "postal a 1 b ",
    "put right": "204-555-0142 no wait it ends ",
    "servers": "@a@b.co:c ",
    "platform after": "x_1, snap\n",
    "look-alikes": "c\u0430t\u0430 \u0430\u0431 ",
    "imei": "imei" + " 1" * 70 + " ",
    "imei in words": "imei" + " one" * 50 + " ",
    "brackets": "http://a.com/))))",
    "accents apart": "e\u0301",
    "marks": "\u0301",
    "pictures": "a\U0001f600",
    "pictures to go": "a\U0001f600b, sans la vague ",
    "called": "a discord mod called fox_9 ",
    "pages": "fr-ca.facebook.com/people/a/12 ",
    "answers": "A: discord?\nB: brickuncle\n",
    "born when": "t'es ne quand\noct 1\n",
    "cards": "App: Discord\nPseudo: brickuncle\n",
    "one card": "app=kik&user=fox_9&",
    "tables": "plate,dob\nKDV 219,2012-10-01\n",
    "told": "add brickuncle on discord where hes brickuncle, ",
    "told after": "discord user brickuncle ",
    "pairs": "kik/snap: fox_9 / fox.9 ",
    "owned": "his snap is lunerousse son snap ",
    "cars": "car has KDV 219 in a truck ",
    "births": "birthday of mine is may 3 2012 was born ",
    "cut names": "ren\u00e9.fox_9 ",
}


def work_of(text):
    """Calls made and things found while reading a text: a count, not a time."""
    calls = 0

    def count(_frame, event, _arg):
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        found = find_in_text(text, field="t")
    finally:
        sys.setprofile(before)
    return calls, len(found)


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_hostile_text_is_at_most_twice_the_work(name):
    unit = HOSTILE[name]
    noise = random.Random(1).choices("ABCDabcd0123+/", k=20_000)
    short, long = (
        ("".join(noise[:size]) if not unit else unit * (size // len(unit)))
        for size in (10_000, 20_000)
    )
    (few, _), (many, found) = work_of(short), work_of(long)
    assert many <= 2.3 * few + 200
    assert many <= 75 * len(long)
    assert found <= MOST_IN_ONE_TEXT


def test_a_hostile_100_kb_text_gives_no_more_than_the_limit():
    assert len(find_in_text("@ab " * 25_000, field="t")) <= MOST_IN_ONE_TEXT
    assert find_in_text("12-" * 33_000, field="t") == []


def test_a_short_text_is_asked_only_what_it_may_answer():
    """Calls over the development set, most of it lines of 46 bytes; 640 a text before gates."""
    rows = Path(__file__).parents[2] / "bench" / "data" / "extraction_dev.jsonl"
    texts = [json.loads(row)["text"] for row in rows.read_text(encoding="utf-8").splitlines()]
    for text in texts:
        find_in_text(text, field="t")  # what is kept for all texts is made once
    assert sum(work_of(text)[0] for text in texts) <= 480 * len(texts)

"""When two names, as they were written, may be one person's: English and French, in any order.

A name becomes a set of keys: its parts as folded, by sound, and by the names they stand for. Two
names are compared by the keys they share, so the comparison works on digests of keys as well.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from havre.identifiers.rules.words import word_set

NICKNAMES = Path(__file__).parents[1] / "data" / "nicknames.csv"
PARTICLES = word_set("al ben da de del der des di du el la le les mac mc o van von")
TITLES = word_set("dr jr m mme mlle mr mrs ms sr")
SAINTS = {"st": "saint", "ste": "sainte"}
VOWELS = frozenset("aeiouy")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
# What a shared key counts for, by its kind.
WEIGHTS = {"as written": 4, "stands for": 3, "sounds": 2, "begins": 1}
# Letters that sound alike, in the order they are changed; both languages at once.
SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^x", "s"),
        (r"ph", "f"),
        (r"sch|sh|ch|tch", "x"),
        (r"th", "t"),
        (r"gh(?=[^aeiouy]|$)", ""),
        (r"gh", "g"),
        (r"gn", "n"),
        (r"ck|qu|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"g(?=[eiy])", "j"),
        (r"ge(?=[ao])", "j"),
        (r"x(?=[aeiouy])", "x"),
        (r"z", "s"),
        (r"v", "f"),
        (r"w", "v"),
        (r"h", ""),
        (r"mb$", "m"),
        (r"(?<=[aeiouy])(ll|l)(?=t|d|x|s$)", ""),
        (r"(eau|au|o)[dltxs]*$", "o"),
    )
)
SILENT_AT_END = "dtsxzpe"


def name_parts(name: str) -> list[str]:
    """The parts of a name, folded: small letters without accents; titles left out."""
    flat = unicodedata.normalize("NFKD", name.casefold().translate(LIGATURES))
    flat = "".join(c for c in flat if not unicodedata.combining(c))
    flat = re.sub(r"[\u2019'`\u02bc]", "'", flat)
    flat = re.sub(r"\b([a-z])'(?=[a-z])", r"\1", flat)
    parts = re.findall(r"[^\W\d_]+", flat)
    kept = [SAINTS.get(part, part) for part in parts if part not in TITLES]
    return kept or parts


def name_keys(name: str) -> dict[str, int]:
    """The keys of a name, each with what it counts for."""
    parts = name_parts(name)
    whole = [part for part in parts if part not in PARTICLES] or parts
    joined = ["".join(pair) for pair in pairwise(parts)]
    keys: dict[str, int] = {}
    for part in (*whole, *joined):
        keys[f"w:{part}"] = WEIGHTS["as written"]
        sound = sound_of(part)
        keys[f"p:{sound}"] = WEIGHTS["sounds"]
        keys[f"q:{sound[:3]}"] = WEIGHTS["begins"]
        for called in stands_for(part):
            keys[f"n:{called}"] = WEIGHTS["stands for"]
    return keys


def likeness(asked: Mapping[str, int] | Mapping[int, int], found: Collection[str | int]) -> float:
    """How alike two names are by their keys, from 0 to about 1: what they share of what is asked.

    Keys of the found name that were not asked for count a little against it.
    """
    held = set(found)
    shared = {key: weight for key, weight in asked.items() if key in held}
    all_asked = sum(asked.values())
    if not all_asked:
        return 0.0
    return sum(shared.values()) / all_asked - 0.01 * (len(held) - len(shared))


@cache
def sound_of(part: str) -> str:
    """How a folded part of a name sounds, roughly and in both languages: mostly its consonants."""
    sound = part
    for pattern, becomes in SOUNDS:
        sound = pattern.sub(becomes, sound)
    sound = re.sub(r"(.)\1+", r"\1", sound)
    stripped = sound.rstrip(SILENT_AT_END)
    sound = stripped if len(stripped) > 1 else sound
    first = "a" if sound[:1] in VOWELS else sound[:1]
    return first + "".join(letter for letter in sound[1:] if letter not in VOWELS)


def stands_for(part: str) -> frozenset[str]:
    """The names that a given name is used for, by the first of each group; none is empty."""
    return _groups().get(part, frozenset())


@cache
def _groups() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in NICKNAMES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            group = line.split(",")
            for name in group:
                found.setdefault(name, set()).add(group[0])
    return {name: frozenset(groups) for name, groups in found.items()}

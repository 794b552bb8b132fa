"""Worlds whose truth is known: reports, whose suspect each is of, and what each tells.

`python bench/_worlds.py WORLD REPORTS SEED` prints one as lines of JSON, its label beside each:
`{"report": 0, "suspect": 17, "door": "provider", "told": [["handle", "kik:bace", "suspect"]]}`.
`suspect` is the truth: two reports are of one person when it is equal. `door` is "provider" for a
sender that shows a key, "public" for anybody. A value is (kind, value, role); most are the
suspect's.

`measured` is drawn so that the plain ways come out as where the goals were set (docs/performance.md
says how near). `thin` reports tell at most one value of a kind, and often share nothing. `sparse`
halves what is told. `hostile` adds a crowd's addresses, a picture and a web address that go round,
children and reporters whose own addresses stand beside many suspects, and people who file one
report that names two suspects at once. `bench/_episodes.py` is a second grammar.
"""

import json
import random
import sys
from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole

SYLLABLES = (
    "ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "wa", "xe",
    "zu", "bri", "cla", "dro",
)  # fmt: skip
PLATFORMS = ("kik", "snapchat", "discord", "instagram", "telegram")


class Said(NamedTuple):
    """One value as a report tells it."""

    kind: Kind
    value: str
    role: PersonRole = PersonRole.SUSPECT


@dataclass(frozen=True, slots=True)
class Planted:
    """A report whose truth is known."""

    suspect: int
    is_known: bool
    told: frozenset[Said]


def name(chance: random.Random) -> str:
    word = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4))))
    return f"{word}{chance.choice(('', '', '_', '.'))}{chance.choice(('', chance.randint(1, 99)))}"


def altered(word: str, chance: random.Random) -> str:
    """The same person's name elsewhere: another ending, a letter as a digit."""
    return chance.choice(
        (f"{word}{chance.randint(1, 99)}", word.replace("o", "0"), f"xx{word}xx", word)
    )


def mistyped(word: str, chance: random.Random) -> str:
    """A name with one letter lost, doubled or changed places with the next."""
    place = chance.randrange(len(word))
    swapped = word[:place] + word[place + 1 : place + 2] + word[place : place + 1]
    return chance.choice(
        (word[:place] + word[place + 1 :], word[:place] + word[place] + word[place:],
         swapped + word[place + 2 :])
    )  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """A list of which the first are drawn far more often than the last."""

    among: Sequence[str]
    bounds: Sequence[float]

    def by(self, chance: random.Random) -> str:
        return self.among[bisect(self.bounds, chance.random() * self.bounds[-1])]


def unequal(among: Iterable[str], *, start: int, slope: float) -> Drawn:
    made = list(among)
    return Drawn(made, list(accumulate((n + start) ** -slope for n in range(len(made)))))


# Whatever one more report in so many of the same person adds, beside what everybody has.
MEASURED_OWN = {
    Kind.HANDLE: (2, 200),
    Kind.EMAIL: (1, 600),
    Kind.PHONE: (1, 600),
    Kind.DEVICE: (1, 600),
    Kind.IP: (2, 50),
}
MEASURED_TOLD = (
    *((Kind.HANDLE, share) for share in (0.72, 0.5, 0.2)),
    *((Kind.IP, share) for share in (0.55, 0.3)),
    (Kind.EMAIL, 0.37),
    (Kind.PHONE, 0.19),
    (Kind.DEVICE, 0.13),
)
MOST_OF_ONE = 599
OF_A_PROVIDER = 0.8


class Measured:
    """Suspects in one to 599 reports; names many people chose, and lines that many people use."""

    def __init__(self, size: int, seed: int) -> None:
        self.chance = random.Random(seed)
        names = (name(self.chance) for _ in range(max(size * 16 // 1000, 20)))
        self.names = unequal(names, start=5, slope=0.9)
        lines = (f"198.18.{n >> 8}.{n & 255}" for n in range(max(size * 15 // 1000, 20)))
        self.lines = unequal(lines, start=30, slope=0.6)
        crowds = (f"203.0.113.{n}" for n in range(max(size // 4000, 6)))
        self.crowds = unequal(crowds, start=2, slope=1.0)
        self.met = 0

    def whose(self, size: int) -> list[int]:
        sizes = unequal((str(n) for n in range(1, MOST_OF_ONE + 1)), start=1, slope=2.05)
        made: list[int] = []
        while len(made) < size:
            made += [self.met] * int(sizes.by(self.chance))
            self.met += 1
        made = made[:size]
        self.chance.shuffle(made)
        return made

    def suspect(self, reports: int) -> dict[Kind, Drawn]:
        self.met += 1
        number, own = self.met, name(self.chance)
        values: dict[Kind, list[str]] = {}
        for kind, (all_have, one_for) in MEASURED_OWN.items():
            many = max(1, round(all_have + reports / one_for * self.chance.uniform(0.6, 1.4)))
            values[kind] = [f"{kind}-{number}-{n}@example.com" for n in range(many)]
        for n in range(len(values[Kind.HANDLE])):
            own = name(self.chance) if self.chance.random() < 0.35 else own
            values[Kind.HANDLE][n] = f"{self.chance.choice(PLATFORMS)}:{self._handle(own)}"
        for n in range(len(values[Kind.IP])):
            if self.chance.random() < 0.3:
                values[Kind.IP][n] = self.lines.by(self.chance)
        return {kind: unequal(among, start=1, slope=1.0) for kind, among in values.items()}

    def _handle(self, own: str) -> str:
        if self.chance.random() < 0.25:
            return self.names.by(self.chance)
        change = altered if self.chance.random() < 0.85 else mistyped
        return change(own, self.chance)

    def tell(self, own: dict[Kind, Drawn], told: float) -> set[Said]:
        said = {
            Said(kind, own[kind].by(self.chance))
            for kind, share in MEASURED_TOLD
            if self.chance.random() < share * told
        }
        if self.chance.random() < 0.7 * min(told * 1.2, 1):
            said.add(Said(Kind.IP, self.crowds.by(self.chance)))
        return said or {Said(Kind.HANDLE, own[Kind.HANDLE].by(self.chance))}


def measured(size: int, seed: int, *, told: float = 1.0, hostile: bool = False) -> list[Planted]:
    drawn = Measured(size, seed)
    whose = drawn.whose(size)
    often: dict[int, int] = {}
    for suspect in whose:
        often[suspect] = often.get(suspect, 0) + 1
    own = {suspect: drawn.suspect(n) for suspect, n in often.items()}
    chance = random.Random(seed + 1)
    reports = []
    for suspect in whose:
        said, is_known = drawn.tell(own[suspect], told), chance.random() < OF_A_PROVIDER
        if hostile:
            said |= _beside(chance, size)
            if not is_known and chance.random() < 0.1:
                other = own[chance.choice(whose)]
                said |= {Said(k, other[k].by(chance)) for k in (Kind.EMAIL, Kind.HANDLE)}
        reports.append(Planted(suspect, is_known, frozenset(said)))
    return reports


def _beside(chance: random.Random, size: int) -> set[Said]:
    """What says nothing of who the suspect is."""
    said = set()
    if chance.random() < 0.2:
        said.add(Said(Kind.FILE_HASH, "a picture that goes round"))
    if chance.random() < 0.1:
        said.add(Said(Kind.URL, "example.com/everybody"))
    if chance.random() < 0.3:
        child = f"child-{chance.randrange(max(size // 40, 5))}@example.com"
        said.add(Said(Kind.EMAIL, child, PersonRole.VICTIM))
    if chance.random() < 0.2:
        watcher = f"reporter-{chance.randrange(max(size // 80, 5))}@example.com"
        said.add(Said(Kind.EMAIL, watcher, PersonRole.REPORTER))
    return said


THIN_TOLD = (
    (Kind.HANDLE, 0.75),
    (Kind.IP, 0.5),
    (Kind.EMAIL, 0.3),
    (Kind.PHONE, 0.2),
    (Kind.DEVICE, 0.12),
)


def _thin_suspect(chance: random.Random) -> dict[Kind, list[str]]:
    own = name(chance)
    places = chance.choices(PLATFORMS[:4], k=3)
    return {
        Kind.EMAIL: [
            f"{altered(own, chance)}.{chance.getrandbits(20)}@example.com" for _ in range(2)
        ],
        Kind.PHONE: [f"+1204555{chance.randint(0, 9999):04}{chance.getrandbits(16)}"],
        Kind.DEVICE: [f"device-{chance.getrandbits(40)}"],
        Kind.HANDLE: [f"{place}:{altered(own, chance)}" for place in places],
        Kind.IP: [f"198.51.{chance.getrandbits(12)}.{chance.getrandbits(8)}" for _ in range(3)],
    }


def thin(size: int, seed: int, *, told: float = 1.0, hostile: bool = False) -> list[Planted]:
    """Suspects as unequal as in life: a few are in many reports, most in one or two."""
    chance, doors = random.Random(seed), random.Random(seed + 1)
    suspects = [_thin_suspect(chance) for _ in range(max(size // 4, 10))]
    weights = [1 / (n + 3) ** 0.8 for n in range(len(suspects))]
    carrier = [f"203.0.113.{n}" for n in range(max(size // 500, 4))]
    reports = []
    for truth in chance.choices(range(len(suspects)), weights, k=size):
        said = {
            Said(kind, chance.choice(suspects[truth][kind]))
            for kind, share in THIN_TOLD
            if chance.random() < share * told
        }
        if chance.random() < (0.5 if hostile else 0.15):
            said.add(Said(Kind.IP, chance.choice(carrier)))
        if hostile and chance.random() < 0.2:
            said.add(Said(Kind.FILE_HASH, "a picture that goes round"))
        if hostile and chance.random() < 0.1:
            said.add(Said(Kind.URL, "example.com/everybody"))
        if not said:
            said.add(Said(Kind.HANDLE, f"kik:{name(chance)}"))
        reports.append(Planted(truth, doors.random() < OF_A_PROVIDER, frozenset(said)))
    return reports


WORLDS: dict[str, Callable[[int, int], list[Planted]]] = {
    "measured": measured,
    "measured sparse": partial(measured, told=0.5),
    "measured hostile": partial(measured, hostile=True),
    "thin": thin,
    "thin sparse": partial(thin, told=0.5),
    "thin hostile": partial(thin, hostile=True),
}


def main() -> None:
    kind, size, seed = sys.argv[1:]
    for number, report in enumerate(WORLDS[kind](int(size), int(seed))):
        door = "provider" if report.is_known else "public"
        row = {"report": number, "suspect": report.suspect, "door": door}
        print(json.dumps({**row, "told": sorted(report.told)}))


if __name__ == "__main__":
    main()

"""Splink over a planted world, beside us in `bench/links.py`: its pairs, its clusters."""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole

PEER = Path(__file__).parent / "peers" / "cluster.py"
CHOSEN_ON = 11
"""Where to cut is chosen on this seed of a world, which is never judged."""
CUTS = range(-5, 30)
COMMON = 20
MOST_HELD = 200

Value = tuple[Kind, str]
Holders = Mapping[Value, Sequence[int]]
Weighed = list[tuple[int, int, float]]


def rows_of(told: Sequence[Mapping[Value, PersonRole]], holders: Holders) -> list[dict]:
    """What each report tells of its suspect, as the peer reads it: common values apart."""
    rows = []
    for number, said in enumerate(told):
        own = sorted(value for value, role in said.items() if role == PersonRole.SUSPECT)
        row: dict = {"unique_id": f"{number}"}
        for kind in (Kind.EMAIL, Kind.PHONE, Kind.DEVICE):
            row[str(kind)] = next((shown for k, shown in own if k == kind), None)
        for kind in (Kind.HANDLE, Kind.IP):
            mine = [value for value in own if value[0] == kind]
            rare = [shown for k, shown in mine if len(holders[k, shown]) <= COMMON]
            many = [shown for k, shown in mine if len(holders[k, shown]) > COMMON]
            row |= {f"{kind}": rare or None, f"{kind}_common": many or None}
        row["keys"] = [f"{k}|{shown}" for k, shown in own if len(holders[k, shown]) <= MOST_HELD]
        rows.append(row)
    return rows


def pairs_of(told: Sequence[Mapping[Value, PersonRole]], holders: Holders) -> Weighed:
    """The pairs that Splink finds in a world, by weights that it learned there."""
    asked = subprocess.run(
        [sys.executable, PEER], input=json.dumps({"rows": rows_of(told, holders)}),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [tuple(pair) for pair in json.loads(asked.stdout)]


class Batch:
    """Splink's pairs of one world, as a way to rank and to cluster."""

    def __init__(self, told: Sequence[Mapping[Value, PersonRole]], holders: Holders) -> None:
        self.pairs = pairs_of(told, holders)
        self.beside: dict[int, dict[int, float]] = defaultdict(dict)
        least = min((bits for _, _, bits in self.pairs), default=0)
        for left, right, bits in self.pairs:
            # Above nothing, so that a pair of little weight is ranked too.
            self.beside[left][right] = self.beside[right][left] = bits - least + 1

    def scores(self, number: int) -> dict[int, float]:
        return self.beside.get(number, {})

    def tied(self, cut: int) -> list[tuple[int, int]]:
        return [(left, right) for left, right, bits in self.pairs if bits >= cut]

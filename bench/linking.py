"""How long one report with twenty identifiers takes to be linked, as the reports become many.

    python bench/linking.py           # among 100,000 reports and a million
    python bench/linking.py --small   # among 1,000 and 2,000, as ./check runs it

The world is settled already (bench/_settled.py). A new report in five tells of nobody known: two
values of crowds, a name that others told, the rest its own. The others tell up to twelve things
that are told of one suspect, who is drawn as often as they are told of, two crowds' values, and
their own. Linked reports stay in the world.
Timed is what stands in the database afterwards, durably: its twenty mentions inserted, then the
action that links a report on its route. Beside it the plainest peer: one table of kind, value and
report with a btree, in which the same twenty are inserted and asked for, the newest 200 reports of
each, in one durable transaction.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple
from uuid import UUID

import psycopg

CLONE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CLONE))

from bench._settled import Planting, SettledWorld, name_of, near_token, told_of
from bench._worlds import Said
from bench.servers import processor_seconds
from havre.identifiers.rules.words import Kind
from havre.plumbing import postgres
from tests.ready import settled_house

SIZES = {"small": (1_000, 2_000), "usual": (100_000, 1_000_000)}
PLANTED = {"small": 1_000, "usual": 10_000}
REPORTS = {"small": 5, "usual": 400}
WARM = 20
IDENTIFIERS, MOST_KNOWN = 20, 12
SHARE_UNKNOWN = 0.2
FOLLOWED = 200
GOALS = {0.5: 3, 0.95: 12, 0.99: 25}
GOAL_BYTES, GOAL_GROWTH = 1_024, 1.5
OWN = (Kind.EMAIL, Kind.PHONE, Kind.DEVICE, Kind.HANDLE, Kind.HANDLE, Kind.IP, Kind.URL)
RELATIONS = """
SELECT c.relname, pg_total_relation_size(c.oid) FROM pg_class c JOIN pg_namespace n
  ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r'
  AND (c.relname LIKE 'links\\_%' OR c.relname LIKE 'identifiers\\_%') ORDER BY 2 DESC
"""
PEER = """
CREATE TABLE IF NOT EXISTS bench_mention (kind text, value bytea, report uuid);
DROP INDEX IF EXISTS bench_mention_btree;
TRUNCATE bench_mention;
INSERT INTO bench_mention SELECT kind, token, record_id FROM identifiers_mention;
CREATE INDEX bench_mention_btree ON bench_mention (kind, value, report);
"""
PEER_INSERTS = "INSERT INTO bench_mention SELECT *, %s FROM unnest(%s::text[], %s::bytea[])"
PEER_ASKS = """
SELECT asked.kind, asked.value, held.report FROM unnest(%s::text[], %s::bytea[]) asked(kind, value)
  CROSS JOIN LATERAL (SELECT m.report FROM bench_mention m WHERE m.kind = asked.kind
  AND m.value = asked.value AND m.report <> %s ORDER BY m.report DESC LIMIT %s) held
"""


class Telling(NamedTuple):
    """One value of a new report, as its mention has it."""

    kind: str
    token: bytes
    near: bytes | None
    clear: str


class Taken(NamedTuple):
    """What one report took: milliseconds of the clock, and how many reports changed clusters."""

    noted: float
    linked: float
    peer: float
    moved: int

    @property
    def whole(self) -> float:
        return self.noted + self.linked


def newcomers(world: SettledWorld, many: int, chance: Random) -> Iterator[list[Telling]]:
    """What new reports tell, twenty values each."""
    planting = world.planting
    crowds = sorted(planting.crowds)
    for number in range(many):
        copy = chance.randrange(world.copies)
        said: dict[bytes, Said | None] = dict.fromkeys(chance.sample(crowds, 2))
        if chance.random() < SHARE_UNKNOWN:
            names = [s for s in chance.choice(planting.reports).told if s.kind is Kind.HANDLE]
            said |= {name_of(one): one for one in names[:1]}
        else:
            of_one = planting.said_by[chance.choice(planting.reports).suspect]
            for one in chance.sample(of_one, min(len(of_one), MOST_KNOWN)):
                said.setdefault(name_of(one), one)
        told = [telling(world, value, one, copy) for value, one in said.items()][:IDENTIFIERS]
        for n in range(IDENTIFIERS - len(told)):
            own = f"own-{world.copies}-{number}-{n}-{chance.getrandbits(30)}".encode()
            told.append(Telling(OWN[n % len(OWN)], planting.token(own, copy), None, own.decode()))
        yield told


def telling(world: SettledWorld, value: bytes, said: Said | None, copy: int) -> Telling:
    kind, _, clear = value.decode().partition("|")
    near = near_token(told_of(said).near, copy) if said else None
    return Telling(kind, world.planting.token(value, copy), near, f"{clear}.{copy}")


def measure(size: str, many: int) -> int:
    settings = {"shared_buffers": "1GB", "max_wal_size": "8GB"}
    with (
        tempfile.TemporaryDirectory() as folder,
        settled_house(folder, settings) as (cluster, environment),
    ):
        import django

        os.environ.update(environment | {"DJANGO_SETTINGS_MODULE": "havre.wiring.settings"})
        django.setup()
        from tests import make

        url = cluster.admin_url.replace("/postgres?", f"/{postgres.DATABASE}?")
        like = make.report("Bland words.", walks=False)
        world = SettledWorld(url, Planting(PLANTED[size]), like.pk)
        medians = []
        for reports in SIZES[size]:
            began = time.monotonic()
            world.grow(reports)
            with psycopg.connect(url, autocommit=True) as admin:
                admin.execute(PEER)
                admin.execute("VACUUM ANALYZE bench_mention")
            print(f"{reports:,} reports: world made in {time.monotonic() - began:.0f} s")
            medians.append(at_size(world, many, cluster.running_pid() or 0))
            weigh(url, reports)
        growth = medians[-1] / medians[0]
        print(f"p50 grew {growth:.2f} times (goal below {GOAL_GROWTH})")
    return 0


def at_size(world: SettledWorld, many: int, server: int) -> float:
    """Link new reports one by one and show what it took; gives the median."""
    warm = min(WARM, many)
    told = list(newcomers(world, warm + many, Random(world.copies)))
    ids = staged(world, len(told))
    taken: list[Taken] = []
    used = [0.0, 0.0, 0.0]
    with psycopg.connect(world.url) as peer:
        for number, (report, mine) in enumerate(zip(ids, told, strict=True)):
            before = time.process_time(), processor_seconds(server)
            noted, linked, moved = ours(report, mine)
            after = time.process_time(), processor_seconds(server)
            beside = theirs(peer, report, mine)
            if number >= warm:
                taken.append(Taken(noted, linked, beside, moved))
                spent = (after[0] - before[0], after[1] - before[1])
                used[0] += spent[0]
                used[1] += spent[1]
                used[2] += processor_seconds(server) - after[1]
    show(taken, [1000 * each / many for each in used])
    return quantile([each.whole for each in taken], 0.5)


def staged(world: SettledWorld, many: int) -> list[UUID]:
    """Reports that came now, with no identifiers yet."""
    from havre.plumbing import ids

    made = [ids.uuid7() for _ in range(many)]
    with psycopg.connect(world.url, autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        with admin.cursor() as cursor, cursor.copy("COPY bench_staged FROM STDIN") as rows:
            for one in made:
                rows.write_row([one])
        world.stage(admin)
    return made


def ours(report: UUID, told: list[Telling]) -> tuple[float, float, int]:
    """Insert the mentions and link the report; the milliseconds of each, and what moved."""
    from havre.audit.rules import Station
    from havre.identifiers.noting import Noting, write_mentions
    from havre.links.actions import link_report
    from havre.plumbing import ids
    from havre.plumbing.context import acting_at_once

    by = Station.PIPELINE
    mentions = [
        Noting(
            id=ids.uuid7(), kind=one.kind, token=one.token, near=one.near or b"", clear=one.clear,
            role="suspect", field="people.0", start=0, end=20, confidence=90, rule="email",
            legal_basis="consent",
        )
        for one in told
    ]  # fmt: skip
    began = time.perf_counter()
    with acting_at_once(by.context):
        write_mentions(report, mentions)
    noted = time.perf_counter()
    moved = link_report(report, by=by)
    return 1000 * (noted - began), 1000 * (time.perf_counter() - noted), moved


def theirs(peer: psycopg.Connection, report: UUID, told: list[Telling]) -> float:
    """The same by the plain table: in milliseconds."""
    kinds, values = [one.kind for one in told], [one.token for one in told]
    began = time.perf_counter()
    peer.execute(PEER_INSERTS, [report, kinds, values])
    peer.execute(PEER_ASKS, [kinds, values, report, FOLLOWED]).fetchall()
    peer.commit()
    return 1000 * (time.perf_counter() - began)


def quantile(some: list[float], share: float) -> float:
    ranked = sorted(some)
    return ranked[min(int(share * len(ranked)), len(ranked) - 1)]


def show(taken: list[Taken], used: list[float]) -> None:
    print(f"{'ms':<34}{'p50':>8}{'p95':>8}{'p99':>8}{'most':>8}{'our cpu':>9}{'db cpu':>8}")
    rows = {
        "twenty mentions inserted": [each.noted for each in taken],
        "linked by the route's action": [each.linked for each in taken],
        "both, durably": [each.whole for each in taken],
        "the plain table": [each.peer for each in taken],
    }
    of_rows = {"both, durably": used[:2], "the plain table": [0, used[2]]}
    marks = {}
    for words, some in rows.items():
        marks[words] = [quantile(some, share) for share in GOALS]
        cells = "".join(f"{each:>8.1f}" for each in (*marks[words], max(some)))
        own, base = of_rows.get(words, [0, 0])
        print(f"{words:<34}{cells}" + (f"{own:>9.1f}{base:>8.1f}" if base else ""))
    pairs = zip(marks["both, durably"], marks["the plain table"], strict=True)
    print(f"{'ratio':<34}" + "".join(f"{ours / plain:>8.1f}" for ours, plain in pairs))
    print(f"{'goal':<34}" + "".join(f"{goal:>8.1f}" for goal in GOALS.values()))
    moved = sum(each.moved > 0 for each in taken) / len(taken)
    print(f"{moved:.0%} of the reports came into a cluster; load {os.getloadavg()[0]:.1f}")


def weigh(url: str, reports: int) -> None:
    """What the relations of identifiers and links take, for each report."""
    with psycopg.connect(url) as admin:
        rows = admin.execute(RELATIONS).fetchall()
    parts = ", ".join(f"{name} {size / reports:.0f}" for name, size in rows if size >= reports)
    whole = sum(size for _, size in rows) / reports
    print(f"bytes a report: {whole:,.0f} (goal {GOAL_BYTES:,}): {parts}\n", flush=True)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--small", dest="size", action="store_const", const="small", default="usual")
    asked.add_argument("--reports", type=int, help="how many are linked among each (400)")
    told = asked.parse_args()
    return measure(told.size, told.reports or REPORTS[told.size])


if __name__ == "__main__":
    sys.exit(main())

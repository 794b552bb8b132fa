"""A world of many settled reports: one planted world, settled by the rules, and its copies.

No value of one copy stands in another but those of its crowds, which are beyond every limit
already and stand in all; nobody in it is a child. So each copy's clusters are those of the first,
and the whole is what the route would have made of so many reports. The rows are written past the
actions: in a bench only.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from random import Random
from uuid import UUID

import psycopg

from bench._multiplied import without_indexes
from bench._worlds import WORLDS, Planted, Said
from havre.identifiers.disguises.rules.near import skeleton
from havre.identifiers.rules.words import Kind
from havre.links.checking.rules import MemoryBook
from havre.links.rules.facts import CROWD, Side, Told
from havre.links.rules.packing import packed
from havre.links.rules.settling import Settled
from havre.links.rules.weights import chaining_kinds

SECONDS_APART = 30
OLDEST_MS = 1_700_000_000_000
TABLES = (
    "intake_report",
    "identifiers_record",
    "identifiers_mention",
    "links_value",
    "links_name",
    "links_member",
    "links_proposal",
)
COLUMNS = {
    "bench_staged": "id",
    "identifiers_mention": 'id, record_id, kind, token, clear, near, role, field, start, "end",'
    " confidence, rule, seen_at, legal_basis",
    "links_value": "key, kind, reports, only_suspects",
    "links_name": "id, side, anchor_id",
    "links_member": "id, side, record_id, cluster_id, core, told, compartment",
    "links_proposal": "id, side, left_id, right_id",
}
LETTERS = "translate(substr(encode(decode(md5(b.id::text), 'hex'), 'base64'), 1, 11), '+/', '-_')"
NULL = "\\N"
# A backslash in a line of COPY.
PLAIN = "\\" * 2


@dataclass
class Planting:
    """A planted world, what the rules made of it, and what any copy of it tells."""

    size: int
    seed: int = 1
    chance: Random = field(default_factory=lambda: Random(5))

    @cached_property
    def reports(self) -> list[Planted]:
        return WORLDS["measured"](self.size, self.seed)

    @cached_property
    def book(self) -> MemoryBook:
        book, chaining = MemoryBook(Side.SUSPECT), chaining_kinds()
        for number, report in enumerate(self.reports):
            book.told[UUID(int=number)] = {}
            for said in report.told:
                if said.kind in chaining:
                    book.note(UUID(int=number), name_of(said), told_of(said))
        return book

    @cached_property
    def settled(self) -> Settled:
        return self.book.anew()

    @cached_property
    def crowds(self) -> frozenset[bytes]:
        """The values that say nothing any more, in however many more reports they stand."""
        standings = self.settled.standings.items()
        return frozenset(v for v, s in standings if s.kind == Kind.IP and s.reports > CROWD)

    @cached_property
    def said_by(self) -> Mapping[int, list[Said]]:
        """Whatever a suspect's reports tell, as often as they do."""
        found: dict[int, list[Said]] = defaultdict(list)
        for report in self.reports:
            found[report.suspect] += sorted(report.told)
        return found

    def token(self, value: bytes, copy: int) -> bytes:
        place = b"" if value in self.crowds else b"|%d" % copy
        return hashlib.sha256(value + place).digest()


def name_of(said: Said) -> bytes:
    return f"{said.kind}|{said.value}".encode()


def told_of(said: Said) -> Told:
    near = skeleton(said.value) if said.kind is Kind.HANDLE else None
    return Told(said.kind, said.role, near=near.encode() if near else None)


def near_token(near: bytes | None, copy: int) -> bytes | None:
    return near and hashlib.sha256(b"%s|%d" % (near, copy)).digest()[:16]


@dataclass
class SettledWorld:
    """The tables of reports, identifiers and links, grown from one size to the next."""

    url: str
    planting: Planting
    like: UUID
    copies: int = 0
    drawn: Random = field(default_factory=lambda: Random(7))

    def grow(self, reports: int) -> None:
        """Have so many reports in all."""
        whole = reports // self.planting.size
        with psycopg.connect(self.url, autocommit=True) as admin:
            admin.execute("SET session_replication_role = replica; SET synchronous_commit = off")
            admin.execute("CREATE TABLE IF NOT EXISTS bench_staged (id uuid)")
            with without_indexes(admin, TABLES):
                for copy in range(self.copies, whole):
                    self._copy(admin, copy)
                self.stage(admin)
                self._crowds(admin, whole)
            admin.execute("VACUUM ANALYZE")
        self.copies = max(whole, self.copies)

    def stage(self, admin: psycopg.Connection) -> None:
        """Make reports, and the parents of their identifiers, of the ids that were staged."""
        names = [
            f'"{name}"'
            for (name,) in admin.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public'"
                " AND table_name = 'intake_report' AND is_generated = 'NEVER'"
            )
        ]
        new = {
            '"id"': "b.id",
            '"reference"': LETTERS,
            '"received_at"': "to_timestamp(('x' || left(replace(b.id::text, '-', ''), 12))"
            "::bit(48)::bigint / 1000.0)",
        }
        values = ", ".join(new.get(name, f"s.{name}") for name in names)
        admin.execute(
            f"INSERT INTO intake_report ({', '.join(names)})"
            f" SELECT {values} FROM bench_staged b, intake_report s WHERE s.id = %s",
            [self.like],
        )
        admin.execute(
            "INSERT INTO identifiers_record (id, kind, report_id)"
            " SELECT id, 'report', id FROM bench_staged"
        )
        admin.execute("TRUNCATE bench_staged")

    def _copy(self, admin: psycopg.Connection, copy: int) -> None:
        first = copy * self.planting.size
        ids = [self._id(first + number) for number in range(self.planting.size)]
        parts = Copied(self.planting, copy, ids, self._id)
        lines = {
            "bench_staged": iter(ids),
            "identifiers_mention": parts.mentions(),
            "links_value": parts.values(),
            "links_member": parts.members(),
            "links_proposal": parts.proposals(),
            "links_name": parts.names(),
        }
        with admin.cursor() as cursor:
            for table, rows in lines.items():
                with cursor.copy(f"COPY {table} ({COLUMNS[table]}) FROM STDIN") as into:
                    into.write("".join(f"{row}\n" for row in rows))

    def _crowds(self, admin: psycopg.Connection, copies: int) -> None:
        for value in self.planting.crowds:
            standing = self.planting.settled.standings[value]
            admin.execute(
                "INSERT INTO links_value (key, kind, reports, only_suspects)"
                " VALUES (%s, %s, %s, false)"
                " ON CONFLICT (key) DO UPDATE SET reports = excluded.reports",
                [
                    key_of(self.planting.token(value, 0)),
                    standing.kind,
                    standing.reports * copies,
                ],
            )

    def _id(self, place: int) -> str:
        """An id of version 7, the later the later its place."""
        head = (OLDEST_MS + place * SECONDS_APART * 1000) << 80
        tail = 7 << 76 | self.drawn.getrandbits(12) << 64 | 2 << 62 | self.drawn.getrandbits(62)
        return str(UUID(int=head | tail))


@dataclass(frozen=True)
class Copied:
    """The rows of one copy, as lines of COPY."""

    planting: Planting
    copy: int
    ids: list[str]
    new_id: Callable[[int], str]
    called: dict[UUID, str] = field(default_factory=dict)

    def mentions(self) -> Iterator[str]:
        for number, report in enumerate(self.planting.reports):
            for said in sorted(report.told):
                near = near_token(told_of(said).near, self.copy)
                cells = (
                    *(self.fresh(), self.ids[number], said.kind, self.token(name_of(said))),
                    *(f"{said.value}.{self.copy}", hexed(near) if near else NULL, said.role),
                    *("people.0", "0", "20", "90", "email", "", "consent"),
                )
                yield "\t".join(cells)

    def values(self) -> Iterator[str]:
        for value, standing in self.planting.settled.standings.items():
            if value not in self.planting.crowds:
                key = hexed(key_of(self.planting.token(value, self.copy)))
                yield f"{key}\t{standing.kind}\t{standing.reports}\tf"

    def members(self) -> Iterator[str]:
        for cluster in self.planting.settled.clusters:
            if len(cluster) > 1:
                self.called.update(dict.fromkeys(cluster, self.fresh()))
        cores = self.planting.settled.cores
        for record, told in self.planting.book.told.items():
            tokens = {self.planting.token(v, self.copy): self.way(t) for v, t in told.items()}
            core = self.ids[cores[record].int] if record in cores else NULL
            mine, cluster = self.ids[record.int], self.called.get(record, NULL)
            cells = (self.fresh(), "suspect", mine, cluster, core, hexed(packed(tokens)), "general")
            yield "\t".join(cells)

    def way(self, told: Told) -> Told:
        return replace(told, near=near_token(told.near, self.copy))

    def names(self) -> Iterator[str]:
        for cluster in self.planting.settled.clusters:
            anchor = min(cluster)
            if anchor in self.called:
                yield f"{self.called[anchor]}\tsuspect\t{self.ids[anchor.int]}"

    def proposals(self) -> Iterator[str]:
        for left, right in self.planting.settled.proposals:
            yield f"{self.fresh()}\tsuspect\t{self.ids[left.int]}\t{self.ids[right.int]}"

    def token(self, value: bytes) -> str:
        return hexed(self.planting.token(value, self.copy))

    def fresh(self) -> str:
        return self.new_id(self.copy * self.planting.size)


def hexed(some: bytes) -> str:
    return f"{PLAIN}x{some.hex()}"


def key_of(token: bytes) -> bytes:
    """As `links.book` names a value on the suspects' side of what is open to all of the desk."""
    from havre.links.book import KEY_BYTES

    return hashlib.blake2b(
        f"{Side.SUSPECT}|general|".encode() + token, digest_size=KEY_BYTES
    ).digest()

"""The facts of one side and one compartment, read from the database for the rules of settling.

A part of this room's actions, for Havre's own stations only.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, TypeVar

from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import (
    PROTECTED,
    RecordId,
    RecordPair,
    Side,
    Standing,
    Told,
    Value,
    concerns,
    gathers,
    most_protected,
)
from havre.links.rules.packing import packed, unpacked
from havre.links.rules.settling import Settled, names_after
from havre.links.rules.weights import chaining_kinds
from havre.plumbing import ids
from havre.plumbing.pipes import Rows, ask, ask_again, is_packing, run_statement, statement
from havre.plumbing.trips import Order

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

KEY_BYTES = 16
# More reports than this are not looked at one by one: the value is in too many to be anybody's.
MOST_HELD = 5_001
# Whose a value is in a report, the most protected first; those of one part count alike on a side.
PARTS = {
    Side.SUSPECT: (tuple(PROTECTED), (PersonRole.UNKNOWN,), (PersonRole.SUSPECT,)),
    Side.VICTIM: ((PersonRole.VICTIM,),),
}

SQL = Path(__file__).parent / "sql"
KINDS = sorted(chaining_kinds())
NOTHING = Standing("")


class Place(NamedTuple):
    """Where a report is on a side, and what it was last seen to tell; `kept` is that in bytes.

    `values` are those it told when only their tokens were kept.
    """

    core: RecordId | None = None
    cluster: bytes | None = None
    kept: bytes | None = None
    values: frozenset[Value] = frozenset()
    is_new: bool = True

    @property
    def told(self) -> dict[Value, Told]:
        return unpacked(self.kept or b"")


@dataclass(frozen=True)
class StoredBook:
    """What reports of a compartment tell, and what was kept of it.

    It asks the database once for each thing, so it is made anew for every settling. What a report
    tells is what it was last seen to tell; of those in `anew`, what they tell now. With reports it
    asks at once how their values stand and what was said of them, which the rules ask next.
    """

    side: Side
    compartment: str
    anew: Mapping[RecordId, dict[Value, Told]] = field(default_factory=dict)
    _places: dict[RecordId, Place] = field(default_factory=dict)
    _told: dict[RecordId, dict[Value, Told]] = field(default_factory=dict)
    _tellers: dict[Value, dict[RecordId, Told] | None] = field(default_factory=dict)
    _stood: dict[Value, Standing | None] = field(default_factory=dict)
    _clusters: dict[bytes, set[RecordId]] = field(default_factory=lambda: defaultdict(set))
    _whole: set[bytes] = field(default_factory=set)
    _verdicts: dict[RecordId, dict[RecordPair, Verdict] | None] = field(default_factory=dict)

    def tellers_of(self, values: Collection[Value]) -> dict[Value, dict[RecordId, Told]]:
        """For each value, the reports that tell it, and how."""
        return _asked_once(self._tellers, values, self._tellers_of)

    def told_by(self, records: Collection[RecordId]) -> dict[RecordId, dict[Value, Told]]:
        """What each of these reports tells."""
        self._find(records)
        return {record: self._told[record] for record in records}

    def standings(self, values: Collection[Value]) -> dict[Value, Standing]:
        """How these values were found to stand."""
        return _asked_once(self._stood, values, self._standings)

    def mates_of(self, records: Collection[RecordId]) -> set[RecordId]:
        """These reports' clusters' reports."""
        return set().union(*(self._clusters[each] for each in self._whole_clusters(records)))

    def cores_of(self, records: Collection[RecordId]) -> dict[RecordId, RecordId]:
        """The cores of those of these reports that are in one."""
        self._find(records)
        return {record: core for record in records if (core := self._places[record].core)}

    def core_mates_of(self, records: Collection[RecordId]) -> set[RecordId]:
        """The reports of these reports' cores."""
        cores = set(self.cores_of(records).values())
        cored = [record for record in records if self._places[record].core]
        around = (self._clusters[each] for each in self._whole_clusters(cored))
        return {mate for mates in around for mate in mates if self._places[mate].core in cores}

    def verdicts_on(self, records: Collection[RecordId]) -> dict[RecordPair, Verdict]:
        """What analysts say of these reports and others of the compartment, the latest of each."""
        missing = [record for record in records if record not in self._verdicts]
        if missing:
            self.hear(missing, asked(verdicts(missing))[0])
        said = (self._verdicts[record] or {} for record in records)
        return {pair: verdict for each in said for pair, verdict in each.items()}

    def hear(self, records: Collection[RecordId], rows: Rows) -> None:
        """Take what was answered of verdicts on some reports, the latest of a pair first."""
        latest: dict[RecordId, dict[RecordPair, Verdict]] = defaultdict(dict)
        for side, left, right, verdict in rows:
            if side == self.side:
                for end in (left, right):
                    latest[end].setdefault((left, right), Verdict(verdict))
        self._verdicts.update((record, latest.get(record)) for record in records)

    def keep(self, settled: Settled) -> int:
        """Keep what was settled, and what the reports in `anew` tell.

        Gives how many reports are in another cluster than before.
        """
        self._keep_standings(settled.standings)
        anchored: dict[bytes, RecordId] = dict(
            self._ask("names_anchored", region=list(settled.region))
        )
        called, nameless = names_after(settled.clusters, anchored)
        named = {ids.uuid7().bytes: cluster for cluster in nameless}
        for name, cluster in named.items():
            called |= dict.fromkeys(cluster, name)
        if named:
            anchors = [min(cluster) for cluster in named.values()]
            self._run("keep_names", names=list(named), anchors=anchors)
        moved = self._keep_places(called, settled)
        if any(not self._places[record].is_new for record in settled.strong):
            self._run("drop_proposals", strong=list(settled.strong))
        if settled.proposals:
            lefts, rights = map(list, zip(*sorted(settled.proposals), strict=True))
            self._run("keep_proposals", ids=_new_ids(lefts), lefts=lefts, rights=rights)
        return moved

    def _keep_standings(self, standings: Mapping[Value, Standing]) -> None:
        # In one order everywhere, so that nobody waits for another in a circle.
        rows = sorted(
            (self._key(v), str(s.kind), s.reports, s.only_suspects)
            for v, s in standings.items()
            if s.kind and s != self._stood.get(v)
        )
        if rows:
            keys, counted, reports, only = map(list, zip(*rows, strict=True))
            self._run("keep_standings", values=keys, counted=counted, reports=reports, only=only)

    def _keep_places(self, called: Mapping[RecordId, bytes | None], settled: Settled) -> int:
        self._find(called)
        rows: dict[bool, list[tuple[RecordId, bytes, bytes, bytes]]] = {True: [], False: []}
        moved = 0
        for record, cluster in called.items():
            place = self._places[record]
            moved += cluster != place.cluster
            core = settled.cores.get(record) if record in settled.strong else place.core
            is_read = record in self.anew
            if is_read or (core, cluster) != (place.core, place.cluster) or place.is_new:
                kept = place.kept
                kept = packed(self._told[record]) if is_read or kept is None else kept
                rows[place.is_new].append((record, cluster or b"", core or b"", kept))
        for is_new, some in rows.items():
            if some:
                names = ("records", "clusters", "cores", "told")
                lists = dict(zip(names, map(list, zip(*some, strict=True)), strict=True))
                order = "add_places" if is_new else "keep_places"
                self._run(order, ids=_new_ids(some), **lists)
        return moved

    def values_kept(self, record: RecordId) -> set[Value]:
        """The values of this side that a report was last seen by, as far as they stand."""
        self._find([record])
        place = self._places[record]
        here = {value for value, told in place.told.items() if concerns(self.side, told)}
        return set(self.standings(here | place.values))

    def _tellers_of(self, values: Collection[Value]) -> dict[Value, dict[RecordId, Told]]:
        # Of what gathers a report that is read anew it is asked next who is in those clusters.
        mine = {value for told in self.anew.values() for value in told}
        near = {v for v in mine.intersection(values) if (s := self._stood.get(v)) and gathers(s)}
        # Nobody else was seen to tell what of it stands nowhere yet.
        unheard = {value for value in mine if self._stood.get(value, NOTHING) is None}
        asked_for = [value for value in values if value not in unheard]
        wide = [value in near for value in asked_for]
        facts = {"values": asked_for, "wide": wide, "most": MOST_HELD}
        rows = self._ask("tellers_of", **facts) if asked_for else []
        self.take(rows)
        found: dict[Value, dict[RecordId, Told]] = defaultdict(dict)
        met = [(asked_for[place - 1], row[1]) for *row, place in rows if place]
        for value, record in met:
            told = self._told[record].get(value)
            if told:
                found[value][record] = told
            if value in near:
                self._whole.update(filter(None, [self._places[record].cluster]))
        many = Counter(value for value, _ in met)
        found |= {token: self._newest_of(token) for token, n in many.items() if n >= MOST_HELD}
        for record, now in self.anew.items():
            for value in now.keys() & set(values):
                found[value][record] = now[value]
        return found

    def _newest_of(self, value: Value) -> dict[RecordId, Told]:
        """Who tells a value that very many tell: so many of each part, that none hides another."""
        found: list[RecordId] = []
        before: list[str] = []
        for part in PARTS[self.side]:
            roles = [str(role) for role in part]
            facts = {"value": value, "roles": roles, "before": list(before), "most": MOST_HELD}
            found += [record for (record,) in self._ask("newest_tellers_of", **facts)]
            before += roles
        # Of a value that was kept quiet since, a place settled anew tells nothing more.
        tells = self.told_by([record for record in found if record not in self.anew])
        return {record: each[value] for record, each in tells.items() if value in each}

    def _find(self, records: Iterable[RecordId]) -> None:
        missing = [record for record in records if record not in self._places]
        if missing:
            self.take(asked(places(missing))[0], also=missing)

    def _whole_clusters(self, records: Collection[RecordId]) -> set[bytes]:
        """The clusters of these reports, all of whose reports are known then."""
        self._find(records)
        found = {cluster for record in records if (cluster := self._places[record].cluster)}
        missing = list(found - self._whole)
        if missing:
            self.take(self._ask("mates_of", clusters=missing))
            self._whole.update(missing)
        return found

    def take(self, rows: Rows, also: Iterable[RecordId] = ()) -> None:
        """Take in the places of reports; `also` are those that have none if no row is theirs."""
        new = {}
        for side, record, core, cluster, kept, values, *_ in rows:
            if record not in self._places and side == self.side:
                new[record] = Place(core, cluster, kept, frozenset(values or ()), is_new=False)
        new |= {record: Place() for record in also if record not in new}
        self._places.update(new)
        unread = [record for record, place in new.items() if place.kept is None]
        unread = [r for r in unread if not (new[r].is_new or r in self.anew)]
        told = told_by_now(asked(telling(unread))[0], self.compartment) if unread else {}
        for record, place in new.items():
            now = (self.anew if record in self.anew else told).get(record)
            self._told[record] = place.told if now is None else now
            if place.cluster:
                self._clusters[place.cluster].add(record)
        self._look_ahead(new)

    def _look_ahead(self, records: Mapping[RecordId, object]) -> None:
        values = {v for record in records for v in self._told[record] if v not in self._stood}
        silent = [record for record in records if record not in self._verdicts]
        keys = {self._key(value): value for value in values}
        orders = [self._order("standings", keys=list(keys))] if keys else []
        orders += [verdicts(silent)] if silent else []
        answers = asked(*orders)
        if silent:
            self.hear(silent, answers.pop())
        if keys:
            stood = self._stand(keys, answers.pop())
            self._stood.update((value, stood.get(value)) for value in values)

    def _standings(self, values: Collection[Value]) -> dict[Value, Standing]:
        keys = {self._key(value): value for value in values}
        return self._stand(keys, self._ask("standings", keys=list(keys)))

    @staticmethod
    def _stand(keys: Mapping[bytes, Value], rows: Rows) -> dict[Value, Standing]:
        return {keys[key]: Standing(kind, reports, only) for key, kind, reports, only in rows}

    def _ask(self, question: str, **facts: object) -> Rows:
        return asked(self._order(question, **facts))[0]

    def _run(self, order: str, **facts: object) -> None:
        run_statement(*self._order(order, **facts))

    def _order(self, name: str, **facts: object) -> Order:
        return statement(SQL / f"{name}.sql"), {**self._here, **facts}

    @cached_property
    def _here(self) -> dict[str, object]:
        return {"side": str(self.side), "compartment": self.compartment, "kinds": KINDS}

    def _key(self, value: Value) -> bytes:
        place = f"{self.side}|{self.compartment}|".encode()
        return blake2b(place + value, digest_size=KEY_BYTES).digest()


def asked(*orders: Order) -> list[Rows]:
    """What questions answer, in one trip while statements are packed."""
    return ask(*orders) if is_packing() and orders else [ask_again(*order) for order in orders]


def places(records: Collection[RecordId]) -> Order:
    """The question where these reports are, on either side."""
    return statement(SQL / "places_of.sql"), {"records": list(records)}


def verdicts(records: Collection[RecordId]) -> Order:
    """The question what analysts said of these reports and others of their compartment."""
    return statement(SQL / "verdicts_on.sql"), {"records": list(records)}


def telling(records: Collection[RecordId]) -> Order:
    """The question what these reports tell by what was noted of them."""
    return statement(SQL / "told_by.sql"), {"records": list(records), "kinds": KINDS}


def told_by_now(rows: Rows, compartment: str) -> dict[RecordId, dict[Value, Told]]:
    """What reports of a compartment tell, by the answer to `telling`."""
    found: dict[RecordId, dict[Value, Told]] = defaultdict(dict)
    for record, where, token, *way in rows:
        noted = found[record]
        if token and where == compartment:
            told = told_as(*way)
            noted[token] = most_protected(noted[token], told) if token in noted else told
    return found


def told_as(kind: str, role: str, clear: str, near: bytes | memoryview | None) -> Told:
    """How a mention tells its value."""
    if kind != Kind.HANDLE:
        return Told(kind, role)
    return Told(kind, role, clear[:1] == ":", bytes(near) if near else None)


def _asked_once(
    kept: dict[K, V | None],
    asked: Collection[K],
    ask: Callable[[Collection[K]], Mapping[K, V]],
) -> dict[K, V]:
    """What is kept of those asked for; what is not is asked, all in one, and kept."""
    missing = [one for one in asked if one not in kept]
    if missing:
        found = ask(missing)
        kept.update((one, found.get(one)) for one in missing)
    return {one: known for one in asked if (known := kept[one]) is not None}


def _new_ids(some: Collection[object]) -> list[bytes]:
    return [ids.uuid7().bytes for _ in some]

"""The facts of one side and one compartment, read from the database for the rules of settling.

A part of this room's actions, for Havre's own stations only.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.links.models import Member, Name, Proposal
from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import (
    PROTECTED,
    RecordPair,
    Side,
    Standing,
    Told,
    most_protected,
)
from havre.links.rules.settling import Settled, names_after
from havre.links.rules.weights import chaining_kinds
from havre.plumbing import ids
from havre.plumbing.pipes import Rows, ask_again, run_statement, statement

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


@dataclass(frozen=True)
class StoredBook:
    """What reports of a compartment tell, and what was kept of it.

    It asks the database once for each thing, so it is made anew for every settling. What reports
    tell is the same on both sides: the book of the other may have the same `told`. Who tells a
    value is not: a crowd of one side is read in part, and hides few of the other.
    """

    side: Side
    compartment: str
    told: dict[UUID, dict[bytes, Told] | None] = field(default_factory=dict)
    _tellers: dict[bytes, dict[UUID, Told] | None] = field(default_factory=dict)
    _stood: dict[bytes, Standing | None] = field(default_factory=dict)
    _mates: dict[UUID, set[UUID] | None] = field(default_factory=dict)
    _cores: dict[UUID, UUID | None] = field(default_factory=dict)
    _core_mates: dict[UUID, set[UUID] | None] = field(default_factory=dict)
    _verdicts: dict[UUID, dict[RecordPair, Verdict] | None] = field(default_factory=dict)

    def tellers_of(self, values: Collection[bytes]) -> dict[bytes, dict[UUID, Told]]:
        """For each value, the reports that tell it, and how."""
        return _asked_once(self._tellers, values, self._tellers_of)

    def told_by(self, records: Collection[UUID]) -> dict[UUID, dict[bytes, Told]]:
        """What each of these reports tells."""
        return _asked_once(self.told, records, self._told_by)

    def standings(self, values: Collection[bytes]) -> dict[bytes, Standing]:
        """How these values were found to stand."""
        return _asked_once(self._stood, values, self._standings)

    def mates_of(self, records: Collection[UUID]) -> set[UUID]:
        """These reports' clusters' reports."""
        found = _asked_once(self._mates, records, self._mates_of)
        # Those of one cluster have one set between them.
        return set().union(*{id(mates): mates for mates in found.values()}.values())

    def cores_of(self, records: Collection[UUID]) -> dict[UUID, UUID]:
        """The cores of those of these reports that are in one."""
        return _asked_once(self._cores, records, self._cores_of)

    def core_mates_of(self, records: Collection[UUID]) -> set[UUID]:
        """The reports of these reports' cores."""
        cores = set(self.cores_of(records).values())
        found = _asked_once(self._core_mates, cores, self._core_mates_of)
        return {record for mates in found.values() for record in mates}

    def verdicts_on(self, records: Collection[UUID]) -> dict[RecordPair, Verdict]:
        """What analysts say of these reports and others of the compartment, the latest of each."""
        found = _asked_once(self._verdicts, records, self._verdicts_on)
        return {pair: verdict for each in found.values() for pair, verdict in each.items()}

    def keep(self, settled: Settled, *, values_of: Mapping[UUID, Collection[bytes]]) -> int:
        """Keep what was settled; `values_of` are the reports that were read anew.

        Gives how many reports are in another cluster than before.
        """
        self._keep_standings(settled.standings)
        anchored: dict[UUID, UUID] = dict(self._ask("names_anchored", region=list(settled.region)))
        called, nameless = names_after(settled.clusters, anchored)
        for cluster in nameless:
            name = Name.objects.create(id=ids.uuid7(), side=self.side, anchor_id=min(cluster))
            called |= dict.fromkeys(cluster, name.pk)
        moved = self._keep_members(called, settled, values_of)
        self._run("drop_proposals", strong=list(settled.strong))
        Proposal.objects.bulk_create(
            Proposal(id=ids.uuid7(), side=self.side, left_id=left, right_id=right)
            for left, right in sorted(settled.proposals)
        )
        return moved

    def _keep_standings(self, standings: Mapping[bytes, Standing]) -> None:
        # In one order everywhere, so that nobody waits for another in a circle.
        rows = sorted(
            (self._key(v), s.kind, s.reports, s.only_suspects)
            for v, s in standings.items()
            if s.kind
        )
        keys, counted, reports, only = map(list, zip(*rows, strict=True)) if rows else [[]] * 4
        self._run("keep_standings", values=keys, counted=counted, reports=reports, only=only)

    def _keep_members(
        self,
        called: Mapping[UUID, UUID | None],
        settled: Settled,
        values_of: Mapping[UUID, Collection[bytes]],
    ) -> int:
        rows = self._ask("members_of", records=list(called))
        stored = {record: (pk, cluster, core) for record, pk, cluster, core in rows}
        changed, fresh, moved = [], [], 0
        for record, cluster in called.items():
            pk, before, core = stored.get(record, (ids.uuid7(), None, None))
            moved += cluster != before
            now = settled.cores.get(record) if record in settled.strong else core
            if record not in stored:
                member = Member(id=pk, side=self.side, record_id=record, cluster_id=cluster)
                member.core, member.values = now, sorted(values_of.get(record, ()))
                fresh.append(member)
            elif (cluster, now) != (before, core):
                changed.append((pk, cluster, now))
        Member.objects.bulk_create(fresh)
        if changed:
            pks, clusters, cores = map(list, zip(*changed, strict=True))
            self._run("keep_members", ids=pks, clusters=clusters, cores=cores)
        for record in values_of.keys() & stored.keys():
            Member.objects.filter(pk=stored[record][0]).update(values=sorted(values_of[record]))
        return moved

    def values_kept(self, record: UUID) -> set[bytes] | None:
        """The values that a report was last seen by; None if it has no place on this side."""
        member = Member.objects.filter(side=self.side, record=record).first()
        return {bytes(value) for value in member.values} if member else None

    def _tellers_of(self, values: Collection[bytes]) -> dict[bytes, dict[UUID, Told]]:
        roles = [role for part in PARTS[self.side] for role in part]
        rows = self._ask("tellers_of", values=list(values), roles=roles, most=MOST_HELD)
        many = Counter(bytes(token) for _, token, *_ in rows)
        found: dict[bytes, dict[UUID, Told]] = {}
        for token, record, told in _read(rows):
            _note(found.setdefault(token, {}), record, told)
        cut = {token: self._newest_of(token) for token, n in many.items() if n >= MOST_HELD}
        return {**found, **cut}

    def _newest_of(self, value: bytes) -> dict[UUID, Told]:
        """Who tells a value that very many tell: so many of each part, that none hides another."""
        found: dict[UUID, Told] = {}
        before: list[PersonRole] = []
        for part in PARTS[self.side]:
            rows = self._ask(
                "newest_tellers_of",
                value=value,
                roles=list(part),
                before=list(before),
                most=MOST_HELD,
            )
            found.update({record: told for _, record, told in _read(rows)})
            before += part
        return found

    def _told_by(self, records: Collection[UUID]) -> dict[UUID, dict[bytes, Told]]:
        found: dict[UUID, dict[bytes, Told]] = defaultdict(dict)
        for token, record, told in _read(self._ask("told_by", records=list(records))):
            _note(found[record], token, told)
        return found

    def _standings(self, values: Collection[bytes]) -> dict[bytes, Standing]:
        keys = {self._key(value): value for value in values}
        rows = self._ask("standings", keys=list(keys))
        return {keys[key]: Standing(kind, reports, only) for key, kind, reports, only in rows}

    def _mates_of(self, records: Collection[UUID]) -> dict[UUID, set[UUID]]:
        clusters = _grouped(self._ask("mates_of", records=list(records)))
        return {record: mates for mates in clusters.values() for record in mates}

    def _cores_of(self, records: Collection[UUID]) -> dict[UUID, UUID]:
        return dict(self._ask("cores_of", records=list(records)))

    def _core_mates_of(self, cores: Collection[UUID]) -> dict[UUID, set[UUID]]:
        return _grouped(self._ask("core_mates_of", cores=list(cores)))

    def _verdicts_on(self, records: Collection[UUID]) -> dict[UUID, dict[RecordPair, Verdict]]:
        latest: dict[UUID, dict[RecordPair, Verdict]] = defaultdict(dict)
        for left, right, verdict in self._ask("verdicts_on", records=list(records)):
            for end in (left, right):
                latest[end].setdefault((left, right), Verdict(verdict))
        return latest

    def _ask(self, question: str, **facts: object) -> Rows:
        return ask_again(statement(SQL / f"{question}.sql"), {**self._here, **facts})

    def _run(self, order: str, **facts: object) -> None:
        run_statement(statement(SQL / f"{order}.sql"), {**self._here, **facts})

    @cached_property
    def _here(self) -> dict[str, object]:
        return {"side": self.side, "compartment": self.compartment, "kinds": KINDS}

    def _key(self, value: bytes) -> bytes:
        place = f"{self.side}|{self.compartment}|".encode()
        return blake2b(place + value, digest_size=KEY_BYTES).digest()


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


def _grouped(rows: Rows) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for name, record in rows:
        found[name].add(record)
    return found


def _read(rows: Rows) -> Iterator[tuple[bytes, UUID, Told]]:
    for record, token, kind, role, clear, near in rows:
        yield bytes(token), record, told_as(kind, role, clear, near)


def told_as(kind: str, role: str, clear: str, near: bytes | memoryview | None) -> Told:
    """How a mention tells its value."""
    is_bare = kind == Kind.HANDLE and clear[:1] == ":"
    return Told(kind, role, is_bare, bytes(near) if near else None)


def _note(noted: dict[K, Told], key: K, told: Told) -> None:
    noted[key] = most_protected(noted[key], told) if key in noted else told

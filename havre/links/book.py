"""The facts of one side and one compartment, read from the database for the rules of settling.

A part of this room's actions, for Havre's own stations only.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from havre.identifiers.models import Mention
from havre.identifiers.rules.words import Kind
from havre.links.models import Judgement, Member, Name, Proposal, Value
from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import RecordPair, Side, Standing, Told, most_protected
from havre.links.rules.settling import Settled, names_after
from havre.links.rules.weights import chaining_kinds
from havre.plumbing import ids

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Row = tuple[UUID, bytes, str, str, str, bytes | None]

KEY_BYTES = 16
# More reports than this are not looked at one by one: the value is in too many to be anybody's.
MOST_HELD = 5_001

_FIELDS = ("record", "token", "kind", "role", "clear", "near")


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
    _verdicts: dict[UUID, dict[RecordPair, Judgement] | None] = field(default_factory=dict)

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
        return {record for mates in found.values() for record in mates}

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
        rows = {pair: row for verdicts in found.values() for pair, row in verdicts.items()}
        return {pair: Verdict(row.verdict) for pair, row in rows.items()}

    def keep(self, settled: Settled, *, values_of: Mapping[UUID, Collection[bytes]]) -> int:
        """Keep what was settled; `values_of` are the reports that were read anew.

        Gives how many reports are in another cluster than before.
        """
        self._keep_standings(settled.standings)
        region = list(settled.region)
        names = Name.objects.filter(side=self.side, anchor__in=region)
        anchored = dict(names.values_list("pk", "anchor"))
        called, nameless = names_after(settled.clusters, anchored)
        for cluster in nameless:
            name = Name.objects.create(id=ids.uuid7(), side=self.side, anchor_id=min(cluster))
            called |= dict.fromkeys(cluster, name.pk)
        moved = self._keep_members(called, settled, values_of)
        strong = list(settled.strong)
        reached = Q(left__in=strong) | Q(right__in=strong)
        Proposal.objects.filter(reached, side=self.side).delete()
        Proposal.objects.bulk_create(
            Proposal(id=ids.uuid7(), side=self.side, left_id=left, right_id=right)
            for left, right in sorted(settled.proposals)
        )
        return moved

    def _keep_standings(self, standings: Mapping[bytes, Standing]) -> None:
        Value.objects.bulk_create(
            [
                Value(
                    key=self._key(value),
                    kind=standing.kind,
                    reports=standing.reports,
                    only_suspects=standing.only_suspects,
                )
                for value, standing in standings.items()
                if standing.kind
            ],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["kind", "reports", "only_suspects"],
        )

    def _keep_members(
        self,
        called: Mapping[UUID, UUID | None],
        settled: Settled,
        values_of: Mapping[UUID, Collection[bytes]],
    ) -> int:
        stored = {m.record_id: m for m in Member.objects.filter(side=self.side, record__in=called)}
        changed, fresh, moved = [], [], 0
        for record, cluster in called.items():
            member = stored.get(record) or Member(
                id=ids.uuid7(), side=self.side, record_id=record, values=[]
            )
            before = member.cluster_id, member.core, list(map(bytes, member.values))
            moved += cluster != member.cluster_id
            member.cluster_id = cluster
            if record in settled.strong:
                member.core = settled.cores.get(record)
            member.values = sorted(values_of.get(record, before[2]))
            if record not in stored:
                fresh.append(member)
            elif (member.cluster_id, member.core, member.values) != before:
                changed.append(member)
        Member.objects.bulk_create(fresh)
        Member.objects.bulk_update(changed, ["cluster", "core", "values"])
        return moved

    def values_kept(self, record: UUID) -> set[bytes]:
        """The values that a report was last seen by."""
        member = Member.objects.filter(side=self.side, record=record).first()
        return {bytes(value) for value in member.values} if member else set()

    @cached_property
    def _kinds(self) -> list[str]:
        return sorted(chaining_kinds())

    def _tellers_of(self, values: Collection[bytes]) -> dict[bytes, dict[UUID, Told]]:
        found: dict[bytes, dict[UUID, Told]] = {}
        known = self.standings(values)
        few = [value for value in values if value in known and known[value].reports < MOST_HELD]
        parts = [self._told(token=value)[:MOST_HELD] for value in set(values) - set(few)]
        rows = (
            self._told(token__in=few).union(*parts, all=True)
            if parts
            else self._told(token__in=few)
        )
        for token, each in _read(rows):
            _note(found.setdefault(token, {}), each)
        return found

    def _told_by(self, records: Collection[UUID]) -> dict[UUID, dict[bytes, Told]]:
        found: dict[UUID, dict[bytes, Told]] = defaultdict(dict)
        for token, (record, told) in _read(self._told(record__in=list(records))):
            earlier = found[record].get(token)
            found[record][token] = most_protected(earlier, told) if earlier else told
        return found

    def _standings(self, values: Collection[bytes]) -> dict[bytes, Standing]:
        keys = {self._key(value): value for value in values}
        rows = Value.objects.filter(key__in=list(keys)).order_by()
        return {
            keys[bytes(row.key)]: Standing(row.kind, row.reports, row.only_suspects) for row in rows
        }

    def _mates_of(self, records: Collection[UUID]) -> dict[UUID, set[UUID]]:
        of_side = Member.objects.filter(side=self.side, cluster__isnull=False).order_by()
        mine = of_side.filter(record__in=list(records)).values("cluster")
        clusters: dict[UUID, set[UUID]] = defaultdict(set)
        for cluster, record in of_side.filter(cluster__in=mine).values_list("cluster", "record"):
            clusters[cluster].add(record)
        return {record: mates for mates in clusters.values() for record in mates}

    def _cores_of(self, records: Collection[UUID]) -> dict[UUID, UUID]:
        mine = Member.objects.filter(side=self.side, record__in=list(records)).order_by()
        rows = mine.values_list("record", "core")
        return {record: core for record, core in rows if core is not None}

    def _core_mates_of(self, cores: Collection[UUID]) -> dict[UUID, set[UUID]]:
        found: dict[UUID, set[UUID]] = defaultdict(set)
        of_side = Member.objects.filter(side=self.side, core__in=list(cores)).order_by()
        for core, record in of_side.values_list("core", "record"):
            if core is not None:
                found[core].add(record)
        return found

    def _verdicts_on(self, records: Collection[UUID]) -> dict[UUID, dict[RecordPair, Judgement]]:
        asked = list(records)
        rows = Judgement.objects.filter(
            Q(left__in=asked) | Q(right__in=asked),
            side=self.side,
            left__report__compartment=self.compartment,
            right__report__compartment=self.compartment,
        ).standing()
        latest: dict[UUID, dict[RecordPair, Judgement]] = defaultdict(dict)
        for row in rows:
            # Standing judgements come with the latest of a pair first.
            for end in (row.left_id, row.right_id):
                latest[end].setdefault((row.left_id, row.right_id), row)
        return latest

    def _told(self, **which: object) -> QuerySet[Mention, Row]:
        return (
            Mention.objects.filter(record__report__compartment=self.compartment, **which)
            .unhushed()
            .filter(kind__in=self._kinds)
            .order_by()
            .values_list(*_FIELDS)
            .distinct()
        )

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


def _read(rows: Iterable[Row]) -> Iterator[tuple[bytes, tuple[UUID, Told]]]:
    for record, token, kind, role, clear, near in rows:
        yield bytes(token), (record, told_as(kind, role, clear, near))


def told_as(kind: str, role: str, clear: str, near: bytes | memoryview | None) -> Told:
    """How a mention tells its value."""
    is_bare = kind == Kind.HANDLE and clear[:1] == ":"
    return Told(kind, role, is_bare, bytes(near) if near else None)


def _note(tellers: dict[UUID, Told], each: tuple[UUID, Told]) -> None:
    record, told = each
    earlier = tellers.get(record)
    tellers[record] = most_protected(earlier, told) if earlier else told

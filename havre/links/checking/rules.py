"""The facts of one side held in memory: for making clusters anew, and for trying the rules."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import count

from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import RecordId, RecordPair, Side, Standing, Told, most_protected
from havre.links.rules.pairing import MOST_PAIRED
from havre.links.rules.settling import Settled, names_after, settle


@dataclass
class MemoryBook:
    """What reports tell, and what was kept of it."""

    side: Side
    told: dict[RecordId, dict[bytes, Told]] = field(default_factory=dict)
    verdicts: dict[RecordPair, Verdict] = field(default_factory=dict)
    kept: dict[bytes, Standing] = field(default_factory=dict)
    cluster: dict[RecordId, frozenset[RecordId]] = field(default_factory=dict)
    cores: dict[RecordId, RecordId] = field(default_factory=dict)
    proposals: set[RecordPair] = field(default_factory=set)
    names: dict[RecordId, RecordId | None] = field(default_factory=dict)
    _tellers: dict[bytes, dict[RecordId, Told]] = field(default_factory=lambda: defaultdict(dict))
    _in_core: dict[RecordId, set[RecordId]] = field(default_factory=lambda: defaultdict(set))
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def note(self, record: RecordId, value: bytes, told: Told) -> None:
        """One more thing that a report tells."""
        mine = self.told.setdefault(record, {})
        mine[value] = most_protected(mine[value], told) if value in mine else told
        self._tellers[value][record] = mine[value]

    def tellers_of(self, values: Collection[bytes]) -> dict[bytes, dict[RecordId, Told]]:
        return {value: self._tellers[value] for value in values if self._tellers.get(value)}

    def told_by(self, records: Collection[RecordId]) -> dict[RecordId, dict[bytes, Told]]:
        return {record: self.told.get(record, {}) for record in records}

    def standings(self, values: Collection[bytes]) -> dict[bytes, Standing]:
        return {value: self.kept[value] for value in values if value in self.kept}

    def mates_of(self, records: Collection[RecordId]) -> set[RecordId]:
        return {mate for record in records for mate in self.cluster.get(record, ())}

    def cores_of(self, records: Collection[RecordId]) -> dict[RecordId, RecordId]:
        return {record: self.cores[record] for record in records if record in self.cores}

    def core_mates_of(self, records: Collection[RecordId]) -> set[RecordId]:
        asked = set(self.cores_of(records).values())
        return {mate for core in asked for mate in self._in_core[core]}

    def verdicts_on(self, records: Collection[RecordId]) -> dict[RecordPair, Verdict]:
        asked = set(records)
        return {pair: v for pair, v in self.verdicts.items() if asked & set(pair)}

    def add(self, record: RecordId, values: Mapping[bytes, Told]) -> None:
        """A report arrives, or is read again: what it told before is forgotten."""
        before = self._forget(record)
        self.told[record] = {}
        for value, told in values.items():
            self.note(record, value, told)
        fresh = {v: told for v, told in self.told[record].items() if v not in before}
        self._keep(settle(self, touched={record}, values=before | set(values), fresh=fresh))

    def judge(self, one: RecordId, other: RecordId, verdict: Verdict | None) -> None:
        """An analyst says something of two reports, or with None takes it back."""
        pair = (min(one, other), max(one, other))
        if verdict is None:
            self.verdicts.pop(pair, None)
        else:
            self.verdicts[pair] = verdict
        self._keep(settle(self, touched={one, other}, values=set()))

    def remove(self, record: RecordId) -> None:
        """A report is gone; the names anchored at it go to the oldest beside it."""
        beside = self.mates_of([record]) - {record}
        judged = {other for pair in self.verdicts_on([record]) for other in pair} - {record}
        values = self._forget(record)
        crowded = (v for v in values if len(self._tellers[v]) >= MOST_PAIRED)
        touched = {teller for v in crowded for teller in self._tellers[v]} | beside | judged
        self.verdicts = {pair: v for pair, v in self.verdicts.items() if record not in pair}
        self.proposals = {pair for pair in self.proposals if record not in pair}
        heir = min(beside, default=None)
        self.names = {n: heir if anchor == record else anchor for n, anchor in self.names.items()}
        self.cluster.pop(record, None)
        self._core({record: None})
        for mate in beside:
            self.cluster[mate] -= {record}
        self._keep(settle(self, touched=touched, values=values))

    def name_of(self, record: RecordId) -> RecordId | None:
        """The name of a report's cluster: the oldest of those anchored in it."""
        cluster = self.cluster.get(record, frozenset({record}))
        return min((n for n, anchor in self.names.items() if anchor in cluster), default=None)

    def anew(self) -> Settled:
        """Everything made from the facts alone, as if nothing had been kept."""
        bare = MemoryBook(self.side, told=self.told, verdicts=self.verdicts)
        bare._tellers = self._tellers
        values = {value for told in self.told.values() for value in told}
        return settle(bare, touched=set(self.told), values=values)

    def _forget(self, record: RecordId) -> set[bytes]:
        before = self.told.pop(record, {})
        for value in before:
            del self._tellers[value][record]
        return set(before)

    def _keep(self, settled: Settled) -> None:
        self.kept |= settled.standings
        strong = settled.strong
        self.proposals = {p for p in self.proposals if not strong & set(p)} | settled.proposals
        self._core({record: settled.cores.get(record) for record in strong})
        anchored = {n: anchor for n, anchor in self.names.items() if anchor is not None}
        _called, nameless = names_after(settled.clusters, anchored)
        for cluster in settled.clusters:
            self.cluster |= dict.fromkeys(cluster, cluster)
        for cluster in nameless:
            self.names[next(self._numbers).to_bytes(16)] = min(cluster)

    def _core(self, cores: Mapping[RecordId, RecordId | None]) -> None:
        for record, core in cores.items():
            before = self.cores.pop(record, None)
            if before is not None:
                self._in_core[before].discard(record)
            if core is not None:
                self.cores[record] = core
                self._in_core[core].add(record)

"""The facts of one side and one compartment, read from the database for the rules of settling.

A part of this room's actions, for Havre's own stations only.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from uuid import UUID

from havre.identifiers.models import Mention
from havre.identifiers.rules.words import Kind
from havre.links.models import Judgement, Member, Name, Proposal, Value
from havre.links.rules.clusters import Verdict
from havre.links.rules.settling import (
    RecordPair,
    Settled,
    Side,
    Standing,
    Told,
    most_protected,
    names_after,
)
from havre.links.rules.weights import chaining_kinds
from havre.plumbing import ids

KEY_BYTES = 16
# More reports than this are not looked at one by one: the value is in too many to be anybody's.
MOST_HELD = 5_001

_FIELDS = ("record", "token", "kind", "role", "clear")


@dataclass(frozen=True)
class StoredBook:
    """What reports of a compartment tell, and what was kept of it."""

    side: Side
    compartment: str

    def tellers_of(self, values: Collection[bytes]) -> dict[bytes, dict[UUID, Told]]:
        """For each value, the reports that tell it, and how."""
        found: dict[bytes, dict[UUID, Told]] = {}
        known = self._sizes(values)
        few = [value for value in values if known.get(value, MOST_HELD) < MOST_HELD]
        for token, each in self._told(token__in=few):
            _note(found.setdefault(token, {}), each)
        for value in set(values) - set(few):
            for token, each in self._told(at_most=MOST_HELD, token=value):
                _note(found.setdefault(token, {}), each)
        return found

    def told_by(self, records: Collection[UUID]) -> dict[UUID, dict[bytes, Told]]:
        """What each of these reports tells."""
        found: dict[UUID, dict[bytes, Told]] = defaultdict(dict)
        for token, (record, told) in self._told(record__in=list(records)):
            earlier = found[record].get(token)
            found[record][token] = most_protected(earlier, told) if earlier else told
        return found

    def standings(self, values: Collection[bytes]) -> dict[bytes, Standing]:
        """How these values were found to stand."""
        keys = {self._key(value): value for value in values}
        rows = Value.objects.filter(key__in=list(keys))
        return {
            keys[bytes(row.key)]: Standing(row.kind, row.reports, row.coherent, row.chains)
            for row in rows
        }

    def mates_of(self, records: Collection[UUID]) -> set[UUID]:
        """These reports' clusters' reports."""
        mine = Member.objects.filter(
            side=self.side, record__in=list(records), cluster__isnull=False
        )
        clusters = list(mine.values_list("cluster", flat=True).distinct())
        rows = Member.objects.filter(side=self.side, cluster__in=clusters)
        return set(rows.values_list("record", flat=True))

    def verdicts_on(self, records: Collection[UUID]) -> dict[RecordPair, Verdict]:
        """What analysts say of these reports and others of the compartment, the latest of each."""
        standing = Judgement.objects.filter(
            side=self.side,
            left__report__compartment=self.compartment,
            right__report__compartment=self.compartment,
        ).standing()
        asked = list(records)
        rows = [*standing.filter(left__in=asked), *standing.filter(right__in=asked)]
        latest: dict[RecordPair, Judgement] = {}
        for row in rows:
            pair = (row.left_id, row.right_id)
            if pair not in latest or (row.at, row.pk) > (latest[pair].at, latest[pair].pk):
                latest[pair] = row
        return {pair: Verdict(row.verdict) for pair, row in latest.items()}

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
        moved = self._keep_members(called, values_of)
        for end in ("left", "right"):
            Proposal.objects.filter(side=self.side, **{f"{end}__in": region}).delete()
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
                    coherent=standing.coherent,
                    chains=standing.chains,
                )
                for value, standing in standings.items()
                if standing.kind
            ],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["kind", "reports", "coherent", "chains"],
        )

    def _keep_members(
        self, called: Mapping[UUID, UUID | None], values_of: Mapping[UUID, Collection[bytes]]
    ) -> int:
        stored = {m.record_id: m for m in Member.objects.filter(side=self.side, record__in=called)}
        changed, fresh = [], []
        for record, cluster in called.items():
            member = stored.get(record)
            if member is None:
                member = Member(
                    id=ids.uuid7(), side=self.side, record_id=record, cluster_id=cluster
                )
                member.values = sorted(values_of.get(record, ()))
                fresh.append(member)
            elif member.cluster_id != cluster or record in values_of:
                member.values = sorted(values_of.get(record, member.values))
                changed.append((member, member.cluster_id != cluster))
                member.cluster_id = cluster
        Member.objects.bulk_create(fresh)
        Member.objects.bulk_update([m for m, _ in changed], ["cluster", "values"])
        return sum(moved for _, moved in changed) + sum(m.cluster_id is not None for m in fresh)

    def values_kept(self, record: UUID) -> set[bytes]:
        """The values that a report was last seen by."""
        member = Member.objects.filter(side=self.side, record=record).first()
        return {bytes(value) for value in member.values} if member else set()

    @cached_property
    def _kinds(self) -> list[str]:
        return sorted(chaining_kinds())

    def _told(
        self, *, at_most: int | None = None, **which: object
    ) -> list[tuple[bytes, tuple[UUID, Told]]]:
        rows = (
            Mention.objects.filter(record__report__compartment=self.compartment, **which)
            .filter(kind__in=self._kinds)
            .order_by()
            .values_list(*_FIELDS)
            .distinct()
        )
        return [
            (bytes(token), (record, Told(kind, role, kind == Kind.HANDLE and clear[:1] == ":")))
            for record, token, kind, role, clear in (rows[:at_most] if at_most else rows)
        ]

    def _sizes(self, values: Collection[bytes]) -> dict[bytes, int]:
        return {value: standing.reports for value, standing in self.standings(values).items()}

    def _key(self, value: bytes) -> bytes:
        place = f"{self.side}|{self.compartment}|".encode()
        return blake2b(place + value, digest_size=KEY_BYTES).digest()


def _note(tellers: dict[UUID, Told], each: tuple[UUID, Told]) -> None:
    record, told = each
    earlier = tellers.get(record)
    tellers[record] = most_protected(earlier, told) if earlier else told

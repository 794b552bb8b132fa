"""The clusters that are kept, compared with those made anew from everything that reports tell."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from havre.audit.rules import Actor
from havre.identifiers.models import Mention, Record
from havre.intake.models import Report
from havre.links.book import StoredBook, told_as
from havre.links.checking.rules import MemoryBook
from havre.links.models import Judgement, Member, Name, Proposal
from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import RecordId, Side, concerns
from havre.links.rules.packing import unpacked
from havre.links.rules.settling import Settled, stand_alike
from havre.links.rules.weights import chaining_kinds

ROWS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where what is kept and what is made anew do not agree: nothing, if all is well.

    `astray` are the values that stand otherwise, of each side and compartment, a crowd's number
    aside; `reports` are those that were never linked, or are in another cluster, proposal or none;
    `dangling` names lead nowhere.
    """

    checked: int
    clusters: int
    astray: tuple[tuple[Side, str, frozenset[bytes]], ...]
    reports: frozenset[UUID]
    dangling: int

    @property
    def values(self) -> int:
        """How many values stand otherwise."""
        return sum(len(values) for _, _, values in self.astray)

    @property
    def is_none(self) -> bool:
        """Whether everything agrees."""
        return not (self.values or self.reports or self.dangling)


def difference(*, actor: Actor) -> Difference:
    """What is kept otherwise than it would be made anew."""
    reports = Report.objects.visible_to(actor)
    compartments = sorted(set(reports.order_by().values_list("compartment", flat=True)))
    found: set[UUID] = set()
    astray: list[tuple[Side, str, frozenset[bytes]]] = []
    checked = clusters = 0
    for compartment in compartments:
        for side in Side:
            book = facts_of(side, compartment)
            anew = book.anew()
            kept = StoredBook(side, compartment).standings(anew.standings)
            told = {v: s for v, s in anew.standings.items() if s.reports or v in kept}
            off = frozenset(v for v, s in told.items() if not stand_alike(kept.get(v), s))
            astray += [(side, compartment, off)] if off else []
            found |= _moved(book, anew, side)
            checked += len(book.told)
            clusters += sum(len(cluster) > 1 for cluster in anew.clusters)
    homeless = Name.objects.exclude(anchor__in=Member.objects.values("record"))
    return Difference(
        checked=checked // len(Side),
        clusters=clusters,
        astray=tuple(astray),
        reports=frozenset(found),
        dangling=homeless.count(),
    )


def facts_of(side: Side, compartment: str) -> MemoryBook:
    """Everything that the reports of a compartment tell, and what was said of them."""
    book = MemoryBook(side)
    records = Record.objects.filter(report__compartment=compartment)
    book.told = {record.bytes: {} for record in records.values_list("pk", flat=True)}
    rows = (
        Mention.objects.filter(record__report__compartment=compartment)
        .unhushed()
        .filter(kind__in=sorted(chaining_kinds()))
        .order_by()
        .values_list("record", "token", "kind", "role", "clear", "near")
    )
    for record, token, kind, role, clear, near in rows.iterator(chunk_size=ROWS_AT_ONCE):
        book.note(record.bytes, bytes(token), told_as(kind, role, clear, near))
    said = Judgement.objects.filter(side=side, undone_at=None).order_by("at", "pk")
    for row in said.select_related(None):
        pair = row.left_id.bytes, row.right_id.bytes
        if set(pair) <= book.told.keys():
            book.verdicts[pair] = Verdict(row.verdict)
    return book


def _moved(book: MemoryBook, anew: Settled, side: Side) -> set[UUID]:
    """The reports whose cluster, proposed merge, or whatever they tell is kept otherwise."""
    rows = Member.objects.filter(side=side, record__in=[UUID(bytes=record) for record in book.told])
    kept: dict[UUID, set[RecordId]] = defaultdict(set)
    # A report that tells nothing of a child is not kept on the children's side.
    alone = set(book.told) if side is Side.VICTIM else set()
    cores: dict[RecordId, RecordId] = {}
    moved = set()
    for pk, cluster, core, told in rows.values_list("record", "cluster", "core", "told"):
        record = pk.bytes
        if cluster is None:
            alone.add(record)
        else:
            kept[cluster].add(record)
        if core is not None:
            cores[record] = core.bytes
        if told is not None:
            off = unpacked(bytes(told)).items() ^ book.told[record].items()
            moved |= {record for _, way in off if concerns(side, way)}
    there = {record: frozenset({record}) for record in alone}
    there |= {record: frozenset(group) for group in kept.values() for record in group}
    moved |= {r for cluster in anew.clusters for r in cluster if there.get(r) != cluster}
    moved |= {r for r in book.told if cores.get(r) != anew.cores.get(r)}
    pairs = Proposal.objects.filter(side=side).values_list("left", "right")
    proposed = {(left.bytes, right.bytes) for left, right in pairs}
    proposed = {pair for pair in proposed if set(pair) <= book.told.keys()}
    moved |= {record for pair in proposed ^ set(anew.proposals) for record in pair}
    return {UUID(bytes=record) for record in moved}

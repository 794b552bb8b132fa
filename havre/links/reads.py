"""What ties one report to others, worked out from the identifiers they share."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Window

from havre.audit.rules import Actor, Station
from havre.identifiers.models import Mention, MentionQuerySet
from havre.identifiers.reads import MOST_MET, Met, among_newest, met_in, to_meet
from havre.intake.models import Report
from havre.intake.reads import references_of, reports_by_id
from havre.intake.sealed import Spot
from havre.links.models import Judgement, Member, Name, Proposal
from havre.links.rules.clusters import Verdict
from havre.links.rules.explaining import Explanation, Shared, explain
from havre.links.rules.facts import Side
from havre.links.rules.weights import is_coherent
from havre.plumbing.holding import Held
from havre.plumbing.pipes import ask_again, statement
from havre.plumbing.scopes import DESK
from havre.plumbing.values.written import written_once

Looks = tuple[bool, bytes, str, str, str]
Rows = QuerySet[Mention, tuple[Any, ...]]
Newest = QuerySet[Member, tuple[UUID, int]]
Names = Mapping[Side, UUID | None]  # of the clusters of a report
# What was met by a value or by a name, with the one report's own by key; whether by a name.
Found = tuple[tuple[list[Met], Mapping[bytes, Met], bool], ...]
SQL = Path(__file__).parent / "sql"
MOST_LINKS = 50
IN_ALL = Held[int](size=int, holds=timedelta(hours=1), many=1_000)  # no value is met in as many


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Another report, and why it is tied to this one."""

    report: UUID
    reference: str
    explanation: Explanation


def linked_to(
    report_id: UUID,
    *,
    actor: Actor,
    met: Iterable[Met] | None = None,
    may_tell: Callable[[Met], bool] = lambda _: True,
    through_hushed: bool = False,
) -> list[Linked]:
    """The reports tied to a report, strongest first, as far as the actor may see both.

    A link never shows a report that the actor may not see, nor counts one; nor does it rest on an
    identifier, at either end, of which `may_tell` says no. `met` are the newest mentions of its
    values, where a page has read them already.

    `through_hushed` is for what nobody is shown: how urgent a report is must not sink because an
    agency keeps a value quiet.
    """
    mine = list(filter(may_tell, met_in(_mine(report_id, actor, through_hushed))))
    if not mine:
        return []
    by_token, by_near = _by_keys(mine)
    own, tokens, names = report_id.bytes, tuple(by_token), tuple(by_near)
    if met is None:
        met = met_in(_others(tokens, (), report_id, actor, *(False, through_hushed)))
    exact = [m for m in met if m.token in by_token and m.record != own and may_tell(m)]
    resembling = _others(names, tokens, report_id, actor, *(True, through_hushed)) if names else ()
    near = [m for m in met_in(resembling) if may_tell(m)]
    explained = _explained(((exact, by_token, False), (near, by_near, True)), actor)
    ranked = [(UUID(bytes=record), explanation) for record, explanation in _strongest(explained)]
    references = references_of([record for record, _ in ranked], actor=actor)
    return [
        Linked(report=record, reference=references[record], explanation=explanation)
        for record, explanation in ranked
        if record in references
    ]


def tied_to(report_id: UUID, *, by: Station) -> dict[UUID, Explanation]:
    """The same for one of Havre's own stations, through what is hushed, by one question.

    A station sees every report: none is left out, and none is looked up for its number.
    """
    facts = {"report": report_id, "most": MOST_MET}
    found: tuple[list[Met], ...] = ([], [], [])
    for how, *row in ask_again(statement(SQL / "met_around.sql"), facts):
        found[how].append(Met(*row))
    mine, exact, near = found
    if not mine:
        return {}
    by_token, by_near = _by_keys(mine)
    explained = _explained(((exact, by_token, False), (near, by_near, True)), by)
    return {UUID(bytes=record): explanation for record, explanation in _strongest(explained)}


def _by_keys(mine: list[Met]) -> tuple[dict[bytes, Met], dict[bytes, Met]]:
    return {m.token: m for m in mine}, {m.near: m for m in mine if m.near}


def _explained(found: Found, actor: Actor) -> dict[bytes, Explanation]:
    alike, shared = _ties(found)
    in_all = max(_reports_in_all(actor), 2)

    @cache
    def explained(*looks: Looks) -> Explanation:
        # Of a crowd that writes alike, one explanation holds for all.
        return explain([alike[each] for each in looks], reports_in_all=in_all)

    return {record: explained(*looks) for record, looks in shared.items()}


@written_once
def _mine(report: UUID, actor: Actor, through_hushed: bool) -> Rows:  # noqa: FBT001
    return to_meet(_tying(actor, through_hushed).filter(record=report))


@written_once
def _others(
    keys: tuple[bytes, ...], besides: tuple[bytes, ...], report: UUID, actor: Actor, *how: bool
) -> Rows:
    is_near, through_hushed = how
    column = "near" if is_near else "token"
    newest = among_newest(column, keys, most=MOST_MET, besides=besides)
    return to_meet(_tying(actor, through_hushed).exclude(record=report).filter(newest))


def _tying(actor: Actor, through_hushed: bool) -> MentionQuerySet:  # noqa: FBT001
    visible = Mention.objects.visible_to(actor)
    return visible if through_hushed else visible.unhushed()


def _ties(
    found: Found,
) -> tuple[dict[Looks, Shared], dict[bytes, list[Looks]]]:
    """What other reports share with one: each thing once, by how it looks, and who shares which.

    `found` is what was met exactly, then what resembles, each with the one report's own by key.
    """
    tokens: dict[bytes, set[bytes]] = defaultdict(set)
    for met in found[0][0]:
        tokens[met.record].add(met.token)
    sharing_more = {record for record, held in tokens.items() if len(held) > 1}
    alike: dict[Looks, Shared] = {}
    shared: dict[bytes, list[Looks]] = defaultdict(list)
    for ties, left_of, is_near in found:
        for key, theirs in _by_key(ties, near=is_near).items():
            left, seen_in, coherent = (
                left_of[key],
                len(theirs) + 1,
                _coherence(theirs, sharing_more),
            )
            for record, other in theirs.items():
                looks = (is_near, key, other.role, other.field, left.clear or other.clear)
                if looks not in alike:
                    value = _shared(left, other, seen_in)
                    alike[looks] = replace(value, coherent=coherent, near=is_near, key=key.hex())
                shared[record].append(looks)
    return alike, shared


def _reports_in_all(actor: Actor) -> int:
    """How many reports the actor may see. Many are counted once an hour: weights need no more."""
    here = actor.context
    whose = here.scope, here.agency, here.elsewhere, here.compartments
    return IN_ALL.of(whose, lambda: Report.objects.visible_to(actor).order_by().count())


def _by_key(mentions: list[Met], *, near: bool) -> dict[bytes, dict[bytes, Met]]:
    """For each shared key, the records that hold it, each once."""
    held: dict[bytes, dict[bytes, Met]] = defaultdict(dict)
    for mention in mentions:
        key = mention.near if near else mention.token
        if key is not None:
            held[key][mention.record] = mention
    return held


def _coherence(theirs: dict[bytes, Met], sharing_more: set[bytes]) -> bool | None:
    """Whether the records that share one value mostly share another one too."""
    return is_coherent(len(theirs.keys() & sharing_more), len(theirs))


def _strongest(explained: dict[bytes, Explanation]) -> list[tuple[bytes, Explanation]]:
    def order(pair: tuple[bytes, Explanation]) -> tuple[int, int, bytes]:
        return -pair[1].tenths, -pair[1].rarity, pair[0]

    return sorted(explained.items(), key=order)[:MOST_LINKS]


def _shared(left: Met, right: Met, seen_in: int) -> Shared:
    return Shared(
        kind=left.kind,
        shown=left.clear or right.clear,
        roles=(left.role, right.role),
        seen_in=seen_in,
        fields=(left.field, right.field),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The reports of one suspect or victim, as far as the desk sees them; alone, it has no name."""

    name: UUID | None
    reports: tuple[Report, ...]


def cluster_of(report_id: UUID, *, side: Side, actor: Actor) -> Cluster:
    """The reports that are taken to be of the same person as a report, oldest first.

    To an agency there is none: what it sees of links is worked out from its own reports alone.
    """
    name, ids = cluster_ids(report_id, side=side, actor=actor)
    found = sorted(reports_by_id(ids, actor=actor), key=lambda report: report.pk)
    return Cluster(name=name, reports=tuple(found))


def cluster_ids(report_id: UUID, *, side: Side, actor: Actor) -> tuple[UUID | None, list[UUID]]:
    """The name and the reports of the cluster that a report is in, oldest first, unfetched."""
    names = clusters_with(report_id, actor=actor)
    name = names.get(side)
    if not name:
        return None, [report_id] if names else []
    return name, list(_members(name, side, actor).order_by("record_id"))


def clusters_with(report_id: UUID, *, actor: Actor) -> dict[Side, UUID | None]:
    """On each side on which a report tells anything, the name of its cluster; None if alone."""
    return {Side(side): name for side, name in _clusters(report_id, actor)}


@written_once
def _clusters(report: UUID, actor: Actor) -> QuerySet[Member, tuple[str, UUID | None]]:
    return Member.objects.visible_to(actor).filter(record=report).values_list("side", "cluster")


@written_once
def newest_of(name: UUID, side: Side, most: int, actor: Actor) -> Newest:
    """The newest reports of a cluster, each with the number of all that are in it."""
    members = _members(name, side, actor).annotate(size=Window(Count("pk")))
    return members.order_by("-record_id").values_list("record", "size")[:most]


def _members(name: UUID, side: Side, actor: Actor) -> QuerySet[Member, UUID]:
    seen = Member.objects.visible_to(actor).filter(side=side, cluster=name)
    return seen.order_by().values_list("record", flat=True)


def cluster_named(name: UUID, *, actor: Actor) -> Cluster:
    """The cluster that a name leads to today, whichever it was given to once.

    Raises Name.DoesNotExist, alike for what is not and what is not to be seen.
    """
    found = Name.objects.filter(pk=name).first()
    if found is None or actor.context.scope not in DESK:
        raise Name.DoesNotExist
    return cluster_of(found.anchor_id, side=Side(found.side), actor=actor)


def judgements_on(report_id: UUID, *, actor: Actor) -> dict[tuple[UUID, Side], Judgement]:
    """What was last said of a report and others, and stands, by the other report and the side."""
    latest: dict[tuple[UUID, Side], Judgement] = {}
    for row in sorted(_judged(report_id, actor), key=lambda row: (row.at, row.pk)):
        other = row.right_id if row.left_id == report_id else row.left_id
        latest[other, Side(row.side)] = row
    return latest


@written_once
def _judged(report: UUID, actor: Actor) -> QuerySet[Judgement]:
    seen = Judgement.objects.visible_to(actor).standing().select_related("by", "left__report")
    return seen.filter(Q(left=report) | Q(right=report))


def verdicts_on(report_id: UUID, *, actor: Actor) -> dict[UUID, Verdict]:
    """What analysts say of the suspects of a report and of others, by the other report."""
    return {
        right if left == report_id else left: Verdict(said)
        for left, right, said in _said_of_suspects(report_id, actor)
    }


@written_once
def _said_of_suspects(report: UUID, actor: Actor) -> QuerySet[Judgement, tuple[UUID, UUID, str]]:
    """The latest of a pair comes last."""
    seen = Judgement.objects.visible_to(actor).filter(undone_at=None, side=Side.SUSPECT)
    said = seen.filter(Q(left=report) | Q(right=report)).order_by("at", "id")
    return said.values_list("left", "right", "verdict")


def judgements_between(one: UUID, other: UUID, *, actor: Actor) -> list[Judgement]:
    """Everything that was said of two reports, taken back or not, the latest first."""
    left, right = sorted((one, other))
    return list(
        Judgement.objects.visible_to(actor)
        .filter(left=left, right=right)
        .select_related("by", "undone_by")
        .order_by("-at", "-id")
    )


def merges_proposed(report_id: UUID, names: Names, *, actor: Actor) -> list[str]:
    """The oldest reports of other clusters that only a person may join to this report's, by number.

    Those of the suspects' side first. `names` are those of its clusters.
    """
    from_left, from_right = Q(), Q()
    for side, name in names.items():
        mine = _members(name, side, actor) if name else [report_id]
        # What weak evidence has made one since is no merge to be made.
        from_left |= Q(side=side, left__in=mine) & ~Q(right__in=mine)
        from_right |= Q(side=side, right__in=mine) & ~Q(left__in=mine)
    if not from_left:
        return []
    left = Proposal.objects.filter(from_left).order_by().values_list("side", "right")
    right = Proposal.objects.filter(from_right).order_by().values_list("side", "left")
    beyond = [other for _, other in sorted(left.union(right))]
    found = references_of(beyond, actor=actor)
    return list(dict.fromkeys(found[other] for other in beyond if other in found))


def reason_spot(judgement: Judgement) -> Spot:
    """Where the reason of a judgement stands sealed."""
    return Spot("judgement", "reason", judgement.pk)

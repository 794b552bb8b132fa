"""What ties one report to others, worked out from the identifiers they share."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models.expressions import RawSQL

from havre.audit.rules import Actor
from havre.identifiers.models import Mention, MentionQuerySet
from havre.identifiers.reads import newest_with
from havre.intake.models import Report
from havre.intake.reads import reports_by_id
from havre.intake.sealed import Spot
from havre.links.models import Judgement, Member, Name, Proposal
from havre.links.rules.clusters import Verdict
from havre.links.rules.explaining import Explanation, Shared, explain
from havre.links.rules.settling import Side
from havre.links.rules.weights import is_coherent
from havre.plumbing import clock
from havre.plumbing.scopes import DESK, Scope

MOST_LINKS = 50
# A value in more reports than this is counted, not followed.
MOST_FOLLOWED = 200
# From so many on a count of all reports holds for a while, for whoever sees the same ones.
MANY = 10_000
COUNT_HOLDS = timedelta(hours=1)
_counted: dict[tuple[Scope, str, str], tuple[int, datetime]] = {}


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
    may_tell: Callable[[Mention], bool] = lambda _: True,
    through_hushed: bool = False,
) -> list[Linked]:
    """The reports tied to a report, strongest first, as far as the actor may see both.

    A link never shows a report that the actor may not see, nor counts one; nor does it rest on an
    identifier, at either end, of which `may_tell` says no.

    `through_hushed` is for what nobody is shown: how urgent a report is must not sink because an
    agency keeps a value quiet.
    """
    visible = Mention.objects.visible_to(actor)
    visible = visible if through_hushed else visible.unhushed()
    mine = [one for one in visible.filter(record__report=report_id) if may_tell(one)]
    if not mine:
        return []
    others = visible.exclude(record__report=report_id).order_by("record", "field", "start")
    by_token = {bytes(m.token): m for m in mine}
    exact = _followed(others, newest_with("token", by_token, most=MOST_FOLLOWED), may_tell)
    by_near = {bytes(m.near): m for m in mine if m.near}
    resembling = newest_with("near", by_near, most=MOST_FOLLOWED, besides=by_token)
    near = _followed(others, resembling, may_tell) if by_near else []
    shared: dict[UUID, list[Shared]] = defaultdict(list)
    for ties, left_of, is_near in ((exact, by_token, False), (near, by_near, True)):
        for key, theirs in _by_key(ties, near=is_near).items():
            seen_in, coherent = len(theirs) + 1, _coherence(theirs, exact)
            for record, other in theirs.items():
                value = _shared(left_of[key], other, seen_in)
                value = replace(value, coherent=coherent, near=is_near, key=key.hex())
                shared[record].append(value)
    in_all = max(_reports_in_all(actor), 2)
    explained = {record: explain(ties, reports_in_all=in_all) for record, ties in shared.items()}
    return _strongest(explained, actor)


def _followed(
    others: MentionQuerySet, newest: RawSQL, may_tell: Callable[[Mention], bool]
) -> list[Mention]:
    return [one for one in others.filter(pk__in=newest) if may_tell(one)]


def _reports_in_all(actor: Actor) -> int:
    """How many reports the actor may see. Many are counted once an hour: weights need no more."""
    context, now = actor.context, clock.now()
    whose = (context.scope, context.agency, context.compartments)
    counted, until = _counted.get(whose, (0, now))
    if until <= now:
        counted = Report.objects.visible_to(actor).order_by().count()
        if counted >= MANY:
            _counted[whose] = (counted, now + COUNT_HOLDS)
    return counted


def _by_key(mentions: list[Mention], *, near: bool) -> dict[bytes, dict[UUID, Mention]]:
    """For each shared key, the records that hold it, each once."""
    held: dict[bytes, dict[UUID, Mention]] = defaultdict(dict)
    for mention in mentions:
        key = mention.near if near else mention.token
        if key is not None:
            held[bytes(key)][mention.record_id] = mention
    return held


def _coherence(theirs: dict[UUID, Mention], exact: list[Mention]) -> bool | None:
    """Whether the records that share one value mostly share another one too."""
    tokens: dict[UUID, set[bytes]] = defaultdict(set)
    for mention in exact:
        tokens[mention.record_id].add(bytes(mention.token))
    more = sum(len(tokens[record]) > 1 for record in theirs)
    return is_coherent(more, len(theirs))


def _strongest(explained: dict[UUID, Explanation], actor: Actor) -> list[Linked]:
    ranked = sorted(explained.items(), key=lambda pair: (-pair[1].tenths, str(pair[0])))
    ranked = ranked[:MOST_LINKS]
    reports = {r.pk: r for r in reports_by_id([record for record, _ in ranked], actor=actor)}
    return [
        Linked(report=record, reference=reports[record].reference, explanation=explanation)
        for record, explanation in ranked
        if record in reports
    ]


def _shared(left: Mention, right: Mention, seen_in: int) -> Shared:
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
    mine = Member.objects.visible_to(actor).filter(side=side, record=report_id).first()
    if mine is None:
        return None, []
    if not mine.cluster_id:
        return None, [report_id]
    members = Member.objects.visible_to(actor).filter(side=side, cluster=mine.cluster_id)
    return mine.cluster_id, list(members.order_by("record").values_list("record", flat=True))


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
    seen = Judgement.objects.visible_to(actor).standing().select_related("by", "left__report")
    rows = [*seen.filter(left=report_id), *seen.filter(right=report_id)]
    latest: dict[tuple[UUID, Side], Judgement] = {}
    for row in sorted(rows, key=lambda row: (row.at, row.pk)):
        other = row.right_id if row.left_id == report_id else row.left_id
        latest[other, Side(row.side)] = row
    return latest


def verdicts_on(report_id: UUID, *, actor: Actor) -> dict[UUID, Verdict]:
    """What analysts say of the suspects of a report and of others, by the other report."""
    judged = judgements_on(report_id, actor=actor)
    return {
        other: Verdict(judgement.verdict)
        for (other, side), judgement in judged.items()
        if side is Side.SUSPECT
    }


def judgements_between(one: UUID, other: UUID, *, actor: Actor) -> list[Judgement]:
    """Everything that was said of two reports, taken back or not, the latest first."""
    left, right = sorted((one, other))
    return list(
        Judgement.objects.visible_to(actor)
        .filter(left=left, right=right)
        .select_related("by", "undone_by")
        .order_by("-at", "-id")
    )


def merges_proposed(report_id: UUID, *, actor: Actor) -> list[tuple[Report, Side]]:
    """The oldest reports of other clusters that only a person may join to this report's."""
    found = []
    for side in Side:
        _, ids = cluster_ids(report_id, side=side, actor=actor)
        left = Proposal.objects.filter(side=side, left__in=ids).values_list("right", flat=True)
        right = Proposal.objects.filter(side=side, right__in=ids).values_list("left", flat=True)
        beyond = reports_by_id([*left, *right], actor=actor)
        found += [(report, side) for report in sorted(beyond, key=lambda report: report.pk)]
    return found


def reason_spot(judgement: Judgement) -> Spot:
    """Where the reason of a judgement stands sealed."""
    return Spot("judgement", "reason", judgement.pk)

"""What ties one report to others, worked out from the identifiers they share."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from havre.audit.rules import Actor
from havre.identifiers.models import Mention
from havre.intake.models import Report
from havre.intake.reads import reports_by_id
from havre.links.rules import Explanation, Shared, explain

MOST_LINKS = 50
# A value in more reports than this is counted, not followed.
MOST_FOLLOWED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Another report, and why it is tied to this one."""

    report: UUID
    reference: str
    explanation: Explanation


def linked_to(report_id: UUID, *, actor: Actor) -> list[Linked]:
    """The reports tied to a report, strongest first, as far as the actor may see both.

    A link never shows a report that the actor may not see, nor counts one.
    """
    visible = Mention.objects.visible_to(actor)
    mine = {bytes(m.token): m for m in visible.filter(record__report=report_id)}
    if not mine:
        return []
    theirs: dict[bytes, list[Mention]] = defaultdict(list)
    for mention in visible.filter(token__in=list(mine)).exclude(record__report=report_id)[
        : MOST_FOLLOWED * len(mine)
    ]:
        theirs[bytes(mention.token)].append(mention)
    shared: dict[UUID, list[Shared]] = defaultdict(list)
    for token, others in theirs.items():
        seen_in = len({other.record_id for other in others}) + 1
        for other in {m.record_id: m for m in others}.values():
            shared[other.record_id].append(_shared(mine[token], other, seen_in))
    in_all = max(Report.objects.visible_to(actor).count(), 2)
    explained = {record: explain(ties, reports_in_all=in_all) for record, ties in shared.items()}
    return _strongest(explained, actor)


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

"""Questions about partners, and about what came by their links."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from havre.audit.rules import Actor
from havre.intake.models import Report, Stage
from havre.intake.partners.models import Partner
from havre.intake.rules.stages import StageWord
from havre.intake.rules.submission import Channel
from havre.plumbing import clock

# A word in a link that no partner holds: shown as it came, the most frequent of them.
MOST_STRANGERS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """How many reports came by one link, and what they were. `partner` is None for a stranger."""

    code: str
    partner: Partner | None = None
    reports: int = 0
    danger: int = 0
    set_aside: int = 0
    passed_on: int = 0


def partner_by_code(code: str) -> Partner:
    """One partner. Raises Partner.DoesNotExist."""
    return Partner.objects.of_word(code).get()


def is_partner_code(code: str) -> bool:
    """Whether a word in links is somebody's, or was."""
    return Partner.objects.of_word(code).exists()


def sources(*, days: int, actor: Actor) -> tuple[Source, ...]:
    """What came by each partner's links in the last days, most first; then the links of nobody.

    What came without such a link stands last, under "".
    """
    counted = _counted(clock.now() - timedelta(days=days), actor)
    known = [
        replace(counted.pop(partner.code, Source(code=partner.code)), partner=partner)
        for partner in Partner.objects.all()
    ]
    plain = [counted.pop("")] if "" in counted else []
    strangers = sorted(counted.values(), key=_most_first)[:MOST_STRANGERS]
    return (*sorted(known, key=_most_first), *strangers, *plain)


def _most_first(source: Source) -> tuple[int, str]:
    return -source.reports, source.code


def _counted(since: datetime, actor: Actor) -> dict[str, Source]:
    """By the word in the link, "" for none: what came by the public form since a moment."""
    gone = Stage.objects.filter(report=OuterRef("pk"), stage=StageWord.PASSED_ON)
    rows = (
        Report.objects.visible_to(actor)
        .filter(received_at__gte=since, channel=Channel.PUBLIC_FORM)
        .annotate(is_gone=Exists(gone))
        .order_by()
        .values_list("via")
        .annotate(
            reports=Count("pk"),
            danger=Count("pk", filter=Q(danger_now=True)),
            set_aside=Count("pk", filter=Q(quarantined=True)),
            passed_on=Count("pk", filter=Q(is_gone=True)),
        )
    )
    return {
        via: Source(
            code=via, reports=reports, danger=danger, set_aside=set_aside, passed_on=passed_on
        )
        for via, reports, danger, set_aside, passed_on in rows
    }

"""The people to compare, and what the last run proposed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from havre.audit.rules import Actor
from havre.identifiers.models import Hush, Mention, Record
from havre.identifiers.rules.words import Kind
from havre.intake.models import Report
from havre.intake.rules.submission import AgeClass, PersonRole
from havre.links.models import Judgement, Member
from havre.links.resolving.models import Likeness, LikenessQuerySet, Run
from havre.links.resolving.rules.people import CONTACTS, PROTECTED, Told
from havre.links.resolving.rules.runs import State
from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import Side

ROWS = 50
ROWS_AT_ONCE = 5_000
OF_A_PERSON = CONTACTS | {
    Kind.ADDRESS,
    Kind.BIRTH_DATE,
    Kind.HANDLE,
    Kind.NAME,
    Kind.PERSON,
    Kind.POSTAL_CODE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessPage:
    """A page of pairs that wait for a person, the most alike first, and the latest run."""

    rows: tuple[Likeness, ...]
    waiting: int
    next: str
    run: Run | None


def told_of_people(compartment: str, *, actor: Actor) -> Iterator[Told]:
    """What the reports of a compartment tell of suspects; of others only the token, no value.

    What an agency keeps quiet is not among it: by that nothing is tied at the desk. Nor is what is
    told of somebody under 12, who is no suspect.
    """
    rows = (
        Mention.objects.visible_to(actor)
        .unhushed()
        .filter(record__report__compartment=compartment, kind__in=sorted(OF_A_PERSON))
        .exclude(record__report__subject_age_class=AgeClass.UNDER_12)
        .filter(role__in=sorted({PersonRole.SUSPECT, *PROTECTED}))
        .order_by("record", "field", "start")
        .values_list("record", "kind", "clear", "token", "role", "field")
    )
    for record, kind, clear, token, role, field in rows.iterator(chunk_size=ROWS_AT_ONCE):
        value = clear if role == PersonRole.SUSPECT else ""
        yield Told(
            record=record, kind=kind, value=value, token=bytes(token), role=role, field=field
        )


def compartments_of(actor: Actor) -> list[str]:
    """The compartments that have reports which the actor may see."""
    seen = Report.objects.visible_to(actor).order_by()
    return sorted(set(seen.values_list("compartment", flat=True)))


def reports_in(compartment: str, *, actor: Actor) -> int:
    """How many reports a compartment has."""
    return Report.objects.visible_to(actor).filter(compartment=compartment).count()


def homes_of(records: Iterable[UUID]) -> dict[UUID, UUID]:
    """The clusters of suspects that some reports are in; one alone is in none."""
    members = Member.objects.filter(side=Side.SUSPECT, record__in=list(records))
    return dict(members.exclude(cluster=None).values_list("record", "cluster"))


def judged_pairs(compartment: str) -> list[tuple[UUID, UUID]]:
    """The pairs of reports of whose suspects something was said that stands."""
    inside = Record.objects.filter(report__compartment=compartment).values("pk")
    said = Judgement.objects.filter(side=Side.SUSPECT, left__in=inside).standing()
    return list(said.order_by().values_list("left", "right").distinct())


def judgements_in(compartment: str) -> list[tuple[UUID, UUID, Verdict]]:
    """What was said last of the suspects of each two reports, where it stands."""
    inside = Record.objects.filter(report__compartment=compartment).values("pk")
    said = Judgement.objects.filter(side=Side.SUSPECT, left__in=inside, right__in=inside)
    latest: dict[tuple[UUID, UUID], Verdict] = {}
    for left, right, verdict in said.standing().values_list("left", "right", "verdict"):
        latest.setdefault((left, right), Verdict(verdict))
    return [(left, right, verdict) for (left, right), verdict in latest.items()]


def waiting(*, actor: Actor) -> LikenessQuerySet:
    """What was proposed, nobody has judged since, and nothing quiet may have to do with."""
    said = Judgement.objects.filter(
        side=Side.SUSPECT, left=OuterRef("left"), right=OuterRef("right"), undone_at=None
    )
    theirs = Mention.objects.filter(record=OuterRef(OuterRef("right")), token=OuterRef("token"))
    quiet = Mention.objects.filter(
        Exists(theirs), record=OuterRef("left"), token__in=Hush.objects.values("token")
    )
    return Likeness.objects.visible_to(actor).exclude(Exists(said)).exclude(Exists(quiet))


def likeness_page(*, after: str = "", actor: Actor) -> LikenessPage:
    """The pairs that wait, the most alike first; `after` is the `next` of the page before."""
    all_ = waiting(actor=actor)
    place = Likeness.objects.visible_to(actor).filter(pk=after).first() if after else None
    behind = all_
    if place is not None:
        tied = all_.filter(weight=place.weight, pk__gt=place.pk)
        behind = all_.filter(weight__lt=place.weight) | tied
    found = list(behind.select_related("left__report", "right__report")[: ROWS + 1])
    return LikenessPage(
        rows=tuple(found[:ROWS]),
        waiting=all_.count(),
        next=str(found[ROWS - 1].pk) if len(found) > ROWS else "",
        run=Run.objects.visible_to(actor).first(),
    )


def likeness_between(one: UUID, other: UUID, *, actor: Actor) -> Likeness | None:
    """The likeness of two reports that waits for a person, if there is one."""
    left, right = sorted((one, other))
    return waiting(actor=actor).filter(left=left, right=right).first()


def latest_refit(*, actor: Actor) -> Run | None:
    """The latest run that shows what a refit would change."""
    done = Run.objects.visible_to(actor).filter(state=State.DONE, refit__isnull=False)
    return done.first()

"""One whole run over a compartment: read the people, compare them, keep what is proposed.

Reading and keeping are two short transactions; Splink works between them and holds no lock.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from havre.audit.rules import Actor
from havre.links.resolving.actions import begin_run, keep_run
from havre.links.resolving.engine import DUCKDB, SPARK, Engine, Pair
from havre.links.resolving.models import Run
from havre.links.resolving.reads import (
    compartments_of,
    judgements_in,
    reports_in,
    told_of_people,
)
from havre.links.resolving.rules.model import Model
from havre.links.resolving.rules.people import Row, rows_of
from havre.links.resolving.rules.refits import FEWEST_PEOPLE, Refit, as_tree, difference
from havre.links.resolving.rules.runs import Alike, Part
from havre.links.resolving.rules.teaching import Judged, taught
from havre.plumbing.context import acting_as

HUNDREDTHS = 100
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A run that ended, and what a refit would change, if there were people enough."""

    run: Run
    refit: Refit | None


def compartments(*, by: Actor) -> list[str]:
    """The compartments that have something to compare."""
    with acting_as(by.context):
        return compartments_of(by)


def resolve_people(
    compartment: str, *, model: Model, master: str, learn: bool, tell: Tell, by: Actor
) -> Ran:
    """Compare all suspects of a compartment. Raises NoSplinkError.

    Only proposals are kept; the weights that a refit finds are reported and never used.
    """
    run = begin_run(compartment, model=model, engine=SPARK if master else DUCKDB, by=by)
    tell("people")
    with acting_as(by.context):
        rows = rows_of(told_of_people(compartment, actor=by))
        reports = reports_in(compartment, actor=by)
        judged = judgements_in(compartment)
    pairs, refit, version = compared(
        rows, model, master, judged=judged if learn else None, tell=tell
    )
    tell("keeping")
    counts = {"people": len(rows), "reports": reports, "splink": version}
    tree = as_tree(refit) if refit else None
    return Ran(
        run=keep_run(run, alike_of(pairs, rows), counts=counts, refit=tree, by=by), refit=refit
    )


def alike_of(pairs: Iterable[Pair], rows: Iterable[Row]) -> list[Alike]:
    """The pairs of reports that pairs of people make: of two reports, the strongest."""
    record = {row.key: UUID(row.record) for row in rows}
    best: dict[tuple[UUID, UUID], Alike] = {}
    for pair in pairs:
        left, right = sorted((record[pair.left], record[pair.right]))
        if left == right:
            continue
        parts = tuple(
            Part(column=one.column, level=one.level, weight=round(one.bits * HUNDREDTHS))
            for one in pair.parts
        )
        weight = round(pair.bits * HUNDREDTHS)
        prior = weight - sum(part.weight for part in parts)
        one = Alike(left=left, right=right, weight=weight, prior=prior, parts=parts)
        if (left, right) not in best or best[left, right].weight < weight:
            best[left, right] = one
    return list(best.values())


def compared(
    rows: list[Row], model: Model, master: str, *, judged: Sequence[Judged] | None, tell: Tell
) -> tuple[list[Pair], Refit | None, str]:
    """The pairs of some people, what a refit would change, and which Splink said so.

    With None for `judged`, or too few people, nothing is refitted. Raises NoSplinkError.
    """
    if len(rows) < 2:  # noqa: PLR2004 - a pair takes two
        return [], None, ""
    engine = Engine(rows, master=master)
    tell("pairs")
    pairs = engine.pairs(model, from_bits=model.proposed_from_bits)
    if judged is None or len(rows) < FEWEST_PEOPLE:
        return pairs, None, engine.version
    unjudged = engine.refitted(model, tell=tell)
    learned, by_whom = taught(unjudged, rows, judged)
    tell("pairs by the refit")
    others = engine.pairs(learned, from_bits=model.proposed_from_bits)
    refit = difference(
        model,
        learned,
        by_old={(pair.left, pair.right) for pair in pairs},
        by_new={(pair.left, pair.right) for pair in others},
        unjudged=unjudged,
        taught=by_whom,
    )
    return pairs, refit, engine.version

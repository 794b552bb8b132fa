"""Beginning a run, keeping what it proposes, and reading it. A run decides nothing."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.links.resolving.models import Likeness, Run
from havre.links.resolving.reads import (
    LikenessPage,
    homes_of,
    judged_pairs,
    latest_refit,
    likeness_page,
)
from havre.links.resolving.rules.model import Model
from havre.links.resolving.rules.runs import Alike, Sifted, State, sift
from havre.plumbing import clock, ids

ROWS_AT_ONCE = 1_000


@action(Event.PEOPLE_COMPARING_BEGUN)
def begin_run(compartment: str, *, model: Model, engine: str, by: Actor) -> UUID:
    """Note that the suspects of a compartment are being compared.

    A run that never ended was broken off: two at once would only do the same work.
    """
    left = Run.objects.visible_to(by).filter(compartment=compartment, state=State.RUNNING)
    left.update(state=State.BROKEN, ended_at=clock.now())
    run = Run.objects.create(
        id=ids.uuid7(),
        compartment=compartment,
        state=State.RUNNING,
        begun_at=clock.now(),
        engine=engine,
        model=model.version,
        digest=model.digest,
    )
    record(
        Event.PEOPLE_COMPARING_BEGUN,
        about_kind="run",
        about=run.pk,
        by=by,
        compartment=compartment,
        engine=engine,
        model=model.version,
        digest=model.digest,
    )
    return run.pk


@action(Event.PEOPLE_COMPARED)
def keep_run(
    run_id: UUID,
    found: Iterable[Alike],
    *,
    counts: dict[str, Any],
    refit: dict[str, Any] | None,
    by: Actor,
) -> Run:
    """Keep the proposals of a run in place of the last one's, and nothing else.

    No cluster, no link and no weight changes. What a person has judged is not proposed again.
    """
    run = Run.objects.visible_to(by).select_for_update().get(pk=run_id)
    alike = list(found)
    records = {end for one in alike for end in (one.left, one.right)}
    judged = judged_pairs(run.compartment)
    records |= {end for pair in judged for end in pair}
    sifted = sift(alike, clusters=homes_of(records), judged=judged)
    Likeness.objects.visible_to(by).filter(left__report__compartment=run.compartment).delete()
    Likeness.objects.bulk_create(_likenesses(run, sifted), batch_size=ROWS_AT_ONCE)
    run.state, run.ended_at, run.refit = State.DONE, clock.now(), refit
    run.found, run.proposed = len(alike), len(sifted.proposed)
    run.together, run.judged = sifted.together, sifted.judged
    for name, value in counts.items():
        setattr(run, name, value)
    run.save()
    record(
        Event.PEOPLE_COMPARED,
        about_kind="run",
        about=run.pk,
        by=by,
        people=run.people,
        found=run.found,
        proposed=run.proposed,
        seconds=round((run.ended_at - run.begun_at).total_seconds()),
        refitted=refit is not None,
    )
    return run


@action(Event.LIKENESSES_READ)
def read_likenesses(*, after: str = "", by: Officer) -> LikenessPage:
    """Open the list of suspects who may be one person."""
    page = likeness_page(after=after, actor=by)
    record(
        Event.LIKENESSES_READ, about_kind="likenesses", about="waiting", by=by, rows=len(page.rows)
    )
    return page


@action(Event.REFIT_READ)
def read_refit(*, by: Officer) -> Run | None:
    """Open what the people that were compared would have the weights be."""
    run = latest_refit(actor=by)
    record(Event.REFIT_READ, about_kind="run", about=run.pk if run else "none", by=by)
    return run


def _likenesses(run: Run, sifted: Sifted) -> Iterable[Likeness]:
    return (
        Likeness(
            id=ids.uuid7(),
            run=run,
            left_id=one.left,
            right_id=one.right,
            weight=one.weight,
            prior=one.prior,
            parts=[asdict(part) for part in one.parts],
        )
        for one in sifted.proposed
    )

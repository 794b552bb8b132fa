"""What analysts said of links, and a run that compared people: in the world of the walls."""

from dataclasses import asdict
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.rules import Station
from havre.identifiers.actions import note_failure
from havre.intake.reads import report_by_reference
from havre.links.judging.actions import judge_link
from havre.links.resolving.actions import begin_run, keep_run
from havre.links.resolving.models import Likeness
from havre.links.resolving.rules.model import adopted
from havre.links.resolving.rules.refits import as_tree, difference
from havre.links.resolving.rules.runs import Alike, Part
from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import Side
from havre.plumbing.context import acting_as


def a_likeness(one: UUID, other: UUID) -> Alike:
    """Two reports whose suspects were found alike by name and day of birth."""
    left, right = sorted((one, other))
    parts = (
        Part(column="family", level="same", weight=861),
        Part(column="given", level="edits-1", weight=532),
        Part(column="born", level="edits-2", weight=100),
        Part(column="contacts", level="shared", weight=1255),
        Part(column="street", level="else", weight=-189),
    )
    prior = -1429
    weight = prior + sum(part.weight for part in parts)
    return Alike(left=left, right=right, weight=weight, prior=prior, parts=parts)


def some_likeness(one: str, other: str, *, learned: bool = True) -> None:
    """A run over one compartment that proposes two reports, and what a refit would change.

    At one of them noting failed once.
    """
    model, station = adopted(), Station.PIPELINE
    with acting_as(station.context):
        ends = [report_by_reference(each, actor=station).pk for each in (one, other)]
    note_failure(ends[0], fault="ValueError", by=station)
    run = begin_run("general", model=model, engine="duckdb", by=station)
    refit = difference(model, model, by_old={("a", "b")}, by_new={("a", "b")}) if learned else None
    counts = {"people": 240, "reports": 300, "splink": "5"}
    kept = keep_run(run, [], counts=counts, refit=as_tree(refit) if refit else None, by=station)
    # As a row: all suspects here are one already, and of those no run proposes anything.
    found = a_likeness(*ends)
    with acting_as(station.context):
        Likeness.objects.create(
            run=kept,
            left_id=found.left,
            right_id=found.right,
            weight=found.weight,
            prior=found.prior,
            parts=[asdict(part) for part in found.parts],
        )


def some_judgements(reports: list[str], analyst: Officer) -> None:
    """Words of analysts that contradict each other, so that a merge waits for a person."""
    first, second, third, _ = reports
    for one, other, verdict in (
        (first, second, Verdict.DIFFERENT),
        (first, third, Verdict.SAME),
        (second, third, Verdict.SAME),
    ):
        said = {"side": Side.SUSPECT, "verdict": verdict, "reason": "Seen at the pier."}
        judge_link(one, other=other, by=analyst, **said)

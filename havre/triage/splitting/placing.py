"""Putting what was told after a report was split to its incidents. A part of an action."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from havre.agencies.models import Officer
from havre.audit.rules import Actor, Station
from havre.intake.actions import ROUTE_TASK
from havre.intake.models import Closure, Message, Report
from havre.intake.releases.actions import end_closure
from havre.intake.rules.submission import Happening
from havre.intake.sealed import told_in
from havre.intake.splits.drawing import drawn_up, note_part_done, put_words
from havre.intake.splits.models import Part
from havre.intake.splits.reads import standing_parts
from havre.intake.splits.rules import (
    MOST_PARTS,
    Draft,
    PartEnd,
    Piece,
    TooFewError,
    UnknownPieceError,
    later_field,
    passages_of,
)
from havre.plumbing import clock
from havre.plumbing.queue import defer
from havre.triage.actions import put_in_queue, take_off_queue
from havre.triage.closing.answering import answer_reporter
from havre.triage.models import Closing, QueueItem
from havre.triage.reads import item_of
from havre.triage.reviews.drawing import draw_withheld, drop_withheld
from havre.triage.rules.words import Band
from havre.triage.splitting.deciding import read_anew, score_anew, score_if_set, still_waits
from havre.triage.splitting.models import IncidentScore
from havre.triage.splitting.rules import NotWaitingError

# Instead of the number of an incident: one that there is not yet.
ANEW = 0


def pieces_told_later(texts: Mapping[Message, str]) -> tuple[Piece, ...]:
    """What was told later, in passages, each by its name."""
    return tuple(
        piece
        for message, text in texts.items()
        for piece in passages_of(later_field(message.pk), text)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Which incidents grew by what was put to them, and which of these had been closed."""

    grown: tuple[Part, ...]
    reopened: tuple[Part, ...]


def words_put(
    report: Report,
    texts: Mapping[Message, str],
    names: Mapping[str, set[int]],
    *,
    anew: Happening | None,
    by: Officer,
) -> Put:
    """Put what was told later to incidents, by the names of its passages.

    ANEW among the numbers draws up another incident, which is `anew`. An incident that was closed
    waits again. Raises NotWaitingError, UnknownPieceError, TooFewError.
    """
    item = item_of(report.pk, actor=by, is_held=True)
    if item is not None and item.held_by not in {None, by}:
        raise NotWaitingError
    parts = standing_parts(report.pk, actor=by, is_held=True)
    numbers = {number for chosen in names.values() for number in chosen}
    known = {piece.name for piece in pieces_told_later(texts)}
    if names.keys() - known or numbers - {ANEW, *(part.number for part in parts)}:
        raise UnknownPieceError
    if ANEW in numbers:
        parts.append(_another(report, names, anew, len(parts), by=by))
        names = {
            name: {parts[-1].number if one == ANEW else one for one in chosen}
            for name, chosen in names.items()
        }
    # What no job has looked at yet ends a lowering first; once it is put somewhere, nothing would.
    score_if_set(report.pk)
    put_words(texts, parts, names)
    _draw_kept(report, texts, by=by)
    grown = [part for part in parts if any(part.number in chosen for chosen in names.values())]
    reopened = [part for part in grown if part.done_as == PartEnd.CLOSED]
    _wait_again(reopened, by=by)
    _stand(report, item, by=by)
    # What it says now may meet a watch, or tie it to others.
    defer(ROUTE_TASK, queue=ROUTE_TASK, report=str(report.pk))
    return Put(grown=tuple(grown), reopened=tuple(reopened))


def _draw_kept(report: Report, texts: Iterable[Message], *, by: Officer) -> None:
    """Draw, or not, that of these words, which were put just now, some went to nobody."""
    kept = {message.pk for message in texts if message.kept_because}
    drop_withheld(report, {message.pk for message in texts} - kept)
    draw_withheld(report, kept, by=by)


def wait_again_if_risen(report: Report, *, by: Actor) -> list[Part]:
    """Closed incidents that are more urgent than when they were closed wait for a decision again.

    Of scores that were made just now. Gives them; safe to repeat.
    """
    lanes = dict(IncidentScore.objects.filter(report=report).values_list("incident", "band"))
    closings = Closing.objects.filter(report=report, reopened_at=None)
    closed_in = dict(closings.exclude(incident=None).values_list("incident", "band"))
    risen = [
        part
        for part in standing_parts(report.pk, actor=by, is_held=True)
        if lanes.get(part.incident_id, Band.D) < closed_in.get(part.incident_id, "")
    ]
    if risen:
        _wait_again(risen, by=None)
        if Closure.objects.filter(report=report).exists():
            end_closure(report, by=by)
        put_in_queue(report.pk, by=by)
        score_anew(report.pk)
    return risen


def _stand(report: Report, item: QueueItem | None, *, by: Officer) -> None:
    """The report is scored anew and stands in the queue, or leaves it with the last word."""
    if not still_waits(report.pk, actor=by):
        read_anew(report.pk)
        take_off_queue(report, by=by)
        answer_reporter(report, by=by)
        return
    # First, for what is put back under a closure is opened again with all its incidents.
    if Closure.objects.filter(report=report).exists():
        end_closure(report, by=by)
    if item is None:
        put_in_queue(report.pk, by=Station.PIPELINE)
    read_anew(report.pk)


def _another(
    report: Report,
    names: Mapping[str, set[int]],
    happening: Happening | None,
    count: int,
    *,
    by: Officer,
) -> Part:
    if happening is None or count >= MOST_PARTS:
        raise TooFewError(count)
    pieces = frozenset(name for name, chosen in names.items() if ANEW in chosen)
    draft = Draft(happening=happening, pieces=pieces)
    return drawn_up(report, told_in(report, by=by), [draft], by=by)[0]


def _wait_again(closed: list[Part], *, by: Officer | None) -> None:
    """Closed incidents of which more was told, or read, wait for a decision again."""
    whose = [part.incident_id for part in closed]
    standing = Closing.objects.filter(incident__in=whose, reopened_at=None)
    standing.update(reopened_at=clock.now(), reopened_by=by)
    for part in closed:
        note_part_done(part, None)

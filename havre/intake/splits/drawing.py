"""Keeping which piece of a report belongs to which incident, and what became of each.

Parts of the triage room's actions, which write the line.
"""

from collections.abc import Mapping, Sequence

from django.db.models import Max

from havre.agencies.models import Officer
from havre.intake.models import Attachment, Incident, Message, Report
from havre.intake.rules.submission import Submission
from havre.intake.splits.models import Part
from havre.intake.splits.rules import (
    NOT_ALL,
    Draft,
    PartEnd,
    exhibits_in,
    later_field,
    passages_of,
)
from havre.plumbing import clock, ids


def drawn_up(
    report: Report, told: Submission, drafts: Sequence[Draft], *, by: Officer
) -> list[Part]:
    """Keep the incidents of a split, numbered after those that the report has.

    Each file is marked with the incidents it belongs to. The report itself is not touched.
    """
    known = Incident.objects.filter(report=report).aggregate(last=Max("number"))
    parts = []
    for number, draft in enumerate(drafts, start=known["last"] + 1):
        incident = Incident(
            id=ids.uuid7(),
            report=report,
            number=number,
            happening=draft.happening,
            danger_now=any(name.endswith(".danger_now") for name in draft.pieces),
        )
        incident.save(force_insert=True)
        part = Part(
            id=ids.uuid7(),
            report=report,
            incident=incident,
            number=number,
            pieces=sorted(draft.pieces),
            made_by=by,
        )
        part.save(force_insert=True)
        parts.append(part)
    _mark_files(report, told, list(Part.objects.standing().filter(report=report)))
    return parts


def end_parts(report: Report, *, by: Officer) -> int:
    """The incidents of a split are no more; their rows stay. Says how many. Safe to repeat."""
    ended = Part.objects.standing().filter(report=report).update(ended_at=clock.now(), ended_by=by)
    Attachment.objects.filter(report=report).update(parts=None)
    let_words_wait(report)
    return ended


def let_words_wait(report: Report) -> None:
    """What was told later belongs nowhere any more, and nobody has decided on it. Safe to repeat.

    That it was passed on once stays noted: its reporter has read so.
    """
    told = Message.objects.filter(report=report)
    told.exclude(kept_because="").update(kept_because="", decided_at=None, decided_by=None)
    told.update(parts=None)


def put_words(
    messages: Mapping[Message, str], parts: Sequence[Part], names: Mapping[str, set[int]]
) -> None:
    """Put what was told later to the incidents by whose numbers its pieces are named.

    What is named nowhere belongs to none, and waits no more; when that was decided is noted.
    `messages` are with what they say.
    """
    for part in parts:
        grown = {name for name, numbers in names.items() if part.number in numbers}
        part.pieces = sorted({*part.pieces, *grown})
        part.save(update_fields=["pieces"])
    for message, text in messages.items():
        whose = [names.get(one.name, set()) for one in passages_of(later_field(message.pk), text)]
        message.parts = sorted(set[int]().union(*whose))
        # What was decided of it while the report was whole holds no more.
        message.decided_at, message.decided_by, message.kept_because = None, None, ""
        if not all(whose):
            message.decided_at, message.kept_because = clock.now(), NOT_ALL
        message.save(update_fields=["parts", "decided_at", "decided_by", "kept_because"])


def note_part_done(part: Part, done_as: PartEnd | None) -> None:
    """Note what became of an incident of a split report, or that it waits again. Repeatable."""
    part.done_as = done_as or ""
    part.save(update_fields=["done_as"])


def _mark_files(report: Report, told: Submission, parts: Sequence[Part]) -> None:
    whose = {part.number: exhibits_in(told, part.pieces) for part in parts}
    for attachment in Attachment.objects.filter(report=report, is_source=False):
        exhibit = str(attachment.exhibit_id)
        attachment.parts = [number for number, held in whose.items() if exhibit in held]
        attachment.save(update_fields=["parts"])

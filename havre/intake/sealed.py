"""What was said, sealed and opened. Opening works only inside an action, which leaves a line."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from havre.audit.actions import writing_is_watched
from havre.audit.rules import Actor, UnloggedActionError
from havre.evidence.custody import contact_key_of, key_of
from havre.intake.models import GIVEN, Message, Report
from havre.intake.rules.submission import PersonRole, Submission, from_tree
from havre.intake.splits.reads import as_given
from havre.intake.splits.rules import later_field
from havre.plumbing.keys import KeyRefusedError
from havre.plumbing.sealing import open_bytes, open_json, place, seal_bytes, seal_json
from havre.plumbing.together.steps import read_once
from havre.plumbing.values.absent import none_without
from havre.plumbing.values.written import written_once

# What is left of a reporter in the body that agencies may be given.
WITHOUT_CONTACT: dict[str, object] = {
    "names": [],
    "identifiers": [],
    "date_of_birth": "",
    "notes": "",
    "places": [],
}


def sealed_body(
    report: UUID, tree: dict[str, Any], *, key: bytes, contact_key: bytes
) -> tuple[bytes, bytes | None]:
    """A submission's tree as it lies in a report's row; the reporter's contact under its own key.

    The second is None where no reporter is told of.
    """
    reporters = [person for person in tree["people"] if person["role"] == PersonRole.REPORTER]
    contact = None
    if reporters:
        contact = seal_json(contact_key, reporters, at=place("report", "contact", report))
        people = (
            person | WITHOUT_CONTACT if person["role"] == PersonRole.REPORTER else person
            for person in tree["people"]
        )
        tree = {**tree, "people": list(people)}
    return seal_json(key, tree, at=place("report", "body", report)), contact


def told_in(
    report: Report, *, by: Actor, receipt_key: bytes | None = None, incident: int | None = None
) -> Submission:
    """What the report tells, as far as `by` may read it. Call it from an action only.

    The reporter's name and contact are there for the tipline alone. Of a split report an agency
    has what belongs to the incidents that it was given; `incident` narrows it to one of them. What
    was told later and passed on, or put to an incident, stands among the extras; what was kept back
    does not. Raises KeyRefusedError, and UnloggedActionError outside an action.
    """

    def told_by_now() -> Submission:
        told = _whole(report, by, receipt_key)
        if receipt_key is None:
            told = replace(told, extra=(*told.extra, *_told_later(report, by)))
        return as_given(told, report, incident=incident, by=by)

    return read_once(("told", report.pk, by, receipt_key, incident), told_by_now)


def _told_later(report: Report, by: Actor) -> tuple[tuple[str, str], ...]:
    rows = _given_later(report.pk)
    key = key_of(report.pk, by=by) if rows else b""
    return tuple((later_field(row.pk), message_text(row, key=key)) for row in rows)


@none_without("intake_message")
@written_once
def _given_later(report: UUID) -> QuerySet[Message]:
    return Message.objects.filter(GIVEN, report=report).select_related("report")


def _whole(report: Report, by: Actor, receipt_key: bytes | None) -> Submission:
    if not writing_is_watched():
        msg = "a report is opened only by an action, which leaves a line"
        raise UnloggedActionError(msg)
    key = key_of(report.pk, by=by, receipt_key=receipt_key)
    tree = open_json(key, bytes(report.body), at=place("report", "body", report.pk))
    if report.contact is not None:
        try:
            contact_key = contact_key_of(report.pk, by=by)
        except KeyRefusedError:
            return from_tree(tree)
        at = place("report", "contact", report.pk)
        reporters = iter(open_json(contact_key, bytes(report.contact), at=at))
        tree["people"] = [
            next(reporters) if person["role"] == PersonRole.REPORTER else person
            for person in tree["people"]
        ]
    return from_tree(tree)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sealed text of a report stands: its table, column and row."""

    table: str
    column: str
    row: object


def seal_text(report: Report, text: str, *, key: bytes, spot: Spot) -> bytes:
    """Seal a text that belongs to a report: a message, a reason, a note."""
    return seal_bytes(key, text.encode(), at=_at(report, spot))


def open_text(report: Report, sealed: bytes | memoryview, *, key: bytes, spot: Spot) -> str:
    """Open what `seal_text` sealed. Raises KeyRefusedError."""
    return open_bytes(key, bytes(sealed), at=_at(report, spot)).decode()


def message_text(message: Message, *, key: bytes) -> str:
    """What a message says."""
    spot = Spot("message", "body", message.pk)
    return open_text(message.report, message.body, key=key, spot=spot)


def _at(report: Report, spot: Spot) -> bytes:
    return place(spot.table, spot.column, f"{report.pk}/{spot.row}")

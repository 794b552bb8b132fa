"""Questions about which reports were noted by other rules than the present ones."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from havre.audit.rules import Actor
from havre.identifiers.editions.rules import edition
from havre.identifiers.models import EDITION_BYTES, Mention, Record, Unnoted
from havre.identifiers.reads import token_of
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.words import Kind
from havre.intake.models import Report
from havre.plumbing import clock
from havre.plumbing.keys import KeyRefusedError

# What of a mention other rooms tie, rank and withhold by.
TELLING = ("kind", "token", "near", "role", "field", "legal_basis", "port", "seen_at", "parts")


MOST_SHOWN = 50


class Noted(NamedTuple):
    """How many reports were noted, and how many of them by other rules than the present ones."""

    in_all: int
    otherwise: int


def present_edition() -> bytes:
    """The edition of the present rules as a report keeps it.

    Keyed as the tokens are: under another key they are all other ones, by the same rules.
    """
    return token_of("edition", edition())[:EDITION_BYTES]


def other_token(kind: str, value: str, *, before: bytes) -> bytes | None:
    """The token of a value's present form where that is another than before; None where it is not.

    None, too, where the present rules know no form of it.
    """
    form = normalise(Kind(kind), value)
    now = token_of(kind, form) if form else before
    return None if now == before else now


def is_noted(report: UUID, *, actor: Actor) -> bool:
    """Whether a report was read for identifiers by the present rules.

    Until then nobody knows what of it is its reporter's own, or withheld for another reason.
    """
    seen = Report.objects.visible_to(actor).filter(pk=report)
    return Record.objects.filter(pk__in=seen, edition=present_edition()).exists()


def are_noted(column: str) -> Exists:
    """Of rows that name a report in a column, those whose report the present rules noted."""
    return Exists(Record.objects.filter(pk=OuterRef(column), edition=present_edition()))


def noted_otherwise(*, before: UUID | None, most: int) -> list[UUID]:
    """Reports that other rules noted, the newest first: so many of those older than `before`.

    One at which the present rules failed waits for its next try.
    """
    resting = _failed().filter(report=OuterRef("pk"), next_try_at__gt=clock.now())
    records = _otherwise().exclude(Exists(resting))
    if before is not None:
        records = records.filter(pk__lt=before)
    return list(records.order_by("-pk").values_list("pk", flat=True)[:most])


def never_noted(*, most: int) -> list[UUID]:
    """Reports that no rules noted yet and at which the present ones failed: those to try again."""
    due = _failed().filter(next_try_at__lte=clock.now())
    return list(due.exclude(_any_rules()).values_list("report", flat=True)[:most])


def was_noted_otherwise(report: UUID) -> bool:
    """Whether a report was noted, and by other rules."""
    return _otherwise().filter(pk=report).exists()


def count_noted() -> Noted:
    """How many reports were noted, and how many by other rules."""
    in_all = Record.objects.filter(report__isnull=False).count()
    return Noted(in_all=in_all, otherwise=_otherwise().count())


def unnoted(*, actor: Actor) -> list[Unnoted]:
    """The reports at which the present rules fail, the longest first; none that was destroyed."""
    seen = Report.objects.visible_to(actor)
    failed = _failed().filter(report__in=seen).exclude(fault=KeyRefusedError.__name__)
    return list(failed.exclude(are_noted("report")).select_related("report")[:MOST_SHOWN])


def next_try_of(report: UUID) -> datetime | None:
    """When a report at which the present rules failed is tried again; None where they did not."""
    return _failed().filter(report=report).values_list("next_try_at", flat=True).first()


def told_of(report: UUID) -> list[tuple[object, ...]]:
    """All that other rooms go by in what was noted of a report, to be compared."""
    rows = Mention.objects.filter(record=report).values_list(*TELLING)
    return sorted((tuple(map(_plain, row)) for row in rows), key=repr)


def _failed() -> QuerySet[Unnoted]:
    return Unnoted.objects.filter(edition=present_edition())


def _any_rules() -> Exists:
    return Exists(Record.objects.filter(pk=OuterRef("report")))


def _otherwise() -> QuerySet[Record]:
    # Either side of the present one, as the index is asked.
    now = present_edition()
    others = Q(edition__lt=now) | Q(edition__gt=now)
    return Record.objects.filter(others, report__isnull=False)


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value

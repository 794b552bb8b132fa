"""Noting and unmasking identifiers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet

from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.evidence.custody import contact_key_of, key_of
from havre.identifiers.editions.reads import present_edition
from havre.identifiers.editions.rules import wait_after
from havre.identifiers.models import Hush, Mention, Record, Unnoted
from havre.identifiers.noting import Noting, write_mentions
from havre.identifiers.placing import found_and_placed
from havre.identifiers.reads import IN_CLEAR, near_token_of, token_of
from havre.identifiers.rules.words import Found
from havre.identifiers.sealed import is_contact, spot_of, value_of
from havre.intake.models import Report
from havre.intake.reads import report_by_id
from havre.intake.sealed import seal_text, told_in
from havre.plumbing import clock, ids
from havre.plumbing.pipes import one_after_the_other
from havre.plumbing.values.written import written_once

NOTHING: Mapping[str, str] = {}


@action(Event.IDENTIFIERS_NOTED)
def note_mentions(
    report_id: UUID,
    *,
    translations: Sequence[str] = (),
    words: Mapping[str, str] = NOTHING,
    by: Actor,
) -> int:
    """Find the identifiers in a report and note them, made comparable. Safe to repeat.

    `translations` is what a person put into another language of it: further text of the report; so
    are the later `words` of its reporter, by their names, which no agency is given yet.
    """
    report = report_by_id(report_id, actor=by)
    # Whoever notes them later reads later: what was put to an incident meanwhile is not lost.
    one_after_the_other(f"identifiers/{report.pk}")
    told = told_in(report, by=by)
    found = found_and_placed(report, told, translations, words, by=by)
    if _is_noted(report.pk):
        Record.objects.filter(pk=report.pk).update(edition=present_edition())
        Mention.objects.filter(record=report.pk).delete()
    else:
        now = {"kind": "report", "edition": present_edition()}
        Record(id=report.pk, report=report, **now).save(force_insert=True)
    key, contact_key = key_of(report.pk, by=by), contact_key_of(report.pk, by=by)
    write_mentions(
        report.pk,
        [
            _mention(report, each, contact_key if is_contact(each.role) else key, parts)
            for each, parts in found
        ],
    )
    record(Event.IDENTIFIERS_NOTED, about_kind="report", about=report.pk, by=by, count=len(found))
    return len(found)


@action(Event.IDENTIFIERS_NOT_NOTED)
def note_failure(report_id: UUID, *, fault: str, by: Actor) -> Unnoted:
    """Note that the present rules failed at a report, and by which kind of fault.

    It is tried again later, and later each time, and never given up. Nobody else can have tried it
    while it is written down.
    """
    one_after_the_other(f"identifiers/{report_id}")
    now, edition = clock.now(), present_edition()
    row = Unnoted.objects.filter(report=report_id).first() or Unnoted(report_id=report_id, tries=0)
    if bytes(row.edition) != edition:
        row.edition, row.since, row.tries = edition, now, 0
    row.fault, row.tries = fault[:60], row.tries + 1
    row.next_try_at = now + wait_after(row.tries)
    row.save()
    record(
        Event.IDENTIFIERS_NOT_NOTED,
        about_kind="report",
        about=report_id,
        by=by,
        fault=row.fault,
        tries=row.tries,
    )
    return row


@action(Event.IDENTIFIER_UNMASKED)
def unmask_mention(mention_id: UUID, *, by: Actor) -> str:
    """Show an identifier that is masked. Raises Mention.DoesNotExist.

    The reporter's own are sealed with the reporter's contact: for an agency they do not exist.
    """
    mention = Mention.objects.visible_to(by).select_related("record__report").get(pk=mention_id)
    value = value_of(mention, by=by)
    record(
        Event.IDENTIFIER_UNMASKED,
        about_kind="report",
        about=mention.record_id,
        by=by,
        mention=str(mention.pk),
        kind=mention.kind,
        role=mention.role,
    )
    return value


@action(Event.IDENTIFIER_HUSHED)
def hush_value(token: bytes, *, cause: UUID, by: Actor) -> None:
    """Let a value tie no reports at the desk, from the next look on. Safe to repeat.

    One cause may hush a value in several forms, and ends for all of them at once.
    """
    Hush.objects.get_or_create(cause=cause, token=token, defaults={"id": ids.uuid7()})
    record(Event.IDENTIFIER_HUSHED, about_kind="watch", about=cause, by=by)


@action(Event.IDENTIFIER_HEARD)
def lift_hush(cause: UUID, *, by: Actor) -> None:
    """Let a value tie reports again, unless it is hushed for another cause. Safe to repeat."""
    Hush.objects.filter(cause=cause).delete()
    record(Event.IDENTIFIER_HEARD, about_kind="watch", about=cause, by=by)


@written_once
def _is_noted(report: UUID) -> QuerySet[Record, UUID]:
    return Record.objects.filter(pk=report).order_by().values_list("pk", flat=True)


def _mention(report: Report, found: Found, key: bytes, parts: list[int] | None) -> Noting:
    mention = Noting(
        id=ids.uuid7(),
        kind=str(found.kind),
        token=token_of(found.kind, found.value),
        role=str(found.role),
        field=found.field,
        start=found.start,
        end=found.end,
        confidence=found.confidence,
        rule=found.rule,
        port=found.port,
        seen_at=found.at or "",
        legal_basis=str(found.legal_basis),
        parts=None if parts is None else "{" + ",".join(map(str, parts)) + "}",
    )
    if found.role in IN_CLEAR:
        near = near_token_of(found.kind, found.value) or b""
        return replace(mention, clear=found.value, near=near)
    sealed = seal_text(report, found.value, key=key, spot=spot_of(mention.id))
    return replace(mention, sealed=sealed)

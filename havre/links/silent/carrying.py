"""What is watched or kept quiet under a form of earlier rules, carried to the present one.

Parts of actions, which write the line. Whoever holds the key of a watch is not there when a report
is noted anew; the report tells the value, where it holds it. No line names the mention: whoever
reads the log would learn by it which report holds what somebody watches, or keeps quiet.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.db import DatabaseError

from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event, Station
from havre.evidence.custody import agency_key_of
from havre.identifiers.actions import hush_value
from havre.identifiers.editions.reads import other_token, present_edition, was_noted_otherwise
from havre.identifiers.models import Hush, Mention
from havre.identifiers.reads import token_of, tokens_of
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.words import Kind
from havre.identifiers.sealed import value_of
from havre.intake.actions import ROUTE_TASK
from havre.links.silent.actions import SETTLE, SETTLE_PRIORITY
from havre.links.silent.models import SilentWatch
from havre.links.silent.reads import hold_quiet
from havre.links.watches.models import Watch
from havre.plumbing.queue import defer
from havre.plumbing.sealing import open_bytes, place

AT_ONCE, CARRIED_PRIORITY = 200, -30

log = logging.getLogger("havre.route")


def other_forms(report: UUID, *, by: Actor) -> dict[bytes, bytes]:
    """Of what a report holds and somebody watches or keeps quiet: its token, and the present one.

    Only where other rules noted it, and the two differ. Reads the report as it was noted last.
    """
    if not was_noted_otherwise(report):
        return {}
    asked = tokens_of(report)
    kept = {
        bytes(token)
        for rows in (Hush.objects, Watch.objects.standing(), SilentWatch.objects.open())
        for token in rows.filter(token__in=asked).values_list("token", flat=True)
    }
    if not kept:
        return {}
    mentions = Mention.objects.filter(record=report, token__in=kept).select_related(
        "record__report"
    )
    return dict(_changed(mentions, by))


def carry_forms(forms: Mapping[bytes, bytes], *, by: Actor) -> None:
    """Watch, and keep quiet, what has another form now. Safe to repeat.

    A quiet value stays quiet under both: reports that were not noted anew yet hold the earlier one.
    """
    hushed = Hush.objects.filter(token__in=list(forms)).values_list("cause", flat=True)
    silent = SilentWatch.objects.filter(token__in=list(forms)).values_list("pk", flat=True)
    for cause in sorted({*hushed, *silent} if forms else ()):
        hold_quiet(cause)
    # Asked only now: what was ended meanwhile is kept quiet in no form any more. In one order,
    # whoever tells them: two reports that are noted at once may hold the same watches.
    for before, now in sorted(forms.items()):
        for cause in Hush.objects.filter(token=before).values_list("cause", flat=True):
            hush_value(now, cause=cause, by=by)
        Watch.objects.standing().filter(token=before).update(token=now)
        for watch in SilentWatch.objects.open().filter(token=before):
            watch.token = now
            watch.save(update_fields=["token"])
            defer(SETTLE, queue="route", priority=SETTLE_PRIORITY, watch=str(watch.pk))


def watches_are_kept_otherwise() -> bool:
    """Whether something is watched or kept quiet in a form that other rules wrote."""
    now = present_edition()
    return any(rows.objects.exclude(edition=now).exists() for rows in (Watch, SilentWatch))


@action(Event.FORMS_CARRIED)
def carry_watches(*, by: Station) -> int:
    """Write in the present form what is watched or kept quiet, whether a report holds it or not.

    So many at a time; gives how many were looked at. The line says of none what it is.
    """
    now = present_edition()
    looked = 0
    for watch in Watch.objects.exclude(edition=now).order_by("pk")[:AT_ONCE]:
        token = _form_now(watch, "watch")
        changed = {"edition": now, **({"token": token} if token else {})}
        Watch.objects.filter(pk=watch.pk).update(**changed)
        _walk_again(token)
        looked += 1
    for silent in SilentWatch.objects.exclude(edition=now).order_by("pk")[:AT_ONCE]:
        hold_quiet(silent.pk)
        silent.refresh_from_db(fields=["token"])
        token = _form_now(silent, "silent_watch")
        if token and Hush.objects.filter(cause=silent.pk).exists():
            hush_value(token, cause=silent.pk, by=by)
            defer(SETTLE, queue="route", priority=SETTLE_PRIORITY, watch=str(silent.pk))
        changed = {"edition": now, **({"token": token} if token else {})}
        SilentWatch.objects.filter(pk=silent.pk).update(**changed)
        _walk_again(token)
        looked += 1
    record(Event.FORMS_CARRIED, about_kind="watches", about="forms", by=by, rows=looked)
    return looked


def _form_now(watch: Watch | SilentWatch, table: str) -> bytes | None:
    """The token of the present form of what is watched, by its agency's key; None for the same."""
    try:
        key = agency_key_of(watch.pk, agency=watch.agency_id)
        value = open_bytes(key, bytes(watch.value), at=place(table, "value", str(watch.pk)))
        return other_token(watch.kind, value.decode(), before=bytes(watch.token))
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - its form stays as it is until the next release
        log.error("%s keeps its form: %s", watch.reference, type(error).__name__)  # noqa: TRY400
        return None


def _walk_again(token: bytes | None) -> None:
    """Reports that the present rules noted before the watch was carried meet it now."""
    if token is not None:
        held = Mention.objects.filter(token=token, record__report__isnull=False).order_by()
        for report in held.values_list("record", flat=True).distinct()[:AT_ONCE]:
            defer(ROUTE_TASK, queue=ROUTE_TASK, priority=CARRIED_PRIORITY, report=str(report))


def _changed(mentions: Iterable[Mention], by: Actor) -> Iterator[tuple[bytes, bytes]]:
    for mention in mentions:
        form = normalise(Kind(mention.kind), value_of(mention, by=by))
        if form and (now := token_of(mention.kind, form)) != bytes(mention.token):
            yield bytes(mention.token), now

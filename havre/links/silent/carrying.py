"""What is watched or kept quiet under a form of earlier rules, carried to the present one.

Parts of actions, which write the line. Whoever holds the key of a watch is not there when a report
is noted anew; the report tells the value, where it holds it. No line names the mention: whoever
reads the log would learn by it which report holds what somebody watches, or keeps quiet.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from uuid import UUID

from django.db import DatabaseError

from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event, Station
from havre.evidence.custody import agency_key_of, has_agency_key
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
# Older than whatever is.
FIRST = UUID(int=0)

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
    if not forms:
        return
    told = {"token__in": list(forms)}
    hushed = Hush.objects.filter(**told).values_list("cause", flat=True)
    silent = SilentWatch.objects.filter(**told).values_list("pk", flat=True)
    # All in the order of `carry_watches`, whoever tells of them: what is quiet is held first, then
    # come the watches, then what is quiet, each the oldest first. Two who carry the same at once
    # wait for each other, and never both.
    for cause in sorted({*hushed, *silent}):
        hold_quiet(cause)
    # Asked only now: what was ended meanwhile is kept quiet in no form any more.
    for hush in Hush.objects.filter(**told).order_by("cause", "token"):
        hush_value(forms[bytes(hush.token)], cause=hush.cause, by=by)
    for watch in Watch.objects.standing().filter(**told).order_by("pk"):
        before = bytes(watch.token)
        as_it_was = Watch.objects.standing().filter(pk=watch.pk, token=before)
        as_it_was.update(token=forms[before])
    for quiet in SilentWatch.objects.open().filter(**told).order_by("pk"):
        quiet.token = forms[bytes(quiet.token)]
        quiet.save(update_fields=["token"])
        _settle_later(quiet)


def watches_are_kept_otherwise(*, after: UUID = FIRST) -> bool:
    """Whether something is watched or kept quiet in a form that other rules wrote.

    Among those that are newer than `after`, the last one that a sweep looked at.
    """
    now = present_edition()
    return any(
        rows.objects.filter(pk__gt=after).exclude(edition=now).exists()
        for rows in (Watch, SilentWatch)
    )


@action(Event.FORMS_CARRIED)
def carry_watches(*, after: UUID = FIRST, by: Station) -> list[UUID]:
    """Write in the present form what is watched or kept quiet, whether a report holds it or not.

    So many at a time, those that are newer than `after`; gives which were looked at, the oldest
    first. What a fault keeps back waits for the next sweep. The line says of none what it is.
    """
    watches, silent = _kept_otherwise(after)
    for quiet in silent:
        hold_quiet(quiet.pk)
    tokens = [_carried(one, "watch", by) for one in watches]
    for quiet in silent:
        quiet.refresh_from_db(fields=["token"])
        tokens.append(_carried(quiet, "silent_watch", by))
    _walk_again({token for token in tokens if token is not None})
    looked = sorted(one.pk for one in (*watches, *silent))
    record(Event.FORMS_CARRIED, about_kind="watches", about="forms", by=by, rows=len(looked))
    return looked


def _kept_otherwise(after: UUID) -> tuple[list[Watch], list[SilentWatch]]:
    """The oldest of both together that are newer than `after`, so many, each in order."""
    now = present_edition()
    watches = list(Watch.objects.filter(pk__gt=after).exclude(edition=now).order_by("pk")[:AT_ONCE])
    quiet = SilentWatch.objects.filter(pk__gt=after).exclude(edition=now).order_by("pk")
    silent = list(quiet[:AT_ONCE])
    now_looked_at = {*sorted(one.pk for one in (*watches, *silent))[:AT_ONCE]}
    return (
        [one for one in watches if one.pk in now_looked_at],
        [one for one in silent if one.pk in now_looked_at],
    )


def _carried(one: Watch | SilentWatch, table: str, by: Station) -> bytes | None:
    """Write one in its present form; gives the token of that where it is another."""
    try:
        token = _form_now(one, table)
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - the others go on
        log.error("%s keeps its form: %s", one.reference, type(error).__name__)  # noqa: TRY400
        # For a moment, as where a key or a disk is away; for good where its key was destroyed.
        if has_agency_key(one.pk, agency=one.agency_id):
            return None
        token = None
    if token and isinstance(one, SilentWatch) and Hush.objects.filter(cause=one.pk).exists():
        hush_value(token, cause=one.pk, by=by)
        _settle_later(one)
    changed = {"edition": present_edition(), **({"token": token} if token else {})}
    type(one).objects.filter(pk=one.pk).update(**changed)
    return token


def _form_now(watch: Watch | SilentWatch, table: str) -> bytes | None:
    """The token of the present form of what is watched, by its agency's key; None for the same."""
    key = agency_key_of(watch.pk, agency=watch.agency_id)
    value = open_bytes(key, bytes(watch.value), at=place(table, "value", str(watch.pk)))
    return other_token(watch.kind, value.decode(), before=bytes(watch.token))


def _settle_later(watch: SilentWatch) -> None:
    defer(SETTLE, queue="route", priority=SETTLE_PRIORITY, watch=str(watch.pk))


def _walk_again(tokens: Collection[bytes]) -> None:
    """Reports that the present rules noted before the watch was carried meet it now: all of them.

    So many are asked for at a time; nobody comes by here once more.
    """
    held = Mention.objects.filter(token__in=tokens, record__report__isnull=False)
    reports = held.order_by("record").values_list("record", flat=True).distinct()
    after = FIRST
    while some := list(reports.filter(record__gt=after)[:AT_ONCE]):
        for report in some:
            defer(ROUTE_TASK, queue=ROUTE_TASK, priority=CARRIED_PRIORITY, report=str(report))
        after = some[-1]


def _changed(mentions: Iterable[Mention], by: Actor) -> Iterator[tuple[bytes, bytes]]:
    for mention in mentions:
        form = normalise(Kind(mention.kind), value_of(mention, by=by))
        if form and (now := token_of(mention.kind, form)) != bytes(mention.token):
            yield bytes(mention.token), now

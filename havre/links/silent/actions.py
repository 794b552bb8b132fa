"""Asking for a silent watch, granting it, ending it, and telling its agency alone what meets it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from havre.agencies.models import Agency, Officer, is_same_person
from havre.agencies.reads import every_agency
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event, Station
from havre.evidence.custody import agency_recipient, wrapped_key
from havre.identifiers.actions import hush_value, lift_hush
from havre.identifiers.editions.reads import present_edition
from havre.identifiers.models import Mention
from havre.identifiers.reads import held_by, token_of
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.words import Kind
from havre.intake.actions import REFERENCE_BYTES
from havre.intake.models import Report
from havre.intake.rules.receipts import reference_of
from havre.intake.rules.submission import PersonRole
from havre.intake.splits.rules import LATER
from havre.links.actions import link_report
from havre.links.silent.models import SilentAlert, SilentWatch
from havre.links.silent.reads import (
    hold_quiet,
    own_silent_alert,
    own_silent_watch,
    silent_watch_by_reference,
)
from havre.links.silent.rules import NotToBeDecidedError, Refusal, SilentState, check_days
from havre.links.watches.models import Hush
from havre.links.watches.reads import end_of, today
from havre.links.watches.rules import (
    TELLING,
    AlreadyWatchedError,
    Authority,
    NotAnIdentifierError,
)
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.plumbing.queue import defer
from havre.plumbing.sealing import new_data_key, place, seal_bytes
from havre.plumbing.values.written import written_once

KEY_COMPARTMENT = "silent"
# Who reports, is harmed or saw something is never told of: a silent watch finds no complainant.
TOLD_OF = frozenset({PersonRole.SUSPECT, PersonRole.UNKNOWN})
# The job that brings the clusters up to date, before what waits in the route.
SETTLE, SETTLE_PRIORITY = "settle-quietly", 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """On what terms a silent watch is asked for."""

    until: date
    authority: Authority
    reason: str


@action(Event.SILENT_WATCH_ASKED)
def ask_for_silent_watch(
    value: str, *, kind: Kind, platform: str = "", terms: Asked, by: Officer
) -> SilentWatch:
    """Ask the coordinator that an identifier be kept quiet. Nothing changes before the answer.

    Raises NotAnIdentifierError, AlreadyWatchedError, SilentDaysError.
    """
    normal = normalise(kind, value, platform=platform)
    if normal is None:
        raise NotAnIdentifierError
    check_days(terms.until, today=today())
    token = token_of(kind, normal)
    if SilentWatch.objects.visible_to(by).of_agency(by).open().filter(token=token).exists():
        raise AlreadyWatchedError
    watch = SilentWatch(
        id=ids.uuid7(),
        reference=_reference("Q"),
        agency=by.agency,
        kind=kind,
        token=token,
        edition=present_edition(),
        authority=terms.authority,
        asked_by=by,
        asked_at=clock.now(),
        wanted_until=end_of(terms.until),
    )
    key = new_data_key()
    for column, text in (("value", normal), ("reason", terms.reason)):
        at = place("silent_watch", column, str(watch.pk))
        setattr(watch, column, seal_bytes(key, text.encode(), at=at))
    watch.save(force_insert=True)
    _note(watch, Event.SILENT_WATCH_ASKED, by=by, kind=kind, until=terms.until.isoformat())
    with acting_as(Station.PIPELINE.context):
        centres = {agency.pk for agency in every_agency() if agency.is_national_centre}
        for reader in centres | {by.agency_id}:
            recipient = agency_recipient(reader)
            wrapped_key(watch.pk, key, recipient=recipient, compartment=KEY_COMPARTMENT).save()
    return watch


@action(Event.SILENT_WATCH_ASKED)
def ask_for_longer(reference: str, *, until: date, by: Officer) -> SilentWatch:
    """Ask that a silent watch hold until another day; until the answer it holds as it does.

    Raises SilentDaysError, and NotToBeDecidedError for one that is over.
    """
    watch = own_silent_watch(reference, actor=by)
    check_days(until, today=today())
    if watch.state is not SilentState.IN_FORCE:
        raise NotToBeDecidedError
    watch.wanted_until, watch.asked_by, watch.asked_at = end_of(until), by, clock.now()
    watch.refusal = ""
    watch.save(update_fields=["wanted_until", "asked_by", "asked_at", "refusal"])
    _note(watch, Event.SILENT_WATCH_ASKED, by=by, until=until.isoformat())
    return watch


@action(Event.SILENT_WATCH_DECIDED)
def decide_silent_watch(reference: str, *, refusal: Refusal | None, by: Officer) -> SilentWatch:
    """Grant what an agency asks for, or refuse it with a reason. Another person than who asked.

    From the grant on the value ties nothing at the desk. Raises NotToBeDecidedError.
    """
    watch = silent_watch_by_reference(reference, actor=by)
    hold_quiet(watch.pk)
    watch.refresh_from_db(fields=["token"])
    is_own = is_same_person(watch.asked_by, by)
    if watch.wanted_until is None or watch.ended_at or is_own:
        raise NotToBeDecidedError
    if refusal is None and watch.wanted_until <= clock.now():
        raise NotToBeDecidedError
    if refusal is None:
        watch.until = watch.wanted_until
    watch.wanted_until, watch.refusal = None, refusal or ""
    watch.decided_by, watch.decided_at = by, clock.now()
    watch.save(update_fields=["until", "wanted_until", "refusal", "decided_by", "decided_at"])
    _note(watch, Event.SILENT_WATCH_DECIDED, by=by, refusal=refusal or "")
    if refusal is None:
        with acting_as(Station.PIPELINE.context):
            hush_value(bytes(watch.token), cause=watch.pk, by=Station.PIPELINE)
            _meet([watch])
            _settle_later(watch.pk)
    return watch


@action(Event.SILENT_WATCH_ENDED)
def end_silent_watch(reference: str, *, by: Officer) -> SilentWatch:
    """End a silent watch, or take back what was asked. The value ties reports again. Repeatable."""
    return _ended(own_silent_watch(reference, actor=by), by)


@action(Event.SILENT_WATCH_ENDED)
def withdraw_silent_watch(reference: str, *, by: Officer) -> SilentWatch:
    """End an agency's silent watch that a coordinator granted. Safe to repeat."""
    return _ended(silent_watch_by_reference(reference, actor=by), by)


@action(Event.SILENT_WATCH_ENDED)
def end_silent_watch_that_ran_out(watch: UUID, *, by: Actor) -> None:
    """Let a value tie reports again whose silent watch ran out. Safe to repeat."""
    _ended(SilentWatch.objects.visible_to(by).get(pk=watch), by)


@action(Event.SILENT_ALERT_MARKED)
def mark_silent_alert(reference: str, *, is_seen: bool, by: Officer) -> SilentAlert:
    """Mark an alert of a silent watch as read, or take that back."""
    alert = own_silent_alert(reference, actor=by)
    alert.seen_at, alert.seen_by = (clock.now(), by) if is_seen else (None, None)
    alert.save(update_fields=["seen_at", "seen_by"])
    about, seen = alert.watch_id, "yes" if is_seen else "no"
    record(Event.SILENT_ALERT_MARKED, about_kind="watch", about=about, by=by, seen=seen)
    return alert


@action(Event.WATCH_HUSHED)
def hush_silent_alerts(report: Report, *, agency: Agency, by: Officer) -> None:
    """Take from an agency its alerts of a report that names its own people. Safe to repeat."""
    with acting_as(Station.PIPELINE.context):
        told = SilentAlert.objects.filter(report=report, agency=agency, hushed_at=None)
        told.update(hushed_at=clock.now())
    record(Event.WATCH_HUSHED, about_kind="watches", about="silent", by=by)


@action(Event.SILENT_WATCHES_MET)
def meet_silent_watches(report_id: UUID, *, by: Actor) -> int:
    """Tell the agencies whose silent watches a report meets, and nobody else. Safe to repeat.

    The line says neither which report nor whether anything was met. Gives how many were told.
    """
    watches = _quiet_in(report_id, clock.now(), by)
    told = _meet(watches, report=report_id) if watches else 0
    record(Event.SILENT_WATCHES_MET, about_kind="watches", about="route", by=by)
    return told


@action(Event.SILENT_WATCH_SETTLED)
def settle_around(watch_id: UUID, *, by: Actor) -> int:
    """Bring the clusters up to date around a value that became quiet, or is so no more.

    Safe to repeat. Gives how many reports hold it.
    """
    watch = SilentWatch.objects.visible_to(by).get(pk=watch_id)
    rows = Mention.objects.filter(token=bytes(watch.token), record__report__isnull=False)
    reports = sorted(set(rows.values_list("record__report", flat=True)))
    for report in reports:
        link_report(report, by=by)
    _note(watch, Event.SILENT_WATCH_SETTLED, by=by)
    return len(reports)


@written_once
def _quiet_in(report: UUID, at: datetime, by: Actor) -> QuerySet[SilentWatch]:
    return SilentWatch.objects.visible_to(by).standing(at).filter(token__in=held_by(report))


def _ended(watch: SilentWatch, by: Actor) -> SilentWatch:
    hold_quiet(watch.pk)
    watch.ended_at = watch.ended_at or clock.now()
    watch.wanted_until = None
    watch.save(update_fields=["ended_at", "wanted_until"])
    _note(watch, Event.SILENT_WATCH_ENDED, by=by)
    with acting_as(Station.PIPELINE.context):
        lift_hush(watch.pk, by=Station.PIPELINE)
        _settle_later(watch.pk)
    return watch


def _settle_later(watch: UUID) -> None:
    defer(SETTLE, queue="route", priority=SETTLE_PRIORITY, watch=str(watch))


def _meet(watches: Collection[SilentWatch], report: UUID | None = None) -> int:
    """Keep which reports hold what is kept quiet: one new report, or all. In Havre's own name.

    Not where it stands in later words alone that nobody outside was given.
    """
    rows = Mention.objects.filter(
        token__in=[bytes(watch.token) for watch in watches],
        record__report__compartment__in=TELLING,
        role__in=TOLD_OF,
    ).exclude(field__startswith=LATER)
    if report is not None:
        rows = rows.filter(record__report=report)
    fields = ("token", "record__report", "record__report__reference")
    held = sorted({(bytes(token), pk, name) for token, pk, name in rows.values_list(*fields)})
    known = set(SilentAlert.objects.filter(watch__in=watches).values_list("watch", "report"))
    apart = set(
        Hush.objects.filter(report__in=[pk for _, pk, _ in held]).values_list("agency", "report")
    )
    fresh = [
        SilentAlert(
            id=ids.uuid7(),
            reference=_reference("Z"),
            watch=watch,
            agency_id=watch.agency_id,
            report_id=pk,
            names=name,
            at=clock.now(),
        )
        for watch in watches
        for token, pk, name in held
        if token == bytes(watch.token) and (watch.pk, pk) not in known
        if (watch.agency_id, pk) not in apart
    ]
    SilentAlert.objects.bulk_create(fresh)
    for alert in fresh:
        _note(alert.watch, Event.SILENT_WATCH_MET, by=Station.PIPELINE, alert=alert.reference)
    return len(fresh)


def _reference(letter: str) -> str:
    return f"{letter}{reference_of(ids.random_bytes(REFERENCE_BYTES))[1:]}"


def _note(watch: SilentWatch, event: Event, *, by: Actor, **details: str) -> None:
    record(event, about_kind="watch", about=watch.pk, by=by, **details)

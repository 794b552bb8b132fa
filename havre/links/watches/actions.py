"""Watching an identifier, saying who is told when a report holds it, and what came of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from havre.agencies.models import Agency, Officer
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event, Station
from havre.evidence.custody import agency_recipient, wrapped_key
from havre.identifiers.editions.reads import present_edition
from havre.identifiers.models import Mention
from havre.identifiers.reads import held_by, token_of
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.words import Kind
from havre.intake.actions import REFERENCE_BYTES
from havre.intake.models import Report
from havre.intake.rules.receipts import reference_of
from havre.intake.rules.submission import PersonRole
from havre.intake.splits.rules import is_later
from havre.links.watches.models import Hit, Hush, Notice, Watch
from havre.links.watches.reads import (
    end_of,
    hit_by_reference,
    standing_of,
    today,
    watch_by_reference,
    who_answers,
)
from havre.links.watches.rules import (
    TELLING,
    AlreadyWatchedError,
    Authority,
    Finding,
    NotAnIdentifierError,
    Purpose,
    Tells,
    WatchOverError,
    Word,
    check_room,
    check_until,
    meets,
    word_of,
)
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.plumbing.pipes import one_after_the_other
from havre.plumbing.sealing import new_data_key, place, seal_bytes
from havre.plumbing.values.written import written_once

KEY_COMPARTMENT = "watch"
# So many older reports, the newest first, are looked at when a watch begins.
MOST_OLD = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms an agency watches: whose it is, what for, by what right, till when, who hears.

    `answers` is an officer's id; None is whoever makes the watch.
    """

    until: date
    purpose: Purpose
    authority: Authority
    tells: Tells
    whose: PersonRole = PersonRole.SUSPECT
    answers: UUID | None = None
    case: UUID | None = None
    person: UUID | None = None


@action(Event.WATCH_ADDED)
def add_watch(value: str, *, kind: Kind, platform: str = "", terms: Terms, by: Officer) -> Watch:
    """Put an identifier on the watch list of one's agency; reports that hold it already are told.

    Raises NotAnIdentifierError, AlreadyWatchedError, TooManyWatchesError, WatchDaysError,
    Officer.DoesNotExist.
    """
    normal = normalise(kind, value, platform=platform)
    if normal is None:
        raise NotAnIdentifierError
    check_until(terms.until, today=today())
    token, key = token_of(kind, normal), new_data_key()
    standing = Watch.objects.visible_to(by).standing()
    if standing.filter(token=token, of_case=terms.case).exists():
        raise AlreadyWatchedError
    _check_room(by.agency)
    watch = Watch(
        id=ids.uuid7(),
        reference=_reference("W"),
        agency=by.agency,
        kind=kind,
        token=token,
        edition=present_edition(),
        whose=terms.whose,
        purpose=terms.purpose,
        authority=terms.authority,
        tells=terms.tells,
        answers=_answering(terms.answers, by),
        of_case=terms.case,
        of_person=terms.person,
        since=clock.now(),
        until=end_of(terms.until),
    )
    watch.value = seal_bytes(key, normal.encode(), at=place("watch", "value", str(watch.pk)))
    watch.save(force_insert=True)
    _note(watch, Event.WATCH_ADDED, by=by, kind=kind, purpose=terms.purpose, tells=terms.tells)
    with acting_as(Station.PIPELINE.context):
        whose = {"recipient": agency_recipient(by.agency_id), "compartment": KEY_COMPARTMENT}
        wrapped_key(watch.pk, key, **whose).save()
        _meet([watch], _older(token))
    return watch


@action(Event.WATCH_CHANGED)
def renew_watch(reference: str, *, until: date, by: Officer) -> Watch:
    """Let a watch hold until another day; one that ended begins again.

    Raises WatchDaysError, and TooManyWatchesError for one that does not stand.
    """
    watch = watch_by_reference(reference, actor=by)
    check_until(until, today=today())
    if not watch.is_standing:
        _check_room(by.agency)
    watch.until, watch.ended_at = end_of(until), None
    watch.save(update_fields=["until", "ended_at"])
    _note(watch, Event.WATCH_CHANGED, by=by, until=until.isoformat())
    with acting_as(Station.PIPELINE.context):
        Hit.objects.filter(watch=watch).update(until=watch.until)
        _meet([watch], _older(bytes(watch.token)))
    return watch


@action(Event.WATCH_ENDED)
def end_watch(reference: str, *, by: Officer) -> Watch:
    """End a watch. Nobody is told of it any more; it can begin again. Safe to repeat."""
    watch = watch_by_reference(reference, actor=by)
    _note(watch, Event.WATCH_ENDED, by=by)
    _end([watch])
    return watch


@action(Event.WATCH_ENDED)
def end_watches_of_case(case: UUID, *, by: Officer) -> int:
    """End what is watched for a case that its agency holds no more. Gives how many."""
    with acting_as(Station.PIPELINE.context):
        watches = list(Watch.objects.filter(of_case=case).standing())
    _end(watches)
    record(Event.WATCH_ENDED, about_kind="case", about=case, by=by, watches=len(watches))
    return len(watches)


@action(Event.WATCHES_MET)
def meet_watches(report_id: UUID, *, by: Actor) -> int:
    """Tell the agencies that watch for what a report holds. Safe to repeat; a pair is told once.

    The line names no report: the report's own page would show it. Gives how many were told.
    """
    watches = _watched_in(report_id, clock.now())
    told = _meet(watches, [report_id]) if watches else 0
    record(Event.WATCHES_MET, about_kind="watches", about="route", by=by, told=told)
    return told


@action(Event.ALERT_ANSWERED)
def answer_alert(reference: str, *, finding: Finding | None, by: Officer) -> Hit:
    """Say what an alert is worth, or take that back. The watch is quiet for that report then."""
    hit = hit_by_reference(reference, actor=by)
    hit.finding = finding or ""
    hit.found_at, hit.found_by = (clock.now(), by) if finding else (None, None)
    hit.save(update_fields=["finding", "found_at", "found_by"])
    _note(hit.watch, Event.ALERT_ANSWERED, by=by, alert=hit.reference, finding=hit.finding)
    with acting_as(Station.PIPELINE.context):
        _tell_desk([hit.report_id])
    return hit


@action(Event.ALERT_ASKED)
def ask_for_report(reference: str, *, by: Officer) -> Hit:
    """Ask the tipline for the report of an alert. It names one's agency. Safe to repeat.

    Raises WatchOverError for a watch that is over: the desk is told of none.
    """
    hit = hit_by_reference(reference, actor=by)
    if not hit.watch.is_standing:
        raise WatchOverError
    hit.asked_at = hit.asked_at or clock.now()
    hit.save(update_fields=["asked_at"])
    _note(hit.watch, Event.ALERT_ASKED, by=by, alert=hit.reference)
    with acting_as(Station.PIPELINE.context):
        _tell_desk([hit.report_id])
    return hit


@action(Event.WATCH_HUSHED)
def hush_watches(report: Report, *, agency: Agency, by: Officer) -> None:
    """Have no watch of an agency tell it of a report. Alerts that it has go. Safe to repeat."""
    with acting_as(Station.PIPELINE.context):
        if not Hush.objects.filter(report=report, agency=agency).exists():
            Hush(id=ids.uuid7(), report=report, agency=agency).save(force_insert=True)
        told = Hit.objects.filter(report=report, agency=agency, hushed_at=None)
        gone = told.update(hushed_at=clock.now())
        _tell_desk([report.pk])
    record(
        Event.WATCH_HUSHED,
        about_kind="report",
        about=report.pk,
        by=by,
        agency=str(agency.pk),
        alerts=gone,
    )


@written_once
def _watched_in(report: UUID, at: datetime) -> QuerySet[Watch]:
    return Watch.objects.standing(at).filter(token__in=held_by(report))


def _older(token: bytes) -> list[UUID]:
    rows = Mention.objects.filter(token=token, record__report__isnull=False).order_by("-record")
    found = rows.values_list("record__report", flat=True).distinct()[:MOST_OLD]
    return list(found)


def _meet(watches: Collection[Watch], reports: Collection[UUID]) -> int:
    """Keep that reports meet watches, where they may, and tell the desk. In Havre's own name.

    What is met in later words alone that nobody outside was given, no agency is told yet. Gives how
    many are told now.
    """
    found = _found(watches, reports)
    rows = Hit.objects.filter(watch__in=watches, report__in=reports)
    known = {(hit.watch_id, hit.report_id): hit for hit in rows.select_related("watch")}
    hushed = set(Hush.objects.filter(report__in=reports).values_list("agency", "report"))
    fresh, told = list[Hit](), list[Hit]()
    for watch in watches:
        for (report, token), given in sorted(found.items()):
            if token != bytes(watch.token) or (watch.agency_id, report) in hushed:
                continue
            met = {is_given for role, is_given in given if meets(PersonRole(watch.whose), role)}
            hit = known.get((watch.pk, report))
            if met and hit is None:
                fresh.append(_hit(watch, report, is_told=True in met))
            elif True in met and hit is not None and not hit.is_told:
                hit.is_told, hit.at = True, clock.now()
                told.append(hit)
    Hit.objects.bulk_create(fresh)
    Hit.objects.bulk_update(told, ["is_told", "at"])
    told += [hit for hit in fresh if hit.is_told]
    for hit in told:
        _note(hit.watch, Event.WATCH_MET, by=Station.PIPELINE, alert=hit.reference)
    _tell_desk({report for report, _ in found})
    return len(told)


def _found(
    watches: Collection[Watch], reports: Collection[UUID]
) -> dict[tuple[UUID, bytes], set[tuple[PersonRole, bool]]]:
    """Which reports hold what is watched: as whose, and whether in what may be told."""
    rows = Mention.objects.filter(
        record__report__in=reports,
        record__report__compartment__in=TELLING,
        token__in=list({bytes(watch.token) for watch in watches}),
    )
    found: dict[tuple[UUID, bytes], set[tuple[PersonRole, bool]]] = {}
    for report, token, role, field in rows.values_list("record__report", "token", "role", "field"):
        how = (PersonRole(role), not is_later(field))
        found.setdefault((report, bytes(token)), set()).add(how)
    return found


def _hit(watch: Watch, report: UUID, *, is_told: bool) -> Hit:
    return Hit(
        id=ids.uuid7(),
        reference=_reference("H"),
        watch=watch,
        agency_id=watch.agency_id,
        report_id=report,
        at=clock.now(),
        tells=watch.tells,
        until=watch.until,
        is_told=is_told,
    )


def _tell_desk(reports: Collection[UUID]) -> None:
    """Make the desk's notices of these reports anew from the alerts that stand."""
    Notice.objects.filter(report__in=reports).delete()
    standing = Hit.objects.filter(
        report__in=reports, watch__in=Watch.objects.standing(), hushed_at=None
    )
    wanted: dict[tuple[UUID, Word, UUID | None], Notice] = {}
    for hit in standing.exclude(finding=Finding.NOT_RELEVANT).order_by("id"):
        word = word_of(Tells(hit.tells), was_asked=hit.asked_at is not None)
        agency = None if word is Word.CENTRE else hit.agency_id
        notice = Notice(
            id=ids.uuid7(),
            report_id=hit.report_id,
            agency_id=agency,
            word=word,
            alert=hit.reference,
            until=hit.until,
        )
        wanted.setdefault((hit.report_id, word, agency), notice)
    Notice.objects.bulk_create(wanted.values())


def _end(watches: Collection[Watch]) -> None:
    with acting_as(Station.PIPELINE.context):
        for watch in watches:
            watch.ended_at = watch.ended_at or clock.now()
            watch.save(update_fields=["ended_at"])
        _tell_desk(set(Hit.objects.filter(watch__in=watches).values_list("report", flat=True)))


def _answering(officer: UUID | None, by: Officer) -> Officer:
    if officer in {None, by.pk}:
        return by
    found = {one.pk: one for one in who_answers(by.agency)}.get(officer)
    if found is None:
        raise Officer.DoesNotExist
    return found


def _reference(letter: str) -> str:
    return f"{letter}{reference_of(ids.random_bytes(REFERENCE_BYTES))[1:]}"


def _check_room(agency: Agency) -> None:
    one_after_the_other(f"watches/{agency.pk}")
    check_room(standing_of(agency))


def _note(watch: Watch, event: Event, *, by: Actor, **details: str) -> None:
    record(event, about_kind="watch", about=watch.pk, by=by, **details)

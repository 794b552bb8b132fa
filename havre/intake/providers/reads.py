"""Questions about providers' filings, before they are reports."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from havre.agencies.models import Provider
from havre.audit.rules import Actor, Station
from havre.intake.law.reads import notices_of, preserve_until
from havre.intake.models import Attachment, Filing, FilingFile, Report
from havre.intake.providers.at_hand import shelf
from havre.intake.providers.rules.expiry import (
    AFTER_LAST_CHANGE,
    AFTER_OPENING,
    ends_at,
)
from havre.intake.providers.statements import Found, found_in, locked_filing
from havre.intake.providers.wires.ispws import names_a_batch
from havre.intake.providers.wires.ispws_answer import Code
from havre.intake.providers.wires.ispws_state import ReportNotice, ReportState
from havre.intake.providers.wires.refusals import WireRefusal
from havre.intake.questions.reads import kept_up
from havre.intake.reads import reports_by_id
from havre.intake.rules.stages import FilingState
from havre.plumbing import clock
from havre.plumbing.context import acting_as, acting_at_once
from havre.plumbing.sealing import open_json, place
from havre.plumbing.values.lists import one_of
from havre.plumbing.values.written import written_once

CLOSED = {
    FilingState.FINISHED: Code.ALREADY_FINISHED,
    FilingState.RETRACTED: Code.ALREADY_RETRACTED,
}


def open_filing_of(number: int, *, actor: Actor, to_change: bool = False) -> Filing:
    """The open filing of a number. Locks its row when it is `to_change`.

    Raises WireRefusal: 5001 alike for a number never given, another provider's and a filing that
    has expired; 5101 and 5102 for one that is closed.
    """
    filings = Filing.objects.visible_to(actor)
    if to_change:
        filings = filings.select_for_update()
    return not_closed(filings.filter(number=number).first())


def not_closed(filing: Filing | None) -> Filing:
    """The filing, when it is there and open. Raises WireRefusal, as `open_filing_of` says."""
    if filing is None or filing.state == FilingState.EXPIRED:
        raise WireRefusal(Code.REPORT_DOES_NOT_EXIST)
    if filing.state in CLOSED:
        raise WireRefusal(CLOSED[FilingState(filing.state)])
    return filing


def filing_to_fill(number: int, *, by: Provider) -> Found:
    """An open filing with its data key, read in a moment of its own. Raises as above.

    As this process knew it last, where it does: whoever adds to it finds whether it still is so.
    """
    rows = shelf.seen(by.pk, number)
    if rows:
        found = found_in(rows, number, by=by)
    else:
        with acting_at_once(by.context):
            found = locked_filing(number, by=by)
    not_closed(found.filing)
    return found


def file_in(files: list[FilingFile], file_id: str) -> FilingFile:
    """The file of an id among a filing's. Raises WireRefusal 5002."""
    for file in files:
        if file.file_id == file_id:
            return file
    raise WireRefusal(Code.FILE_DOES_NOT_EXIST)


def facts_of(file: FilingFile, key: bytes) -> dict[str, object]:
    """What is said of a file so far, as it stands in the tree of a submission."""
    at = place("filingfile", "details", file.pk)
    tree: dict[str, object] = open_json(key, bytes(file.details or b""), at=at)
    return tree


def is_of_a_batch(filing: Filing, key: bytes) -> bool:
    """Whether what the provider submitted is about one file that many accounts sent on."""
    return names_a_batch(path for path, _said in _tree_of(filing, key)["extra"])


def whole_tree(filing: Filing, files: list[FilingFile], key: bytes) -> dict[str, Any]:
    """What the provider submitted, with its files, as plain values."""
    tree = _tree_of(filing, key)
    tree["files"] = [facts_of(file, key) for file in files]
    tree["incidents"][0]["files"] = list(range(len(files)))
    return tree


def finished(filing: Filing | None) -> Filing:
    """The filing, when it is there and finished, to add to. Raises WireRefusal."""
    if filing is None or filing.state == FilingState.EXPIRED:
        raise WireRefusal(Code.REPORT_DOES_NOT_EXIST)
    if filing.state == FilingState.RETRACTED:
        raise WireRefusal(Code.ALREADY_RETRACTED)
    if filing.state == FilingState.OPEN:
        raise WireRefusal(Code.VALIDATION_FAILED, "this report is not finished; add to it as it is")
    return filing


def reference_of_filing(filing: Filing, *, actor: Actor) -> str:
    """The desk's reference of the report that a filing became; "" for a test account's."""
    report = Report.objects.visible_to(actor).filter(pk=filing.pk).first()
    return report.reference if report else ""


def report_state(number: int, *, actor: Actor) -> ReportState:
    """How a provider's own report stands, whatever its state. Raises WireRefusal 5001."""
    with acting_as(actor.context):
        filings = Filing.objects.visible_to(actor).select_related("supplements")
        filing = filings.filter(number=number).first()
        if filing is None:
            raise WireRefusal(Code.REPORT_DOES_NOT_EXIST)
        is_open = filing.state == FilingState.OPEN
        added = filings.filter(supplements=filing).order_by("opened_at")
        return ReportState(
            number=filing.number,
            state=filing.state,
            reference=reference_of_filing(filing, actor=actor),
            opened_at=filing.opened_at,
            changed_at=filing.changed_at,
            ends_at=ends_at(filing.opened_at, filing.changed_at) if is_open else None,
            files=FilingFile.objects.filter(filing=filing).count(),
            supplement_to=filing.supplements.number if filing.supplements else None,
            supplements=tuple(added.values_list("number", flat=True)),
            preserve_until=preserve_until(filing.number, actor=actor),
            is_kept_up=bool(kept_up([filing.pk], actor=actor)),
            quality=filing.quality,
            missing=tuple(filing.missing),
            warnings=tuple(filing.warnings),
        )


def notices(*, actor: Actor) -> list[ReportNotice]:
    """What a provider is told about the ends of its duties to preserve."""
    return [
        ReportNotice(number=one.number, kind=one.kind, until=one.until) for one in notices_of(actor)
    ]


def unfinished(*, actor: Actor, most: int = 500) -> list[UUID]:
    """Filings whose time is over, oldest first, up to so many."""
    now = clock.now()
    over = Filing.objects.visible_to(actor).filter(
        state=FilingState.OPEN,
        opened_at__lte=now - AFTER_OPENING,
        changed_at__lte=now - AFTER_LAST_CHANGE,
    )
    return list(over.order_by("opened_at").values_list("pk", flat=True)[:most])


def _tree_of(filing: Filing, key: bytes) -> dict[str, Any]:
    tree: dict[str, Any] = open_json(key, bytes(filing.body), at=place("filing", "body", filing.pk))
    return tree


def supplemented_by(report: UUID, *, actor: Actor) -> UUID | None:
    """The report that this one adds to by wire; None where it stands for itself."""
    return next(iter(_supplemented(report, actor)), None)


@written_once
def _supplemented(report: UUID, actor: Actor) -> QuerySet[Filing, UUID | None]:
    added = Filing.objects.visible_to(actor).filter(pk=report).order_by()
    return added.values_list("supplements", flat=True)


def added_to(reports: Collection[UUID]) -> dict[UUID, UUID]:
    """Of reports that add to an earlier one by wire, which: asked in Havre's own name.

    No desk reads filings; it reads of the earlier report what it may see.
    """
    if not reports:
        return {}
    with acting_as(Station.PIPELINE.context):
        return {pk: earlier for pk, earlier in _added(tuple(reports)) if earlier}


@written_once
def _added(reports: tuple[UUID, ...]) -> QuerySet[Filing, tuple[UUID, UUID | None]]:
    found = Filing.objects.filter(one_of("pk", reports), supplements__isnull=False)
    return found.values_list("pk", "supplements")


def tied_by_wire(report: UUID, *, actor: Actor) -> tuple[Report | None, list[Report]]:
    """The report that one adds to by wire, and those that add to it, oldest first.

    As far as the actor may see them; which they are is asked in Havre's own name.
    """
    with acting_as(Station.PIPELINE.context):
        filed = _of_filing(report)
    tied = {one for pair in filed for one in pair if one and one != report}
    seen = sorted(reports_by_id([*tied], actor=actor), key=lambda one: one.pk)
    first = next((earlier for pk, earlier in filed if pk == report), None)
    return (
        next((one for one in seen if one.pk == first), None),
        [one for one in seen if one.pk != first],
    )


@written_once
def _of_filing(report: UUID) -> QuerySet[Filing, tuple[UUID, UUID | None]]:
    of_it = Filing.objects.filter(Q(pk=report) | Q(supplements=report))
    return of_it.values_list("pk", "supplements")


def hashes_of_files(report: UUID, *, actor: Actor) -> list[str]:
    """What our own hashing of a report's files gave, without the documents that tell of them."""
    return _hashes(report, actor)


@written_once
def _hashes(report: UUID, actor: Actor) -> QuerySet[Attachment, str]:
    files = Attachment.objects.filter(report=report, is_source=False)
    described = FilingFile.objects.filter(filing=report, details_source__isnull=False)
    visible = files.filter(report__in=Report.objects.visible_to(actor)).exclude(
        exhibit__in=described.values("details_source")
    )
    return visible.values_list("exhibit__sha256", flat=True)

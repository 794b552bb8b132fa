"""What the JSON door answers: types that the answers are made of and the OpenAPI is made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from havre.intake.mirrors.rules import CopyState, CopyTold
from havre.intake.providers.rules.quality import WHY, Quality
from havre.intake.providers.wires.ispws_state import ReportNotice, ReportState
from havre.intake.rules.stages import FilingState

State = Literal["expired", "finished", "open", "retracted"]
STATES: dict[str, State] = {
    FilingState.EXPIRED: "expired",
    FilingState.FINISHED: "finished",
    FilingState.OPEN: "open",
    FilingState.RETRACTED: "retracted",
}
There = Literal["refused", "sent", "stopped", "stopping", "waiting"]
THERE: dict[CopyState, There] = {
    CopyState.REFUSED: "refused",
    CopyState.SENT: "sent",
    CopyState.STOPPED: "stopped",
    CopyState.STOPPING: "stopping",
    CopyState.WAITING: "waiting",
}
ReportId = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]


class Said(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """Any answer: what is empty is left out."""


class Status(Said, frozen=True, kw_only=True):
    """Who you are here."""

    provider: str
    environment: Literal["production", "test"]
    reading: Literal["strict", "lenient"]
    address: str


class Missing(Said, frozen=True, kw_only=True):
    """A field that was not told and would help police, the weightiest first."""

    field: str
    why: str


class Score(Said, frozen=True, kw_only=True):
    """How much of what police need a report tells: 0 to 100, and what is missing most."""

    score: int
    missing: list[Missing] = []


class MirrorCopy(Said, frozen=True, kw_only=True):
    """How the copy of a report for your mirror stands. Only `sent` means that it arrived there."""

    state: There
    report_there: str = ""
    why: str = ""
    detail: str = ""
    remarks: list[str] = []


class Report(Said, frozen=True, kw_only=True):
    """How a report of yours stands. Nothing of what police did with it.

    `keepAccountUp` is said while police want the account kept up: close nothing, and tell its
    holder nothing.
    """

    report_id: ReportId
    state: State
    opened: datetime
    changed: datetime
    files: int
    reference: str = ""
    ends_unless_finished: datetime | None = None
    supplement_to: int | None = None
    supplements: list[int] = []
    preserve_until: date | None = None
    keep_account_up: bool = False
    quality: Score | None = None
    warnings: list[str] = []
    file_ids: list[str] = []
    mirror: MirrorCopy | None = None


class ReportRow(Said, frozen=True, kw_only=True):
    """One report of your list."""

    report_id: ReportId
    state: State
    opened: datetime
    changed: datetime
    reference: str = ""
    score: int | None = None


class ReportsPage(msgspec.Struct, frozen=True, kw_only=True):
    """Your reports, the latest first; `next` asks for those after them, and is null at the end."""

    reports: list[ReportRow]
    next: str | None


class File(Said, frozen=True, kw_only=True):
    """A file as it arrived and was sealed."""

    report_id: ReportId
    file_id: str
    size: int
    md5: str
    sha1: str
    sha256: str


class Described(Said, frozen=True, kw_only=True):
    """What was told of a file is kept."""

    report_id: ReportId
    file_id: str
    warnings: list[str] = []


class CheckFault(msgspec.Struct, frozen=True, kw_only=True):
    """One fault of a document: where it stands, and what to do about it."""

    pointer: str
    detail: str


class Check(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What filing a document would have come to. Nothing was kept."""

    would_be_taken: bool
    errors: list[CheckFault] = []
    warnings: list[str] = []
    quality: Score | None = None


class Notice(Said, frozen=True, kw_only=True):
    """A duty to preserve that ends soon, or has ended."""

    report_id: ReportId
    kind: Literal["reminder", "destroy"]
    preserve_until: date


class Notices(msgspec.Struct, frozen=True, kw_only=True):
    """What you are told about your duties to preserve."""

    notices: list[Notice]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A report of a list, before it is an answer."""

    number: int
    state: str
    reference: str
    opened_at: datetime
    changed_at: datetime
    quality: int | None


def score_of(score: int | None, missing: Iterable[str]) -> Score | None:
    """A score with what is missing, and why it matters."""
    if score is None:
        return None
    fields = [Missing(field=field, why=WHY[field]) for field in missing if field in WHY]
    return Score(score=score, missing=fields)


def quality_told(quality: Quality | None) -> Score | None:
    """The same of a document that was only looked at."""
    return score_of(quality.score, quality.missing) if quality else None


def report_told(
    state: ReportState,
    *,
    with_quality: bool = True,
    file_ids: Iterable[str] = (),
    copy: CopyTold | None = None,
) -> Report:
    """A report as its provider is told of it."""
    return Report(
        report_id=state.number,
        state=STATES[state.state],
        opened=state.opened_at,
        changed=state.changed_at,
        files=state.files,
        reference=state.reference,
        ends_unless_finished=state.ends_at,
        supplement_to=state.supplement_to,
        supplements=list(state.supplements),
        preserve_until=state.preserve_until,
        keep_account_up=state.is_kept_up,
        quality=score_of(state.quality, state.missing) if with_quality else None,
        warnings=list(state.warnings),
        file_ids=list(file_ids),
        mirror=mirror_told(copy) if copy else None,
    )


def mirror_told(copy: CopyTold) -> MirrorCopy:
    """The copy of a report as its provider is told of it."""
    return MirrorCopy(
        state=THERE[copy.state],
        report_there=copy.report_there,
        why=copy.why,
        detail=copy.detail,
        remarks=list(copy.remarks),
    )


def page_told(rows: Iterable[Row], following: str) -> ReportsPage:
    """A page of reports as their provider is told of them."""
    return ReportsPage(
        reports=[
            ReportRow(
                report_id=row.number,
                state=STATES[row.state],
                opened=row.opened_at,
                changed=row.changed_at,
                reference=row.reference,
                score=row.quality,
            )
            for row in rows
        ],
        next=following or None,
    )


def notices_told(notices: Iterable[ReportNotice]) -> Notices:
    """Notices as their provider is told of them."""
    return Notices(
        notices=[
            Notice(
                report_id=one.number,
                kind="destroy" if one.kind == "destroy" else "reminder",
                preserve_until=one.until,
            )
            for one in notices
        ]
    )

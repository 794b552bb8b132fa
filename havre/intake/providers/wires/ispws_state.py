"""What a provider is told of its own report: an answer that the wire did not have before Havre."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from havre.intake.mirrors.rules import CopyTold
from havre.intake.providers.wires.ispws_answer import DECLARATION, Code, element


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportState:
    """How a provider's report stands. Nothing of what police did with it."""

    number: int
    state: str
    reference: str
    opened_at: datetime
    changed_at: datetime
    ends_at: datetime | None
    files: int
    supplement_to: int | None
    supplements: tuple[int, ...]
    preserve_until: date | None
    # Police want the account kept up: close nothing, and tell its holder nothing.
    is_kept_up: bool
    quality: int | None
    missing: tuple[str, ...]
    warnings: tuple[str, ...]


def state_answer(told: ReportState, *, copy: CopyTold | None) -> bytes:
    """The state as XML bytes, in the manner of the wire's other answers.

    `copy` is what went to the provider's mirror, where the report has one. Those other answers
    are NCMEC's, and say nothing of it: clients hold them against a schema that has no place for it.
    """
    inside = "".join(element(name, said) for name, said in _said(told))
    if copy:
        mirror = "".join(element(name, said) for name, said in _said_of(copy))
        inside += f"<mirror>{mirror}</mirror>"
    return f"{DECLARATION}\n<reportStateResponse>{inside}</reportStateResponse>".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportNotice:
    """A duty to preserve that ends soon ("reminder") or has ended ("destroy")."""

    number: int
    kind: str
    until: date


def notices_answer(notices: Iterable[ReportNotice]) -> bytes:
    """The notices of a provider as XML bytes."""
    listed = "".join(
        f"<notice>{element('reportId', str(one.number))}{element('kind', one.kind)}"
        f"{element('preserveUntil', one.until.isoformat())}</notice>"
        for one in notices
    )
    code = element("responseCode", str(int(Code.SUCCESS)))
    return f"{DECLARATION}\n<noticesResponse>{code}{listed}</noticesResponse>".encode()


def _said(told: ReportState) -> Iterator[tuple[str, str]]:
    yield "responseCode", str(int(Code.SUCCESS))
    yield "reportId", str(told.number)
    yield "state", told.state
    if told.reference:
        yield "reference", told.reference
    yield "opened", _moment(told.opened_at)
    yield "changed", _moment(told.changed_at)
    if told.ends_at:
        yield "endsUnlessFinished", _moment(told.ends_at)
    yield "files", str(told.files)
    if told.supplement_to:
        yield "supplementTo", str(told.supplement_to)
    yield from (("supplement", str(number)) for number in told.supplements)
    if told.preserve_until:
        yield "preserveUntil", told.preserve_until.isoformat()
    if told.is_kept_up:
        yield "keepAccountUp", "true"
    if told.quality is not None:
        yield "quality", str(told.quality)
    yield from (("missing", field) for field in told.missing)
    yield from (("warning", warning) for warning in told.warnings)


def _said_of(copy: CopyTold) -> Iterator[tuple[str, str]]:
    yield "state", copy.state
    told = (("reportThere", copy.report_there), ("why", copy.why), ("detail", copy.detail))
    yield from ((name, said) for name, said in told if said)
    yield from (("remark", remark) for remark in copy.remarks)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

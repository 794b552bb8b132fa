"""A document checked and not filed: every fault with its place, every warning, and the score."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from havre.intake.providers.rules.quality import WHY, Quality, quality_of
from havre.intake.providers.wires.ispws import (
    MOST_BYTES,
    InvalidReport,
    MalformedXml,
    Problem,
    ReportDocument,
    is_batched,
    parse_file_details,
    parse_supplement,
    report_in,
)
from havre.intake.providers.wires.ispws_answer import DECLARATION, Code, element
from havre.intake.providers.wires.ispws_tree import node_of
from havre.intake.providers.wires.safe_xml import safe_xml


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What became of a document that was only looked at."""

    code: Code = Code.SUCCESS
    document: str = ""
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    quality: Quality | None = None


def checked(data: bytes, *, now: datetime, lenient: bool = False) -> Check:
    """Check a report, a supplement or the details of a file. Never raises for what was sent."""
    try:
        root = safe_xml(data, most_bytes=MOST_BYTES)
    except MalformedXml as error:
        fault = Problem("", error.line, error.reason)
        return Check(code=Code.MALFORMED_XML, problems=(fault,))
    name = str(root.tag)
    try:
        if name == "fileDetails":
            details = parse_file_details(data, now=now, lenient=lenient)
            return Check(document=name, warnings=details.warnings)
        if name == "supplement":
            added = parse_supplement(data, now=now, lenient=lenient)
            return _of_a_report(added.document, name)
        return _of_a_report(report_in(node_of(root), now=now, lenient=lenient), name)
    except InvalidReport as error:
        code = Code.VALIDATION_FAILED
        return Check(code=code, document=name[:80], problems=error.problems)


def check_answer(check: Check) -> bytes:
    """The result as XML bytes, in the manner of the wire's other answers."""
    inside = "".join(_said(check))
    return f"{DECLARATION}\n<checkResponse>{inside}</checkResponse>".encode()


def _of_a_report(document: ReportDocument, name: str) -> Check:
    quality = quality_of(document.submission, is_batched=is_batched(document.submission))
    return Check(document=name, warnings=document.warnings, quality=quality)


def _said(check: Check) -> Iterator[str]:
    yield element("responseCode", str(int(check.code)))
    yield element("filed", "false")
    for problem in check.problems:
        told = element("path", problem.path), element("line", str(problem.line))
        yield f"<problem>{''.join(told)}{element('reason', problem.reason)}</problem>"
    yield from (element("warning", warning) for warning in check.warnings)
    if check.quality:
        yield element("quality", str(check.quality.score))
        for field in check.quality.missing:
            yield f"<missing>{element('field', field)}{element('why', WHY[field])}</missing>"

"""A document that a person pastes to have it checked: XML of the wire, or JSON of its neighbour."""

from dataclasses import replace
from datetime import datetime

from havre.intake.jsondoor.door import document_in
from havre.intake.jsondoor.wires.tree import InvalidDocument, read_file_details, read_report
from havre.intake.jsondoor.wording import OF_THE_WIRE
from havre.intake.providers.rules.quality import quality_of
from havre.intake.providers.wires.ispws import Problem, is_batched
from havre.intake.providers.wires.ispws_answer import Code
from havre.intake.providers.wires.ispws_check import Check, checked
from havre.plumbing.apis.problems import ProblemError

# What every report holds, and what a file is told of never does.
OF_A_REPORT = frozenset({"incidentSummary", "reporter", "internetDetails", "personOrUserReported"})
# The address of a file says these; what is pasted has none.
A_REPORT, A_FILE = 1, "unfiled"


def checked_as_pasted(source: bytes, *, now: datetime, lenient: bool) -> Check:
    """Check it as the door would that takes such documents. Never raises for what was pasted."""
    if not source.lstrip().startswith((b"{", b"[")):
        return checked(source, now=now, lenient=lenient)
    try:
        return _in_json(document_in(source), now=now, lenient=lenient)
    except InvalidDocument as error:
        faults = tuple(Problem(at, 0, reason) for at, reason in error.faults)
        return Check(code=Code.VALIDATION_FAILED, problems=faults)
    except ProblemError as error:
        whole = Problem("", 0, str(error.detail))
        faults = tuple(Problem(one.at, 0, str(one.reason)) for one in error.faults)
        return Check(code=Code.INVALID_REQUEST, problems=faults or (whole,))


def in_words(found: Check) -> Check:
    """The same with its faults in the language of the reader."""
    said = (replace(one, reason=OF_THE_WIRE.said(one.reason)) for one in found.problems)
    return replace(found, problems=tuple(said))


def _in_json(raw: object, *, now: datetime, lenient: bool) -> Check:
    if isinstance(raw, dict) and raw and OF_A_REPORT.isdisjoint(raw):
        given = {name: value for name, value in raw.items() if name not in {"reportId", "fileId"}}
        details = read_file_details(
            given, report=A_REPORT, file_id=A_FILE, now=now, lenient=lenient
        )
        return Check(document="fileDetails", warnings=details.warnings)
    document = read_report(raw, now=now, lenient=lenient)
    quality = quality_of(document.submission, is_batched=is_batched(document.submission))
    return Check(document="report", warnings=document.warnings, quality=quality)

"""A JSON document looked at and not filed: what filing it would have come to."""

from datetime import datetime

from havre.intake.jsondoor.wires.answers import Check, CheckFault, quality_told
from havre.intake.jsondoor.wires.tree import InvalidDocument, read_file_details, read_report
from havre.intake.providers.rules.quality import quality_of
from havre.intake.providers.wires.ispws import is_batched

# The address of a file says these; a check has no file.
A_REPORT, A_FILE = 1, "unfiled"


def checked_report(raw: object, *, now: datetime, lenient: bool = False) -> Check:
    """A report, looked at. Never raises for what was sent."""
    try:
        document = read_report(raw, now=now, lenient=lenient)
    except InvalidDocument as error:
        return _refused(error)
    submission = document.submission
    return Check(
        would_be_taken=True,
        warnings=list(document.warnings),
        quality=quality_told(quality_of(submission, is_batched=is_batched(submission))),
    )


def checked_details(raw: object, *, now: datetime, lenient: bool = False) -> Check:
    """What is said of a file, looked at. Never raises for what was sent."""
    try:
        details = read_file_details(raw, report=A_REPORT, file_id=A_FILE, now=now, lenient=lenient)
    except InvalidDocument as error:
        return _refused(error)
    return Check(would_be_taken=True, warnings=list(details.warnings))


def _refused(error: InvalidDocument) -> Check:
    return Check(
        would_be_taken=False,
        errors=[CheckFault(pointer=at, detail=reason) for at, reason in error.faults],
    )

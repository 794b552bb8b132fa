"""The list of identifiers, one a line, with the authority under which each was given."""

import csv
import io
import re
from collections.abc import Iterator

from havre.intake.rules.submission import GivenIdentifier, Submission
from havre.referrals.packages.rules.police import time_of

COLUMNS = ("kind", "value", "whose", "platform", "event", "time", "port", "verified", "legal_basis")
# A sheet would run what begins like this.
PHONE = re.compile(r"\+[0-9 ]+")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def identifier_list(submission: Submission) -> bytes:
    """The identifiers of a redacted submission as CSV in UTF-8."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for whose, one in every_identifier(submission):
        row = (
            one.kind,
            one.value,
            whose,
            one.platform,
            one.event,
            time_of(one.at) or "",
            "" if one.port is None else one.port,
            "" if one.verified is None else one.verified,
            one.legal_basis,
        )
        writer.writerow([_plain(str(cell)) for cell in row])
    return sheet.getvalue().encode()


def every_identifier(submission: Submission) -> Iterator[tuple[str, GivenIdentifier]]:
    """Each identifier that came in a field of its own, with whose it is."""
    for person in submission.people:
        yield from ((str(person.role), one) for one in person.identifiers)
    for incident in submission.incidents:
        yield from (("unknown", one) for one in incident.identifiers)
    for file in submission.files:
        yield from (("file", one) for one in file.identifiers)


def _plain(cell: str) -> str:
    is_formula = cell.startswith(FORMULA) and not PHONE.fullmatch(cell)
    return f"'{cell}" if is_formula else cell

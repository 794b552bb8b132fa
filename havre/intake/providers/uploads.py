"""Files on their way in: sealed as they arrive, before any row of theirs is written."""

from collections.abc import Iterable

from havre.agencies.models import Provider
from havre.evidence.models import Exhibit
from havre.evidence.vault import discard, sealed_exhibit, set_aside
from havre.intake.models import FilingFile
from havre.intake.providers.filings import keep_file
from havre.intake.providers.reads import filing_and_key
from havre.intake.providers.wires.ispws_answer import Code
from havre.intake.providers.wires.multipart import FileForm
from havre.intake.providers.wires.refusals import WireRefusal
from havre.intake.rules.submission import FileFacts

# A number on the wire is an xs:long.
MOST_DIGITS = 18


def receive_file(form: FileForm, *, by: Provider) -> tuple[FilingFile, Exhibit]:
    """Take in an uploaded file in constant memory, however long it takes, in no transaction.

    Clients send `id` first, so the filing's key is at hand when the file begins. Where the file
    comes first it is set aside, sealed, until the id is known. Raises WireRefusal, MalformedForm.
    """
    form.to_file()
    if "id" in form.fields:
        return _seal_and_keep(form, form.file(), by)
    with set_aside(form.file()) as parts:
        return _seal_and_keep(form, parts, by)


def number_in(fields: dict[str, str]) -> int:
    """The report's number in a form. Raises WireRefusal."""
    said = fields.get("id", "").strip()
    if not said:
        raise WireRefusal(Code.INVALID_REQUEST, "the field id is missing")
    if not (said.isascii() and said.isdecimal()):
        raise WireRefusal(Code.INVALID_REQUEST, "the field id must be a report's number")
    if len(said) > MOST_DIGITS:
        raise WireRefusal(Code.REPORT_DOES_NOT_EXIST)
    return int(said)


def _seal_and_keep(
    form: FileForm, parts: Iterable[bytes], by: Provider
) -> tuple[FilingFile, Exhibit]:
    number = number_in(form.fields)
    filing, key = filing_and_key(number, by=by)
    exhibit = sealed_exhibit(parts, record=filing.pk, key=key)
    facts = FileFacts(name=form.head.filename, media_type=form.head.media_type)
    try:
        return keep_file(number, exhibit, facts=facts, by=by), exhibit
    except WireRefusal:
        # Surely not written. After any other error that is in doubt, and a sealed file that
        # nobody has a row for does no harm.
        discard(exhibit)
        raise

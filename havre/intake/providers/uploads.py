"""Files on their way in: sealed as they arrive, before any row of theirs is written."""

from collections.abc import Iterable

from django.db import IntegrityError

from havre.agencies.models import Provider
from havre.evidence.models import Exhibit
from havre.evidence.vault import discard, sealed_exhibit, set_aside
from havre.intake.models import FilingFile
from havre.intake.providers.filings import keep_file
from havre.intake.providers.reads import filing_to_fill
from havre.intake.providers.statements import Found
from havre.intake.providers.wires.ispws_answer import Code
from havre.intake.providers.wires.multipart import FileForm
from havre.intake.providers.wires.refusals import WireRefusal
from havre.intake.rules.submission import FileFacts

# A number on the wire is an xs:long.
MOST_DIGITS = 18


class Arrival:
    """A file on its way in: read and sealed once, however often it is asked to be kept.

    Clients send `id` first, so the filing's key is at hand when the file begins. Where the file
    comes first it is set aside, sealed, until the id is known.
    """

    def __init__(self, form: FileForm) -> None:
        self._form = form
        # The filing as it was then and the file, or why it was not taken in.
        self._came: tuple[Found, Exhibit] | Exception | None = None
        # Whether a row of it may be written.
        self._in_doubt = False

    def keep(self, *, by: Provider) -> tuple[FilingFile, Exhibit]:
        """Take in the file in constant memory, however long it takes, in no transaction; keep it.

        Raises WireRefusal, MalformedForm.
        """
        found, exhibit = self._come(by)
        facts = FileFacts(name=self._form.head.filename, media_type=self._form.head.media_type)
        before, self._in_doubt = self._in_doubt, True
        try:
            return keep_file(found, exhibit, facts=facts, by=by), exhibit
        except (IntegrityError, WireRefusal):
            self._in_doubt = before
            raise

    def discard(self) -> None:
        """Take away what was sealed, where surely no row of it was written.

        Where that is in doubt it stays: a sealed file that nobody has a row for does no harm.
        """
        if isinstance(self._came, tuple) and not self._in_doubt:
            discard(self._came[1])

    def _come(self, by: Provider) -> tuple[Found, Exhibit]:
        if self._came is None:
            try:
                self._came = _sealed(self._form, by)
            except Exception as error:
                self._came = error
                raise
        if isinstance(self._came, Exception):
            raise self._came
        return self._came


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


def _sealed(form: FileForm, by: Provider) -> tuple[Found, Exhibit]:
    form.to_file()
    if "id" in form.fields:
        return _sealed_parts(form, form.file(), by)
    with set_aside(form.file()) as parts:
        return _sealed_parts(form, parts, by)


def _sealed_parts(form: FileForm, parts: Iterable[bytes], by: Provider) -> tuple[Found, Exhibit]:
    found = filing_to_fill(number_in(form.fields), by=by)
    return found, sealed_exhibit(parts, record=found.pk, key=found.key)

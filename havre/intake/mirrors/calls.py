"""The next call about a copy, made ready: where it goes, what is sent, and as whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from havre.agencies.rules.providers import Environment
from havre.audit.rules import Station
from havre.evidence.custody import key_of, provider_key_of
from havre.evidence.models import Exhibit
from havre.evidence.vault import opened_exhibit
from havre.intake.mirrors.models import Copy, Mirror
from havre.intake.mirrors.passwords import password_of
from havre.intake.mirrors.reads import number_there
from havre.intake.mirrors.rules import (
    FIRST_NOT_THERE,
    FIRST_WAITS,
    KEY_GONE,
    CopyState,
    Remark,
    Step,
    next_step,
)
from havre.intake.mirrors.wires.calls import (
    NotOfThisWireError,
    basic,
    details_for,
    form,
    media_type_of,
    upload_form,
)
from havre.intake.mirrors.wires.written import (
    Remarks,
    details_from,
    details_of,
    is_json,
    report_for,
    says_more,
)
from havre.intake.models import FilingFile
from havre.intake.providers.reads import facts_of
from havre.intake.xarf.reads import is_taken
from havre.intake.xarf.rules import LETTER, LETTER_TYPE
from havre.plumbing import clock, ids
from havre.plumbing.keys import KeyRefusedError
from havre.plumbing.outward.calls import WHOLE_SECONDS, Outgoing

AGENT = "Havre-Mirror/1"
# A line that is slower than this is taken for dead.
SLOWEST_BYTES_A_SECOND = 32_768
BOUNDARY_BYTES = 16


class UnsendableError(Exception):
    """A copy cannot go to the other side as it is; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TooEarlyError(UnsendableError):
    """A copy can go, but not before another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call to one account of the other side. `md5`: what it must say of a sent file."""

    mirror: UUID
    url: str
    username: str
    step: Step
    outgoing: Outgoing = field(repr=False)
    copy: UUID | None = None
    far_report: str = ""
    file_number: int | None = None
    has_details: bool = False
    md5: str = ""
    # What is to be said of the copy; known with the document.
    remarks: Remarks | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """What is sent with a step."""

    kind: str
    body: bytes | Iterable[bytes]
    size: int
    md5: str = ""
    has_details: bool = False
    remarks: Remarks | None = None


def trial_of(mirror: Mirror) -> Call:
    """The call that asks the other side who we are there. Raises KeyRefusedError."""
    outgoing = Outgoing(url=f"{mirror.url}/{Step.STATUS}", method="GET", headers=_shown(mirror))
    return Call(
        mirror=mirror.pk,
        url=mirror.url,
        username=mirror.username,
        step=Step.STATUS,
        outgoing=outgoing,
    )


def call_for(copy: Copy) -> Call | None:
    """The next call about a copy; None where there is nothing left. Raises UnsendableError."""
    try:
        # What is taken back there is named by its number: nothing of it need be opened.
        is_going = copy.state == CopyState.WAITING
        files, left_out = _files_of(copy) if is_going else ([], ())
        step = next_step(copy.progress, len(files))
        return _call(copy, step, files, left_out) if step else None
    except NotOfThisWireError as error:
        raise UnsendableError(str(error)) from None
    except KeyRefusedError:
        raise UnsendableError(KEY_GONE) from None


def _call(copy: Copy, step: Step, files: list[FilingFile], left_out: Remarks) -> Call:
    is_of_a_file = step in {Step.FILEINFO, Step.UPLOAD}
    file = (
        files[copy.described if step is Step.FILEINFO else len(copy.far_files)]
        if (is_of_a_file)
        else None
    )
    sent = _sent(copy, step, file)
    headers = {**_shown(copy.mirror), "Content-Type": sent.kind, "Content-Length": str(sent.size)}
    return Call(
        mirror=copy.mirror_id,
        url=copy.mirror.url,
        username=copy.mirror.username,
        copy=copy.pk,
        step=step,
        outgoing=Outgoing(
            url=f"{copy.mirror.url}/{step}",
            headers=headers,
            body=sent.body,
            whole_seconds=WHOLE_SECONDS + sent.size / SLOWEST_BYTES_A_SECOND,
        ),
        far_report=copy.far_report,
        file_number=files.index(file) + 1 if file else None,
        has_details=sent.has_details,
        md5=sent.md5,
        remarks=None if sent.remarks is None else (*sent.remarks, *left_out),
    )


def _sent(copy: Copy, step: Step, file: FilingFile | None) -> _Sent:
    boundary = f"havre-{ids.random_bytes(BOUNDARY_BYTES).hex()}"
    of_a_form = f"multipart/form-data; boundary={boundary}"
    if step in {Step.FINISH, Step.RETRACT}:
        body = form(boundary, copy.far_report)
        return _Sent(kind=of_a_form, body=body, size=len(body))
    key = _key_of(copy)
    if file is None:
        source = _document(copy.filing.source, key)
        document, remarks = report_for(source, adds_to=_adds_to(copy), now=clock.now())
        kind = media_type_of(document)
        return _Sent(kind=kind, body=document, size=len(document), remarks=remarks)
    facts = facts_of(file, key)
    if step is Step.FILEINFO:
        body = _details(copy, file, facts, key)
        return _Sent(kind=media_type_of(body), body=body, size=len(body))
    said = file.details_source_id is not None or says_more(facts)
    size, parts = upload_form(
        boundary,
        copy.far_report,
        name=str(facts["name"]),
        media_type=str(facts["media_type"]),
        size=file.exhibit.size,
        parts=opened_exhibit(file.exhibit, key=key),
    )
    return _Sent(kind=of_a_form, body=parts, size=size, md5=file.exhibit.md5, has_details=said)


def _details(copy: Copy, file: FilingFile, facts: Mapping[str, object], key: bytes) -> bytes:
    """What is said of a file, under the other side's numbers."""
    far_file = copy.far_files[copy.described]
    numbers = {"report": copy.far_report, "file": far_file}
    if file.details_source is None:
        return details_of(facts, **numbers, now=clock.now())
    document = _document(file.details_source, key)
    if is_json(document):
        return details_from(document, **numbers, now=clock.now())
    return details_for(document, **numbers)


def _adds_to(copy: Copy) -> str:
    """The other side's number of the report that this one adds to; "" where it adds to none.

    Raises TooEarlyError, or UnsendableError where it did not go there by this mirror.
    """
    if copy.filing.supplements_id is None:
        return ""
    first, number = number_there(copy.filing.supplements_id, copy.mirror, actor=Station.PIPELINE)
    if first == CopyState.WAITING:
        raise TooEarlyError(FIRST_WAITS)
    if not number:
        raise UnsendableError(FIRST_NOT_THERE)
    return number


def _document(exhibit: Exhibit, key: bytes) -> bytes:
    return b"".join(opened_exhibit(exhibit, key=key))


def _key_of(copy: Copy) -> bytes:
    """The key of what was sent: a test account's report has none but its provider's own."""
    if copy.provider.environment == Environment.TEST:
        return provider_key_of(copy.filing_id, provider=copy.provider_id)
    return key_of(copy.filing_id, by=Station.PIPELINE)


def _files_of(copy: Copy) -> tuple[list[FilingFile], Remarks]:
    """The files that go there, and what is to be said of those that do not.

    What an XARF document says stands in the report. The document, and a letter that it came in, may
    hold what is for nobody else (`_internal`), and stay here.
    """
    rows = FilingFile.objects.filter(filing=copy.filing_id)
    found = list(rows.select_related("exhibit", "details_source"))
    if not is_taken(copy.number, actor=Station.PIPELINE):
        return found, ()
    kept, remarks = list[FilingFile](), list[Remark]()
    letter = _letter_among(found, _key_of(copy))
    for file in found:
        if file.exhibit.sha256 == copy.filing.source.sha256:
            remarks.append(Remark.WITHOUT_DOCUMENT)
        elif file == letter:
            remarks.append(Remark.WITHOUT_LETTER)
        else:
            kept.append(file)
    return kept, tuple(remarks)


def _letter_among(files: list[FilingFile], key: bytes) -> FilingFile | None:
    """The letter that a document came in: the last one called so, behind what was attached."""
    for file in reversed(files):
        facts = facts_of(file, key)
        if (facts["name"], facts["media_type"]) == (LETTER, LETTER_TYPE):
            return file
    return None


def _shown(mirror: Mirror) -> dict[str, str]:
    shown = basic(mirror.username, password_of(mirror))
    return {"Authorization": shown, "User-Agent": AGENT}

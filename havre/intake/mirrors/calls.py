"""The next call about a copy, made ready: where it goes, what is sent, and as whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from havre.agencies.rules.providers import Environment
from havre.audit.rules import Station
from havre.evidence.custody import key_of, provider_key_of
from havre.evidence.models import Exhibit
from havre.evidence.vault import opened_exhibit
from havre.intake.mirrors.models import Copy, Mirror
from havre.intake.mirrors.passwords import password_of
from havre.intake.mirrors.rules import (
    KEY_GONE,
    NOT_XML,
    SUPPLEMENT,
    UNREADABLE,
    Step,
    next_step,
)
from havre.intake.mirrors.wires.calls import (
    NotOfThisWireError,
    basic,
    details_for,
    form,
    media_type_of,
    root_of,
    upload_form,
)
from havre.intake.models import FilingFile
from havre.plumbing import ids
from havre.plumbing.keys import KeyRefusedError
from havre.plumbing.outward.calls import WHOLE_SECONDS, Outgoing
from havre.plumbing.sealing import open_json, place

AGENT = "Havre-Mirror/1"
# A line that is slower than this is taken for dead.
SLOWEST_BYTES_A_SECOND = 32_768
BOUNDARY_BYTES = 16


class UnsendableError(Exception):
    """A copy cannot go to the other side as it is; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call to the other side. `md5` is what it must say of a file that was sent."""

    mirror: UUID
    step: Step
    outgoing: Outgoing = field(repr=False)
    copy: UUID | None = None
    far_report: str = ""
    file_number: int | None = None
    has_details: bool = False
    md5: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """What is sent with a step."""

    kind: str
    body: bytes | Iterable[bytes]
    size: int
    md5: str = ""


def trial_of(mirror: Mirror) -> Call:
    """The call that asks the other side who we are there. Raises KeyRefusedError."""
    outgoing = Outgoing(url=f"{mirror.url}/{Step.STATUS}", method="GET", headers=_shown(mirror))
    return Call(mirror=mirror.pk, step=Step.STATUS, outgoing=outgoing)


def call_for(copy: Copy) -> Call | None:
    """The next call about a copy; None where there is nothing left. Raises UnsendableError."""
    files = _files_of(copy)
    step = next_step(copy.progress, len(files))
    if step is None:
        return None
    try:
        return _call(copy, step, files)
    except KeyRefusedError:
        raise UnsendableError(KEY_GONE) from None


def _call(copy: Copy, step: Step, files: list[FilingFile]) -> Call:
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
        has_details=bool(file and file.details_source_id),
        md5=sent.md5,
    )


def _sent(copy: Copy, step: Step, file: FilingFile | None) -> _Sent:
    boundary = f"havre-{ids.random_bytes(BOUNDARY_BYTES).hex()}"
    of_a_form = f"multipart/form-data; boundary={boundary}"
    if step in {Step.FINISH, Step.RETRACT}:
        body = form(boundary, copy.far_report)
        return _Sent(kind=of_a_form, body=body, size=len(body))
    key = _key_of(copy)
    if file is None:
        document = _document(copy.filing.source, key)
        _refuse_others(document)
        return _Sent(kind=media_type_of(document), body=document, size=len(document))
    if step is Step.FILEINFO:
        return _details(copy, file, key)
    at = place("filingfile", "details", file.pk)
    facts = open_json(key, bytes(file.details or b""), at=at)
    size, parts = upload_form(
        boundary,
        copy.far_report,
        name=str(facts["name"]),
        media_type=str(facts["media_type"]),
        size=file.exhibit.size,
        parts=opened_exhibit(file.exhibit, key=key),
    )
    return _Sent(kind=of_a_form, body=parts, size=size, md5=file.exhibit.md5)


def _details(copy: Copy, file: FilingFile, key: bytes) -> _Sent:
    if file.details_source is None:
        raise UnsendableError(UNREADABLE)
    document = _document(file.details_source, key)
    far_file = copy.far_files[copy.described]
    try:
        body = details_for(document, report=copy.far_report, file=far_file)
    except NotOfThisWireError:
        raise UnsendableError(UNREADABLE) from None
    return _Sent(kind=media_type_of(body), body=body, size=len(body))


def _refuse_others(document: bytes) -> None:
    """What came by another door than the wire has no bytes that the other side would read."""
    root = root_of(document)
    if root != "report":
        raise UnsendableError(SUPPLEMENT if root == "supplement" else NOT_XML)


def _document(exhibit: Exhibit, key: bytes) -> bytes:
    return b"".join(opened_exhibit(exhibit, key=key))


def _key_of(copy: Copy) -> bytes:
    """The key of what was sent: a test account's report has none but its provider's own."""
    if copy.provider.environment == Environment.TEST:
        return provider_key_of(copy.filing_id, provider=copy.provider_id)
    return key_of(copy.filing_id, by=Station.PIPELINE)


def _files_of(copy: Copy) -> list[FilingFile]:
    found = FilingFile.objects.filter(filing=copy.filing_id)
    return list(found.select_related("exhibit", "details_source"))


def _shown(mirror: Mirror) -> dict[str, str]:
    shown = basic(mirror.username, password_of(mirror))
    return {"Authorization": shown, "User-Agent": AGENT}

"""What goes to the other side, and what its answers say. Bytes, no network."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator

from havre.intake.mirrors.rules import UNREADABLE, Step, Told
from havre.intake.providers.wires import ispws_grammar
from havre.intake.providers.wires.ispws_tree import Group, Leaf
from havre.intake.providers.wires.safe_xml import MalformedXml, XmlElement, safe_xml

MOST_ANSWER_BYTES, MOST_DOCUMENT_BYTES = 65_536, 8_388_608
MOST_FILE_ID, MOST_REQUEST_ID, MOST_DIGITS = 64, 100, 18
MOST_FIELDS, MOST_PATH, MOST_SAID = 5, 200, 20_000
_PATHS = re.compile(r"[A-Za-z][A-Za-z0-9\[\]@/]*[A-Za-z0-9\]]")
_AROUND_A_NAME = re.compile(r"^@|\[\d+\]$")
XML, PLAIN_XML = "text/xml; charset=utf-8", "text/xml"
REPORT_ID, FILE_ID = (
    re.compile(rb"(<%s\b[^>]*>).*?(</%s\s*>)" % (name, name), re.DOTALL)
    for name in (b"reportId", b"fileId")
)


class NotOfThisWireError(ValueError):
    """A document cannot go to the other side; its text is the code of why."""


def _names(kind: Leaf | Group) -> Iterator[str]:
    yield from kind.attributes
    for name, field in kind.fields.items() if isinstance(kind, Group) else ():
        yield name
        yield from _names(field.kind)


NAMES = frozenset(
    {"report", "fileDetails", *_names(ispws_grammar.REPORT), *_names(ispws_grammar.FILE_DETAILS)}
)


def basic(username: str, password: str) -> str:
    """The header that shows who we are (RFC 7617)."""
    return "Basic " + b64encode(f"{username}:{password}".encode()).decode()


def told_in(step: Step, status: int, request: str, body: bytes) -> Told:
    """What an answer says. One that is no answer of this wire has no code."""
    plain = Told(status=status, request=request[:MOST_REQUEST_ID])
    try:
        root = safe_xml(body, most_bytes=MOST_ANSWER_BYTES)
    except MalformedXml:
        return plain
    code = _text(root, "responseCode")
    if not (code.isascii() and code.isdecimal() and len(code) <= MOST_DIGITS):
        return plain
    report, file = _text(root, "reportId"), _text(root, "fileId")
    if not (report.isascii() and report.isdecimal() and len(report) <= MOST_DIGITS):
        report = ""
    is_whole = {Step.SUBMIT: bool(report), Step.UPLOAD: bool(file)}.get(step, True)
    if int(code) == 0 and not is_whole:
        return plain
    described = _text(root, "responseDescription")
    return Told(
        status=status,
        code=int(code),
        fields=fields_named(described) if int(code) else (),
        report=report,
        file=file[:MOST_FILE_ID],
        md5=_text(root, "hash").lower()[:MOST_FILE_ID],
        request=plain.request,
    )


def fields_named(said: str) -> tuple[str, ...]:
    """The fields of the wire that a refusal names, and no other word of it.

    It may quote what stood in them. A plain word counts only as a part of a path.
    """
    found = dict[str, None]()
    for word in _PATHS.findall(said[:MOST_SAID]):
        steps = [_AROUND_A_NAME.sub("", step) for step in word.split("/")]
        is_plain = len(steps) == 1 and steps[0].islower()
        if len(word) <= MOST_PATH and not is_plain and NAMES.issuperset(steps):
            found[word] = None
    return tuple(found)[:MOST_FIELDS]


def media_type_of(document: bytes) -> str:
    """What a document is sent as: its bytes are as they came, and may say another encoding."""
    try:
        document.decode()
    except UnicodeDecodeError:
        return PLAIN_XML
    return XML


def details_for(document: bytes, *, report: str, file: str) -> bytes:
    """The details of a file under the other side's numbers, else byte for byte as they came.

    Raises NotOfThisWireError.
    """
    sent = document
    for pattern, value in ((REPORT_ID, report), (FILE_ID, file)):
        sent = pattern.sub(_with(value.encode()), sent)
    try:
        root = safe_xml(sent, most_bytes=MOST_DOCUMENT_BYTES)
    except MalformedXml:
        raise NotOfThisWireError(UNREADABLE) from None
    if (root.tag, _text(root, "reportId"), _text(root, "fileId")) != ("fileDetails", report, file):
        raise NotOfThisWireError(UNREADABLE)
    return sent


def form(boundary: str, report: str) -> bytes:
    """The form of `finish` and `retract`."""
    return _id_part(boundary, report) + f"--{boundary}--\r\n".encode()


def upload_form(
    boundary: str, report: str, *, name: str, media_type: str, size: int, parts: Iterable[bytes]
) -> tuple[int, Iterator[bytes]]:
    """The form of an upload, which is sent as it is read, and how long it is."""
    plain = name.translate({ord(each): "_" for each in '"\\\r\n'}) or "upload"
    kind = media_type if re.fullmatch(r"[\w.+-]+/[\w.+-]+", media_type) else ""
    head = _id_part(boundary, report) + (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{plain}"\r\n'
        f"Content-Type: {kind or 'application/octet-stream'}\r\n\r\n"
    ).encode(errors="replace")
    tail = f"\r\n--{boundary}--\r\n".encode()

    def whole() -> Iterator[bytes]:
        yield head
        yield from parts
        yield tail

    return len(head) + size + len(tail), whole()


def _with(value: bytes) -> Callable[[re.Match[bytes]], bytes]:
    return lambda found: bytes(found[1]) + value + bytes(found[2])


def _id_part(boundary: str, report: str) -> bytes:
    told = f'--{boundary}\r\nContent-Disposition: form-data; name="id"\r\n\r\n{report}\r\n'
    return told.encode()


def _text(root: XmlElement, name: str) -> str:
    return (root.findtext(name) or "").strip()

"""A letter by e-mail: who sent it, the XARF document in it, and what else is attached, unseen."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import parseaddr

MOST_MAIL_BYTES = 32 * 1024 * 1024
MOST_PARTS = 200
MOST_TOLD = 20_000
# A name may repeat the address.
MOST_AT = 2
JSON_TYPES = frozenset({"application/json", "application/xarf+json"})
_ADDRESS = re.compile(r"[^\s@<>\"]+@[A-Za-z0-9.-]+")
_MARKS = re.compile(r"<[^>]{0,2000}>")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NoLetterError(ValueError):
    """These bytes are no letter."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A part of a letter as it came."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter, taken apart."""

    sender: str
    token: str
    subject: str
    text: str
    document: bytes | None
    attached: tuple[Attached, ...]


def read_letter(source: bytes) -> Letter:
    """A letter (RFC 5322, MIME). Raises NoLetterError for what has no head.

    One that cannot be taken apart is a letter all the same: what it says is its bytes.
    """
    try:
        return _taken_apart(source)
    except NoLetterError:
        raise
    except Exception:  # noqa: BLE001 - the library has its own errors for what nobody should send
        text = _clean(source.decode(errors="replace"))[:MOST_TOLD]
        token = hashlib.sha256(source).hexdigest()
        return Letter(sender="", token=token, subject="", text=text, document=None, attached=())


def _taken_apart(source: bytes) -> Letter:
    message = BytesParser(policy=policy.default).parsebytes(_without_mbox_line(source))
    if not message.keys():
        raise NoLetterError
    parts = list(_parts(message))
    document = next((content for part, content in parts if _is_document(part, content)), None)
    token = hashlib.sha256(f"{message.get('Message-ID', '')}\n".encode() + source).hexdigest()
    return Letter(
        sender=sender_of(message),
        token=token,
        subject=_clean(str(message.get("Subject", "")))[:500],
        text=_clean(_told(parts, source))[:MOST_TOLD],
        document=document,
        attached=tuple(
            Attached(_clean(part.get_filename() or "")[:500], part.get_content_type(), content)
            for part, content in parts
            if content is not document and content and not _is_body(part)
        ),
    )


def sender_of(message: EmailMessage) -> str:
    """The one address of the From field, in small letters; "" where there is none, or several."""
    said = [str(one) for one in message.get_all("From", [])]
    found = _ADDRESS.fullmatch(parseaddr(said[0])[1]) if len(said) == 1 else None
    return found[0].lower() if found and said[0].count("@") <= MOST_AT else ""


def is_vouched_for(source: bytes, *, sender: str, by: str) -> bool:
    """Whether the mail server `by` says that the sender's domain signed this letter (RFC 8601).

    Only the first of its fields counts: those below may have come with the letter.
    """
    message = BytesParser(policy=policy.compat32).parsebytes(_without_mbox_line(source))
    said = " ".join(str((message.get_all("Authentication-Results") or [""])[0]).split())
    server, _semicolon, results = said.partition(";")
    if server.split(" ")[0].lower() != by.lower():
        return False
    domain = sender.rpartition("@")[2]
    for one in results.lower().split(";"):
        signed = re.search(r"\bheader\.(?:d|i)=@?([a-z0-9.-]+)", one)
        if re.match(r"\s*dkim=pass\b", one) and signed:
            return domain == signed[1] or domain.endswith(f".{signed[1]}")
    return False


def _told(parts: list[tuple[EmailMessage, bytes]], source: bytes) -> str:
    """What a letter says: its plain text, else its page without marks, else its bytes."""
    for kind in ("text/plain", "text/html"):
        texts = [
            content.decode(_charset(part), errors="replace")
            for part, content in parts
            if part.get_content_type() == kind and not part.get_filename()
        ]
        told = "\n\n".join(texts).strip()
        if told:
            return _MARKS.sub(" ", told) if kind == "text/html" else told
    return "" if parts else source.decode(errors="replace")


def _parts(message: EmailMessage) -> Iterator[tuple[EmailMessage, bytes]]:
    """Every part that holds no others, its transfer undone; a letter inside is one part."""
    for count, part in enumerate(_leaves(message)):
        if count >= MOST_PARTS:
            return
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            yield part, first.as_bytes() if isinstance(first, Message) else b""
        else:
            content = part.get_payload(decode=True)
            yield part, content if isinstance(content, bytes) else b""


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    if message.get_content_maintype() == "multipart":
        for part in message.iter_parts():
            if isinstance(part, EmailMessage):
                yield from _leaves(part)
    else:
        yield message


def _is_document(part: EmailMessage, content: bytes) -> bool:
    name = (part.get_filename() or "").lower()
    may_be = part.get_content_type() in JSON_TYPES or name.endswith(".json") or _is_body(part)
    return may_be and content.lstrip()[:1] == b"{" and b'"xarf_version"' in content


def _is_body(part: EmailMessage) -> bool:
    return part.get_content_type() in {"text/plain", "text/html"} and not part.get_filename()


def _charset(part: EmailMessage) -> str:
    said = str(part.get_content_charset() or "utf-8")
    try:
        "".encode(said)
    except LookupError:
        return "utf-8"
    return said


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)


def _without_mbox_line(source: bytes) -> bytes:
    """Mail pipes may put a line before the head: `From somebody Sat Nov 28 10:00:00 2026`."""
    return source.partition(b"\n")[2] if source.startswith(b"From ") else source

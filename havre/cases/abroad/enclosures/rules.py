"""Which documents are taken of a clerk of a partner abroad. Pure.

Requests, orders, translations. Havre seals them as they came and opens none: it looks at the first
bytes, and reads a plain text whole, so that no picture or film is sent by mistake.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePosixPath

from havre.plumbing.told import said_in

CURRENT = Path(__file__).parent / "data" / "enclosures.toml"
LONGEST_NAME = 120


class DocumentKind(StrEnum):
    """What a document is, by the end of its name, with which its first bytes agree."""

    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    RTF = "rtf"
    TXT = "txt"


_FIRST: dict[DocumentKind, bytes] = {
    DocumentKind.DOCX: b"PK\x03\x04",
    DocumentKind.ODT: b"PK\x03\x04",
    DocumentKind.PDF: b"%PDF-",
    DocumentKind.RTF: b"{\\rtf",
}


class Refusal(StrEnum):
    """Why documents are not taken."""

    EMPTY = "empty"
    MOST_AT_ONCE = "most-at-once"
    MOST_A_DAY = "most-a-day"
    MOST_WITH_ONE = "most-with-one"
    NONE_GIVEN = "none-given"
    NOT_A_DOCUMENT = "not-a-document"
    NOT_TAKEN = "not-taken"
    TOO_LARGE = "too-large"


class EnclosureRefusedError(ValueError):
    """Documents are not taken like this; none of them was kept. `name` is the one at fault."""

    def __init__(self, refusal: Refusal, name: str = "") -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is taken, by the data file."""

    is_taken: bool
    most_bytes: int
    most_at_once: int
    most_with_one: int
    most_a_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as it came."""

    name: str
    content: bytes


def read_terms(path: Path = CURRENT) -> Terms:
    """The terms of a data file. Raises KeyError for one that does not read."""
    return said_in(path, Terms)


@cache
def terms_in_force() -> Terms:
    """The terms of the data file that comes with Havre."""
    return read_terms()


def kind_of(document: Document) -> DocumentKind | None:
    """What a document is; None for a name that is no document's, or bytes that do not agree."""
    try:
        kind = DocumentKind(PurePosixPath(document.name.lower()).suffix.removeprefix("."))
    except ValueError:
        return None
    content, first = document.content, _FIRST.get(kind)
    agrees = content.startswith(first) if first else _is_text(content)
    return kind if agrees else None


def name_kept(name: str) -> str:
    """A document's name as it is kept: without a folder, and with nothing that cannot be seen."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in bare if sign.isprintable()).strip()
    stem, dot, end = seen.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(dot + end)]}{dot}{end}"


def check_documents(
    documents: Sequence[Document], *, terms: Terms, with_one: int, today: int
) -> tuple[DocumentKind, ...]:
    """Take them all or none, beside so many with this exchange and so many of this partner's today.

    Gives what each of them is. Raises EnclosureRefusedError.
    """
    given = len(documents)
    refusals = (
        (not terms.is_taken, Refusal.NOT_TAKEN),
        (not given, Refusal.NONE_GIVEN),
        (given > terms.most_at_once, Refusal.MOST_AT_ONCE),
        (with_one + given > terms.most_with_one, Refusal.MOST_WITH_ONE),
        (today + given > terms.most_a_day, Refusal.MOST_A_DAY),
    )
    for is_so, refusal in refusals:
        if is_so:
            raise EnclosureRefusedError(refusal)
    return tuple(_checked(one, terms) for one in documents)


def _checked(document: Document, terms: Terms) -> DocumentKind:
    name = name_kept(document.name)
    if not document.content:
        raise EnclosureRefusedError(Refusal.EMPTY, name)
    if len(document.content) > terms.most_bytes:
        raise EnclosureRefusedError(Refusal.TOO_LARGE, name)
    kind = kind_of(document)
    if kind is None:
        raise EnclosureRefusedError(Refusal.NOT_A_DOCUMENT, name)
    return kind


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False

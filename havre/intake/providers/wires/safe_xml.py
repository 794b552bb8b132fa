"""XML from strangers: parsed without entities, without a DTD, without the network, or refused."""

import re
import threading

from lxml import etree

# What others call a parsed element: only this file knows whose it is.
XmlElement = etree._Element  # noqa: SLF001 - lxml gives the type no public name

MOST_DEPTH = 40
# An element costs a thousand times its bytes once it is an object.
MOST_TAGS = 200_000
# Encodings in which no byte below 0x80 can mean anything but itself.
PLAIN_ENCODINGS = frozenset({"ascii", "iso-8859-1", "us-ascii", "utf-8", "utf8"})

# Whether anything lies deeper than that.
_TOO_DEEP = etree.XPath("boolean(" + "/*" * (MOST_DEPTH + 1) + ")")
_of_this_thread = threading.local()
_DECLARATION = re.compile(
    r"\A<\?xml\s[^<>]{0,200}?encoding\s{0,9}=\s{0,9}['\"]([A-Za-z0-9._-]{1,40})['\"]"
)


class MalformedXml(ValueError):  # noqa: N818 - named for the wire's own word, code 4110
    """These bytes are no XML that we read. `line` counts from 1, `reason` is for the sender."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


def safe_xml(data: bytes, *, most_bytes: int) -> XmlElement:
    """The root element of a document. Raises MalformedXml, before doing any costly work.

    A DOCTYPE is refused whole, so no entity can be declared; comments and processing
    instructions are left out.
    """
    if len(data) > most_bytes:
        raise MalformedXml(1, f"the document is larger than {most_bytes} bytes")
    text = _text_of(data)
    if text.count("<") > MOST_TAGS:
        raise MalformedXml(1, f"the document has more than {MOST_TAGS} tags")
    _refuse_doctype(text)
    try:
        root = etree.fromstring(text.encode(), _parser())
    except etree.XMLSyntaxError as error:
        raise MalformedXml(error.lineno or 1, error.msg or "not well formed") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise MalformedXml(1, "a DOCTYPE is not allowed")
    _refuse_depth(root)
    return root


def _parser() -> etree.XMLParser:
    """The parser of this thread: to make one takes as long as to parse a small report."""
    parser: etree.XMLParser | None = getattr(_of_this_thread, "parser", None)
    if parser is None:
        parser = _of_this_thread.parser = etree.XMLParser(
            encoding="utf-8",
            huge_tree=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
            resolve_entities=False,
        )
    return parser


def _text_of(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise MalformedXml(1, "the document is not UTF-8")
    if b"\x00" in data:
        raise MalformedXml(data[: data.index(b"\x00")].count(b"\n") + 1, "a NUL byte")
    head = data[:300].removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    declared = _DECLARATION.match(head)
    encoding = declared[1].lower() if declared else "utf-8"
    if encoding not in PLAIN_ENCODINGS:
        raise MalformedXml(1, f"the encoding {encoding} is not accepted; send UTF-8")
    try:
        return data.removeprefix(b"\xef\xbb\xbf").decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise MalformedXml(line, f"a byte that is not {encoding}") from None


def _refuse_doctype(text: str) -> None:
    """Walk the prolog by hand: a DOCTYPE can stand nowhere else, and no pattern may run away."""
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
        elif text.startswith("<?", place):
            place = _after(text, "?>", place)
        elif text.startswith("<!--", place):
            place = _after(text, "-->", place + 4)
        elif text.startswith("<!", place):
            raise MalformedXml(text.count("\n", 0, place) + 1, "a DOCTYPE is not allowed")
        else:
            return


def _after(text: str, mark: str, place: int) -> int:
    found = text.find(mark, place)
    return len(text) if found < 0 else found + len(mark)


def _refuse_depth(root: XmlElement) -> None:
    if not _TOO_DEEP(root):
        return
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MOST_DEPTH:
            line = element.sourceline or 1
            raise MalformedXml(line, f"elements are nested deeper than {MOST_DEPTH}")

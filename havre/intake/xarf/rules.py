"""What makes two documents the same one, and what an address is."""

import hashlib
import re

_ADDRESS = re.compile(r"[^\s@<>\"]+@[A-Za-z0-9.-]+")
MOST_ADDRESS = 320
# What a letter is called among the files of the report that came in it.
LETTER, LETTER_TYPE = "letter.eml", "message/rfc822"


def token_of(report_id: str, source: bytes) -> str:
    """The digest by which a document that comes again is known: its own id, and its bytes."""
    return hashlib.sha256(report_id.encode() + b"\n" + source.strip()).hexdigest()


def address_of(said: str) -> str:
    """An e-mail address in small letters. Raises ValueError."""
    bare = said.strip().lower()
    if not _ADDRESS.fullmatch(bare) or len(bare) > MOST_ADDRESS:
        msg = "an address looks like safety@example.com"
        raise ValueError(msg)
    return bare

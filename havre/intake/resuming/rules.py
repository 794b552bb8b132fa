"""What an upload in pieces may say of itself, and how large a piece is that is surely kept."""

import base64
import binascii

VERSION = "1.0.0"
"""Of tus, whose clients resume here: creation, termination, and the core protocol."""
EXTENSIONS = "creation,termination"
PIECE_BYTES = 4 * 1024 * 1024
"""What is kept at once while a body arrives: at most so much is sent again after a crash."""
MOST_NAME = 2056
MOST_MEDIA_TYPE = 200


class OffsetError(Exception):
    """A piece does not begin where the upload stands. Holds where that is, in bytes."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"the upload stands at {offset}")
        self.offset = offset


def metadata_of(said: str) -> dict[str, str] | None:
    """What `Upload-Metadata` holds: names, each with Base64 of text or alone; None if malformed."""
    told: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in said.split(","))):
        name, _space, encoded = pair.partition(" ")
        if not name or name in told:
            return None
        try:
            told[name] = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return None
    return told

"""The sealed form of a file: a header, then chunks that cannot be cut, swapped or reordered.

Each chunk is 1 MiB of plain bytes under AES-256-GCM. Its nonce is its number and a flag that marks
the last one (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015), its
associated data the header. The key is derived for one exhibit alone, so numbers never repeat.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"HAVRE\x00\x01\x00"
CHUNK_BYTES = 1_048_576
TAG_BYTES = 16
HEADER_BYTES = len(MAGIC) + 16 + 16 + 2
# Up to this size an exhibit lies sealed in its row; the vault folder holds the rest.
INLINE_BYTES = 65_536


class SealBrokenError(Exception):
    """A sealed file does not open: wrong key, cut short, altered or swapped."""


@dataclass
class Digests:
    """MD5, SHA-1 and SHA-256 in one pass, with the size."""

    size: int = 0
    _md5: "hashlib._Hash" = field(default_factory=lambda: hashlib.md5(usedforsecurity=False))
    _sha1: "hashlib._Hash" = field(default_factory=lambda: hashlib.sha1(usedforsecurity=False))
    _sha256: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def add(self, part: bytes) -> None:
        self.size += len(part)
        for digest in (self._md5, self._sha1, self._sha256):
            digest.update(part)

    @property
    def md5(self) -> str:
        return self._md5.hexdigest()

    @property
    def sha1(self) -> str:
        return self._sha1.hexdigest()

    @property
    def sha256(self) -> str:
        return self._sha256.hexdigest()


def header(record: UUID, exhibit: UUID, key_version: int) -> bytes:
    """What stands before the chunks: whose key opens them, and which exhibit this is."""
    return MAGIC + record.bytes + exhibit.bytes + key_version.to_bytes(2, "big")


def sealed_parts(key: bytes, head: bytes, parts: Iterable[bytes]) -> Iterator[bytes]:
    """Seal a stream in constant memory: the header, then each chunk as it fills."""
    yield head
    box, number, waiting = AESGCM(key), 0, bytearray()
    for part in parts:
        waiting += part
        while len(waiting) > CHUNK_BYTES:
            with memoryview(waiting) as whole:
                chunk = box.encrypt(_nonce(number, is_last=False), whole[:CHUNK_BYTES], head)
            del waiting[:CHUNK_BYTES]
            yield chunk
            number += 1
    yield box.encrypt(_nonce(number, is_last=True), waiting, head)


def opened_parts(key: bytes, head: bytes, sealed: BinaryIO) -> Iterator[bytes]:
    """Open a sealed stream chunk by chunk. Raises SealBrokenError, before any altered byte."""
    if sealed.read(HEADER_BYTES) != head:
        msg = "this is not the exhibit that was asked for"
        raise SealBrokenError(msg)
    box, number = AESGCM(key), 0
    chunk = sealed.read(CHUNK_BYTES + TAG_BYTES)
    while True:
        following = sealed.read(CHUNK_BYTES + TAG_BYTES)
        try:
            yield box.decrypt(_nonce(number, is_last=not following), chunk, head)
        except (InvalidTag, ValueError) as error:
            msg = f"chunk {number} of the exhibit does not open"
            raise SealBrokenError(msg) from error
        if not following:
            return
        chunk, number = following, number + 1


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])

"""Authenticated encryption of one field, bound to where it stands (AES-256-GCM).

The associated data names table, column, row and data-key version, so bytes moved to another
place do not open.
"""

import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from havre.plumbing.keys import KEY_BYTES, NONCE_BYTES, KeyRefusedError

KEY_VERSION = 1
_CANONICAL = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


def new_data_key() -> bytes:
    """A fresh data key, 32 bytes."""
    return os.urandom(KEY_BYTES)


def place(table: str, column: str, row: object, version: int = KEY_VERSION) -> bytes:
    """The associated data of a sealed field."""
    return f"{table}|{column}|{row}|{version}".encode()


def seal_bytes(key: bytes, text: bytes, *, at: bytes) -> bytes:
    """Seal bytes: nonce, ciphertext, tag."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, text, at)


def open_bytes(key: bytes, sealed: bytes, *, at: bytes) -> bytes:
    """Open sealed bytes. Raises KeyRefusedError; there is no fallback to plain text."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], at)
    except (InvalidTag, ValueError) as error:
        msg = "these bytes do not open here: wrong key, wrong place or damaged"
        raise KeyRefusedError(msg) from error


def seal_json(key: bytes, tree: Any, *, at: bytes) -> bytes:  # noqa: ANN401 - any JSON value
    """Seal a JSON value in its canonical form."""
    return seal_bytes(key, canonical_json(tree), at=at)


def canonical_json(tree: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """The RFC 8785 bytes of a tree whose keys are ASCII and which holds no fractions.

    All our trees are such; for them the standard library writes these bytes, and far faster than
    a library that knows fractions too.
    """
    return _CANONICAL.encode(tree).encode()


def open_json(key: bytes, sealed: bytes, *, at: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """Open a sealed JSON value. Raises KeyRefusedError."""
    return json.loads(open_bytes(key, sealed, at=at))

"""Key providers: who holds the keys that wrap the data keys.

A data key opens one record. It is stored only wrapped, once for each recipient. What wraps it
never leaves the provider: a file here, a KMS or an HSM (PKCS#11) behind the same three calls.
"""

import base64
import hmac
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32
_NO_SALT = bytes(KEY_BYTES)


class KeyRefusedError(Exception):
    """A key does not open this: wrong key, swapped or damaged bytes, or the key was destroyed."""


class KeyProvider(Protocol):
    """What Havre asks of a key store."""

    @property
    def current(self) -> str:
        """The id of the key that wraps from now on."""
        ...

    def wrap(self, key: bytes, *, recipient: str, bound_to: str) -> tuple[str, bytes]:
        """Wrap a data key for one recipient; gives the wrapping key's id and the wrapped key."""
        ...

    def unwrap(self, kek_id: str, wrapped: bytes, *, recipient: str, bound_to: str) -> bytes:
        """Open a wrapped data key. Raises KeyRefusedError."""
        ...

    def pepper(self, name: str) -> bytes:
        """A secret of 32 bytes for keyed digests, one for each name."""
        ...


@dataclass(frozen=True)
class FileKeys:
    """Keys in a file of ours (mode 0600). For development and small installations."""

    path: Path
    current: str
    masters: dict[str, bytes]
    peppers: bytes

    def wrap(self, key: bytes, *, recipient: str, bound_to: str) -> tuple[str, bytes]:
        nonce = os.urandom(NONCE_BYTES)
        box = AESGCM(self._kek(self.current, recipient))
        return self.current, nonce + box.encrypt(nonce, key, f"{recipient}|{bound_to}".encode())

    def unwrap(self, kek_id: str, wrapped: bytes, *, recipient: str, bound_to: str) -> bytes:
        if kek_id not in self.masters:
            # Somebody rotated the keys since this process began.
            self.masters.update(file_keys(self.path).masters)
        if kek_id not in self.masters:
            msg = f"the wrapping key {kek_id} is not in this key store"
            raise KeyRefusedError(msg)
        nonce, rest = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        try:
            box = AESGCM(self._kek(kek_id, recipient))
            return box.decrypt(nonce, rest, f"{recipient}|{bound_to}".encode())
        except (InvalidTag, ValueError) as error:
            msg = "this key was not wrapped for this recipient and record"
            raise KeyRefusedError(msg) from error

    def pepper(self, name: str) -> bytes:
        return _derive(self.peppers, f"pepper|{name}")

    def _kek(self, kek_id: str, recipient: str) -> bytes:
        return _derive(self.masters[kek_id], f"kek|{recipient}")


@cache
def _derive(secret: bytes, purpose: str) -> bytes:
    return derived_key(secret, purpose)


def derived_key(secret: bytes, purpose: str) -> bytes:
    """32 bytes of key for one purpose (HKDF-SHA-256, RFC 5869, without a salt).

    As many bytes as one digest has are the first block alone: two digests, where a library that
    makes any number of them takes ten times as long.
    """
    extracted = hmac.digest(_NO_SALT, secret, "sha256")
    return hmac.digest(extracted, f"havre|{purpose}\x01".encode(), "sha256")


def file_keys(path: Path) -> FileKeys:
    """The keys in `path`; makes the file when there is none."""
    if not path.exists():
        write_new_keys(path)
    stored = json.loads(path.read_text())
    masters = {name: base64.b64decode(key) for name, key in stored["masters"].items()}
    return FileKeys(path, stored["current"], masters, base64.b64decode(stored["peppers"]))


def write_new_keys(path: Path) -> None:
    """Write a first key file, readable by its owner alone, complete or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    first = {
        "current": "1",
        "masters": {"1": base64.b64encode(os.urandom(KEY_BYTES)).decode()},
        "peppers": base64.b64encode(os.urandom(KEY_BYTES)).decode(),
    }
    draft = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(first, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def rotate_file_keys(path: Path) -> str:
    """Add a new current master key to the file and give its id. Old ones stay to open old wraps."""
    stored = json.loads(path.read_text())
    fresh = str(max(int(name) for name in stored["masters"]) + 1)
    stored["masters"][fresh] = base64.b64encode(os.urandom(KEY_BYTES)).decode()
    stored["current"] = fresh
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(stored, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return fresh


_holder: list[KeyProvider] = []


def use_keys(provider: KeyProvider) -> None:
    """Choose the key provider of this process."""
    _holder[:] = [provider]


def keys() -> KeyProvider:
    """The key provider of this process. Raises KeyRefusedError when none was chosen."""
    if not _holder:
        msg = "no key provider: set HAVRE_KEYS to a key file"
        raise KeyRefusedError(msg)
    return _holder[0]

"""The vault folder. A sealed file is whole and on disk before its row is written."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from havre.evidence.models import Exhibit
from havre.evidence.rules import (
    INLINE_BYTES,
    Digests,
    SealBrokenError,
    header,
    opened_parts,
    sealed_parts,
)
from havre.plumbing import ids
from havre.plumbing.keys import derived_key
from havre.plumbing.sealing import KEY_VERSION, new_data_key

_AS_FOLDER = os.O_RDONLY | os.O_DIRECTORY
# Folders whose names are surely on the disk: this process waited for that, once for each.
_sure: set[Path] = set()


def sealed_exhibit(parts: Iterable[bytes], *, record: UUID, key: bytes) -> Exhibit:
    """Seal a stream under a record's data key; gives the exhibit's row, not yet saved.

    Constant memory. Raises OSError when the disk is full; nothing half-written stays.
    """
    exhibit = Exhibit(id=ids.uuid7(), record=record)
    digests = Digests()
    own_key, head = _key_and_head(exhibit, key)
    stream = _counted(parts, digests)
    first = list[bytes]()
    for part in stream:
        first.append(part)
        if digests.size > INLINE_BYTES:
            break
    if digests.size <= INLINE_BYTES:
        exhibit.sealed = b"".join(sealed_parts(own_key, head, first))
    else:
        exhibit.location = f"{exhibit.id.hex[-2:]}/{exhibit.id.hex}"
        _write(exhibit.location, sealed_parts(own_key, head, chain(first, stream)))
    exhibit.size = digests.size
    exhibit.md5, exhibit.sha1, exhibit.sha256 = digests.md5, digests.sha1, digests.sha256
    return exhibit


def opened_exhibit(exhibit: Exhibit, *, key: bytes) -> Iterator[bytes]:
    """The exhibit's bytes, in parts, checked against its hash.

    Raises SealBrokenError instead of serving an altered byte; the whole must also hash as it did
    on arrival.
    """
    own_key, head = _key_and_head(exhibit, key)
    digests = Digests()
    with _lying(exhibit) as sealed:
        for part in opened_parts(own_key, head, sealed):
            digests.add(part)
            yield part
    if digests.sha256 != exhibit.sha256:
        msg = "the exhibit's hash is not the one of its arrival"
        raise SealBrokenError(msg)


def discard(exhibit: Exhibit) -> None:
    """Take away a sealed file whose row was not written. Never call it when that is in doubt."""
    if exhibit.location:
        Path(settings.VAULT, exhibit.location).unlink(missing_ok=True)


@contextmanager
def kept_whole() -> Iterator[list[Exhibit]]:
    """Leave no sealed file in the vault of the exhibits in its list, where it ends in a failure."""
    exhibits: list[Exhibit] = []
    try:
        yield exhibits
    except BaseException:
        for exhibit in exhibits:
            discard(exhibit)
        raise


@contextmanager
def set_aside(parts: Iterable[bytes]) -> Iterator[Iterator[bytes]]:
    """Hold a stream until it is known whose it is, and give it again inside the block.

    It lies sealed in a nameless file, under a key that exists in memory alone: nothing is left of
    it after the block, nor after a power cut.
    """
    key, head = new_data_key(), header(ids.uuid7(), ids.uuid7(), KEY_VERSION)
    folder = Path(settings.VAULT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryFile(dir=folder) as file:
        for part in sealed_parts(key, head, parts):
            file.write(part)
        file.seek(0)
        yield opened_parts(key, head, file)


def _key_and_head(exhibit: Exhibit, key: bytes) -> tuple[bytes, bytes]:
    head = header(exhibit.record, exhibit.id, KEY_VERSION)
    return derived_key(key, f"exhibit|{exhibit.id}"), head


def _lying(exhibit: Exhibit) -> BinaryIO:
    if exhibit.sealed is not None:
        return BytesIO(bytes(exhibit.sealed))
    return Path(settings.VAULT, exhibit.location).open("rb")


def _counted(parts: Iterable[bytes], digests: Digests) -> Iterator[bytes]:
    for part in parts:
        digests.add(part)
        yield part


def _write(location: str, sealed: Iterable[bytes]) -> None:
    """Write, rename, fsync, fsync the folder: after this the file survives a power cut.

    The disk is waited for when all is done, so that one commit of the file system can hold it.
    """
    target = Path(settings.VAULT, location)
    folder, lies = _folder(target.parent), f"{target.name}.part"
    try:
        file = os.open(lies, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600, dir_fd=folder)
        try:
            for part in sealed:
                _put(file, part)
            os.rename(lies, target.name, src_dir_fd=folder, dst_dir_fd=folder)
            lies = target.name
            os.fsync(file)
            os.fsync(folder)
        except BaseException:
            os.unlink(lies, dir_fd=folder)
            raise
        finally:
            os.close(file)
    finally:
        os.close(folder)


def _put(file: int, part: bytes) -> None:
    left = memoryview(part)
    while left:
        left = left[os.write(file, left) :]


def _folder(place: Path) -> int:
    """A folder of the vault, opened. Its own name survives a power cut too."""
    # Somebody may have taken the vault away since.
    with suppress(FileNotFoundError):
        if place in _sure:
            return os.open(place, _AS_FOLDER)
    for one in (place.parent, place):
        _make_sure(one)
    return os.open(place, _AS_FOLDER)


def _make_sure(place: Path) -> None:
    """Have a folder made, and its name on the disk, whoever made it."""
    if place in _sure and place.exists():
        return
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    above = os.open(place.parent, _AS_FOLDER)
    try:
        os.fsync(above)
    finally:
        os.close(above)
    _sure.add(place)

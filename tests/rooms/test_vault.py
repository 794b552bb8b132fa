"""The vault: sealed in chunks, opened whole or not at all."""

import hashlib
import os
import shutil
from errno import ENOSPC
from functools import partial
from io import BytesIO
from itertools import repeat
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.evidence.rules import (
    CHUNK_BYTES,
    HEADER_BYTES,
    INLINE_BYTES,
    TAG_BYTES,
    SealBrokenError,
    header,
    opened_parts,
    sealed_parts,
)
from havre.evidence.vault import opened_exhibit, sealed_exhibit
from havre.plumbing import ids
from havre.plumbing.sealing import new_data_key

KEY = bytes(range(32))
RECORD, EXHIBIT = UUID(int=7), UUID(int=8)
HEAD = header(RECORD, EXHIBIT, 1)


def sealed(text: bytes, key: bytes = KEY) -> bytes:
    return b"".join(sealed_parts(key, HEAD, [text]))


def opened(seal: bytes, key: bytes = KEY, head: bytes = HEAD) -> bytes:
    return b"".join(opened_parts(key, head, BytesIO(seal)))


@pytest.fixture
def vault(tmp_path, settings) -> Path:
    settings.VAULT = tmp_path / "vault"
    return settings.VAULT


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES]
)
def test_what_was_sealed_opens_at_every_edge_of_a_chunk(size):
    text = os.urandom(size)
    assert opened(sealed(text)) == text


@given(st.lists(st.binary(max_size=50), max_size=20))
def test_it_does_not_matter_in_what_parts_the_bytes_come(parts):
    seal = b"".join(sealed_parts(KEY, HEAD, parts))
    assert opened(seal) == b"".join(parts)


def test_a_wrong_key_opens_nothing():
    with pytest.raises(SealBrokenError):
        opened(sealed(b"He asked me to meet."), key=bytes(32))


@pytest.mark.parametrize("place", [0, HEADER_BYTES, HEADER_BYTES + 9, -1])
def test_one_flipped_bit_anywhere_is_noticed(place):
    seal = bytearray(sealed(b"He asked me to meet on Saturday."))
    seal[place] ^= 1
    with pytest.raises(SealBrokenError):
        opened(bytes(seal))


def test_a_file_cut_at_a_chunk_s_edge_is_noticed():
    seal = sealed(os.urandom(2 * CHUNK_BYTES))
    with pytest.raises(SealBrokenError):
        opened(seal[: HEADER_BYTES + CHUNK_BYTES + TAG_BYTES])


def test_swapped_chunks_are_noticed():
    seal = sealed(os.urandom(3 * CHUNK_BYTES))
    size = CHUNK_BYTES + TAG_BYTES
    first, second = (seal[HEADER_BYTES + n * size : HEADER_BYTES + (n + 1) * size] for n in (0, 1))
    swapped = seal[:HEADER_BYTES] + second + first + seal[HEADER_BYTES + 2 * size :]
    with pytest.raises(SealBrokenError):
        opened(swapped)


def test_another_exhibit_s_bytes_do_not_open_in_its_place():
    with pytest.raises(SealBrokenError):
        opened(sealed(b"x"), head=header(RECORD, UUID(int=9), 1))


def test_a_small_exhibit_lies_in_its_row_and_a_large_one_in_the_folder(vault):
    key = new_data_key()
    small = sealed_exhibit([b"x" * INLINE_BYTES], record=RECORD, key=key)
    large = sealed_exhibit([b"x" * INLINE_BYTES, b"y"], record=RECORD, key=key)
    assert small.sealed is not None
    assert small.location == ""
    assert large.sealed is None
    assert (vault / large.location).exists()
    assert b"xxxx" not in (vault / large.location).read_bytes()
    for exhibit in (small, large):
        text = b"".join(opened_exhibit(exhibit, key=key))
        assert hashlib.sha256(text).hexdigest() == exhibit.sha256
        assert hashlib.md5(text).hexdigest() == exhibit.md5
        assert hashlib.sha1(text).hexdigest() == exhibit.sha1
        assert len(text) == exhibit.size


def test_a_write_that_fails_leaves_nothing_behind(vault):
    def breaks_off():
        yield b"x" * (INLINE_BYTES + 1)
        msg = "the line went dead"
        raise ConnectionError(msg)

    with pytest.raises(ConnectionError):
        sealed_exhibit(breaks_off(), record=RECORD, key=new_data_key())
    assert [p for p in vault.rglob("*") if p.is_file()] == []


def waits_for_the_disk(monkeypatch, *, fails_at: str = "nowhere") -> list[Path]:
    """What the disk was waited for, by its name at that moment; one of these may fail."""
    waited, real = [], os.fsync

    def told(file: int) -> None:
        waited.append(Path(f"/proc/self/fd/{file}").readlink())
        if fails_at in waited[-1].name:
            raise OSError(ENOSPC, "no room")
        real(file)

    monkeypatch.setattr(os, "fsync", told)
    return waited


def test_a_file_its_name_and_its_folder_s_name_are_on_the_disk_before_its_row(vault, monkeypatch):
    waited = waits_for_the_disk(monkeypatch)
    numbers = iter([0x01, 0x02, 0x102])
    monkeypatch.setattr(ids, "uuid7", lambda: UUID(int=next(numbers)))
    for size, made in (
        (INLINE_BYTES + 1, [vault.parent, vault]),
        (2 * CHUNK_BYTES, [vault]),
        (INLINE_BYTES + 1, []),
    ):
        waited.clear()
        exhibit = sealed_exhibit([b"x" * size], record=RECORD, key=new_data_key())
        file = vault / exhibit.location
        assert waited == [*made, file, file.parent]


def test_a_file_that_does_not_reach_the_disk_is_not_kept(vault, monkeypatch):
    record, key = UUID(int=11), new_data_key()
    sealed_exhibit([b"x" * (INLINE_BYTES + 1)], record=record, key=key)
    before = [p for p in vault.rglob("*") if p.is_file()]
    monkeypatch.setattr(ids, "uuid7", lambda: UUID(int=0xABCDEF))
    waits_for_the_disk(monkeypatch, fails_at=f"{0xABCDEF:032x}")
    with pytest.raises(OSError, match="no room"):
        sealed_exhibit([b"x" * (INLINE_BYTES + 1)], record=record, key=key)
    assert [p for p in vault.rglob("*") if p.is_file()] == before


@pytest.mark.parametrize("second", [0x02, 0x101])
def test_a_vault_that_was_taken_away_is_made_again(vault, second, monkeypatch):
    waited = waits_for_the_disk(monkeypatch)
    for number in (0x01, second):
        monkeypatch.setattr(ids, "uuid7", partial(UUID, int=number))
        exhibit = sealed_exhibit([b"x" * (INLINE_BYTES + 1)], record=RECORD, key=KEY)
        assert len(b"".join(opened_exhibit(exhibit, key=KEY))) == INLINE_BYTES + 1
        file = vault / exhibit.location
        assert waited[-4:] == [vault.parent, vault, file, file.parent]
        shutil.rmtree(vault)


def test_a_large_file_is_sealed_in_constant_memory(vault):
    """Counted, not timed: no more than a few chunks are ever held at once."""
    import tracemalloc

    tracemalloc.start()
    exhibit = sealed_exhibit(repeat(bytes(65_536), 640), record=RECORD, key=new_data_key())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert exhibit.size == 40 * CHUNK_BYTES
    assert peak < 8 * CHUNK_BYTES


def test_an_exhibit_altered_on_disk_is_not_served(vault):
    key = new_data_key()
    exhibit = sealed_exhibit([b"z" * (INLINE_BYTES + 1)], record=RECORD, key=key)
    file = vault / exhibit.location
    altered = bytearray(file.read_bytes())
    altered[-5] ^= 1
    file.write_bytes(bytes(altered))
    with pytest.raises(SealBrokenError):
        b"".join(opened_exhibit(exhibit, key=key))

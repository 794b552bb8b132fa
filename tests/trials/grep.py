"""Looks for words in everything a house keeps: tables, logs, files, in whatever coat."""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql

from havre.plumbing import postgres
from tests.trials.house_under_fire import House

HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){6,}")
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}")
MOST_UNPACKED = 1_000_000
TABLES = """
    SELECT table_schema, table_name, array_agg(column_name::text)
    FROM information_schema.columns
    WHERE table_schema NOT IN ('pg_catalog', 'information_schema') GROUP BY 1, 2 ORDER BY 1, 2
"""


def coats(data: bytes) -> Iterator[bytes]:
    """The bytes as they are, and what is under hexadecimal, base64 and zlib in them."""
    yield data
    for run in HEX.findall(data):
        with suppress(binascii.Error):
            yield binascii.unhexlify(run)
    for run in BASE64.findall(data):
        plain = run.translate(bytes.maketrans(b"-_", b"+/"))
        with suppress(binascii.Error, ValueError):
            inside = base64.b64decode(plain + b"=" * (-len(plain) % 4))
            yield inside
            with suppress(zlib.error):
                yield zlib.decompressobj().decompress(inside, MOST_UNPACKED)


def cells(house: House) -> Iterator[tuple[str, bytes]]:
    """Every value of every table, as the superuser sees it, by table and column."""
    url = house.cluster.admin_url.replace("/postgres?", f"/{postgres.DATABASE}?")
    with psycopg.connect(url) as connection:
        for schema, table, columns in connection.execute(TABLES).fetchall():
            question = sql.SQL("SELECT * FROM {}").format(sql.Identifier(schema, table))
            cursor = connection.execute(question)
            names = [column.name for column in cursor.description]
            assert set(names) == set(columns)
            for row in cursor:
                for name, value in zip(names, row, strict=True):
                    yield f"{table}.{name}", as_bytes(value)


def as_bytes(value: object) -> bytes:
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str).encode()
    return str(value).encode()


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder; one that goes away meanwhile is gone."""
    for path in sorted(folder.rglob("*")):
        with suppress(FileNotFoundError):
            if path.is_file():
                yield str(path), path.read_bytes()


def kept_in_files(house: House) -> Iterator[tuple[str, bytes]]:
    """Logs, vault and temporary files of the web and the worker, and the server's log."""
    yield from files(Path(house.environment["HAVRE_VAR"]))
    yield "postgres log", house.cluster.log.read_bytes()


def raw_database(house: House) -> Iterator[tuple[str, bytes]]:
    """The server's own files: tables, indexes, the write-ahead log, temporary files."""
    with psycopg.connect(house.cluster.admin_url, autocommit=True) as admin:
        admin.execute("CHECKPOINT")
    yield from files(house.cluster.data)


def found_in(places: Iterable[tuple[str, bytes]], words: Iterable[str]) -> dict[str, set[str]]:
    """For each word that stands anywhere, the places."""
    wanted = {word: word.encode() for word in words}
    found: dict[str, set[str]] = {}
    for place, data in places:
        for coat in coats(data):
            folded = coat.lower()
            for word, letters in wanted.items():
                if letters in folded:
                    found.setdefault(word, set()).add(place)
    return found

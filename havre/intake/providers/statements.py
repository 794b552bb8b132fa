"""The statements of the wire, by hand: what is asked, and what is written (decision 006)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from havre.agencies.models import Provider
from havre.agencies.rules.permits import Compartment
from havre.agencies.rules.providers import Environment
from havre.evidence.custody import Wrap, provider_recipient, wrap_of
from havre.evidence.models import Exhibit
from havre.intake.models import Filing, FilingFile
from havre.intake.providers.at_hand import Row, Rows
from havre.intake.rules.receipts import wire_number
from havre.intake.rules.stages import FilingState
from havre.plumbing import clock, ids
from havre.plumbing.keys import KeyRefusedError, keys
from havre.plumbing.pipes import ask, run_statement, statement
from havre.plumbing.sealing import KEY_VERSION

SQL = Path(__file__).parent / "sql"
NEXT_NUMBERS = SQL / "next_numbers.sql"
SAME_FILING = SQL / "same_filing.sql"
PART_FROM_REPEATS = SQL / "part_from_repeats.sql"
KEY_MUST_OPEN = SQL / "key_must_open.sql"
OPEN_FILING = SQL / "open_filing.sql"
FILING_TO_SUPPLEMENT = SQL / "filing_to_supplement.sql"
LOCKED_FILING = SQL / "locked_filing.sql"
FILES_OF_FILING = SQL / "files_of_filing.sql"
KEEP_FILE = SQL / "keep_file.sql"
DESCRIBE_FILE = SQL / "describe_file.sql"
CLOSE_FILING = SQL / "close_filing.sql"
IS_MIRRORED = "SELECT is_mirrored(%(provider)s::uuid)"
# What a filing and its document are made of here: no more, and no default worked out for the rest.
# In the order of their tables, which alone says whose value is whose (`from_db`).
FILING_FIELDS = (
    *("id", "number", "provider_id", "state", "body", "supplements_id"),
    *("quality", "missing", "changes"),
)
SOURCE_FIELDS = ("id", "record", "sha256")
# How many numbers a process draws at once.
NUMBERS_AT_ONCE = 32
_numbers: list[int] = []


@dataclass(frozen=True, slots=True)
class Found:
    """A filing with its key and its files, oldest first: as it is locked to be changed."""

    filing: Filing | None
    key: bytes
    files: list[FilingFile]
    # The desk's reference of the report that this one adds to; "" where there is none.
    supplements: str
    rows: Rows

    @property
    def pk(self) -> UUID:
        """The filing's id; there must be one."""
        pk: UUID = self.rows.filing[0]
        return pk


def next_number() -> int:
    """A number of the wire. A process draws some at once, before it begins to act."""
    try:
        counter = _numbers.pop()
    except IndexError:
        (drawn,) = ask((statement(NEXT_NUMBERS), {"count": NUMBERS_AT_ONCE}))
        counter, *rest = (number for (number,) in drawn)
        _numbers.extend(rest)
    return wire_number(counter, keys().pepper("wire-number"))


def sign_of(source: bytes, supplements: Filing | None, *, by: Provider) -> bytes:
    """By what a repeat of the same bytes, adding to the same report, is known."""
    about = f"{by.pk}/{supplements.pk if supplements else ''}/".encode()
    return hashlib.sha256(about + source).digest()


def same_filing(sent_as: bytes, *, by: Provider) -> Filing | None:
    """The open filing that the same bytes opened, locked until the action ends."""
    (found,) = ask((statement(SAME_FILING), {"sent_as": sent_as, "provider": by.pk}))
    for pk, number, quality, missing, opened_at in found:
        return Filing(pk=pk, number=number, quality=quality, missing=missing, opened_at=opened_at)
    return None


def part_from_repeats(filing: Filing) -> None:
    """Let the bytes that opened a filing open another one beside it."""
    run_statement(statement(PART_FROM_REPEATS), {"id": filing.pk})


def key_must_open(*, by: Provider) -> None:
    """Undo the action where a key that was known from before opens nothing any more."""
    run_statement(statement(KEY_MUST_OPEN), {"at": clock.now(), **_shown(by)})


def filing_to_supplement(number: int, *, by: Provider) -> Filing | None:
    """The filing of a number, whatever its state, to add to; None where the provider has none."""
    values = {"number": number, "provider": by.pk}
    (found,) = ask((statement(FILING_TO_SUPPLEMENT), values))
    for pk, state in found:
        return Filing(pk=pk, number=number, provider=by, state=state)
    return None


def write_filing(filing: Filing, source: Exhibit, key: bytes, *, by: Provider) -> Rows:
    """Write a new filing with its source and the provider's wrap of its key; gives its rows."""
    wrap = wrap_of(filing.pk, key, recipient=provider_recipient(by.pk))
    values = {**_filing_row(filing), **_key_row(wrap), **_source_row(source), **_shown(by)}
    run_statement(statement(OPEN_FILING), values)
    told: Row = (filing.pk, FilingState.OPEN, filing.body, source.pk, source.sha256)
    told += (filing.supplements_id, "", wrap.kek_id, wrap.wrapped)
    return Rows((*told, filing.quality, filing.missing, 0), ())


def locked_filing(number: int, *, by: Provider) -> Found:
    """The filing of a number, locked, whatever its state, where the provider has one.

    Raises KeyRefusedError when the key of an open one is gone.
    """
    values = {"number": number, "provider": by.pk, "recipient": provider_recipient(by.pk)}
    found, files = ask((statement(LOCKED_FILING), values), (statement(FILES_OF_FILING), values))
    for row in found:
        return found_in(Rows(row, tuple(files)), number, by=by)
    return Found(None, b"", [], "", Rows((), ()))


def found_in(rows: Rows, number: int, *, by: Provider) -> Found:
    """A filing as it stands in its rows. Raises KeyRefusedError as above."""
    pk, state, body, source, sha256, *rest = rows.filing
    supplements, reference, kek_id, wrapped, *changing = rest
    known = (pk, number, by.pk, state, bytes(body), supplements, *changing)
    filing = Filing.from_db("default", FILING_FIELDS, known)
    filing.source = Exhibit.from_db("default", SOURCE_FIELDS, (source, pk, sha256 or ""))
    key = _unwrapped(pk, kek_id, wrapped, by) if filing.body else b""
    return Found(filing, key, [_file(filing, row) for row in rows.files], reference, rows)


def write_file(file: FilingFile, found: Found, *, by: Provider) -> Rows:
    """Write a new file of a filing, sealed already; gives the filing's rows as they are then."""
    filing, exhibit = file.filing, file.exhibit
    values = {"id": filing.pk, "at": clock.now(), "changes": filing.changes}
    values |= {"recipient": provider_recipient(by.pk)}
    values |= {"file_id": file.file_id, "details": file.details}
    run_statement(statement(KEEP_FILE), {**values, **_source_row(exhibit), **_shown(by)})
    row = (exhibit.pk, file.file_id, file.details, None, exhibit.size)
    return Rows(_changed(found), (*found.rows.files, row))


def write_description(
    file: FilingFile, source: Exhibit, warnings: Sequence[str], found: Found, *, by: Provider
) -> Rows:
    """Write what is said of a file, and the document that said so; gives the rows as above."""
    values = {"id": file.filing_id, "at": clock.now(), "exhibit": file.exhibit_id}
    values |= {"changes": file.filing.changes, "details": file.details, "warnings": list(warnings)}
    values |= {"recipient": provider_recipient(by.pk)}
    run_statement(statement(DESCRIBE_FILE), {**values, **_source_row(source), **_shown(by)})
    size = file.exhibit.size
    row = (file.exhibit_id, file.file_id, file.details, source.pk, size)
    files = (row if row[0] == other[0] else other for other in found.rows.files)
    return Rows(_changed(found), tuple(files))


def is_mirrored(provider: Provider) -> bool:
    """Whether what this provider finishes is sent on to a second base address of its own."""
    ((told,),) = ask((IS_MIRRORED, {"provider": provider.pk}))
    return bool(told[0])


def close_as_finished(filing: Filing, *, by: Provider) -> None:
    """Close a filing whose report is made; the provider's key goes.

    A copy waits for the provider's mirror, where it has one: nothing of the wire waits for that.
    """
    run_statement(
        statement(CLOSE_FILING),
        {
            "id": filing.pk,
            "copy": ids.uuid7(),
            "number": filing.number,
            "provider": by.pk,
            "is_test": by.environment == Environment.TEST,
            "recipient": provider_recipient(by.pk),
            "at": clock.now(),
            "quality": filing.quality,
            "missing": filing.missing,
            "changes": filing.changes,
            **_shown(by),
        },
    )


def _shown(by: Provider) -> dict[str, object]:
    return {"shown": by.shown, "seen": by.seen}


def _changed(found: Found) -> Row:
    """The row of a filing after one more change."""
    *rest, changes = found.rows.filing
    return (*rest, changes + 1)


def _unwrapped(record: UUID, kek_id: str | None, wrapped: bytes | None, by: Provider) -> bytes:
    if kek_id is None or wrapped is None:
        msg = "no key of this record is wrapped for whoever asks"
        raise KeyRefusedError(msg)
    recipient = provider_recipient(by.pk)
    return keys().unwrap(kek_id, bytes(wrapped), recipient=recipient, bound_to=str(record))


def _file(filing: Filing, row: Row) -> FilingFile:
    exhibit, file_id, details, source, size = row
    return FilingFile(
        exhibit=Exhibit(id=exhibit, record=filing.pk, size=size),
        filing=filing,
        file_id=file_id,
        details=details,
        details_source=Exhibit(id=source, record=filing.pk) if source else None,
    )


def _filing_row(filing: Filing) -> dict[str, object]:
    return {
        "id": filing.pk,
        "number": filing.number,
        "provider": filing.provider_id,
        "body": filing.body,
        "at": filing.opened_at,
        "supplements": filing.supplements_id,
        "quality": filing.quality,
        "missing": filing.missing,
        "warnings": filing.warnings,
        "sent_as": filing.sent_as,
    }


def _key_row(wrap: Wrap) -> dict[str, object]:
    return {
        "key": ids.uuid7(),
        "recipient": wrap.recipient,
        "kek_id": wrap.kek_id,
        "wrapped": wrap.wrapped,
        "key_version": KEY_VERSION,
        "compartment": str(Compartment.GENERAL),
    }


def _source_row(source: Exhibit) -> dict[str, object]:
    return {
        "source": source.pk,
        "size": source.size,
        "md5": source.md5,
        "sha1": source.sha1,
        "sha256": source.sha256,
        "sealed": source.sealed,
        "location": source.location,
    }

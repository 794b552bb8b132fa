"""The statements of the wire, by hand: what is asked, and what is written (decision 006)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from havre.agencies.models import Provider
from havre.agencies.rules.permits import Compartment
from havre.agencies.rules.providers import Environment
from havre.evidence.custody import provider_recipient, wrapped_key
from havre.evidence.models import Exhibit, RecordKey
from havre.intake.models import Filing, FilingFile
from havre.intake.providers.rules.expiry import SAME_WITHIN
from havre.intake.rules.receipts import wire_number
from havre.plumbing import clock, ids
from havre.plumbing.keys import KeyRefusedError, keys
from havre.plumbing.pipes import ask, run_statement, statement

SQL = Path(__file__).parent / "sql"
NEXT_NUMBER = SQL / "next_number.sql"
SAME_FILING = SQL / "same_filing.sql"
OPEN_FILING = SQL / "open_filing.sql"
FILING_TO_SUPPLEMENT = SQL / "filing_to_supplement.sql"
LOCKED_FILING = SQL / "locked_filing.sql"
FILES_OF_FILING = SQL / "files_of_filing.sql"
KEEP_FILE = SQL / "keep_file.sql"
DESCRIBE_FILE = SQL / "describe_file.sql"
CLOSE_FILING = SQL / "close_filing.sql"
IS_MIRRORED = SQL / "is_mirrored.sql"


@dataclass(frozen=True, slots=True)
class Found:
    """A filing with its key and its files, oldest first: as it is locked to be changed."""

    filing: Filing | None
    key: bytes
    files: list[FilingFile]
    # The desk's reference of the report that this one adds to; "" where there is none.
    supplements: str


def next_number(
    source: bytes, supplements: Filing | None, *, by: Provider
) -> tuple[int, str, Filing | None]:
    """A number of the wire, the digest of the bytes, and the open filing that they opened already.

    Two who send the same bytes at once come one after the other.
    """
    sha256 = hashlib.sha256(source).hexdigest()
    same = {
        "provider": by.pk,
        "since": clock.now() - SAME_WITHIN,
        "sha256": sha256,
        "supplements": supplements.pk if supplements else None,
    }
    numbers, earlier = ask(
        (statement(NEXT_NUMBER), {"sent": f"{by.pk}/{sha256}"}),
        (statement(SAME_FILING), same),
    )
    number = wire_number(numbers[0][0], keys().pepper("wire-number"))
    for pk, its_number, quality, missing in earlier:
        return number, sha256, Filing(pk=pk, number=its_number, quality=quality, missing=missing)
    return number, sha256, None


def filing_to_supplement(number: int, *, by: Provider) -> Filing | None:
    """The filing of a number, whatever its state, to add to; None where the provider has none."""
    values = {"number": number, "provider": by.pk}
    (found,) = ask((statement(FILING_TO_SUPPLEMENT), values))
    for pk, state in found:
        return Filing(pk=pk, number=number, provider=by, state=state)
    return None


def write_filing(filing: Filing, source: Exhibit, key: bytes, *, by: Provider) -> None:
    """Write a new filing with its source and the provider's wrap of its key."""
    wrap = wrapped_key(
        filing.pk, key, recipient=provider_recipient(by.pk), compartment=Compartment.GENERAL
    )
    run_statement(
        statement(OPEN_FILING), {**_filing_row(filing), **_key_row(wrap), **_source_row(source)}
    )


def locked_filing(number: int, *, by: Provider) -> Found:
    """The filing of a number, locked, whatever its state, where the provider has one.

    Raises KeyRefusedError when the key of an open one is gone.
    """
    values = {"number": number, "provider": by.pk, "recipient": provider_recipient(by.pk)}
    found, files = ask((statement(LOCKED_FILING), values), (statement(FILES_OF_FILING), values))
    for pk, state, body, source, sha256, supplements, reference, kek_id, wrapped in found:
        exhibit = Exhibit(pk=source, record=pk, sha256=sha256 or "")
        filing = Filing(pk=pk, number=number, provider=by, state=state, body=bytes(body))
        filing.source, filing.supplements_id = exhibit, supplements
        key = _unwrapped(pk, kek_id, wrapped, by) if filing.body else b""
        return Found(filing, key, [_file(filing, row) for row in files], reference)
    return Found(None, b"", [], "")


def write_file(file: FilingFile) -> None:
    """Write a new file of a filing, sealed already."""
    values = {"id": file.filing_id, "at": clock.now(), "file_id": file.file_id}
    run_statement(
        statement(KEEP_FILE), {**values, "details": file.details, **_source_row(file.exhibit)}
    )


def write_description(file: FilingFile, source: Exhibit, warnings: Sequence[str]) -> None:
    """Write what is said of a file, and the document that said so."""
    values = {"id": file.filing_id, "at": clock.now(), "exhibit": file.exhibit_id}
    values |= {"details": file.details, "warnings": list(warnings)}
    run_statement(statement(DESCRIBE_FILE), {**values, **_source_row(source)})


def is_mirrored(provider: Provider) -> bool:
    """Whether what this provider finishes is sent on to a second base address of its own."""
    (found,) = ask((statement(IS_MIRRORED), {"provider": provider.pk}))
    return bool(found)


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
        },
    )


def _unwrapped(record: UUID, kek_id: str | None, wrapped: bytes | None, by: Provider) -> bytes:
    if kek_id is None or wrapped is None:
        msg = "no key of this record is wrapped for whoever asks"
        raise KeyRefusedError(msg)
    recipient = provider_recipient(by.pk)
    return keys().unwrap(kek_id, bytes(wrapped), recipient=recipient, bound_to=str(record))


def _file(filing: Filing, row: tuple[UUID, str, bytes | None, UUID | None, int]) -> FilingFile:
    exhibit, file_id, details, source, size = row
    return FilingFile(
        exhibit=Exhibit(pk=exhibit, record=filing.pk, size=size),
        filing=filing,
        file_id=file_id,
        details=details,
        details_source=Exhibit(pk=source, record=filing.pk) if source else None,
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
    }


def _key_row(wrap: RecordKey) -> dict[str, object]:
    return {
        "key": wrap.pk,
        "recipient": wrap.recipient,
        "kek_id": wrap.kek_id,
        "wrapped": wrap.wrapped,
        "key_version": wrap.version,
        "compartment": str(wrap.compartment),
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

"""The container: the same members give the same bytes, and one flipped byte is named.

The manifest lists what was told, as it was before anybody signed it, so making the package again
gives the manifest again. SHA256SUMS lists every member as it lies in the archive, the comment of
the archive its digest. Checked offline: the container first, then each member.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import rfc8785

MANIFEST = "manifest.json"
README = "verify.txt"
SUMS = "SHA256SUMS"
SIGNATURE = "manifest.sig"
CERTIFICATES = "certificates.pem"
STAMP = "manifest.tsr"
# Of one referral; as many as the column of their numbers can count.
MOST_PACKAGES = 32_767
SEALED = ".age"
# What proves the manifest and so cannot stand in it.
PROOFS = frozenset({MANIFEST, SUMS, SIGNATURE, CERTIFICATES, STAMP})
# The earliest moment that a ZIP can name: no member tells when it was packed.
EPOCH = (1980, 1, 1, 0, 0, 0)
HOW_TO = """\
With Havre, without a network:
Avec Havre, sans réseau :
  python -m havre package verify FILE --certificate tipline.pem --time-root authority.pem

Files / Fichiers :
  age --decrypt --identity key.txt --output FILE exhibits/2.age
  (sha256sum FILE: as in manifest.json / comme dans manifest.json)

By hand / À la main :
  sha256sum -c SHA256SUMS
  openssl x509 -in certificates.pem -noout -pubkey > key.pem
  openssl dgst -sha256 -verify key.pem -signature manifest.sig manifest.json
  openssl ts -verify -data manifest.json -in manifest.tsr -CAfile authority.pem

Ask the tipline for its certificate by another way than the one this file came by.
Demandez à la ligne son certificat par une autre voie que celle de ce fichier.
"""


def file_name(reference: str, number: int | None = None) -> str:
    """By what name a package of a referral is kept: with its number where one was asked for."""
    return f"{reference}-{number}.zip" if number else f"{reference}.zip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What checking a package found: its digest, what it is about, and what is wrong with it.

    `found` are its members, none where the container itself cannot be trusted.
    """

    sha256: str
    about: str = ""
    made_at: datetime | None = None
    stamped_by: str = ""
    faults: tuple[str, ...] = ()
    found: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def is_whole(self) -> bool:
        """Whether every byte is as it was packed."""
        return not self.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """A file that only the agency opens: its size and digest as it came, and to which key."""

    size: int
    sha256: str
    sealed_to: str


def manifest_of(
    payload: Mapping[str, bytes],
    *,
    about: str,
    made_at: datetime,
    stamped_by: str = "",
    sealed: Mapping[str, SealedFile] = MappingProxyType({}),
) -> bytes:
    """What a package tells, as it is before it is signed; `stamped_by` who vouches for when.

    Of a `sealed` member the file as it came counts: sealing it again gives other bytes.
    """
    members: dict[str, Any] = {
        name: {"bytes": len(data), "sha256": _digest(data)}
        for name, data in with_readme(payload).items()
        if name not in sealed
    }
    for name, file in sealed.items():
        told = {"bytes": file.size, "sha256": file.sha256, "sealed_to": file.sealed_to}
        members[name] = told
    return rfc8785.dumps(
        {
            "about": about,
            "made_at": made_at.astimezone(UTC).isoformat(),
            "members": members,
            "time_stamp": stamped_by or None,
            "version": 2,
        }
    )


def with_readme(payload: Mapping[str, bytes]) -> dict[str, bytes]:
    """What is told, and how to check it."""
    return {**payload, README: HOW_TO.encode()}


def packed(payload: Mapping[str, bytes], *, manifest: bytes, proofs: Mapping[str, bytes]) -> bytes:
    """One archive, the same bytes each time. `proofs` may take the place of what they prove."""
    every = {**with_readme(payload), MANIFEST: manifest, **proofs}
    sums = "".join(f"{_digest(every[name])}  {name}\n" for name in sorted(every)).encode()
    return _zipped({**every, SUMS: sums})


def checked(container: bytes) -> Verdict:
    """What is wrong with a package, member by member; nothing when it is as it was packed."""
    digest = _digest(container)
    try:
        return _checked(container, digest)
    except (zipfile.BadZipFile, RuntimeError, ValueError, KeyError, TypeError, OSError):
        return Verdict(sha256=digest, faults=("container",))


def _zipped(every: Mapping[str, bytes]) -> bytes:
    container = io.BytesIO()
    with zipfile.ZipFile(container, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(every):
            member = zipfile.ZipInfo(name, EPOCH)
            member.external_attr = 0o600 << 16
            archive.writestr(member, every[name])
        archive.comment = _digest(every[SUMS]).encode()
    return container.getvalue()


def _checked(container: bytes, digest: str) -> Verdict:
    with zipfile.ZipFile(io.BytesIO(container)) as archive:
        found = {name: _read(archive, name) for name in archive.namelist()}
        seal = archive.comment.decode()
    sums = found[SUMS]
    if sums is None or _digest(sums) != seal:
        return Verdict(sha256=digest, faults=(SUMS,))
    expected = dict(line.split("  ", 1)[::-1] for line in sums.decode().splitlines())
    whole = {name: data for name, data in found.items() if data is not None}
    wrong = [
        name
        for name in sorted((expected.keys() | found.keys()) - {SUMS})
        if name not in whole or expected.get(name) != _digest(whole[name])
    ]
    if wrong:
        return Verdict(sha256=digest, faults=tuple(wrong))
    told = json.loads(whole[MANIFEST])
    wrong = _unlike(told["members"], whole)
    # Between the members lies only what packing them again would write: anything else is a change.
    if not wrong and _zipped(whole) != container:
        wrong = ["container"]
    return Verdict(
        sha256=digest,
        about=told["about"],
        made_at=datetime.fromisoformat(told["made_at"]),
        stamped_by=told["time_stamp"] or "",
        faults=tuple(wrong),
        found=whole,
    )


def _unlike(members: Mapping[str, Any], whole: Mapping[str, bytes]) -> list[str]:
    """Members that do not begin with what the manifest says was told, or that it does not know."""
    names = sorted((members.keys() | whole.keys()) - PROOFS)
    return [
        name
        for name in names
        if name not in members or name not in whole or _is_unlike(members[name], whole[name], name)
    ]


def _is_unlike(told: Mapping[str, Any], data: bytes, name: str) -> bool:
    if "sealed_to" in told:
        # What is inside, only the agency can compare; that it is the one packed, SHA256SUMS says.
        return not name.endswith(SEALED)
    # Only a signature may come after what was told, and only a document bears one.
    is_longer = len(data) > told["bytes"] and not name.endswith(".pdf")
    return is_longer or _digest(data[: told["bytes"]]) != told["sha256"]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read(archive: zipfile.ZipFile, name: str) -> bytes | None:
    # We pack nothing: a member that says it is packed was changed, and might unpack without end.
    if archive.getinfo(name).compress_type != zipfile.ZIP_STORED:
        return None
    try:
        return archive.read(name)
    # A flipped flag may say that a member is encrypted, which is a RuntimeError.
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError):
        return None

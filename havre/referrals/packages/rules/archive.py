"""The container: the same members give the same bytes, and one flipped byte is named.

Checked offline: the container is hashed first, then each member against the manifest.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

import rfc8785

MANIFEST = "manifest.json"
README = "verify.txt"
# The earliest moment that a ZIP can name: no member tells when it was packed.
EPOCH = (1980, 1, 1, 0, 0, 0)
HOW_TO = (
    "python -m havre package verify FILE\n"
    "Or by hand: sha256sum of each member is in manifest.json.\n"
    "Ou à la main : le sha256sum de chaque pièce est dans manifest.json.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What checking a package found: its digest, what it is about, and what is wrong with it."""

    sha256: str
    about: str
    members: int
    faults: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every byte is as it was packed."""
        return not self.faults


def packed(members: Mapping[str, bytes], *, about: str) -> bytes:
    """One archive of named members with its manifest, the same bytes each time."""
    every = {**members, README: HOW_TO.encode()}
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in every.items()}
    manifest = rfc8785.dumps({"about": about, "sha256": digests, "version": 1})
    every[MANIFEST] = manifest
    container = io.BytesIO()
    with zipfile.ZipFile(container, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(every):
            member = zipfile.ZipInfo(name, EPOCH)
            member.external_attr = 0o600 << 16
            archive.writestr(member, every[name])
        # The manifest's own digest stands in the container's comment: it is checked like the rest.
        archive.comment = hashlib.sha256(manifest).hexdigest().encode()
    return container.getvalue()


def checked(container: bytes) -> Verdict:
    """What is wrong with a package, member by member; nothing when it is as it was packed."""
    digest = hashlib.sha256(container).hexdigest()
    try:
        return _checked(container, digest)
    except (zipfile.BadZipFile, RuntimeError, ValueError, KeyError, TypeError, OSError):
        return Verdict(sha256=digest, about="", members=0, faults=("container",))


def _checked(container: bytes, digest: str) -> Verdict:
    with zipfile.ZipFile(io.BytesIO(container)) as archive:
        found = {name: _read(archive, name) for name in archive.namelist()}
        seal = archive.comment.decode()
    manifest = found.pop(MANIFEST)
    if manifest is None or hashlib.sha256(manifest).hexdigest() != seal:
        return Verdict(sha256=digest, about="", members=len(found), faults=(MANIFEST,))
    listed = json.loads(manifest)
    expected: dict[str, str] = listed["sha256"]
    faults = [
        name
        for name in sorted(expected.keys() | found.keys())
        if name not in expected
        or (data := found.get(name)) is None
        or hashlib.sha256(data).hexdigest() != expected[name]
    ]
    # Between the members lies only what packing them again would write: anything else is a change.
    if not faults:
        whole = {name: data for name, data in found.items() if data is not None and name != README}
        if packed(whole, about=listed["about"]) != container:
            faults = ["container"]
    return Verdict(sha256=digest, about=listed["about"], members=len(found), faults=tuple(faults))


def _read(archive: zipfile.ZipFile, name: str) -> bytes | None:
    try:
        return archive.read(name)
    # A flipped flag may say that a member is encrypted, which is a RuntimeError.
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError):
        return None

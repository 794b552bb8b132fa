"""A package signed and stamped as far as this installation can, and checked by anybody."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from types import MappingProxyType

from havre.plumbing.signing import SigningKey
from havre.plumbing.timestamps import NoStampError, TimeAuthority
from havre.referrals.packages.rules.archive import (
    CERTIFICATES,
    MANIFEST,
    SIGNATURE,
    STAMP,
    SealedFile,
    Verdict,
    checked,
    manifest_of,
    packed,
)
from havre.referrals.packages.wires.stamps import stamp_query, stamped_at

DOCUMENT = ".pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a package proves. `vouched` says that its signer's certificate leads to one given."""

    verdict: Verdict
    signer: bytes = b""
    vouched: bool = False
    stamped_at: datetime | None = None


def proven(
    payload: Mapping[str, bytes],
    *,
    about: str,
    made_at: datetime,
    key: SigningKey | None,
    authority: TimeAuthority | None,
    sealed: Mapping[str, SealedFile] = MappingProxyType({}),
) -> bytes:
    """The archive of what is told, with the signature and the stamp that can be had now.

    An authority that does not answer holds nothing up: the manifest says that there is no stamp.
    """
    proofs: dict[str, bytes] = {}
    told = partial(manifest_of, payload, about=about, made_at=made_at, sealed=sealed)
    manifest = told()
    if authority:
        stamped = told(stamped_by=authority.name)
        if stamp := _stamp(stamped, authority):
            manifest, proofs[STAMP] = stamped, stamp
    if key:
        # Loaded with the first package: it is a fifth of what every process would load to start.
        from havre.referrals.packages.wires.signatures import signed_pdf  # noqa: PLC0415

        documents = {name: data for name, data in payload.items() if name.endswith(DOCUMENT)}
        proofs |= {name: signed_pdf(data, key=key) for name, data in documents.items()}
        proofs[SIGNATURE], proofs[CERTIFICATES] = key.sign(manifest), key.certificates
    return packed(payload, manifest=manifest, proofs=proofs)


def checked_package(
    container: bytes, *, certificates: bytes = b"", time_roots: bytes = b""
) -> Checked:
    """Whether a package is as it was packed, and who signed it and when, as far as that is proven.

    Without certificates of ours a signature shows only that nobody changed what is signed.
    """
    verdict = checked(container)
    if not verdict.found or verdict.made_at is None:
        return Checked(verdict=verdict)
    found, at = verdict.found, verdict.made_at
    signer, faults = found.get(CERTIFICATES, b""), list(verdict.faults)
    if signer:
        faults += _ill_signed(found, signer, signer, at)
    elif SIGNATURE in found:
        faults.append(SIGNATURE)
    vouched = bool(signer and certificates) and not _ill_signed(found, signer, certificates, at)
    if certificates and not vouched:
        faults.append(CERTIFICATES)
    stamped = None
    if time_roots and (stamp := found.get(STAMP)):
        stamped = stamped_at(found[MANIFEST], stamp, roots=time_roots)
        faults += [] if stamped else [STAMP]
    if bool(verdict.stamped_by) != (STAMP in found):
        faults.append(STAMP)
    return Checked(
        verdict=replace(verdict, faults=tuple(dict.fromkeys(faults))),
        signer=signer,
        vouched=vouched,
        stamped_at=stamped,
    )


def _stamp(manifest: bytes, authority: TimeAuthority) -> bytes | None:
    try:
        answer = authority.answer(stamp_query(manifest))
    except NoStampError:
        return None
    return answer if stamped_at(manifest, answer, roots=authority.roots) else None


def _ill_signed(
    found: Mapping[str, bytes], signer: bytes, certificates: bytes, at: datetime
) -> list[str]:
    """Members whose signature is not this signer's, or does not lead to these certificates."""
    from havre.referrals.packages.wires.signatures import (  # noqa: PLC0415 - as above
        leads_to,
        manifest_signature_holds,
        signature_holds,
    )

    wrong = [
        name
        for name, data in found.items()
        if name.endswith(DOCUMENT) and not signature_holds(data, certificates=certificates, at=at)
    ]
    signature = found.get(SIGNATURE, b"")
    if not manifest_signature_holds(found[MANIFEST], signature, certificate=signer):
        wrong.append(SIGNATURE)
    # Documents of ours may stand beside a manifest that is not.
    if not leads_to(signer, certificates=certificates, at=at):
        wrong.append(CERTIFICATES)
    return wrong

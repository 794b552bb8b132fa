"""Signatures: PAdES in a PDF, and one over the manifest that openssl checks by hand."""

import asyncio
import io
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from havre.plumbing.signing import SigningKey

FIELD = "Havre"
# Longer than any signature on P-256.
ROOM_BYTES = 80


def signed_pdf(document: bytes, *, key: SigningKey) -> bytes:
    """A PDF with our signature appended: what it was before stays its beginning, byte for byte."""
    told = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    signed = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(document))
    PdfSigner(told, signer=_Ours(key)).sign_pdf(writer, output=signed)
    return signed.getvalue()


def signature_holds(document: bytes, *, certificates: bytes, at: datetime) -> bool:
    """Whether a PDF bears one signature over all of it that leads to one of these certificates.

    The certificates are judged as of `at`: a package outlives them.
    """
    try:
        found = PdfFileReader(io.BytesIO(document)).embedded_regular_signatures
        if len(found) != 1:
            return False
        verdict = validate_pdf_signature(found[0], _trusting(certificates, at))
    # A document that somebody altered may fail to be one in any way at all.
    except Exception:  # noqa: BLE001
        return False
    return verdict.bottom_line


def manifest_signature_holds(manifest: bytes, signature: bytes, *, certificate: bytes) -> bool:
    """Whether the first of these certificates' keys signed the manifest."""
    try:
        key = x509.load_pem_x509_certificates(certificate)[0].public_key()
        if not isinstance(key, EllipticCurvePublicKey):
            return False
        key.verify(signature, manifest, ECDSA(SHA256()))
    except (ValueError, InvalidSignature):
        return False
    return True


def leads_to(signer: bytes, *, certificates: bytes, at: datetime) -> bool:
    """Whether the first of a signer's certificates leads to one of these, as of `at`."""
    try:
        own, *others = load_certs_from_pemder_data(signer)
        path = CertificateValidator(own, others, _trusting(certificates, at))
        asyncio.run(path.async_validate_usage({"non_repudiation"}))  # type: ignore[no-untyped-call]
    # A certificate that somebody made up may fail to be one in any way at all.
    except Exception:  # noqa: BLE001
        return False
    return True


def _trusting(certificates: bytes, at: datetime) -> ValidationContext:
    roots = list(load_certs_from_pemder_data(certificates))
    return ValidationContext(trust_roots=roots, allow_fetching=False, moment=at)


class _Ours(Signer):
    """Our key, as the library asks for one."""

    def __init__(self, key: SigningKey) -> None:
        own, *others = load_certs_from_pemder_data(key.certificates)
        known = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        known.register_multiple([own, *others])
        super().__init__(signing_cert=own, cert_registry=known)
        self._key = key

    async def async_sign_raw(
        self,
        data: bytes,
        _digest_algorithm: str,
        dry_run: Any = False,  # noqa: ANN401, FBT002
    ) -> bytes:
        return bytes(ROOM_BYTES) if dry_run else self._key.sign(data)

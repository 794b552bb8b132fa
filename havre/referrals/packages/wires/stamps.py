"""Time stamps (RFC 3161): what is asked of an authority, and whether its answer holds."""

from datetime import datetime

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)


def stamp_query(manifest: bytes) -> bytes:
    """What an authority is asked: it learns the manifest's SHA-256 and nothing else."""
    asked = TimestampRequestBuilder().data(manifest).hash_algorithm(HashAlgorithm.SHA256)
    return asked.cert_request(cert_request=True).build().as_bytes()


def stamped_at(manifest: bytes, answer: bytes, *, roots: bytes) -> datetime | None:
    """When an authority that leads to one of these roots saw the manifest, or None."""
    try:
        told = decode_timestamp_response(answer)
        builder = VerifierBuilder()
        for root in x509.load_pem_x509_certificates(roots):
            builder = builder.add_root_certificate(root)
        builder.build().verify_message(told, manifest)
    except (VerificationError, ValueError):
        return None
    return told.tst_info.gen_time

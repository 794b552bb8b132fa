"""The tipline's own signature: a key and the certificate that tells whose it is.

A file here (`HAVRE_SIGNING`), an HSM or a signing service behind the same two words.
"""

import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256

from havre.plumbing.environment import var_folder

DAYS = 365
# How people tell a certificate that was made to try things from one that an authority gave.
TRIAL = "(trial)"


class SigningRefusedError(Exception):
    """The signing file cannot be used; the message says what to do."""


class SigningKey(Protocol):
    """What Havre asks of whatever signs for the tipline: ECDSA on P-256 with SHA-256."""

    @property
    def certificates(self) -> bytes:
        """PEM: the signer's own first, then those that lead to an authority."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The signature of some bytes, in DER."""
        ...


class FileSigningKey:
    """A key in a PEM file of ours, with its certificates."""

    def __init__(self, pem: bytes) -> None:
        try:
            key = serialization.load_pem_private_key(pem, password=None)
            chain = x509.load_pem_x509_certificates(pem)
        except ValueError as error:
            msg = "the signing file needs a key without password and a certificate, both in PEM"
            raise SigningRefusedError(msg) from error
        if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
            msg = "the signing key must be on the curve P-256"
            raise SigningRefusedError(msg)
        if key.public_key() != chain[0].public_key():
            msg = "the first certificate of the signing file is not that of its key"
            raise SigningRefusedError(msg)
        self._key = key
        self.certificates = b"".join(one.public_bytes(serialization.Encoding.PEM) for one in chain)

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data, ECDSA(SHA256()))


_chosen: list[SigningKey] = []


def use_signing_key(key: SigningKey | None) -> None:
    """Choose what signs in this process; None leaves it to the signing file."""
    _chosen[:] = [key] if key else []


def signing_key() -> SigningKey | None:
    """What signs for the tipline, or None where nothing does. Raises SigningRefusedError."""
    if _chosen:
        return _chosen[0]
    path = signing_file()
    try:
        return FileSigningKey(path.read_bytes()) if path.is_file() else None
    except OSError as error:
        msg = f"it cannot be read: {error.strerror}"
        raise SigningRefusedError(msg) from error


def usable_signing_key() -> SigningKey | None:
    """What signs, or None where nothing does or can: nobody waits for a package until it is mended.

    `check-config` says what is wrong.
    """
    try:
        return signing_key()
    except SigningRefusedError:
        return None


def signing_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the signing key lies, if there is one."""
    told = environ.get("HAVRE_SIGNING", "").strip()
    return Path(told) if told else var_folder() / "signing.pem"


def trial_signing_pem(name: str, *, now: datetime) -> bytes:
    """A fresh key with a certificate that vouches for itself: good for trying, not for court."""
    key = generate_private_key(SECP256R1())
    whose = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"{name} {TRIAL}")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(whose)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_for_signing(), critical=True)
        .sign(key, SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return secret + certificate.public_bytes(serialization.Encoding.PEM)


def write_signing_file(path: Path, pem: bytes) -> None:
    """Write a signing file that its owner alone reads. Raises FileExistsError: none is replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())


def fingerprint(certificate: x509.Certificate) -> str:
    """The SHA-256 of a certificate, as people compare it."""
    digest = certificate.fingerprint(SHA256()).hex().upper()
    return ":".join(digest[place : place + 2] for place in range(0, len(digest), 2))


def _for_signing() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )

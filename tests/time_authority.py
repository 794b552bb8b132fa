"""A time-stamping authority of our own: openssl answers, through the interface of a real one."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

from havre.plumbing.timestamps import NoStampError

# Without a line for further certificates: the reader wants the set in order.
SETTINGS = """
[tsa]
default_tsa = harbor
[harbor]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


class LocalAuthority:
    """Stamps with a key made for this test."""

    name = "http://time.example.com"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        root_key, root = _certificate("Harbor time", None)
        key, own = _certificate("Harbor clock", (root_key, root))
        self.roots = root.public_bytes(serialization.Encoding.PEM)
        (folder / "signer.pem").write_bytes(own.public_bytes(serialization.Encoding.PEM))
        (folder / "signer.key").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(SETTINGS.format(folder=folder))

    def answer(self, query: bytes) -> bytes:
        asked, told = self.folder / "asked.tsq", self.folder / "told.tsr"
        asked.write_bytes(query)
        command = ["openssl", "ts", "-reply", "-config", self.folder / "tsa.cnf"]
        subprocess.run(
            [*command, "-queryfile", asked, "-out", told], check=True, capture_output=True
        )
        return told.read_bytes()


class SilentAuthority(LocalAuthority):
    """One that does not answer in time."""

    def answer(self, query: bytes) -> bytes:
        raise NoStampError


class EchoingAuthority(LocalAuthority):
    """One that answers with something that is no stamp of what was asked."""

    def answer(self, query: bytes) -> bytes:
        return b"\x30\x03\x02\x01\x00"


def _certificate(name: str, issuer):
    key = generate_private_key(SECP256R1())
    whose = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(issuer[1].subject if issuer else whose)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if issuer:
        stamping = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING])
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer[0].public_key())
        builder = builder.add_extension(stamping, critical=True)
        builder = builder.add_extension(above, critical=False)
    return key, builder.sign(issuer[0] if issuer else key, SHA256())

"""The key that signs receipts: anybody can check one, with the public half alone."""

import base64
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from havre.intake.law.rules.receipts import Receipt
from havre.plumbing.keys import keys

ALGORITHM = "Ed25519 over RFC 8785 JSON"


def signature_of(receipt: Receipt) -> bytes:
    """The signature of a receipt: 64 bytes."""
    return _key(keys().pepper("receipt-signing")).sign(receipt.signed_bytes())


def public_key() -> str:
    """The public half of the key, in base 64."""
    public = _key(keys().pepper("receipt-signing")).public_key()
    return base64.b64encode(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def told(receipt: Receipt, signature: bytes) -> dict[str, object]:
    """A receipt with its signature, as it is sent."""
    return {
        "receipt": receipt.said(),
        "signature": base64.b64encode(signature).decode(),
        "algorithm": ALGORITHM,
        "public_key": public_key(),
    }


@cache
def _key(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed[:32])

"""The signature of a policy in force, by a key of the house's provider; checked when it is read."""

from functools import cache

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from havre.plumbing.keys import keys

ALGORITHM = "Ed25519 over RFC 8785 JSON"
SEED_BYTES = 32


def signature_of(facts: dict[str, str | int | None]) -> bytes:
    """The signature of what was put in force, by whom and from when: 64 bytes."""
    return _key(keys().pepper("policy-signing")).sign(rfc8785.dumps(facts))


def is_signed(facts: dict[str, str | int | None], signature: bytes | None) -> bool:
    """Whether this installation signed exactly these facts."""
    try:
        public = _key(keys().pepper("policy-signing")).public_key()
        public.verify(signature or b"", rfc8785.dumps(facts))
    except InvalidSignature:
        return False
    return True


@cache
def _key(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed[:SEED_BYTES])

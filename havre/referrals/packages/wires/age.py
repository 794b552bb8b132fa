"""age: files that only the holder of one key can open (age-encryption.org, version 1)."""

import hashlib

from pyrage import RecipientError, encrypt, x25519


class NotAKeyError(ValueError):
    """What was typed is no public age key; one begins with age1."""


class SecretKeyError(NotAKeyError):
    """What was typed is a secret half, which must never leave its holder."""


def recipient_in(typed: str) -> str:
    """The public key in what somebody typed or pasted. Raises NotAKeyError."""
    if "AGE-SECRET-KEY" in typed.upper():
        raise SecretKeyError
    found = [word for word in typed.split() if word.startswith("age1")]
    if len(found) != 1:
        raise NotAKeyError
    try:
        return str(x25519.Recipient.from_str(found[0]))
    except RecipientError as error:
        raise NotAKeyError from error


def fingerprint_of(recipient: str) -> str:
    """What two people read to each other to know that they mean the same key."""
    digest = hashlib.sha256(recipient.encode()).hexdigest()[:32].upper()
    return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))


def sealed_for(recipient: str, data: bytes) -> bytes:
    """A file that only the holder of the key opens."""
    return bytes(encrypt(data, [x25519.Recipient.from_str(recipient)]))

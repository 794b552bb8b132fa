"""Keys of names, and words of notes, as keyed digests: equal ones meet, and nobody reads them."""

import hmac
from collections.abc import Iterable
from uuid import UUID

from havre.cases.search.rules.names import name_keys
from havre.plumbing.keys import keys

DIGEST_BYTES = 8


def digests_of(name: str) -> dict[int, int]:
    """The digests of a name's keys, each with what the key counts for."""
    return {digest_of(key): weight for key, weight in name_keys(name).items()}


def digest_of(key: str) -> int:
    """One key as 64 bits under a pepper of its own."""
    return _short(hmac.digest(keys().pepper("name"), key.encode(), "sha256"))


def word_digests(stems: Iterable[str], *, agency: UUID) -> list[int]:
    """Stems of words as 64 bits under a key of one agency: two agencies' have nothing in common."""
    key = hmac.digest(keys().pepper("words"), agency.bytes, "sha256")
    return sorted({_short(hmac.digest(key, stem.encode(), "sha256")) for stem in stems})


def _short(whole: bytes) -> int:
    return int.from_bytes(whole[:DIGEST_BYTES], "big", signed=True)

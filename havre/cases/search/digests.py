"""Keys of names as keyed digests: equal keys meet, and nobody reads a name from them."""

import hmac

from havre.cases.search.rules.names import name_keys
from havre.plumbing.keys import keys

DIGEST_BYTES = 8


def digests_of(name: str) -> dict[int, int]:
    """The digests of a name's keys, each with what the key counts for."""
    return {digest_of(key): weight for key, weight in name_keys(name).items()}


def digest_of(key: str) -> int:
    """One key as 64 bits under a pepper of its own."""
    whole = hmac.digest(keys().pepper("name"), key.encode(), "sha256")
    return int.from_bytes(whole[:DIGEST_BYTES], "big", signed=True)

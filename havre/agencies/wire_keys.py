"""Wire credentials, made by a machine: nobody chooses one, and nobody can read one twice."""

from havre.agencies.rules.providers import KEY_BYTES
from havre.plumbing import ids


def new_wire_key() -> str:
    """A new credential: 48 hexadecimal digits."""
    return ids.random_bytes(KEY_BYTES).hex()

"""What one report tells, in the few bytes in which its place keeps it.

Each value is its token, then a byte for how it is told, then by what it resembles others, if it
does. The lists are in the bytes: to either only an end is ever added.
"""

from collections.abc import Mapping
from itertools import product

from havre.links.rules.facts import Told, Value

TOKEN_BYTES, NEAR_BYTES, MOST_ROLES = 32, 16, 8
NEAR = b"\0" * NEAR_BYTES
ROLES = ("reporter", "service", "suspect", "unknown", "victim", "witness")
FORMS = (
    *product(("account", "bank", "crypto", "device", "email", "ip", "phone"), [False], [None]),
    *product(("handle",), (False, True), (None, NEAR)),
)
WAYS = {
    number * MOST_ROLES + place: Told(kind, role, is_bare, near)
    for number, (kind, is_bare, near) in enumerate(FORMS)
    for place, role in enumerate(ROLES)
}
CODES = {told: bytes([code]) for code, told in WAYS.items()}


def packed(told: Mapping[Value, Told]) -> bytes:
    """What a report tells, the values in their order. Raises KeyError for a way not listed."""
    return b"".join(value + _way(told[value]) for value in sorted(told))


def unpacked(kept: bytes) -> dict[Value, Told]:
    """What a report tells, of its bytes."""
    found, at, end = {}, 0, len(kept)
    while at < end:
        value, way = kept[at : at + TOKEN_BYTES], WAYS[kept[at + TOKEN_BYTES]]
        at += TOKEN_BYTES + 1
        if way.near is not None:
            way = Told(way.kind, way.role, way.is_bare, kept[at : at + NEAR_BYTES])
            at += NEAR_BYTES
        found[value] = way
    return found


def _way(told: Told) -> bytes:
    near = None if told.near is None else NEAR
    return CODES[Told(str(told.kind), str(told.role), told.is_bare, near)] + (told.near or b"")

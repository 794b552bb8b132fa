"""Addresses on block chains, believed only when their checksum holds."""

from base64 import b32decode
from binascii import Error, crc32
from collections.abc import Callable, Iterator

from havre.identifiers.money.rules import digests
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import stands_alone
from havre.identifiers.rules.words import Found, Kind

LONGEST = 120
MOST_KECCAKS = 40
"""Keccak costs a millisecond here: in a text with more of its addresses the rest is passed over."""

LONG_WORD = Pattern(r"[0-9A-Za-z]{25,}")
SOLANA_SAID = Pattern(r"(?i)(?:^|[^A-Za-z])(?:sol|solana|phantom|spl|wallet|portefeuille)")
SCHEMES = {
    "bitcoin": "btc", "bitcoincash": "bch", "cardano": "ada", "dash": "dash", "dogecoin": "doge",
    "ethereum": "eth", "litecoin": "ltc", "monero": "xmr", "ripple": "xrp", "solana": "sol",
    "stellar": "xlm", "tezos": "xtz", "tron": "trx", "zcash": "zec",
}  # fmt: skip
CHAINS = frozenset(SCHEMES.values())

# Base58Check: chain, first letters, length of the payload, and the version bytes it begins with.
BASE58_VERSIONS = (
    ("btc", "1", 21, (b"\x00",)),
    ("btc", "3", 21, (b"\x05",)),
    ("ltc", "LM", 21, (b"\x30", b"\x32")),
    ("doge", "DA9", 21, (b"\x1e", b"\x16")),
    ("dash", "X7", 21, (b"\x4c", b"\x10")),
    ("trx", "T", 21, (b"\x41",)),
    ("zec", "t", 22, (b"\x1c\xb8", b"\x1c\xbd")),
    ("xtz", "t", 23, (b"\x06\xa1\x9f", b"\x06\xa1\xa1", b"\x06\xa1\xa4")),
    ("xtz", "K", 23, (b"\x02\x5a\x79",)),
)
BECH32_PREFIXES = {"addr": "ada", "bc": "btc", "ltc": "ltc", "stake": "ada", "zs": "zec"}
MONERO_LENGTHS = frozenset((95, 106))
ETHER_LENGTH = 42
STELLAR_LENGTH = 56
CASHADDR_LENGTH = 42
SOLANA_BYTES = 32
SHORTEST_SOLANA = 32
LONGEST_SOLANA = 44


def normal_crypto(value: str) -> str | None:
    """The form "chain:address", or None when no chain we know has such an address.

    A Solana address has no checksum, so it must be named: "sol:" or "solana:" before it.
    """
    said = value.strip()
    prefix, colon, rest = said.partition(":")
    named = SCHEMES.get(prefix.lower(), prefix.lower()) if colon else ""
    if colon and named not in CHAINS:
        return None
    said = (rest if colon else said).strip().partition("?")[0]
    if len(said) > LONGEST or not said.isascii() or not said.isalnum():
        return None
    form = _form(said) or (_solana(said) if named in {"", "sol"} else None)
    return form if form and (not named or form.startswith(f"{named}:")) else None


def find_crypto(text: str) -> Iterator[Found]:
    """The addresses on block chains in a text."""
    keccaks = 0
    for match in LONG_WORD.finditer(text):
        start, end = match.span()
        raw = match.group()
        if end - start > LONGEST or not stands_alone(
            text, start, end, not_before="_/", not_after="_"
        ):
            continue
        if _needs_keccak(raw):
            keccaks += 1
            if keccaks > MOST_KECCAKS:
                continue
        form = _form(raw)
        sure = 95
        if form is None and SHORTEST_SOLANA <= len(raw) <= LONGEST_SOLANA:
            said = SOLANA_SAID.search(text[max(0, start - 60) : start]) is not None
            form, sure = (_solana(raw) if said else None), 75
        if form is not None:
            yield Found(
                kind=Kind.CRYPTO,
                value=form,
                raw=raw,
                start=start,
                end=end,
                confidence=sure,
                rule=f"crypto.{form.partition(':')[0]}",
            )


def _needs_keccak(said: str) -> bool:
    mixed = said[:2] == "0x" and said != said.lower()
    return mixed or (len(said) in MONERO_LENGTHS and said[0] in "48")


def _form(said: str) -> str | None:
    lower = said.lower()
    if said in (lower, said.upper()):
        chain = BECH32_PREFIXES.get(lower.rpartition("1")[0])
        if chain is not None:
            return f"{chain}:{lower}" if digests.is_bech32(lower) else None
        if len(said) == CASHADDR_LENGTH and lower[0] in "qp" and digests.is_cashaddr(lower):
            return f"bch:{lower}"
    for chain, fits, is_right in SHAPES:
        if fits(said):
            return f"{chain}:{lower if chain == 'eth' else said}" if is_right(said) else None
    return _base58_form(said)


def _base58_form(said: str) -> str | None:
    if said[0] == "r":
        payload = digests.base58check(said, digests.RIPPLE)
        return f"xrp:{said}" if payload and len(payload) == 21 and payload[0] == 0 else None  # noqa: PLR2004
    fitting = [row for row in BASE58_VERSIONS if said[0] in row[1]]
    payload = digests.base58check(said) if fitting and len(said) <= SHORTEST_SOLANA + 4 else None
    if payload is None:
        return None
    for chain, _, size, versions in fitting:
        if len(payload) == size and payload.startswith(versions):
            return f"{chain}:{said}"
    return None


def _is_ether(said: str) -> bool:
    """Forty hexadecimal digits whose capitals, where mixed, are the checksum. Source: EIP-55."""
    digits = said[2:]
    try:
        bytes.fromhex(digits)
    except ValueError:
        return False
    if digits in (digits.lower(), digits.upper()):
        return True
    check = digests.keccak256(digits.lower().encode()).hex()
    return all(
        char.isdecimal() or char.isupper() == (place >= "8")
        for char, place in zip(digits, check, strict=False)
    )


def _is_stellar(said: str) -> bool:
    try:
        whole = b32decode(said)
    except Error:
        return False
    return digests.crc16(whole[:-2]) == int.from_bytes(whole[-2:], "little")


def _is_byron(said: str) -> bool:
    """Cardano's first addresses: CBOR of tagged bytes and their CRC32."""
    whole = digests.base58(said)
    if whole is None or whole[:4] != b"\x82\xd8\x18\x58":
        return False
    size = whole[4]
    payload, rest = whole[5 : 5 + size], whole[5 + size :]
    return rest[:1] == b"\x1a" and rest[1:] == crc32(payload).to_bytes(4, "big")


def _solana(said: str) -> str | None:
    fits = SHORTEST_SOLANA <= len(said) <= LONGEST_SOLANA
    whole = digests.base58(said) if fits else None
    return f"sol:{said}" if whole is not None and len(whole) == SOLANA_BYTES else None


def _is_monero(said: str) -> bool:
    return digests.monero_payload(said) is not None


SHAPES: tuple[tuple[str, Callable[[str], bool], Callable[[str], bool]], ...] = (
    ("eth", lambda said: said[:2].lower() == "0x" and len(said) == ETHER_LENGTH, _is_ether),
    ("xmr", lambda said: len(said) in MONERO_LENGTHS and said[0] in "48", _is_monero),
    ("xlm", lambda said: len(said) == STELLAR_LENGTH and said[0] == "G", _is_stellar),
    ("ada", lambda said: said.startswith(("Ae2", "DdzFF")), _is_byron),
)
"""Chains with a checksum of their own: what an address looks like, and whether it is right."""

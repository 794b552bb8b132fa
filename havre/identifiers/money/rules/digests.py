"""The checksums that addresses carry: Base58Check, Bech32, CashAddr, Keccak, CRC16."""

from hashlib import sha256

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
BECH32_CONSTANTS = (1, 0x2BC830A3)
BECH32_STEPS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CASHADDR_STEPS = (0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4, 0xAE2EABE2A8, 0x1E4F43E470)
CHECK_BYTES = 4

_MASK = (1 << 64) - 1
_ROUNDS = 24
_LANES = 25
_RATE = 136
_TURNS = (
    0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14,
)  # fmt: skip
MONERO_SIZES = {2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}


def base58(said: str, alphabet: str = BASE58) -> bytes | None:
    """The bytes a Base58 text stands for, leading zeros kept; None with a foreign letter."""
    number = 0
    for char in said:
        place = alphabet.find(char)
        if place < 0:
            return None
        number = number * 58 + place
    zeros = len(said) - len(said.lstrip(alphabet[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base58check(said: str, alphabet: str = BASE58) -> bytes | None:
    """The payload of a Base58Check text, or None when its checksum is wrong."""
    whole = base58(said, alphabet)
    if whole is None or len(whole) <= CHECK_BYTES:
        return None
    payload, check = whole[:-CHECK_BYTES], whole[-CHECK_BYTES:]
    return payload if sha256(sha256(payload).digest()).digest()[:CHECK_BYTES] == check else None


def is_bech32(said: str) -> bool:
    """Whether a text in small letters is Bech32 or Bech32m. Source: BIP 173, BIP 350."""
    prefix, _, data = said.rpartition("1")
    values = [BECH32.find(char) for char in data]
    if not prefix or min(values, default=-1) < 0:
        return False
    spread = [*(ord(char) >> 5 for char in prefix), 0, *(ord(char) & 31 for char in prefix)]
    check = 1
    for value in (*spread, *values):
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, step in enumerate(BECH32_STEPS):
            check ^= step if top >> bit & 1 else 0
    return check in BECH32_CONSTANTS


def is_cashaddr(data: str, prefix: str = "bitcoincash") -> bool:
    """Whether the part after "bitcoincash:" is right. Source: the CashAddr specification."""
    values = [BECH32.find(char) for char in data]
    if min(values, default=-1) < 0:
        return False
    check = 1
    for value in (*(ord(char) & 31 for char in prefix), 0, *values):
        top = check >> 35
        check = (check & 0x07FFFFFFFF) << 5 ^ value
        for bit, step in enumerate(CASHADDR_STEPS):
            check ^= step if top >> bit & 1 else 0
    return check == 1


def crc16(data: bytes) -> int:
    """CRC16/XMODEM, as Stellar uses it."""
    check = 0
    for byte in data:
        check ^= byte << 8
        for _ in range(8):
            check = (check << 1 ^ (0x1021 if check & 0x8000 else 0)) & 0xFFFF
    return check


def keccak256(data: bytes) -> bytes:
    """Keccak-256 with the padding of 2011, which Ethereum and Monero kept."""
    padded = data + b"\x01" + bytes(-(len(data) + 1) % _RATE)
    padded = padded[:-1] + bytes([padded[-1] | 0x80])
    lanes = [0] * _LANES
    for block in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            start = block + lane * 8
            lanes[lane] ^= int.from_bytes(padded[start : start + 8], "little")
        lanes = _permuted(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


def monero_payload(said: str) -> bytes | None:
    """The payload of a Monero address, whose checksum is Keccak; None when it is wrong.

    Monero writes blocks of eight bytes as eleven letters, the last block shorter.
    """
    whole = b""
    for start in range(0, len(said), 11):
        block = said[start : start + 11]
        size = MONERO_SIZES.get(len(block))
        number = 0
        for char in block:
            place = BASE58.find(char)
            if place < 0:
                return None
            number = number * 58 + place
        if size is None or number >= 1 << 8 * size:
            return None
        whole += number.to_bytes(size, "big")
    payload, check = whole[:-CHECK_BYTES], whole[-CHECK_BYTES:]
    return payload if keccak256(payload)[:CHECK_BYTES] == check else None


def _turned(value: int, turn: int) -> int:
    return (value << turn | value >> (64 - turn)) & _MASK if turn else value


def _round_constants() -> list[int]:
    constants, register = [], 1
    for _ in range(_ROUNDS):
        constant = 0
        for power in range(7):
            if register & 1:
                constant ^= 1 << ((1 << power) - 1)
            register = register << 1 ^ (0x171 if register >> 7 else 0)
        constants.append(constant)
    return constants


_CONSTANTS = _round_constants()
# For each lane in its new place, where it stood, in which column, and how far it is turned.
_MOVES = [
    (place, place % 5, _TURNS[place])
    for place in sorted(
        range(_LANES), key=lambda lane: lane // 5 + (2 * (lane % 5) + 3 * (lane // 5)) % 5 * 5
    )
]
_ROWS = [
    (place, place - place % 5 + (place + 1) % 5, place - place % 5 + (place + 2) % 5)
    for place in range(_LANES)
]


def _permuted(a: list[int]) -> list[int]:
    """Keccak-f[1600]. Source: FIPS 202, section 3.2."""
    for constant in _CONSTANTS:
        c = [a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20] for x in range(5)]
        d = [c[x - 1] ^ _turned(c[(x + 1) % 5], 1) for x in range(5)]
        b = [
            ((lane := a[place] ^ d[x]) << turn | lane >> (64 - turn)) & _MASK
            for place, x, turn in _MOVES
        ]
        a = [b[place] ^ (~b[one] & b[two]) for place, one, two in _ROWS]
        a[0] ^= constant
    return a

"""Long codes broken into pieces: hashes, device numbers and wallets that spaces or lines part.

A code is believed where its length or its checksum holds for the pieces put together.
"""

from collections.abc import Callable, Iterator
from itertools import islice, pairwise

from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS, digits_said
from havre.identifiers.devices.rules.hashes import IMEI_LENGTH, UUID, luhn, normal_hash
from havre.identifiers.money.rules.chains import normal_crypto
from havre.identifiers.rules.scan import Match, Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT, stands_alone
from havre.identifiers.rules.words import Found, Kind

TOKEN = Pattern(r"dix-(?:sept|huit|neuf)|[\p{L}\p{N}]+")
WINDOW, LONGEST_GAP, MOST_PIECES, MOST_BEGINNINGS = 260, 6, 70, 8
MOST_OF_AN_IMEI = 30
"""In words: "quatre vingt dix neuf" is two of its digits."""

SAID_HASH = Pattern(
    r"(?i)(?:md5|sha-?1|sha-?256|sha|hash|empreinte|checksum|somme de contr\x{f4}le|condens\x{e9})"
)
SAID_IMEI = Pattern(r"(?i)\bimei\b")
SAID_UUID = Pattern(
    r"(?i)(?:uuid|udid|idfa|gaid|aaid|(?:device|appareil|advertising|publicitaire)[^.\n\d]{0,12}id"
    r"|id(?:entifiant)?[^.\n\d]{0,15}(?:device|appareil|publicitaire|t\x{e9}l\x{e9}phone))"
)
SAID_WALLET = Pattern(
    r"(?i)(?:\bbtc|bitcoin|\beth|ether|\bltc|litecoin|monero|\bxmr|doge|crypto|wallet|portefeuille"
    r"|tron\b|\btrx|\bbc1|\b0x)"
)
# How a wallet begins and how long it is.
WALLETS = (
    ("bc1", (42, 62)), ("0x", (42,)), ("ltc1", (43,)), ("1", range(26, 35)), ("3", (34, 35)),
    ("L", (33, 34)), ("M", (33, 34)), ("D", (34,)), ("T", (34,)), ("X", (34,)), ("4", (95, 106)),
    ("8", (95,)), ("r", range(25, 36)), ("t1", (35,)),
)  # fmt: skip
WALLETS_BEGIN = frozenset(letter for how, _ in WALLETS for letter in (how[0], how[0].upper()))
BETWEEN = frozenset(" \t\n\r\u00a0\u202f-\u2013\u2014.\u2026/|,;:_*")
HALVES = Pattern(
    r"(?i)[0-9a-f]{8,56}(?:(?:[ \t\x{a0}\r\n|/]|\.\.\.|\x{2026}){1,4}[0-9a-f]{8,56}){1,7}"
)
HEX_DIGITS = frozenset("0123456789abcdef")
HEX_HASHES = (64, 40, 32)
UUID_GROUPS = (8, 12, 16, 20)

Piece = tuple[str, int, int]


def find_codes_apart(text: str) -> Iterator[Found]:
    """The codes in pieces after the word that says what they are; halves of a hash without it."""
    for said, kind, reader, rule in READERS:
        for match in islice(said.finditer(text), MOST_IN_ONE_TEXT):
            at = match.start() if kind is Kind.CRYPTO else match.end()
            found = reader(list(_pieces(text, at)), text)
            if found is not None and stands_alone(text, found[1], found[2], not_after="@_"):
                value, start, end = found
                yield _found(text, kind, value, (start, end), rule)
    for match in islice(HALVES.finditer(text), MOST_IN_ONE_TEXT):
        yield from _halves(text, match)


def _found(text: str, kind: Kind, value: str, span: tuple[int, int], rule: str) -> Found:
    start, end = span
    return Found(
        kind=kind, value=value, raw=text[start:end], start=start, end=end, confidence=75, rule=rule
    )


def _halves(text: str, match: Match) -> Iterator[Found]:
    raw = match.group().lower()
    said = "".join(char for char in raw if char in HEX_DIGITS)
    told = all(_is_hex(part) and not part.isalpha() for part in TOKEN.findall(raw))
    value = normal_hash(said) if told and not said.isdecimal() else None
    start, end = match.span()
    if value is not None and stands_alone(text, start, end, not_before="_-x", not_after="_-"):
        yield _found(text, Kind.FILE_HASH, value, (start, end), "hash.apart")


def _pieces(text: str, at: int) -> Iterator[Piece]:
    window = text[at : at + WINDOW]
    for match in islice(TOKEN.finditer(window), MOST_PIECES):
        yield match.group(), at + match.start(), at + match.end()


def _runs(pieces: list[Piece], text: str, fits: Callable[[str], bool]) -> Iterator[list[Piece]]:
    """The pieces beside each other that fit, run by run."""
    run: list[Piece] = []
    for piece in pieces:
        near = not run or (
            piece[1] - run[-1][2] <= LONGEST_GAP and BETWEEN.issuperset(text[run[-1][2] : piece[1]])
        )
        if not (fits(piece[0]) and near):
            if run:
                yield run
            run = []
        if fits(piece[0]):
            run.append(piece)
    if run:
        yield run


def _imei(pieces: list[Piece], text: str) -> tuple[str, int, int] | None:
    """Fifteen digits with their check digit, in figures or words."""
    for run in _runs(pieces, text, lambda word: word.isdecimal() or word.lower() in NUMBER_WORDS):
        for first in range(min(len(run), 3)):
            found = _fifteen(run[first : first + MOST_OF_AN_IMEI])
            if found is not None:
                return found
    return None


def _fifteen(run: list[Piece]) -> tuple[str, int, int] | None:
    """The fifteen digits that a run begins with, up to the last piece that is still of them."""
    words: list[str] = []
    best = None
    for word, _, end in run:
        words.append(word.lower())
        digits = digits_said(words)
        if len(digits) > IMEI_LENGTH:
            break
        if len(digits) == IMEI_LENGTH and digits.isascii() and luhn(digits):
            best = digits, run[0][1], end
    return best


def _hash(pieces: list[Piece], text: str) -> tuple[str, int, int] | None:
    """Groups of hexadecimal digits that make a hash of a length we know."""
    for run in _runs(pieces, text, _is_hex):
        said = ""
        sizes: dict[int, tuple[str, int, int]] = {}
        for word, _, end in run:
            said += word.lower()
            sizes[len(said)] = (said, run[0][1], end)
        whole = next((sizes[size] for size in HEX_HASHES if size in sizes), None)
        if whole is not None and len(run) > 1 and not whole[0].isdecimal():
            return whole
    return None


def _uuid(pieces: list[Piece], text: str) -> tuple[str, int, int] | None:
    """32 hexadecimal digits, in any groups or none, with their hyphens put back."""
    for run in _runs(pieces, text, lambda word: HEX_DIGITS.issuperset(word.lower())):
        said = ""
        for word, _, end in run:
            said += word.lower()
            if len(said) == HEX_HASHES[-1] and not said.isdecimal():
                ends = (0, *UUID_GROUPS, len(said))
                value = "-".join(said[a:b] for a, b in pairwise(ends))
                return (value, run[0][1], end) if UUID.fullmatch(value) else None
    return None


def _wallet(pieces: list[Piece], text: str) -> tuple[str, int, int] | None:
    """An address on a block chain whose checksum holds for the pieces put together."""
    tried = 0
    for first, (word, start, _) in enumerate(pieces):
        if word[0] not in WALLETS_BEGIN:
            continue
        sizes = next((s for begins, s in WALLETS if _begins(word, begins)), ())
        tried += len(sizes) > 0
        if not sizes or tried > MOST_BEGINNINGS or len(word) > max(sizes):
            continue
        for said, end in _joined(pieces[first:], text, max(sizes)):
            # One word alone was read already, and its checksum is dear.
            fits = len(word) < len(said) and len(said) in sizes
            value = normal_crypto(said) if fits else None
            if value is not None:
                return value, start, end
    return None


def _begins(word: str, how: str) -> bool:
    return word.startswith(how) or (len(how) > 2 and word.lower().startswith(how))  # noqa: PLR2004


def _joined(pieces: list[Piece], text: str, longest: int) -> Iterator[tuple[str, int]]:
    """The pieces put together one by one while only a few signs part them."""
    said, last = "", pieces[0][1]
    for word, start, end in pieces:
        near = start - last <= LONGEST_GAP and BETWEEN.issuperset(text[last:start])
        if not near or len(said) + len(word) > longest:
            return
        said, last = said + word, end
        yield said, end


def _is_hex(word: str) -> bool:
    """Whether a word is hexadecimal, and no whole hash by itself."""
    return len(word) not in HEX_HASHES and HEX_DIGITS.issuperset(word.lower())


READERS = (
    (SAID_WALLET, Kind.CRYPTO, _wallet, "crypto.apart"),
    (SAID_IMEI, Kind.DEVICE, _imei, "device.imei-apart"),
    (SAID_UUID, Kind.DEVICE, _uuid, "device.uuid-apart"),
    (SAID_HASH, Kind.FILE_HASH, _hash, "hash.apart"),
)

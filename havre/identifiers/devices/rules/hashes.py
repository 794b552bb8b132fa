"""File hashes and device numbers: long codes to know before digits are read as phones."""

from collections.abc import Iterator

from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import stands_alone
from havre.identifiers.rules.words import Found, Kind

HASH_LENGTHS = {32: "md5", 40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}
EXACT_ALGORITHMS = frozenset(("md5", "sha1", "sha256", "sha384", "sha512"))
"""Hashes that name one file exactly. Perceptual ones (PDQ, PhotoDNA) say "similar": not these."""

IMEI_LENGTH = 15
LONGEST_DEVICE = 128

HEX = Pattern(r"[0-9A-Fa-f]{32}[0-9A-Fa-f]*")
SESSION_LENGTH = 66
PAIRS = Pattern(r"[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){15,63}")
UUID = Pattern(r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}")
IMEI = Pattern(r"\d{15}|\d{2}[ \-]\d{6}[ \-]\d{6}[ \-]\d")
SAID_DEVICE = Pattern(
    r"(?i)(?:device|appareil|advertising|publicitaire|gaid|idfa|aaid|uuid|udid"
    r"|phone|t\x{e9}l\x{e9}phone|tablet"
    r"|tablette|android|ios)[^.\n]{0,30}$"
)
SAID_IMEI = Pattern(r"(?i)(?:imei|meid|phone|t\x{e9}l\x{e9}phone|device|appareil)[^.\n]{0,25}$")
SAID_MAC = Pattern(
    r"(?i)(?:mac|wi-?fi|bluetooth|router|routeur|adresse|address|device|appareil)[^.\n]{0,30}$"
)
MAC = Pattern(r"[0-9A-Fa-f]{2}(?:[:\-][0-9A-Fa-f]{2}){5}")
SERIAL = Pattern(
    r"(?i)(?:serial(?: number| no\.?| \x{23})?|s/n|num\x{e9}ro de s\x{e9}rie"
    r"|n\x{b0} de s\x{e9}rie|no de s\x{e9}rie"
    r"|(?:android|device|hardware|console|phone)[ _]?id|hwid"
    r"|identifiant (?:de l['\x{2019}])?(?:appareil|android|de la console)"
    r"|id de l['\x{2019}]appareil)"
    r"\s?(?:[:=#(]|is|was|est|\x{e9}tait)?\s{0,2}(?P<id>[A-Za-z0-9][A-Za-z0-9\-]{5,39})"
)
CONTROL = Pattern(r"[\p{Cc}\p{Cf}]")


def normal_hash(value: str) -> str | None:
    """The hash in small hexadecimal; None when its length is no exact hash we know."""
    plain = value.strip().replace(":", "").lower()
    return plain if len(plain) in HASH_LENGTHS and HEX.fullmatch(plain) else None


def normal_device(value: str) -> str | None:
    """A UUID or network card in small letters, an IMEI as digits, anything else as given.

    None when there is nothing.
    """
    plain = " ".join(value.split())
    bare = plain.strip("{}")
    if UUID.fullmatch(bare):
        return bare.lower()
    if MAC.fullmatch(plain):
        return plain.replace("-", ":").lower()
    digits = plain.replace("-", "").replace(" ", "")
    if len(digits) == IMEI_LENGTH and digits.isascii() and digits.isdecimal() and luhn(digits):
        return digits
    return plain if 0 < len(plain) <= LONGEST_DEVICE and not CONTROL.search(plain) else None


def find_hashes(text: str) -> Iterator[Found]:
    """The file hashes in a text; a digest of a program's imports names no one file."""
    for pattern in (HEX, PAIRS) if ":" in text else (HEX,):
        for match in pattern.finditer(text):
            start, end = match.span()
            raw = match.group() if end - start <= max(HASH_LENGTHS) * 2 else ""
            value = normal_hash(raw)
            before = text[max(0, start - 24) : start].lower()
            other = "imphash" in before or "import hash" in before
            alone = stands_alone(text, start, end, not_before="_-", not_after="_-")
            if value and alone and not other:
                yield _found(Kind.FILE_HASH, value, raw, start, f"hash.{HASH_LENGTHS[len(value)]}")


def find_devices(text: str) -> Iterator[Found]:
    """The device numbers in a text: IMEI, UUID, network card, serial number."""
    for pattern, said, rule in (
        (UUID, SAID_DEVICE, "device.uuid"),
        (IMEI, SAID_IMEI, "device.imei"),
        (MAC, SAID_MAC, "device.mac"),
    ):
        for match in pattern.finditer(text):
            start, end = match.span()
            value = normal_device(match.group())
            if value is None or not stands_alone(
                text, start, end, not_before="_-:", not_after="_-:@"
            ):
                continue
            announced = said.search(text[max(0, start - 60) : start]) is not None
            if pattern is IMEI and (not announced or not luhn(_digits(match.group()))):
                continue
            all_digits = _digits(match.group()).isdecimal()
            if pattern is MAC and not announced and "-" in match.group() and all_digits:
                continue
            sure = 90 if announced else 60
            yield _found(Kind.DEVICE, value, match.group(), start, rule, sure=sure)
    for match in SERIAL.finditer(text):
        start, end = match.span("id")
        raw = match["id"]
        digits = sum(char.isdecimal() for char in raw)
        value = normal_device(raw) if digits > 1 else None
        if value and stands_alone(text, start, end, not_after="_@:"):
            yield _found(Kind.DEVICE, value, raw, start, "device.serial", sure=75)


def _digits(said: str) -> str:
    return said.replace("-", "").replace(" ", "")


def _found(kind: Kind, value: str, raw: str, start: int, rule: str, *, sure: int = 90) -> Found:
    end = start + len(raw)
    return Found(kind=kind, value=value, raw=raw, start=start, end=end, confidence=sure, rule=rule)


def luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - cross sum
    return total % 10 == 0

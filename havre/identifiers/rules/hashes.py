"""File hashes and device numbers: long codes to know before digits are read as phones."""

from collections.abc import Iterator

import re2

from havre.identifiers.rules.spans import stands_alone
from havre.identifiers.rules.words import Found, Kind

HASH_LENGTHS = {32: "md5", 40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}
EXACT_ALGORITHMS = frozenset(("md5", "sha1", "sha256", "sha384", "sha512"))
"""Hashes that name one file exactly. Perceptual ones (PDQ, PhotoDNA) say "similar": not these."""

IMEI_LENGTH = 15
LONGEST_DEVICE = 128

HEX = re2.compile(r"[0-9A-Fa-f]+")
PAIRS = re2.compile(r"[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){15,63}")
UUID = re2.compile(r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}")
IMEI = re2.compile(r"\d{15}|\d{2}-\d{6}-\d{6}-\d")
SAID_DEVICE = re2.compile(r"(?i)(?:device|appareil|advertising|gaid|idfa|uuid)[^.\n]{0,20}$")
SAID_IMEI = re2.compile(r"(?i)imei[^.\n]{0,12}$")
CONTROL = re2.compile(r"[\p{Cc}\p{Cf}]")


def normal_hash(value: str) -> str | None:
    """The hash in small hexadecimal; None when its length is no exact hash we know."""
    plain = value.strip().replace(":", "").lower()
    return plain if len(plain) in HASH_LENGTHS and HEX.fullmatch(plain) else None


def normal_device(value: str) -> str | None:
    """A UUID in small letters, an IMEI as digits, anything else as given; None if nothing."""
    plain = " ".join(value.split())
    bare = plain.strip("{}")
    if UUID.fullmatch(bare):
        return bare.lower()
    digits = plain.replace("-", "").replace(" ", "")
    if len(digits) == IMEI_LENGTH and digits.isascii() and digits.isdigit() and _luhn(digits):
        return digits
    return plain if 0 < len(plain) <= LONGEST_DEVICE and not CONTROL.search(plain) else None


def find_hashes(text: str) -> Iterator[Found]:
    """The file hashes in a text."""
    for pattern in (HEX, PAIRS):
        for match in pattern.finditer(text):
            start, end = match.span()
            raw = match.group() if end - start <= max(HASH_LENGTHS) * 2 else ""
            value = normal_hash(raw)
            if value and stands_alone(text, start, end, not_before="_-", not_after="_-"):
                yield _found(Kind.FILE_HASH, value, raw, start, f"hash.{HASH_LENGTHS[len(value)]}")


def find_devices(text: str) -> Iterator[Found]:
    """The device numbers in a text, where the text says that it is one."""
    for pattern, said in ((UUID, SAID_DEVICE), (IMEI, SAID_IMEI)):
        for match in pattern.finditer(text):
            start, end = match.span()
            value = normal_device(match.group())
            announced = said.search(text[max(0, start - 40) : start])
            alone = stands_alone(text, start, end, not_before="_-", not_after="_-")
            is_whole = pattern is UUID or _luhn(match.group().replace("-", ""))
            if value and announced and alone and is_whole:
                yield _found(Kind.DEVICE, value, match.group(), start, "device.text")


def _found(kind: Kind, value: str, raw: str, start: int, rule: str) -> Found:
    end = start + len(raw)
    return Found(kind=kind, value=value, raw=raw, start=start, end=end, confidence=90, rule=rule)


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - cross sum
    return total % 10 == 0

"""Bank accounts with a checksum: the IBAN."""

from collections.abc import Iterator

from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import stands_alone
from havre.identifiers.rules.words import Found, Kind

IBAN = Pattern(r"[A-Z]{2}\d{2}(?:[ ]?[0-9A-Z]{4}){2,7}(?:[ ]?[0-9A-Z]{1,3})?")
SHORTEST, LONGEST = 15, 34
_REST = 97


def normal_iban(value: str) -> str | None:
    """The form "iban:…" without spaces, in capitals; None when the check digits are wrong.

    Source: ISO 13616, with the check of ISO 7064 (modulo 97).
    """
    plain = value.strip().removeprefix("iban:").replace(" ", "").replace("-", "").upper()
    fits = SHORTEST <= len(plain) <= LONGEST and plain.isascii() and plain.isalnum()
    if not fits or not plain[:2].isalpha() or not plain[2:4].isdecimal():
        return None
    digits = "".join(str(int(char, 36)) for char in plain[4:] + plain[:4])
    return f"iban:{plain}" if int(digits) % _REST == 1 else None


def find_ibans(text: str) -> Iterator[Found]:
    """The IBANs in a text."""
    for match in IBAN.finditer(text):
        start, end = match.span()
        value = normal_iban(match.group())
        if value and stands_alone(text, start, end, not_before="_", not_after="_"):
            yield Found(
                kind=Kind.BANK,
                value=value,
                raw=match.group(),
                start=start,
                end=end,
                confidence=90,
                rule="bank.iban",
            )

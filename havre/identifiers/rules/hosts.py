"""The names of machines on the net: one form for each, and the disguises they are written in."""

import unicodedata

from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import word_set

LONGEST = 253
LONGEST_LABEL = 63

DOT_IN_DISGUISE = Pattern(
    r"(?i)\s?[\[({]\s?(?:\.|dot|point)\s?[\])}]\s?"
    r"|[ \t\x{00a0}]{1,3}(?:dot|point)[ \t\x{00a0}]{1,3}"
)
LABEL = Pattern(r"[\p{L}\p{N}\p{M}_](?:[\p{L}\p{N}\p{M}_\-]*[\p{L}\p{N}\p{M}_])?")

WORD = r"0-9A-Za-z\x{c0}-\x{1fff}\x{3040}-\x{d7ff}"
"""Letters and digits of most scripts, as few ranges: \\p{L} makes RE2's machines very large."""

COMMON_ENDINGS = word_set(
    "app biz ca chat co com de dev edu eu fr gg gov info io live me net online onion org quebec"
    " ru site store tv uk us xyz"
)
"""Endings under which a bare name in running text is believed to be a host. Endings that are also
words or file names (.it, .is, .py, .so) are left out: those need "http://", "www." or "[.]"."""


def refanged(said: str) -> str:
    """The dots put back where somebody wrote "[.]", "(dot)" or " point "."""
    return str(DOT_IN_DISGUISE.sub(".", said))


def normal_host(said: str) -> str | None:
    """A host name in lower-case ASCII (punycode for the rest), or None when it is not one.

    Source: RFC 1034 3.5 for lengths, RFC 3492 for punycode, with NFKC folding as UTS 46 begins.
    """
    host = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", said.strip()).lower())
    labels = host.replace("\u3002", ".").rstrip(".").split(".")
    ascii_labels = []
    for label in labels:
        if len(label) > LONGEST_LABEL or LABEL.fullmatch(label) is None:
            return None
        plain = label if label.isascii() else f"xn--{label.encode('punycode').decode()}"
        if len(plain) > LONGEST_LABEL:
            return None
        ascii_labels.append(plain)
    whole = ".".join(ascii_labels)
    return whole if len(whole) <= LONGEST else None

"""The names of machines on the net: one form for each, and the disguises they are written in."""

import unicodedata
from pathlib import Path

from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import word_set

LONGEST = 253
LONGEST_LABEL = 63

DOT_IN_DISGUISE = Pattern(
    r"(?i)\s?[\[({<]\s?\.\s?[\])}>]\s?"
    r"|\s?[\[({<*\"|~\-]{1,2}\s?(?:dot|point)\s?[\])}>*\"|~\-]{1,2}\s?"
    r"|[ \t\x{00a0}]{1,3}(?:dot|point)[ \t\x{00a0}]{1,3}"
)
MARKS_OF_DISGUISE = frozenset(' \t\u00a0[({<*"|~-')
IN_A_LABEL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-.")
LABEL = Pattern(r"[\p{L}\p{N}\p{M}_](?:[\p{L}\p{N}\p{M}_\-]*[\p{L}\p{N}\p{M}_])?")

WORD = r"0-9A-Za-z\x{c0}-\x{1fff}\x{3040}-\x{d7ff}"
"""Letters and digits of most scripts, as few ranges: \\p{L} makes RE2's machines very large."""

COMMON_ENDINGS = word_set(
    "app biz blog ca chat cloud club co com de dev edu email eu example fr games gg gov icu info"
    " invalid io live me media mobi net network online onion org quebec ru shop site social space"
    " store studio tech test tv uk us video vip website xyz zone"
)
"""Endings under which a bare name in running text is believed to be a host. Endings that are also
words or file names (.it, .is, .py, .so) are left out: those need "http://", "www.", "[.]", a path,
a second dot, or a word such as "site" before them."""

DATA = Path(__file__).parents[1] / "data" / "endings.txt"
ENDINGS = frozenset(
    ending
    for line in DATA.read_text(encoding="ascii").splitlines()
    if not line.startswith("#")
    for ending in line.split()
)
SITE_BEFORE = Pattern(
    r"(?i)(?:^|[^a-z])(?:site|sites|domain|domaine|website|web|page|link|lien|forum|server|serveur"
    r"|url|visit|host|hosted|address|adresse|fqdn"
    r"|domains)(?:[ :=\"(\x{ab}\x{a0}]|is|was|at|on|est|de|du"
    r"|name|web|named|called|internet){0,5}$"
)


def refanged(said: str) -> str:
    """The dots put back where somebody wrote "[.]", "(dot)" or " point "."""
    return said if MARKS_OF_DISGUISE.isdisjoint(said) else DOT_IN_DISGUISE.sub(".", said)


def normal_host(said: str) -> str | None:
    """A host name in lower-case ASCII (punycode for the rest), or None when it is not one.

    Source: RFC 1034 3.5 for lengths, RFC 3492 for punycode, with NFKC folding as UTS 46 begins.
    """
    host = said.strip().lower()
    if host.isascii():
        return _plain_host(host.rstrip("."))
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


def _plain_host(host: str) -> str | None:
    labels = host.split(".")
    fits = IN_A_LABEL.issuperset(host) and len(host) <= LONGEST
    fits = fits and all(label and label[0] != "-" and label[-1] != "-" for label in labels)
    return host if fits and max(map(len, labels)) <= LONGEST_LABEL else None

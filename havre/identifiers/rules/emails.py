"""E-mail addresses, written plainly or to hide from machines, in English and French."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import unquote

from havre.identifiers.aloud.rules.numbers import SMALL
from havre.identifiers.devices.rules.addresses import normal_ip
from havre.identifiers.rules.scan import Match, Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT, stands_alone
from havre.identifiers.rules.words import Found, Kind, word_set
from havre.identifiers.web.rules.hosts import COMMON_ENDINGS, WORD, normal_host, refanged

LONGEST = 254
LONGEST_LOCAL = 64
ACCENTS_NEAR = 40

_LOCAL = rf"[{WORD}_+](?:[{WORD}._+'\x{{2019}}\-]*[{WORD}_+\-])?"
_LABEL = rf"[{WORD}](?:[{WORD}_\-]*[{WORD}])?"
_OPEN, _CLOSE = r"[\[({<*\"|~-]{1,2}", r"[\])}>*\"|~-]{1,2}"
_MARKED_DOT = rf"\s?(?:[\[({{<]\s?\.\s?[\])}}>]|{_OPEN}\s?(?:dot|point)\s?{_CLOSE})\s?"
_SAID_DOT = r"[ \t\x{00a0}]{1,3}(?:dot|point)[ \t\x{00a0}]{1,3}"
_ANY_DOT = rf"(?:{_MARKED_DOT}|{_SAID_DOT}|\.)"
_MARKED_AT = (
    r"(?:\s?[\[({<]\s?(?:@|at|[a\x{e0}]|arr?obase?|[a\x{e0}] commercial|chez)\s?[\])}>]\s?"
    rf"|\s?{_OPEN}\s?(?:at|arr?obase?)\s?{_CLOSE}\s?|&\x{{23}}64;)"
)
_SAID_AT = (
    r"[ \t\x{00a0}]{1,3}(?:at|arr?obass?e?|[a\x{e0}] commercial|at[ \-]sign"
    r"|\x{e0}|chez)[ \t\x{00a0}]{1,3}"
)
_SPACED_AT = r"(?:[ \t]{1,2}@[ \t]{0,2}|@[ \t]{1,2})"
_SPACED_DOT = r"[ \t]{0,2}\.[ \t]{0,2}"
# The letters one by one, or the signs between spaces: "g r i v e . d o r e @ poste . example".
SPACED_OUT = Pattern(
    rf"(?i)(?P<local>[{WORD}](?:(?:[ ]?[._\-][ ]?|[ ])[{WORD}]){{2,40}}|{_LOCAL})"
    rf"(?P<note>[ ]\([^()\n@]{{2,60}}\))?[ ]?@[ ]?"
    rf"(?P<domain>{_LABEL}(?:{_SPACED_DOT}{_LABEL}){{1,3}}"
    rf"|[{WORD}](?:[ ]?[.\-]?[ ]?[{WORD}]){{3,40}})"
)
NO_ACCENTS = Pattern(r"(?i)(?:accents?|accented)")
SAID_WITHOUT = Pattern(
    r"(?i)(?:pas|sans|no|without) (?:d['\x{2019}]|les |any |the |l['\x{2019}])?accents?"
)

_SAID_JOIN = (
    r"[ ]{1,2}(?:plus sign|signe plus|plus|underscore|under score|hyphen|dash|tiret du bas"
    r"|tiret bas"
    r"|tiret|trait d['\x{2019}]union"
    r"|trait de soulignement|soulign\x{e9})[ ]{1,2}"
)

PLAIN = Pattern(rf"(?P<local>{_LOCAL})(?:@|\x{{ff20}}|%40)(?P<domain>{_LABEL}(?:\.{_LABEL})+)")
# RFC 5321 4.1.3: the address of a machine in brackets stands for its name.
AT_ADDRESS = Pattern(rf"(?P<local>{_LOCAL})@\[(?P<ip>\d{{1,3}}(?:\.\d{{1,3}}){{3}})\]")
# The words glued on: "plumeATexampleDOTcom", "plume_at_example_dot_com".
GLUED = Pattern(
    r"(?P<local>[a-z0-9][a-z0-9._\-]*?)(?:AT|[_\-](?:at|AT)[_\-])(?P<host>[a-z0-9][a-z0-9\-]*?)"
    r"(?:DOT|POINT|[_\-](?:dot|point|DOT|POINT)[_\-])(?P<end>[a-z]{2,8})"
)
# RFC 5322 3.2.2 and 3.2.4: a comment beside the name, and a name in quotation marks.
COMMENTED = Pattern(
    rf"(?P<before>\([^()@\n]{{1,40}}\))?(?P<local>{_LOCAL})(?P<note>\([^()@\n]{{1,40}}\))"
    rf"@(?P<domain>{_LABEL}(?:\.{_LABEL})+)"
)
QUOTED = Pattern(rf"\"(?P<local>[^\"\\\s@]{{1,62}})\"@(?P<domain>{_LABEL}(?:\.{_LABEL})+)")
LEADING_NOTE = Pattern(r"^\([^()@\n]{1,40}\)")
COMMA = Pattern(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL})*,(?:ca|com|fr|net|org)")
DISGUISED = Pattern(
    rf"(?i)(?P<local>{_LOCAL}(?:(?:{_ANY_DOT}|{_SAID_JOIN}){_LOCAL}){{0,3}})"
    rf"(?:(?P<marked>@|{_MARKED_AT})|(?P<said>{_SAID_AT})|(?P<spaced>{_SPACED_AT}))"
    rf"(?P<domain>{_LABEL}(?:(?:{_ANY_DOT}|{_SAID_JOIN}){_LABEL}){{1,5}})"
)
MARKED_AT = Pattern(rf"(?i){_MARKED_AT}")
SAID_JOIN = Pattern(rf"(?i){_SAID_JOIN}")
SAID_PLUS = Pattern(r"(?i)[ ]{1,2}(?:plus sign|signe plus|plus)[ ]{1,2}")
SAID_HYPHEN = Pattern(r"(?i)[ ]{1,2}(?:hyphen|dash|tiret|trait d['\x{2019}]union)[ ]{1,2}")
SAID_DOT = Pattern(rf"(?i){_MARKED_DOT}|{_SAID_DOT}")
CLOSED = {"(": ")", '"': '"'}
NORMAL_LOCAL = Pattern(r'[^\s\p{Z}\p{Cc}\p{Cf}@"(),:;<>\[\]\\]+')
LABELLED = Pattern(
    r"(?i)(?:e-?mail|courriel|mail|m\x{e9}l|gmail|hotmail|adresse|address)"
    r"[ \x{a0}]?(?:address )?(?:is|was|est|c['\x{2019}]est|:|=)[ \x{a0}]?$"
)
# "un courriel d'aurelie.fox@..." has no "d'" in the address; "d'neil@..." alone may have.
ELIDED = Pattern(r"(?i)^(?:d|qu)['\x{2019}]")
OF = Pattern(
    r"(?i)(?:^|[^\p{L}])(?:courriel|adresse|message|compte|mail|partir|part|provenance)s?[ \x{a0}]$"
)
NOBODYS_NAME = word_set(
    "account am are as be been call compte email est handle he her here him is"
    " it look looking me meet she them there they"
    " us user username was we were you elle eux il ils lui moi nous on toi vous"
)
"""Words that stand before an ordinary "at": "meet him at example dot com" names no address."""


def normal_email(value: str) -> str | None:
    """The address in one form: NFC, lower case, host in ASCII. None when it is not an address.

    Dots and "+tags" stay: that two such addresses are one mailbox is a matter for near matching.
    """
    said = value.strip().removeprefix("mailto:").strip("<>").strip()
    at_address = AT_ADDRESS.fullmatch(said) if said[-1:] == "]" else None
    if at_address is not None:
        ip = normal_ip(at_address["ip"])
        return f"{at_address['local'].lower()}@[{ip}]" if ip else None
    said = said.replace("\uff20", "@")
    quoted = QUOTED.fullmatch(said) if said[:1] == '"' else None
    if quoted is not None:
        return _quoted(quoted["local"].lower(), quoted["domain"])
    said = _without_comments(said) if "(" in said else said
    said = said if "@" in said else unquote(said)
    if len(said) <= LONGEST * 2 and PLAIN.fullmatch(said) is None:
        said = _plain(said)
    local, at, domain = said.rpartition("@")
    local = unicodedata.normalize("NFC", unicodedata.normalize("NFC", local).lower())
    local = local.replace("\u2019", "'")
    host = normal_host(domain)
    if not at or host is None or "." not in host or host.rpartition(".")[2].isdecimal():
        return None
    proper = NORMAL_LOCAL.fullmatch(local) is not None and local.strip(".'") == local
    if not proper or ".." in local or len(local) > LONGEST_LOCAL or len(local + host) >= LONGEST:
        return None
    return f"{local}@{host}"


def _quoted(local: str, domain: str) -> str | None:
    """The address whose name stands in quotation marks; they go where they are not needed."""
    plain = normal_email(f"{local}@{domain}")
    host = normal_host(domain)
    return plain or (f'"{local}"@{host}' if host and len(local + host) < LONGEST else None)


def _without_comments(said: str) -> str:
    """The address without the comments that RFC 5322 lets stand beside its name."""
    said = LEADING_NOTE.sub("", said)
    match = COMMENTED.fullmatch(said)
    if match is None or SAID_DOT.search(match["note"]) or MARKED_AT.search(match["note"]):
        return said
    return f"{match['local']}@{match['domain']}"


def find_emails(text: str) -> Iterator[Found]:
    """The e-mail addresses written plainly."""
    for match in PLAIN.finditer(text):
        start, end = match.span()
        start += len(match["local"]) - len(match["local"].lstrip("'\u2019+"))
        elided = ELIDED.search(text[start : start + 3])
        if elided is not None and OF.search(text[max(0, start - 14) : start]):
            start += elided.end()
        end = start + len(_without_next_sentence(text[start:end]))
        if stands_alone(text, start, end, not_before="/@", not_after="@"):
            yield from _found(text, start, end, 95, "email.plain")
    for match in AT_ADDRESS.finditer(text) if "@[" in text else ():
        yield from _found(text, *match.span(), 90, "email.at-address")
    for pattern, sign in ((COMMENTED, "("), (QUOTED, '"')):
        for match in pattern.finditer(text) if f"{CLOSED[sign]}@" in text else ():
            yield from _found(text, *match.span(), 80, "email.rfc5322")
    for match in COMMA.finditer(text) if "," in text and "@" in text else ():
        start, end = match.span()
        if stands_alone(text, start, end, not_before="/@", not_after="@"):
            yield from _found(text, start, end, 70, "email.comma")


def find_disguised_emails(text: str) -> Iterator[Found]:
    """The e-mail addresses written to hide from machines, or said aloud."""
    for match in GLUED.finditer(text):
        start, end = match.span()
        said = f"{match['local']}@{match['host']}.{match['end']}"
        if match["end"] in COMMON_ENDINGS and stands_alone(text, start, end, not_before="@/"):
            yield from _found(text, start, end, 75, "email.glued", said=said)
    for match in islice(SPACED_OUT.finditer(text), MOST_IN_ONE_TEXT) if "@" in text else ():
        yield from _spaced_out(text, match)
    for match in DISGUISED.finditer(text):
        start, end = match.span()
        labelled = LABELLED.search(text[max(0, start - 30) : start]) is not None
        alone = stands_alone(text, start, end, not_before="/@.", not_after="@")
        if alone and _is_meant(match, labelled=labelled):
            sure = 60 if match["said"] else 85
            yield from _found(text, start, end, sure, "email.disguised")


def _spaced_out(text: str, match: Match) -> Iterator[Found]:
    """An address whose letters or dots stand apart, where its ending is a usual one."""
    start, end = match.span()
    local, domain = ("".join(match[part].split()) for part in ("local", "domain"))
    apart = " " in match["local"] or match["note"] != ""
    spaced = apart or (" ." in match["domain"] and domain.rpartition(".")[2] in COMMON_ENDINGS)
    if NO_ACCENTS.search(match["note"]):
        local = without_accents(local)
    usual = domain.rpartition(".")[2].lower() in COMMON_ENDINGS
    alone = stands_alone(text, start, end, not_before="/@.", not_after="@")
    if spaced and usual and alone and local.lower() not in NOBODYS_NAME:
        yield from _found(text, start, end, 70, "email.spaced-out", said=f"{local}@{domain}")


def without_accents(said: str) -> str:
    """The letters without what stands over or under them: "dorée" is "doree"."""
    apart = unicodedata.normalize("NFKD", said)
    return "".join(char for char in apart if not unicodedata.combining(char))


def without_said_accents(text: str, found: Iterator[Found]) -> Iterator[Found]:
    """The addresses, without their accents where the text says that they have none."""
    for one in found:
        said = text[max(0, one.start - ACCENTS_NEAR) : one.end + ACCENTS_NEAR]
        plain = one.kind is not Kind.EMAIL or one.value.isascii()
        if plain or SAID_WITHOUT.search(said) is None:
            yield one
        else:
            yield replace(one, value=without_accents(one.value))


def _found(
    text: str, start: int, end: int, confidence: int, rule: str, *, said: str = ""
) -> Iterator[Found]:
    raw = text[start:end]
    said = said or (raw.replace(",", ".") if rule == "email.comma" else raw)
    value = normal_email(said) if len(said) <= LONGEST * 2 else None
    if value is not None:
        yield Found(
            kind=Kind.EMAIL,
            value=value,
            raw=raw,
            start=start,
            end=end,
            confidence=confidence,
            rule=rule,
        )


def _is_meant(match: Match, *, labelled: bool) -> bool:
    """A disguised address is meant when more than an ordinary word "at" says so."""
    domain = match["domain"]
    ending = domain.rpartition(".")[2].lower()
    local = match["local"].lower()
    if local.partition("'")[0].partition("\u2019")[0] in NOBODYS_NAME:
        return False
    if match["said"].strip() in ("\u00e0", "chez", "\u00c0"):
        made_up = any(char in "._-+" or char.isdecimal() for char in local)
        made_up = made_up or SAID_JOIN.search(local) is not None
        plain = ending in COMMON_ENDINGS and any(char in "._-+" for char in local)
        return (SAID_DOT.search(domain) is not None or plain) and (made_up or labelled)
    if not match["said"] or "ar" in match["said"].lower() or "comm" in match["said"].lower():
        return SAID_DOT.search(domain) is not None or ending in COMMON_ENDINGS
    plain = ending in COMMON_ENDINGS and (" AT " in match["said"] or labelled)
    return plain or SAID_DOT.search(domain) is not None


def _plain(said: str) -> str:
    """A disguised address with its dots and its at-sign put back."""
    match = DISGUISED.fullmatch(said)
    if match is None:
        return said
    return f"{_joined(match['local'])}@{_joined(match['domain'])}"


def _joined(part: str) -> str:
    """A part said aloud, with its signs put back: "lac tiret sept" is "lac-7"."""
    if SAID_JOIN.search(part):
        part = SAID_PLUS.sub(" + ", part)
        signed = SAID_JOIN.sub(" _ ", SAID_HYPHEN.sub(" - ", SAID_DOT.sub(" . ", part)))
        part = "".join(str(SMALL.get(word.lower(), word)) for word in signed.split())
    return refanged(part)


def _without_next_sentence(address: str) -> str:
    """The address without the word that a missing space glued on: "a@example.com.Then"."""
    shorter, _, last = address.rpartition(".")
    glued = last[:1].isupper() and last[1:].islower() and last.lower() not in COMMON_ENDINGS
    return shorter if glued and shorter.rpartition(".")[2].lower() in COMMON_ENDINGS else address

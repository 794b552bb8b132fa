"""Web addresses: one form for each, found plain, disguised (hxxp, [.]) or said aloud."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import quote, unquote

import re2

from havre.identifiers.devices.rules.addresses import normal_ip
from havre.identifiers.rules.scan import Match, Pattern
from havre.identifiers.rules.spans import LONGEST_WORD, stands_alone
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT as MOST
from havre.identifiers.rules.words import Found, Kind, word_set
from havre.identifiers.web.rules.hosts import (
    COMMON_ENDINGS,
    ENDINGS,
    SITE_BEFORE,
    WORD,
    normal_host,
    refanged,
)

LONGEST = 600
"""The longest normal form kept; a longer one stays in the text it was found in."""

DEFAULT_PORTS = {"http": "80", "https": "443", "ftp": "21"}
TRACKING = word_set(
    "_ga dclid fbclid gclid gclsrc igsh igshid mc_cid mc_eid mibextid msclkid twclid yclid"
)
TRACKING_PREFIXES = ("utm_",)

_LABEL = rf"[{WORD}](?:[{WORD}\-]*[{WORD}])?"
_DOT = r"(?:\.|\[\.\]|\(\.\)|\[dot\]|\(dot\)|\[point\]|\(point\))"
_REST = r'[^\s<>"\x{00ab}\x{00bb}\x{201c}\x{201d}\x00-\x1f]'

SCHEME = Pattern(r"(?i)^(h(?:tt|xx|\*\*|t)ps?|f[tx]ps?)(?:\[:\]//|:?//|\[://\]|:\[//\])")
WITH_SCHEME = Pattern(
    rf"(?i)(?:h(?:tt|xx|\*\*|t)ps?|f[tx]ps?)(?:\[:\]//|:?//|\[://\]|:\[//\]){_REST}+"
)
BARE = Pattern(rf"(?i){_LABEL}(?:{_DOT}{_LABEL})+(?::\d{{1,5}})?(?:[/?#]{_REST}*)?")
_WWW = (
    r"(?:www|(?:trois|three|triple) (?:double[ \-]?[uvw]|w)s?|(?:double[ \-]u,? ){2}double[ \-]u)"
)
WWW = Pattern(rf"(?i)^{_WWW}")
WWW_HINTS = ("www ", "trois ", "three ", "triple ", "double")
SAID = Pattern(
    rf"(?i){_WWW}"
    r"(?: (?:dot|point) [a-z0-9\-]{1,63}){2,4}"
    r"(?: (?:slash|barre oblique) [a-z0-9_\-]{1,63}(?:\.[a-z0-9_\-]{1,63}){0,3}){0,4}"
)
INSIDE = Pattern(r'(?i)h(?:tt|xx)ps?(?::|%3a)(?:/|%2f){2}[^\s<>"&]+')
MOST_INSIDE = 20
# What a table put behind an address: "example.com/a,False,12".
COLUMNS = Pattern(r"(?i)(?:,(?:true|false|null|none|yes|no|\d{1,6}))+$")
SAID_HOST = Pattern(
    r"(?i)(?:[a-z0-9\-]{2,63}|\bt)(?: (?:dot|point) [a-z0-9\-]{2,63}){1,3}"
    r"(?: (?:slash|barre oblique|barre) [a-z0-9_\-]{1,63}(?:\.[a-z0-9_\-]{1,63}){0,3}){0,4}"
)
# In a line of a log: "host=node7.example.org".
KEY_BEFORE = Pattern(
    r"(?i)(?:^|[^a-z?&/_])(?:addr|domain|domaine|dst|from|fqdn|host|hostname|peer|server|serveur|site|sni|src)=$"
)
SAID_SLASH = Pattern(r"(?i) (?:slash|barre oblique|barre) ")
HOST_PORT = Pattern(r"^(\[[0-9A-Fa-f:.]+\]|[^:]*)(?::(\d{0,5}))?$")
ESCAPE = re2.compile(r"%([0-9A-Fa-f]{2})|%")
UNPRINTABLE = Pattern(r"[\s\p{Z}\p{Cc}]")
PLAIN = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!#$&'()*+,/:;=?@[]|^`{}\\"
)
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
CLOSERS = {")": "(", "]": "[", "}": "{"}
TRAILING = frozenset(".,;:!?'\u2019\u2026*_|")


def normal_url(value: str) -> str | None:
    """The address without scheme, default port, tracking, dot segments or last slash, or None.

    The scheme goes because the same page answers on http and https; the path keeps its case.
    Source: RFC 3986 6.2.2; the list of tracking parameters is ours.
    """
    said = value.strip()
    if not said or len(said) > LONGEST_WORD or not _is_printable(said):
        return None
    scheme = SCHEME.match(said) if "//" in said else None
    name = scheme[1].lower().replace("x", "t") if scheme else ""
    user, authority, path, query, fragment = _parts(
        said[scheme.end() :] if scheme else said.removeprefix("//")
    )
    host = _authority(refanged(authority), DEFAULT_PORTS.get(name, ""))
    if host is None:
        return None
    who = _escaped(user.partition(":")[0])
    whole = (
        (f"{who}@" if who else "")
        + host
        + _path(_escaped(path))
        + _query(_escaped(query))
        + (_escaped(fragment) if fragment != "#" else "")
    )
    return whole if len(whole) <= LONGEST else None


def _parts(said: str) -> tuple[str, str, str, str, str]:
    """User, authority, path, query and fragment, the last three with their sign. RFC 3986 B."""
    rest, hashed, fragment = said.partition("#")
    rest, asked, query = rest.partition("?")
    authority, slash, path = rest.partition("/")
    user, at, host = authority.partition("@")
    user, host = (user, host) if at else ("", authority)
    return user, host, slash + path, asked + query, hashed + fragment


def _is_printable(said: str) -> bool:
    """Whether an address holds no space and no sign that is not seen."""
    if said.isascii():
        return said.isprintable() and " " not in said
    return UNPRINTABLE.search(said) is None


def find_urls(text: str) -> Iterator[Found]:
    """The addresses that say they are one: with a scheme, or said aloud from "www" on."""
    for match in WITH_SCHEME.finditer(text) if "//" in text else ():
        raw = _trimmed(_first_column(match.group()[: LONGEST_WORD + 1]))
        yield from _found(raw, match.start(), 95, "url.scheme")
    lower = text.lower()
    said = SAID.finditer(text) if any(hint in lower for hint in WWW_HINTS) else ()
    for match in islice(said, MOST):
        yield from _found_aloud(text, match)


def find_said_hosts(text: str) -> Iterator[Found]:
    """Hosts said aloud without "www": "kites dot example slash join"."""
    for match in islice(SAID_HOST.finditer(text), MOST):
        if _is_said(match, text):
            yield from _found_aloud(text, match)
    yield from _with_spaces(text)


# "fair . weather . example", where the text says that the spaces go.
SPACES_GO = Pattern(
    r"(?i)(?:(?:no|without|drop|remove|delete|take out|minus|skip|ignore)"
    r"(?: the| all| any)? spaces?"
    r"|glue|stick it together|sans (?:les )?espaces?|(?:enl\x{e8}ve|retire|\x{f4}te)[rz]?(?: les)?"
    r" espaces?|coll(?:er|ez|e|\x{e9})\b|spaces? (?:are|is) (?:mine|his|hers|fake))"
)
HOST_WITH_SPACES = Pattern(rf"{_LABEL}(?:[ ]\.[ ]{_LABEL}){{1,4}}")


def _with_spaces(text: str) -> Iterator[Found]:
    if " . " not in text or SPACES_GO.search(text) is None:
        return
    for match in islice(HOST_WITH_SPACES.finditer(text), MOST):
        said = match.group().replace(" ", "")
        follows = text[match.end() : match.end() + 2]
        goes_on = said.count(".") == 1 and follows[:1] == " " and follows[1:].isalpha()
        ending = said.rpartition(".")[2]
        fits = said == said.lower() and not goes_on and ending in SURE_ALOUD | ENDINGS
        if fits and stands_alone(text, *match.span(), not_before="@.", not_after="@"):
            yield from _found(match.group(), match.start(), 70, "url.with-spaces", said=said)


def _found_aloud(text: str, match: Match) -> Iterator[Found]:
    start, end = match.span()
    if stands_alone(text, start, end, not_before="@"):
        said = refanged(SAID_SLASH.sub("/", WWW.sub("www", match.group())))
        yield from _found(match.group(), start, 75, "url.spoken", said=said)


def find_inside(address: Found) -> Iterator[Found]:
    """The addresses that an address carries on to, encoded or not: "…?url=https%3A%2F%2F…"."""
    beginning = len("https://")
    for match in islice(INSIDE.finditer(address.raw[beginning:]), MOST_INSIDE):
        start = address.start + beginning + match.start()
        raw = _trimmed(match.group())
        for found in _found(raw, start, 85, "url.inside", said=unquote(raw)):
            yield replace(found, end=start + len(raw))
    path = address.raw.find("/", beginning)
    named = HOST_INSIDE.finditer(address.raw[path:]) if path > 0 else ()
    for match in islice(named, MOST_INSIDE):
        start, _ = match.span("host")
        if address.raw[path + start - 2 : path + start] != "//":
            yield from _found(match["host"], address.start + path + start, 70, "url.host-inside")


NO_HOST = word_set("a an at du le les of that the un une")
# A host that an address names in its path or in a parameter: "web.example/2020/lake.example.com".
HOST_INSIDE = Pattern(
    rf"(?i)[/=](?P<host>{_LABEL}(?:\.{_LABEL})*\.(?:ca|com|edu|fr|info|net|org|ru|uk|us))(?:[/&?:]|$)"
)
# "The logs point to a server": a verb, or what begins the next words.
NO_ENDING = (" point to", " point at", " point in", " point de", " point la", " point is")
# What developers speak of, written as a host is.
NO_SITES = word_set("ado.net asp.net vb.net")
SURE_ALOUD = word_set("ca com example fr net org test")


def _is_said(match: Match, text: str) -> bool:
    """Whether "kites dot example" names a host; "this point live" does not."""
    said = match.group().lower()
    ending = said.rpartition(" ")[2]
    if said.partition(" ")[0] in NO_HOST or said.endswith(NO_ENDING):
        return False
    host = SAID_SLASH.sub("/", said).partition("/")[0]
    if host != said:
        return host.rpartition(" ")[2] in ENDINGS | COMMON_ENDINGS
    before = text[max(0, match.start() - 40) : match.start()]
    return ending in SURE_ALOUD or (ending in ENDINGS and SITE_BEFORE.search(before) is not None)


def find_bare_urls(text: str) -> Iterator[Found]:
    """The addresses without a scheme: a host whose ending is well known, or was disguised."""
    for match in BARE.finditer(text):
        start, end = match.span()
        raw = _trimmed(_first_column(match.group()[: LONGEST_WORD + 1]))
        end = start + len(raw)
        key = text[start - 1 : start] == "=" and KEY_BEFORE.search(text[max(0, start - 14) : start])
        if not stands_alone(
            text, start, end, not_before="_@.-/:]%" if key else "_@.-/:=]%", not_after="_@"
        ):
            continue
        authority = _parts(raw)[1].partition(":")[0]
        host = refanged(authority)
        disguised = host != authority
        ending = host.rpartition(".")[2].lower()
        if host.lower() in NO_SITES and raw == host:
            continue
        known = ending in COMMON_ENDINGS or host.lower().startswith("www.")
        has_path = len(raw) > len(authority)
        if not known and ending in ENDINGS:
            dots = host.count(".") > 1 and not host.replace(".", "").isdecimal()
            before = text[max(0, start - 40) : start]
            known = has_path or dots or SITE_BEFORE.search(before) is not None
        if ending.isdecimal() or not (known or (disguised and ending.isalpha())):
            continue
        sure = 85 if disguised or has_path or host.lower().startswith("www.") else 60
        yield from _found(raw, start, sure, "url.bare")


def host_of(address: str) -> str:
    """The host of a normal-form web address, without its port."""
    authority = address.partition("/")[0].rpartition("@")[2]
    authority = authority.partition("?")[0].partition("#")[0]
    found = HOST_PORT.match(authority) if ":" in authority else None
    return str(found[1]) if found else "" if ":" in authority else authority


def _found(raw: str, start: int, confidence: int, rule: str, *, said: str = "") -> Iterator[Found]:
    value = normal_url(said or raw)
    host = host_of(value) if value else ""
    if value is None or ("." not in host and not host.startswith("[")):
        return
    yield Found(
        kind=Kind.URL,
        value=value,
        raw=raw,
        start=start,
        end=start + len(raw),
        confidence=confidence,
        rule=rule,
    )


def _authority(said: str, default_port: str) -> str | None:
    found = HOST_PORT.match(said) if ":" in said else None
    if found is None and ":" in said:
        return None
    host, port = (found[1], found[2].lstrip("0")) if found else (said, "")
    plain = normal_ip(host) if host.startswith("[") or host[-1:].isdecimal() else normal_host(host)
    if plain is None:
        plain = normal_host(host)
    if plain is None:
        return None
    plain = f"[{plain}]" if ":" in plain else plain
    return plain if port in ("", default_port) else f"{plain}:{port}"


def _escaped(part: str) -> str:
    """Each character in its one spelling: plain where it may be, else percent and capitals."""
    if part.isascii() and PLAIN.issuperset(part):
        return part

    def one(match: "re2._Match") -> str:
        if match[1] is None:
            return "%25"
        char = chr(int(match[1], 16))
        return char if char in UNRESERVED else f"%{match[1].upper()}"

    composed = unicodedata.normalize("NFC", part)
    spelled = ESCAPE.sub(one, composed)
    return quote(spelled, safe="%!#$&'()*+,/:;=?@[]~-._|^`{}\\")


def _path(path: str) -> str:
    if "/." not in path:
        return path.rstrip("/")
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept).rstrip("/")


def _query(query: str) -> str:
    parameters = [
        parameter
        for parameter in query.removeprefix("?").split("&")
        if parameter and not _is_tracking(parameter.partition("=")[0].lower())
    ]
    return f"?{'&'.join(parameters)}" if parameters else ""


def _is_tracking(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def _first_column(raw: str) -> str:
    return COLUMNS.sub("", raw) if "," in raw else raw


def _trimmed(raw: str) -> str:
    """The address without the punctuation of the sentence around it; paired brackets stay."""
    if raw[-1:].isalnum():
        return raw
    spare = {closer: raw.count(closer) - raw.count(opener) for closer, opener in CLOSERS.items()}
    end = len(raw)
    while end and (raw[end - 1] in TRAILING or spare.get(raw[end - 1], 0) > 0):
        if raw[end - 1] in spare:
            spare[raw[end - 1]] -= 1
        end -= 1
    return raw[:end]

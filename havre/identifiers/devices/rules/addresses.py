"""Addresses on the net: web pages and IP addresses, as written, disguised or with a port."""

import ipaddress
from collections.abc import Iterator
from datetime import UTC, datetime

from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import stands_alone
from havre.identifiers.rules.words import Found, Kind

HIGHEST_PORT = 65_535

V4 = Pattern(r"(?i)\d{1,3}(?:(?:\.| ?[\[({] ?(?:\.|dot|point) ?[\])}] ?)\d{1,3}){3}(?::\d{1,5})?")
V6 = Pattern(r"\[?[0-9A-Fa-f:]{2,40}(?:\.\d{1,3}){0,3}(?:\]:\d{1,5}|\])?")
V4_DOT = Pattern(r"(?i) ?[\[({] ?(?:\.|dot|point) ?[\])}] ?")
NOT_AN_ADDRESS = Pattern(
    r"(?i)(?:version|vers\.?|ver\.?|v\.?|release|build|firmware|section|chapter|chapitre"
    r"|article|mise \x{e0} jour|update|patch|hotfix|correctif|r\x{e9}vision|revision|rev\.?"
    r"|driver|pilote|bios|kernel|noyau)(?:[ ](?:is|was|are|number|no\.?|est|\x{e9}tait|num\x{e9}ro"
    r"|n\x{b0}|now|currently|at|\x{e0}|still|d\x{e9}j\x{e0}|encore|maintenant)){0,3}\s{0,2}[:=]?\s{0,2}$"
)
VERSION_AFTER = Pattern(
    r"(?i)^ (?:patch|hotfix|update|release|build|version|firmware)(?:[^\p{L}]|$)"
)
PORT_AFTER = Pattern(
    r"(?i)^[,;]?\s{0,2}\(?(?:source |src )?port(?: source)?\s{0,2}[:=]?\s{0,2}(\d{1,5})"
)
TIME_AFTER = Pattern(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})"
)
WINDOW, LEAD = 60, 32
FEWEST_HEX_DIGITS = 4


def normal_ip(value: str) -> str | None:
    """The address in its canonical text, without port or brackets; None when it is none.

    An IPv4 address written inside IPv6 (::ffff:192.0.2.1) is the IPv4 address.
    """
    address, _ = _split_port(V4_DOT.sub(".", value.strip()))
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.scope_id is not None:
            return None
        return str(ip.ipv4_mapped or ip)
    return str(ip)


def port_in(value: str) -> int | None:
    """The port written with an address ("192.0.2.7:51234"), or None."""
    return _split_port(V4_DOT.sub(".", value.strip()))[1]


def find_v4(text: str) -> Iterator[Found]:
    """The IPv4 addresses in a text, each with the port and the moment written beside it."""
    for match in V4.finditer(text):
        start, end = match.span()
        if (
            not _inside_a_longer_number(text, start, end)
            and not NOT_AN_ADDRESS.search(text[max(0, start - LEAD) : start])
            and not VERSION_AFTER.search(text[end : end + 12])
        ):
            yield from found_ip(text, start, end, "ip.v4")


def find_v6(text: str) -> Iterator[Found]:
    """The IPv6 addresses in a text, likewise."""
    for match in V6.finditer(text):
        raw = match.group()
        start, end = match.span()
        digits = sum(char not in ":[]." for char in raw)
        if raw.count(":") > 1 and (digits >= FEWEST_HEX_DIGITS or raw == "::1"):
            end -= len(raw) - len(raw.rstrip(":")) if not raw.endswith("::") else 0
            yield from found_ip(text, start, end, "ip.v6")


def found_ip(text: str, start: int, end: int, rule: str) -> Iterator[Found]:
    """The address that stands at this span, if it is one."""
    raw = text[start:end]
    value = normal_ip(raw)
    if value is None or not stands_alone(text, start, end, not_before="_:/", not_after="_:"):
        return
    port = port_in(raw)
    after = text[end : end + WINDOW].partition("\n")[0]
    said_port = PORT_AFTER.search(after)
    if port is None and said_port is not None:
        port = _port(said_port[1])
    yield Found(
        kind=Kind.IP,
        value=value,
        raw=raw,
        start=start,
        end=end,
        confidence=90,
        rule=rule,
        port=port,
        at=_moment_in(after),
    )


def _split_port(said: str) -> tuple[str, int | None]:
    if said.startswith("["):
        address, _, rest = said[1:].partition("]")
        return address, _port(rest.removeprefix(":"))
    if said.count(":") == 1:
        address, _, port = said.partition(":")
        return address, _port(port)
    return said, None


def _port(said: str) -> int | None:
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else 0  # noqa: PLR2004
    return number if 0 < number <= HIGHEST_PORT else None


def _inside_a_longer_number(text: str, start: int, end: int) -> bool:
    """Whether another dotted part goes on at either side: 1.2.3.4.5 is no address."""
    before = start > 1 and text[start - 1] == "." and text[start - 2].isdecimal()
    return before or (end + 1 < len(text) and text[end] == "." and text[end + 1].isdecimal())


def _moment_in(text: str) -> str | None:
    """The first moment with a zone of its own, in UTC; a time without a zone is not guessed at."""
    match = TIME_AFTER.search(text)
    if match is None:
        return None
    zone = "+00:00" if match[3] in ("Z", "UTC", "GMT") else match[3]
    try:
        moment = datetime.fromisoformat(f"{match[1]}T{match[2]}{zone}")
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return None

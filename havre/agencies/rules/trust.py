"""From where, and with which certificates, a provider's key opens the door.

A front that ends TLS hands over the certificate that a client has shown, and where it came from.
Both are believed from configured proxies alone: anybody can write a header.
"""

import hashlib
from base64 import b64decode
from binascii import Error
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from urllib.parse import unquote

DIGITS = 64
BEGIN, END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
MOST_CERTIFICATES, MOST_NETWORKS = 10, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who is at the door: an address, and the SHA-256 of a certificate; "" where none is known."""

    address: str = ""
    certificate: str = ""


def lets_in(caller: Caller, *, certificates: Collection[str], networks: Collection[str]) -> bool:
    """Whether a key opens the door to this caller. What is not bound lets everybody in.

    A caller of whom nothing is known is let in to nothing that is bound.
    """
    if certificates and caller.certificate not in certificates:
        return False
    return not networks or any(_lies_in(caller.address, network) for network in networks)


def caller_of(peer: str, *, forwarded: str, shown: str, proxies: Collection[str]) -> Caller:
    """Who is at the door, given the other end of the line and what a front says in two headers.

    The address is the last one that none of our own proxies has; the headers of anybody else are
    not looked at.
    """
    if not any(_lies_in(peer, proxy) for proxy in proxies):
        return Caller(address=peer)
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    address = peer
    while hops and any(_lies_in(address, proxy) for proxy in proxies):
        address = hops.pop()
    return Caller(address=address, certificate=fingerprint_of(shown))


def fingerprint_of(shown: str) -> str:
    """The SHA-256 of a certificate, in small hexadecimal digits; "" for what is none.

    It may be written as digits, with or without colons, or be the certificate itself as PEM, also
    with its line breaks escaped, as nginx hands it over.
    """
    text = unquote(shown).strip()
    if text.startswith(BEGIN) and text.endswith(END):
        inside = "".join(text.removeprefix(BEGIN).removesuffix(END).split())
        try:
            return hashlib.sha256(b64decode(inside, validate=True)).hexdigest() if inside else ""
        except Error:
            return ""
    digits = text.replace(":", "").lower()
    is_whole = len(digits) == DIGITS and all(one in "0123456789abcdef" for one in digits)
    return digits if is_whole else ""


def certificates_in(typed: str) -> list[str]:
    """The fingerprints in a text: one on a line, or whole certificates. Raises ValueError."""
    found = []
    while BEGIN in typed:
        before, _begin, rest = typed.partition(BEGIN)
        inside, end, after = rest.partition(END)
        found.append(fingerprint_of(f"{BEGIN}{inside}{end}"))
        typed = f"{before}\n{after}"
    found += [fingerprint_of(line) for line in typed.splitlines() if line.strip()]
    if "" in found or len(found) > MOST_CERTIFICATES:
        msg = "that is no list of certificates"
        raise ValueError(msg)
    return sorted(set(found))


def networks_in(typed: str) -> list[str]:
    """The networks in a text, one on a line, as addresses or with a mask. Raises ValueError."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) > MOST_NETWORKS:
        msg = "those are too many networks"
        raise ValueError(msg)
    return sorted({str(ip_network(line)) for line in lines})


def _lies_in(address: str, network: str) -> bool:
    try:
        found, wide = ip_address(address.partition("%")[0]), ip_network(network)
    except ValueError:
        return False
    inner = getattr(found, "ipv4_mapped", None) if wide.version == 4 else None  # noqa: PLR2004
    return (inner or found) in wide

"""Which addresses lie in the open Internet, and which inside a network. Pure: nothing is asked."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

# Behind these an IPv4 address hides, in the last four bytes (RFC 6052) or in bytes of their own.
NAT64 = ip_network("64:ff9b::/96")
HERE = frozenset({"127.0.0.1", "::1", "localhost"})


def may_lead_to(address: str, *, is_own_house: bool) -> bool:
    """Whether we may call there on somebody's word: by https, and no address inside a network.

    A house of one's own, which nobody else reaches, may call itself. Names are looked up when a
    call goes out: they may lead elsewhere by then.
    """
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    if not host or parts.username or parts.password or parts.fragment:
        return False
    if is_own_house and host in HERE:
        return parts.scheme in {"http", "https"}
    return parts.scheme == "https" and (is_own_house or _may_be_public(host))


def is_public(address: str) -> bool:
    """Whether an IP address lies in the open Internet, also one that is wrapped in another."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _wrapped(found) if isinstance(found, IPv6Address) else None
    # Whether 2002::/16 is global as a whole, Python's releases say differently.
    is_6to4 = isinstance(found, IPv6Address) and found.sixtofour is not None
    whole = (is_6to4 or found.is_global) and not found.is_multicast
    return whole and (inner is None or is_public(str(inner)))


def _may_be_public(host: str) -> bool:
    """A name may be public; an address is, or is not."""
    try:
        ip_address(host)
    except ValueError:
        return host not in HERE and not host.endswith((".localhost", ".local", ".internal"))
    return is_public(host)


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a gateway would make of this one."""
    if address in NAT64:
        return IPv4Address(address.packed[-4:])
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)

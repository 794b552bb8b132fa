"""The section 2 channel: addresses, and nothing else.

S.C. 2011, c. 4, s. 2: a provider that is advised of an Internet address where such material may be
available reports "that address or URL". SOR/2011-292, s. 3(b): the system lets it report only
addresses. So whatever else is sent is refused, and not stored.
"""

import ipaddress
import json
import re
from collections.abc import Iterator

MOST_ADDRESSES = 1000
MOST_CHARACTERS = 2083
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s\x00-\x1f]+")
# Control characters, blanks, and halves of characters, which nothing could write down.
_ODD = re.compile(r"[\s\x00-\x1f\ud800-\udfff]")


class RefusedBody(ValueError):  # noqa: N818 - what the channel says
    """A body that a statutory channel does not take. `reasons` names everything at once."""

    title = "this is not taken here"

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class NotOnlyAddresses(RefusedBody):
    """The body holds something else than addresses."""

    title = "only addresses are taken here"


def addresses_in(body: bytes) -> tuple[str, ...]:
    """The addresses of `{"addresses": [...]}`, in order. Raises NotOnlyAddresses."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise NotOnlyAddresses(("the body must be JSON",)) from None
    if not isinstance(said, dict):
        raise NotOnlyAddresses(('the body must be an object such as {"addresses": [...]}',))
    reasons = tuple(_wrong(said))
    if reasons:
        raise NotOnlyAddresses(reasons)
    return tuple(said["addresses"])


def is_address(text: str) -> bool:
    """Whether this may be reported: a URL with its scheme, or an IP address, and nothing beside."""
    if len(text) > MOST_CHARACTERS or _ODD.search(text):
        return False
    return bool(_URL.fullmatch(text)) or is_network_address(text)


def is_network_address(text: str) -> bool:
    """Whether this is an IPv4 or IPv6 address, and not a URL."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _wrong(said: dict[str, object]) -> Iterator[str]:
    for name in said:
        if name != "addresses":
            yield f"{name[:40]}: this channel takes addresses only; nothing was stored"
    listed = said.get("addresses")
    if not isinstance(listed, list) or not listed:
        yield "addresses: must be a list that holds one address at least"
        return
    if len(listed) > MOST_ADDRESSES:
        yield f"addresses: holds {len(listed)}; at most {MOST_ADDRESSES} are taken at once"
        return
    for place, address in enumerate(listed):
        if not isinstance(address, str) or len(address) > MOST_CHARACTERS:
            yield f"addresses[{place}]: must be text of at most {MOST_CHARACTERS} characters"
        elif not is_address(address):
            yield f"addresses[{place}]: must be a URL with its scheme, or an IP address"

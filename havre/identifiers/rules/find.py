"""Finding identifiers in a text. Patterns run on RE2, so no text costs more than its length."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from havre.identifiers.rules.addresses import find_ips, found_ip
from havre.identifiers.rules.emails import find_emails
from havre.identifiers.rules.handles import find_handles, handle_from_address
from havre.identifiers.rules.hashes import find_devices, find_hashes
from havre.identifiers.rules.phones import find_phones
from havre.identifiers.rules.platforms import phone_of
from havre.identifiers.rules.postal_codes import find_postal_codes
from havre.identifiers.rules.roles import role_said
from havre.identifiers.rules.spans import Taken, readable
from havre.identifiers.rules.urls import find_bare_urls, find_urls, host_of
from havre.identifiers.rules.words import Found, Kind
from havre.intake.rules.submission import PersonRole

MOST_IN_ONE_TEXT = 2_000
"""A text with more is a list, best read as a file; the surest ones are kept."""


def find_in_text(
    text: str, *, field: str, role: PersonRole = PersonRole.UNKNOWN, region: str = "CA"
) -> list[Found]:
    """Every identifier in a text, in the order of the text.

    `role` is whose they are when the caller knows; left unknown, a sentence that says so plainly
    ("my number is") decides. `region` reads phone numbers without a country code.
    """
    text = readable(text)
    found = list(_found(text, region))
    found.sort(key=lambda item: -item.confidence)
    kept = [
        replace(
            item,
            field=field,
            role=role_said(text, item.start) if role is PersonRole.UNKNOWN else role,
        )
        for item in found[:MOST_IN_ONE_TEXT]
    ]
    return sorted(kept, key=lambda item: (item.start, item.kind))


def _found(text: str, region: str) -> Iterator[Found]:
    """Long and certain shapes first: what they take, the later rules leave alone."""
    taken = Taken()
    yield from _free(find_hashes(text), taken)
    for address in _free(find_urls(text), taken):
        yield from _read_address(address)
    for finder in (find_emails, find_devices, find_ips):
        yield from _free(finder(text), taken)
    yield from _free(find_phones(text, region=region), taken)
    yield from _bare_profiles(text, taken)
    yield from _free(find_handles(text), taken)
    for address in _free(find_bare_urls(text), taken):
        yield from _read_address(address)
    yield from _free(find_postal_codes(text), taken)


def _free(found: Iterable[Found], taken: Taken) -> Iterator[Found]:
    return (item for item in found if taken.take(item.start, item.end))


def _bare_profiles(text: str, taken: Taken) -> Iterator[Found]:
    """Pages of a person ("t.me/harbour_seal") go before the handles around them."""
    for address in find_bare_urls(text):
        is_persons = handle_from_address(address) is not None or phone_of(address.value) is not None
        if is_persons and taken.take(address.start, address.end):
            yield from _read_address(address)


def _read_address(address: Found) -> Iterator[Found]:
    """What a web address says: whose page it is, or itself with the IP address or e-mail in it."""
    handle = handle_from_address(address)
    phone = phone_of(address.value)
    if handle is not None:
        yield handle
        return
    if phone is not None:
        yield replace(address, kind=Kind.PHONE, value=phone, rule="phone.address")
        return
    yield address
    host = host_of(address.value)
    if host[:1] == "[" or host[-1:].isdigit():
        place = address.raw.find("//") + 2
        for ip in found_ip(address.raw[place:], 0, _host_length(address.raw[place:]), "ip.in-url"):
            start = address.start + place
            yield replace(ip, start=start, end=start + len(ip.raw))
    query = address.raw.find("?")
    if query >= 0:
        inside = address.start + query
        for email in find_emails(address.raw[query:]):
            yield replace(email, start=inside + email.start, end=inside + email.end)


def _host_length(rest: str) -> int:
    """Characters up to the path, the port with them."""
    return min((rest.find(mark) for mark in "/?#" if mark in rest), default=len(rest))

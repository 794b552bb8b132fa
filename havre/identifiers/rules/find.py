"""Finding identifiers in a text. Patterns run on RE2, so no text costs more than its length."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import NamedTuple

from havre.identifiers.aloud.rules.amended import amended
from havre.identifiers.aloud.rules.corrections import put_right
from havre.identifiers.aloud.rules.dictated import find_dictated
from havre.identifiers.aloud.rules.pages import find_said_pages, find_spaced_pages
from havre.identifiers.aloud.rules.telephones import find_spoken_phones
from havre.identifiers.devices.rules.addresses import find_v4, find_v6, found_ip, normal_ip
from havre.identifiers.devices.rules.hashes import find_devices, find_hashes
from havre.identifiers.disguises.rules.codes import find_codes_apart
from havre.identifiers.disguises.rules.folding import in_plain_letters
from havre.identifiers.disguises.rules.lines import find_ips_apart, find_phones_apart
from havre.identifiers.groups.rules.groups import find_groups, find_numbered
from havre.identifiers.money.rules.banks import find_ibans
from havre.identifiers.money.rules.chains import find_crypto
from havre.identifiers.people.rules.named import find_named
from havre.identifiers.people.rules.plates import find_plates, normal_plate
from havre.identifiers.people.rules.postal_codes import (
    find_postal_codes,
    find_spelled_codes,
    normal_postal_code,
)
from havre.identifiers.people.rules.roles import role_said
from havre.identifiers.people.rules.schools import find_schools
from havre.identifiers.people.rules.streets import find_streets, normal_address
from havre.identifiers.platforms.rules.candidates import Named, platforms_in
from havre.identifiers.platforms.rules.clauses import also_on
from havre.identifiers.platforms.rules.federated import find_federated
from havre.identifiers.platforms.rules.handles import handle_from_address, normal_handle
from havre.identifiers.platforms.rules.naming import find_handles, find_spaced
from havre.identifiers.platforms.rules.platforms import BY_WORD, phone_of
from havre.identifiers.platforms.rules.put_right import put_right as name_put_right
from havre.identifiers.rules.emails import find_disguised_emails, find_emails, without_said_accents
from havre.identifiers.rules.gates import Gate, gates_of
from havre.identifiers.rules.phones import find_phones
from havre.identifiers.rules.scan import keep
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT, Taken, readable
from havre.identifiers.rules.words import Found, Kind
from havre.identifiers.told.rules.clauses import find_told
from havre.identifiers.told.rules.over import find_over_lines
from havre.identifiers.told.rules.there import find_there
from havre.identifiers.web.rules.urls import (
    find_bare_urls,
    find_inside,
    find_said_hosts,
    find_urls,
    host_of,
)
from havre.intake.rules.submission import PersonRole

SAYS_WHOSE = frozenset((Gate.MINE, Gate.THEIRS))
MOST_PLATFORMS = 50
"""In a text that speaks of more, a name said of several platforms at once is not looked for."""


class Reading(NamedTuple):
    """A text as the finders see it: what it shows, and the platforms it speaks of."""

    text: str
    region: str
    gates: frozenset[Gate]
    named: list[Named]
    addresses: list[Found]
    given: list[Found]
    """The names already given to a platform, in the order they were found."""


@dataclass(frozen=True, slots=True)
class Finder:
    """One finder, and what a text must show for it to run. Web addresses are read further."""

    gates: frozenset[Gate]
    find: Callable[[Reading], Iterable[Found]]
    finds_addresses: bool = False


def _finder(*gates: Gate) -> Callable[[Callable[[Reading], Iterable[Found]]], Finder]:
    return lambda find: Finder(frozenset(gates), find)


# Long and certain shapes first: what they take, the later ones leave alone.
FINDERS = (
    _finder(Gate.LONG)(lambda it: find_crypto(it.text)),
    _finder(Gate.CODE)(lambda it: find_codes_apart(it.text)),
    _finder(Gate.LONG, Gate.PAIRS)(lambda it: find_hashes(it.text)),
    Finder(
        frozenset((Gate.SLASHES, Gate.SAID_DOT)),
        lambda it: find_urls(it.text),
        finds_addresses=True,
    ),
    _finder(Gate.AT)(lambda it: find_federated(it.text, it.named)),
    _finder(Gate.AT)(lambda it: find_emails(it.text)),
    Finder(frozenset((Gate.SAID_PAGE,)), lambda it: find_said_pages(it.text), finds_addresses=True),
    Finder(
        frozenset((Gate.SPACED_PAGE,)), lambda it: find_spaced_pages(it.text), finds_addresses=True
    ),
    _finder(Gate.SAID_DOT, Gate.SAID_AT)(
        lambda it: without_said_accents(it.text, find_dictated(it.text))
    ),
    _finder(Gate.SAID_AT)(lambda it: without_said_accents(it.text, find_disguised_emails(it.text))),
    Finder(frozenset((Gate.SAID_DOT,)), lambda it: find_said_hosts(it.text), finds_addresses=True),
    _finder(Gate.LONG, Gate.PAIRS, Gate.UUID, Gate.IMEI, Gate.SERIAL)(
        lambda it: find_devices(it.text)
    ),
    _finder(Gate.APART, Gate.SPOKEN)(lambda it: put_right(it.text, find_phones_apart(it.text))),
    _finder(Gate.IP)(lambda it: find_v4(it.text)),
    _finder(Gate.SAID_IP)(lambda it: find_ips_apart(it.text)),
    _finder(Gate.COLONS)(lambda it: find_v6(it.text)),
    _finder(Gate.BANK)(lambda it: find_ibans(it.text)),
    _finder(Gate.PHONE)(lambda it: put_right(it.text, find_phones(it.text, region=it.region))),
    _finder(Gate.SPOKEN)(
        lambda it: put_right(it.text, find_spoken_phones(it.text, region=it.region))
    ),
    _finder(Gate.NUMBERED, Gate.LONG)(lambda it: find_numbered(it.text, it.named)),
    _finder(Gate.PLATE)(lambda it: find_plates(it.text)),
    _finder(Gate.STREET)(lambda it: find_streets(it.text)),
    _finder(Gate.GROUP)(lambda it: find_groups(it.text, it.named)),
    _finder(Gate.PLATFORM, Gate.LINES)(lambda it: find_over_lines(it.text, it.named)),
    _finder(Gate.THERE)(lambda it: find_there(it.text, it.named)),
    _finder(Gate.PLATFORM)(lambda it: find_spaced(it.text, it.named)),
    Finder(
        frozenset((Gate.DOT,)),
        lambda it: filter(_is_persons, it.addresses),
        finds_addresses=True,
    ),
    _finder(Gate.PLATFORM, Gate.NAME, Gate.AT)(lambda it: find_handles(it.text, it.named)),
    _finder(Gate.PLATFORM)(lambda it: find_told(it.text, it.named, it.given)),
    Finder(frozenset((Gate.DOT,)), lambda it: it.addresses, finds_addresses=True),
    _finder(Gate.POSTAL_SAID)(lambda it: find_spelled_codes(it.text)),
    _finder(Gate.POSTAL)(lambda it: find_postal_codes(it.text)),
    _finder(Gate.SCHOOL)(lambda it: find_schools(it.text)),
    _finder(Gate.AGE)(lambda it: find_named(it.text)),
)


def find_in_text(
    text: str, *, field: str, role: PersonRole = PersonRole.UNKNOWN, region: str = "CA"
) -> list[Found]:
    """Every identifier in a text, in the order of the text.

    `role` is whose they are when the caller knows; left unknown, a sentence that says so plainly
    ("my number is") decides. `region` reads phone numbers without a country code.
    """
    text = readable(text)
    keep(text)
    plain = in_plain_letters(text)
    if plain.text is not text:
        text = plain.text
        keep(text)
    found = list(_found(text, region))
    found.sort(key=lambda item: -item.confidence)
    says = role is PersonRole.UNKNOWN and not SAYS_WHOSE.isdisjoint(gates_of(text))
    kept = [
        plain.as_written(item).told_in(field, role_said(text, item.start) if says else role)
        for item in found[:MOST_IN_ONE_TEXT]
    ]
    return sorted(kept, key=lambda item: (item.start, item.kind))


def _found(text: str, region: str) -> Iterator[Found]:
    taken, gates = Taken(), gates_of(text)
    reading = Reading(
        text=text,
        region=region,
        gates=gates,
        named=platforms_in(text) if Gate.PLATFORM in gates else [],
        addresses=list(find_bare_urls(text)) if Gate.DOT in gates else [],
        given=[],
    )
    for finder in _finders_of(gates):
        for found in finder.find(reading):
            if taken.take(found.start, found.end):
                yield from _read_address(found) if finder.finds_addresses else (found,)
                if found.rule == "email.at-address":
                    place = text.find("[", found.start) + 1
                    yield from found_ip(text, place, found.end - 1, "ip.in-email")
                paired = found.rule == "handle.paired"
                several = 1 < len(reading.named) <= MOST_PLATFORMS and not paired
                if found.kind is Kind.HANDLE and several:
                    yield from also_on(text, reading.named, found)
                if found.kind in AMENDED:
                    yield from amended(text, found, partial(_normal_like, found))
                if found.kind is Kind.HANDLE and found.platform:
                    reading.given.append(found)
                    again = name_put_right(text, reading.named, found)
                    yield from (one for one in again if taken.take(one.start, one.end))


@lru_cache(maxsize=4096)
def _finders_of(gates: frozenset[Gate]) -> tuple[Finder, ...]:
    return tuple(finder for finder in FINDERS if not finder.gates.isdisjoint(gates))


AMENDED = {
    Kind.ADDRESS: normal_address,
    Kind.HANDLE: normal_handle,
    Kind.IP: normal_ip,
    Kind.PLATE: normal_plate,
    Kind.POSTAL_CODE: normal_postal_code,
}
"""The kinds of which one part may be put right in the same breath, and their normal forms."""


def _normal_like(found: Found, value: str) -> str | None:
    if found.kind is Kind.HANDLE:
        return normal_handle(value, platform=found.platform)
    return AMENDED[found.kind](value)


def _is_persons(address: Found) -> bool:
    """Pages of a person ("t.me/harbour_seal") go before the handles around them."""
    return handle_from_address(address) is not None or phone_of(address.value) is not None


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
    if address.value in BY_WORD:
        return  # a platform that is called by its host: "chess.com", "ome.tv"
    yield address
    host = host_of(address.value)
    if host[:1] == "[" or host[-1:].isdecimal():
        place = address.raw.find("//") + 2
        for ip in found_ip(address.raw[place:], 0, _host_length(address.raw[place:]), "ip.in-url"):
            start = address.start + place
            yield replace(ip, start=start, end=start + len(ip.raw))
    yield from find_inside(address)
    query = address.raw.find("?")
    if query >= 0:
        inside = address.start + query
        for email in find_emails(address.raw[query:]):
            yield replace(email, start=inside + email.start, end=inside + email.end)


def _host_length(rest: str) -> int:
    """Characters up to the path, the port with them."""
    return min((rest.find(mark) for mark in "/?#" if mark in rest), default=len(rest))

"""The geolocation database that an operator supplies: kept in a folder of ours, read in place.

Nothing is fetched. Without one, addresses give no hint and everything else works.
"""

import ipaddress
import json
import shutil
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import maxminddb
from django.conf import settings

from havre.triage.jurisdiction.rules.hints import Hint, hint_in

DATABASE, FACTS, ELSEWHERE = "places.mmdb", "facts.json", "elsewhere.txt"

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class GeoRefusedError(Exception):
    """The file offered cannot be used; the message says why and what to do."""


def use_database(file: Path, *, elsewhere: Path | None = None) -> dict[str, str]:
    """Take a copy of an MMDB file into use; gives its name, date and size.

    `elsewhere` is a text file of networks, one to a line, whose addresses tell nothing about a
    person's place (VPN, hosting, carrier gateways). Raises GeoRefusedError and keeps the old one.
    """
    facts = _facts_of(file)
    networks = _networks_in(elsewhere) if elsewhere else []
    folder = Path(settings.GEO)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f"{DATABASE}.part"
    shutil.copyfile(file, draft)
    (folder / ELSEWHERE).write_text("".join(f"{network}\n" for network in networks))
    (folder / FACTS).write_text(json.dumps(facts))
    # Last, and at once: whoever reads meets the old file or the new one.
    draft.replace(folder / DATABASE)
    return {**facts, "networks": str(len(networks))}


def database_in_use() -> dict[str, str] | None:
    """The name and date of the database in use, or None."""
    folder = Path(settings.GEO)
    if not (folder / DATABASE).exists():
        return None
    facts: dict[str, str] = json.loads((folder / FACTS).read_text())
    return facts


def forget_database() -> bool:
    """Take the database out of use. Gives whether there was one."""
    path = Path(settings.GEO, DATABASE)
    was_there = path.exists()
    path.unlink(missing_ok=True)
    return was_there


def hints_for(addresses: Iterable[str]) -> dict[str, Hint]:
    """What the database says of some Internet addresses; those without a hint are left out."""
    path = Path(settings.GEO, DATABASE)
    if not path.exists():
        return {}
    reader, elsewhere, source = _opened(path, path.stat().st_mtime_ns)
    found = {}
    for address in set(addresses):
        record = None if _is_within(address, elsewhere) else reader.get(address)
        hint = hint_in(record, source=source) if isinstance(record, Mapping) else None
        if hint is not None:
            found[address] = hint
    return found


@lru_cache(maxsize=1)
def _opened(path: Path, _changed: int) -> tuple[maxminddb.Reader, list[tuple[int, int, int]], str]:
    """The reader, the networks that tell nothing, and the source's name, until the file changes."""
    folder = path.parent
    facts = json.loads((folder / FACTS).read_text())
    lines = (folder / ELSEWHERE).read_text().split()
    networks = sorted(_range(ipaddress.ip_network(line)) for line in lines)
    source = f"{facts['name']}, {facts['built']}"
    return maxminddb.open_database(str(path), maxminddb.MODE_MMAP), networks, source


def _facts_of(file: Path) -> dict[str, str]:
    try:
        with maxminddb.open_database(str(file)) as reader:
            told = reader.metadata()
    except (OSError, ValueError, maxminddb.InvalidDatabaseError) as error:
        msg = f"{file} is no MMDB file that can be read ({type(error).__name__}). Offer another."
        raise GeoRefusedError(msg) from error
    built = datetime.fromtimestamp(told.build_epoch, UTC).date().isoformat()
    return {"name": told.database_type, "built": built, "bytes": str(file.stat().st_size)}


def _networks_in(file: Path) -> list[Network]:
    networks = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        try:
            networks.append(ipaddress.ip_network(said, strict=False))
        except ValueError as error:
            msg = f"{file}, line {number}: {said!r} is no network. Write one such as 192.0.2.0/24."
            raise GeoRefusedError(msg) from error
    merged: list[Network] = []
    for version in (4, 6):
        of_version = [one for one in networks if one.version == version]
        merged.extend(ipaddress.collapse_addresses(of_version))  # type: ignore[type-var]
    return merged


def _range(network: Network) -> tuple[int, int, int]:
    return (
        network.version,
        int(network.network_address),
        int(network.broadcast_address),
    )


def _is_within(address: str, ranges: list[tuple[int, int, int]]) -> bool:
    ip = ipaddress.ip_address(address)
    at = bisect_right(ranges, (ip.version, int(ip), 1 << 129)) - 1
    return at >= 0 and ranges[at][0] == ip.version and ranges[at][2] >= int(ip)

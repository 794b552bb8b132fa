"""What a geolocation database says of an Internet address: a hint, never proof.

Two public shapes are read: GeoIP2's nested records and DB-IP's flat ones. Anything that says proxy,
VPN, hosting or satellite gives no hint: it tells where a machine stands, not a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from havre.triage.jurisdiction.rules.places import REGIONS, regions_by_name
from havre.triage.rules.folding import fold

CANADA = "CA"
# Traits of GeoIP2 records that mean: not where a person is.
_ELSEWHERE = (
    "is_anonymous",
    "is_anonymous_proxy",
    "is_anonymous_vpn",
    "is_anycast",
    "is_hosting_provider",
    "is_public_proxy",
    "is_satellite_provider",
    "is_tor_exit_node",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Where an address seems to lie: a country, in Canada a region, and who says so, as of when."""

    country: str
    region: str
    source: str


def hint_in(record: Mapping[str, Any], *, source: str) -> Hint | None:
    """The hint in one record of a database, or None when it has none to give.

    `source` is the database's name and date, shown beside every hint.
    """
    traits = record.get("traits") or {}
    if any(traits.get(trait) or record.get(trait) for trait in _ELSEWHERE):
        return None
    country = _code(record.get("country")) or str(record.get("country_code") or "")
    if len(country) != 2:  # noqa: PLR2004 - ISO 3166
        return None
    country = country.upper()
    region = _region(record) if country == CANADA else ""
    if country == CANADA and not region:
        return None
    return Hint(country=country, region=region, source=source)


def _region(record: Mapping[str, Any]) -> str:
    for part in record.get("subdivisions") or ():
        code = _code(part).upper().removeprefix("CA-")
        if code in REGIONS:
            return code
    named = str(record.get("state1") or record.get("region") or record.get("state") or "")
    code = named.upper().removeprefix("CA-")
    if code in REGIONS:
        return code
    # "Newfoundland and Labrador", "Yukon Territory": the list's name stands first.
    said = fold(named).text
    return next((region for name, region in _by_name().items() if said.startswith(name)), "")


def _code(part: object) -> str:
    return str(part.get("iso_code") or "") if isinstance(part, Mapping) else ""


@cache
def _by_name() -> dict[str, str]:
    return regions_by_name()

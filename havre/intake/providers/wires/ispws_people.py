"""People and accounts of the provider wire, as people and identifiers of a submission."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from havre.intake.providers.wires.ispws_tree import Node
from havre.intake.providers.wires.ispws_values import as_boolean, as_day, as_moment
from havre.intake.rules.submission import (
    AgeClass,
    GivenIdentifier,
    LegalBasis,
    Person,
    PersonRole,
    Place,
    PlaceRole,
    age_class_of,
)

# A provider tells these under its duty to report, not on its own (R v Bykovets).
BASIS = LegalBasis.STATUTORY_REPORT

ROLES = {
    "personOrUserReported": PersonRole.SUSPECT,
    "intendedRecipient": PersonRole.UNKNOWN,
    "victim": PersonRole.VICTIM,
}
PLACE_ROLES = {PersonRole.SUSPECT: PlaceRole.SUSPECT, PersonRole.VICTIM: PlaceRole.CHILD}
# The same hand as a rule; any other associated account may be a parent's or a stranger's.
OWN_ACCOUNTS = frozenset({"Creator", "Linked"})

_REGIONS = {
    "alberta": "AB",
    "british columbia": "BC",
    "colombie-britannique": "BC",
    "manitoba": "MB",
    "new brunswick": "NB",
    "nouveau-brunswick": "NB",
    "newfoundland": "NL",
    "newfoundland and labrador": "NL",
    "terre-neuve-et-labrador": "NL",
    "nova scotia": "NS",
    "nouvelle-écosse": "NS",
    "northwest territories": "NT",
    "territoires du nord-ouest": "NT",
    "nunavut": "NU",
    "ontario": "ON",
    "prince edward island": "PE",
    "île-du-prince-édouard": "PE",
    "quebec": "QC",
    "québec": "QC",
    "saskatchewan": "SK",
    "yukon": "YT",
}


def identifier(kind: str, value: str, **more: Any) -> GivenIdentifier:  # noqa: ANN401 - its fields
    """An identifier that a provider was bound to tell."""
    return GivenIdentifier(kind=kind, value=value, legal_basis=BASIS, **more)


def phone_of(node: Node) -> GivenIdentifier:
    """A phone number, with its calling code before it where that stands apart."""
    code, extension = node.attribute("countryCallingCode"), node.attribute("extension")
    number = " ".join(part for part in (code, node.take()) if part)
    value = f"{number} ext. {extension}" if extension else number
    return identifier("phone", value, verified=_verified(node))


def email_of(node: Node) -> GivenIdentifier:
    """An e-mail address, and whether the provider has verified it."""
    return identifier("email", node.take(), verified=_verified(node))


def ip_of(node: Node) -> GivenIdentifier:
    """An address a user came from, with its port and moment: without these it names nobody."""
    said = node.said("port")
    return identifier(
        "ip",
        node.said("ipAddress"),
        event=node.said("eventName"),
        at=as_moment(moment) if (moment := node.said("dateTime")) else None,
        port=int(said) if said else None,
        possible_proxy=node.truth("possibleProxy"),
    )


def device_of(node: Node) -> GivenIdentifier:
    """A device, by whatever sort of number the provider knows it."""
    return identifier(
        "device",
        node.said("idValue"),
        platform=node.said("idType"),
        event=node.said("eventName"),
        at=as_moment(moment) if (moment := node.said("dateTime")) else None,
    )


def place_of(node: Node, role: PlaceRole) -> Place:
    """A postal address, or the place a provider estimates."""
    country = node.said("country") or node.said("countryCode")
    said = node.said("state") or node.said("nonUsaState") or node.said("region")
    region = region_code(said, country)
    street = node.said("address")
    return Place(
        role=role,
        country=country,
        region=region,
        city=node.said("city"),
        postal_code=node.said("zipCode"),
        address=street if region or not said else ", ".join(filter(None, (street, said))),
        verified=as_boolean(node.attribute("verified")) is True,
    )


def region_code(said: str, country: str) -> str:
    """The two-letter code of a province or state, however it was written; "" if unknown."""
    if len(said) == 2 and said.isalpha():  # noqa: PLR2004 - the length of a region's code
        return said.upper()
    return _REGIONS.get(said.casefold(), "") if country in {"", "CA"} else ""


def people_of(node: Node, *, platform: str, now: datetime) -> Iterator[Person]:
    """The person an element is about, then the holders of the accounts tied to them."""
    role = ROLES[node.name]
    person = node.first(f"{node.name}Person")
    yield _person(person, node, role=role, platform=platform, now=now)
    for account in node.all("associatedAccount"):
        sort = account.attribute("type") or account.attribute("accountType")
        whose = role if sort in OWN_ACCOUNTS else PersonRole.UNKNOWN
        other = _person(account, account, role=whose, platform=platform, now=now)
        about = f"associated account ({sort}) of {node.path.rpartition('/')[2]}"
        yield replace(other, notes="\n".join(filter(None, (about, other.notes))))


def contact_of(node: Node, *, now: datetime) -> Person:
    """The provider's own person."""
    return _person(node, node, role=PersonRole.SERVICE, platform="", now=now)


def _person(
    person: Node | None, account: Node, *, role: PersonRole, platform: str, now: datetime
) -> Person:
    place_role = PLACE_ROLES.get(role, PlaceRole.UNKNOWN)
    service = _service(account) or platform
    names: tuple[str, ...] = ()
    contacts: tuple[GivenIdentifier, ...] = ()
    places: tuple[Place, ...] = ()
    birth, age = "", None
    if person:
        parts = (person.said(part) for part in ("firstName", "middleName", "lastName"))
        names = tuple(filter(None, [" ".join(filter(None, parts))]))
        contacts = tuple(_contacts(person))
        places = tuple(place_of(a, place_role) for a in person.all("address"))
        birth = person.said("dateOfBirth")
        said = person.said("age") or person.said("approximateAge")
        age = int(said) if said else _age_on(as_day(birth), now)
    return Person(
        role=role,
        names=names,
        age=age,
        age_class=_age_class(age, role),
        date_of_birth=birth,
        identifiers=(*contacts, *_handles(account, service)),
        places=(*places, *_places(account, place_role)),
        notes=_notes(account),
    )


def _service(account: Node) -> str:
    return account.said("espService") or account.said("platform")


def _contacts(person: Node) -> Iterator[GivenIdentifier]:
    yield from map(phone_of, person.all("phone"))
    yield from map(email_of, person.all("email"))


def _handles(account: Node, service: str) -> Iterator[GivenIdentifier]:
    for name, kind in (
        ("espIdentifier", "account"),
        ("screenName", "handle"),
        ("displayName", "name"),
        ("profileUrl", "url"),
    ):
        for node in account.all(name):
            if said := node.take():
                yield identifier(kind, said, platform=service)
    yield from map(ip_of, account.all("ipCaptureEvent"))
    yield from map(device_of, account.all("deviceId"))


def _places(account: Node, role: PlaceRole) -> Iterator[Place]:
    for node in account.all("estimatedLocation"):
        yield place_of(node, role)
    if school := account.said("schoolName"):
        yield Place(role=PlaceRole.SCHOOL, address=school)


def _notes(account: Node) -> str:
    """Free text about a person, each piece under its own wire name."""
    named = ("vehicleDescription", "profileBio", "groupIdentifier", "additionalInfo")
    return "\n".join(_labelled(node for name in named for node in account.all(name)))


def _labelled(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if said := node.take():
            yield f"{node.name}: {said}"


def _verified(node: Node) -> bool | None:
    return as_boolean(node.attribute("verified"))


def _age_on(birth: date | None, now: datetime) -> int | None:
    if birth is None:
        return None
    today = now.astimezone(UTC).date()
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _age_class(age: int | None, role: PersonRole) -> AgeClass:
    return AgeClass.ADULT if role is PersonRole.SERVICE else age_class_of(age)

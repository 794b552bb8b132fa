"""Where a report should go: a ladder of evidence, and the share each agency gets of it.

The child's place comes before the suspect's, always; both are named when they differ. Without
evidence, and for what lies abroad, there is the national centre. A share is arithmetic over this
page, not a finding, and it travels with the evidence that made it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from havre.intake.rules.submission import PersonRole, Place, PlaceRole, Submission
from havre.triage.jurisdiction.rules.hints import Hint
from havre.triage.jurisdiction.rules.places import (
    REGIONS,
    area_code,
    listed_cities,
    places_in_text,
    regions_of_area_code,
    regions_of_postal_code,
)
from havre.triage.rules.folding import fold
from havre.triage.rules.words import FoundLike

CANADA = "CA"
ABROAD = "abroad"


class Rung(StrEnum):
    """A kind of evidence of place."""

    ABROAD = "abroad"
    ADDRESS = "address"
    AREA_CODE = "area-code"
    ESTIMATE = "estimate"
    IP_ABROAD = "ip-abroad"
    IP_ADDRESS = "ip-address"
    NAMED_IN_TEXT = "named-in-text"
    NONE = "none"
    POSTAL_CODE = "postal-code"
    STATED = "stated"


class Whose(StrEnum):
    """Whose place a piece of evidence speaks of."""

    CHILD = "child"
    MEETING = "meeting"
    OTHER = "other"
    SUSPECT = "suspect"


# Bits of each rung, strongest first. The child's weakest outweighs the suspect's strongest even
# with every bonus: safeguarding decides (reference: the child's jurisdiction beats the suspect's).
# Where an Internet address seems to lie is a hint, whosever it is, and outweighs nothing.
_CHILD_BITS = {
    Rung.ADDRESS: 8.0,
    Rung.STATED: 8.0,
    Rung.ESTIMATE: 7.5,
    Rung.POSTAL_CODE: 7.0,
    Rung.NAMED_IN_TEXT: 6.5,
    Rung.AREA_CODE: 6.0,
    Rung.ABROAD: 6.0,
    Rung.IP_ADDRESS: 1.5,
    Rung.IP_ABROAD: 0.5,
}
_OTHER_BITS = {
    Rung.ADDRESS: 4.5,
    Rung.ESTIMATE: 4.0,
    Rung.STATED: 3.5,
    Rung.POSTAL_CODE: 3.5,
    Rung.NAMED_IN_TEXT: 3.0,
    Rung.AREA_CODE: 2.5,
    Rung.ABROAD: 3.0,
    Rung.IP_ADDRESS: 1.5,
    Rung.IP_ABROAD: 0.5,
}
_BONUS_BITS, _MOST_BONUS_BITS = 0.4, 0.8
_CITY_SHARE = 0.75
_POLICE = "police"

_WHOSE_PLACE = {
    PlaceRole.CHILD: Whose.CHILD,
    PlaceRole.MEETING: Whose.MEETING,
    PlaceRole.REPORTER: Whose.OTHER,
    PlaceRole.SCHOOL: Whose.CHILD,
    PlaceRole.SUSPECT: Whose.SUSPECT,
    PlaceRole.UNKNOWN: Whose.OTHER,
}
NO_HINTS: Mapping[str, Hint] = MappingProxyType({})
_NOBODYS_PLACE = frozenset({"reporter", "service", "witness"})
_WHOSE_PERSON = {PersonRole.SUSPECT: Whose.SUSPECT, PersonRole.VICTIM: Whose.CHILD}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFacts:
    """What routing needs of an agency. `kind` is "police" for those that investigate.

    `default_for` are the regions whose first-level unit it is; `cities` are folded names of the
    cities it serves (`places.cities_of_force`), none when it serves whole regions.
    """

    id: str
    kind: str
    regions: frozenset[str]
    default_for: frozenset[str] = frozenset()
    is_national_centre: bool = False
    cities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece of evidence of place. `shown` is a code or a list's spelling, never typed text."""

    code: Rung
    role: Whose
    shown: str
    region: str = ""
    city: str = ""

    @property
    def bits(self) -> float:
        """How much it weighs for each region it names."""
        is_childs = self.role in (Whose.CHILD, Whose.MEETING)
        return (_CHILD_BITS if is_childs else _OTHER_BITS).get(self.code, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An agency, its share in whole percent, and why."""

    agency_id: str
    probability: int
    evidence: tuple[Evidence, ...]


def suggest(
    submission: Submission,
    *,
    found: Sequence[FoundLike],
    agencies: Sequence[AgencyFacts],
    hints: Mapping[str, Hint] = NO_HINTS,
) -> tuple[Suggestion, ...]:
    """The agencies a report may go to, strongest first; their shares sum to 100.

    `hints` says where Internet addresses among `found` seem to lie, by their normal form.
    Raises ValueError when `agencies` holds no national centre, or several.
    """
    evidence = evidence_of(submission, found=found, hints=hints)
    return suggest_from(evidence, agencies=agencies)


def suggest_from(
    evidence: Sequence[Evidence], *, agencies: Sequence[AgencyFacts]
) -> tuple[Suggestion, ...]:
    """The agencies that evidence of place points at, strongest first; shares sum to 100."""
    centres = [agency for agency in agencies if agency.is_national_centre]
    if len(centres) != 1:
        msg = f"routing needs one national centre, not {len(centres)}"
        raise ValueError(msg)
    centre = centres[0].id
    default = Evidence(code=Rung.NONE, role=Whose.OTHER, shown="")
    shares: dict[str, float] = {centre: 1.0}
    reasons: dict[str, list[Evidence]] = {centre: []}
    for region, pieces in _by_region(evidence).items():
        split = _agencies_of(region, pieces, agencies) or {centre: 1.0}
        for agency_id, part in split.items():
            shares[agency_id] = shares.get(agency_id, 0.0) + part * 2 ** _bits(pieces)
            reasons.setdefault(agency_id, []).extend(pieces)
    percents = _whole_percents(shares)
    return tuple(
        Suggestion(
            agency_id=agency_id,
            probability=percents[agency_id],
            evidence=tuple(dict.fromkeys(reasons[agency_id])) or (default,),
        )
        for agency_id in sorted(shares, key=lambda one: (-shares[one], one))
        if percents[agency_id]
    )


def evidence_of(
    submission: Submission, *, found: Sequence[FoundLike], hints: Mapping[str, Hint] = NO_HINTS
) -> tuple[Evidence, ...]:
    """Every piece of evidence of place in a submission and its identifiers, without doubles."""
    gathered = [
        *_from_places(submission),
        *_from_identifiers(submission, found),
        *_from_hints(found, hints),
    ]
    for incident in submission.incidents:
        whose = _of_reporter(submission, Whose.OTHER)
        for named in places_in_text(incident.narrative):
            yielded = Evidence(
                code=Rung.NAMED_IN_TEXT,
                role=whose,
                shown=named.name,
                region=named.region,
                city=_folded(named.name) if named.is_city else "",
            )
            gathered.append(yielded)
    return tuple(dict.fromkeys(gathered))


def _from_places(submission: Submission) -> Iterator[Evidence]:
    for incident in submission.incidents:
        for place in incident.places:
            yield from _from_place(place, _whose(place, None, submission))
    for person in submission.people:
        for place in person.places:
            yield from _from_place(place, _whose(place, person.role, submission))


def _from_place(place: Place, whose: Whose) -> Iterator[Evidence]:
    if place.country and place.country.upper() != CANADA:
        yield Evidence(code=Rung.ABROAD, role=whose, shown=_country(place.country), region=ABROAD)
        return
    region = place.region.upper()
    city = _listed_city(place.city)
    if not region and (named := places_in_text(f"in {place.city}")):
        region = named[0].region
    if region in REGIONS:
        rung = Rung.STATED
        if place.verified:
            rung = Rung.ADDRESS if place.address or place.postal_code else Rung.ESTIMATE
        yield Evidence(code=rung, role=whose, shown=region, region=region, city=city)
    for by_code in regions_of_postal_code(place.postal_code):
        shown = place.postal_code.strip().upper()[0]
        yield Evidence(code=Rung.POSTAL_CODE, role=whose, shown=shown, region=by_code)


def _from_identifiers(submission: Submission, found: Sequence[FoundLike]) -> Iterator[Evidence]:
    for one in found:
        whose = _WHOSE_PERSON.get(PersonRole(one.role), Whose.OTHER)
        if one.role == PersonRole.REPORTER:
            whose = _of_reporter(submission, whose)
        if one.kind == "postal-code":
            for region in regions_of_postal_code(one.value):
                shown = one.value.strip().upper()[0]
                yield Evidence(code=Rung.POSTAL_CODE, role=whose, shown=shown, region=region)
        elif one.kind == "phone" and (code := area_code(one.value)):
            for region in regions_of_area_code(code):
                yield Evidence(code=Rung.AREA_CODE, role=whose, shown=code, region=region)
        elif one.kind == "phone" and one.value.startswith("+"):
            yield Evidence(code=Rung.ABROAD, role=whose, shown="", region=ABROAD)


def _from_hints(found: Sequence[FoundLike], hints: Mapping[str, Hint]) -> Iterator[Evidence]:
    for one in found:
        hint = hints.get(one.value)
        # An address of a service says where a machine stands; a reporter's own is no evidence.
        if hint is None or one.kind != "ip" or one.role in _NOBODYS_PLACE:
            continue
        whose = _WHOSE_PERSON.get(PersonRole(one.role), Whose.OTHER)
        if hint.country == CANADA:
            yield Evidence(code=Rung.IP_ADDRESS, role=whose, shown=hint.source, region=hint.region)
        else:
            shown = f"{hint.country}: {hint.source}"
            yield Evidence(code=Rung.IP_ABROAD, role=whose, shown=shown, region=ABROAD)


def _whose(place: Place, holder: PersonRole | None, submission: Submission) -> Whose:
    """Whose place it is: by its own role, else by the person it was given for."""
    if place.role is PlaceRole.REPORTER or holder is PersonRole.REPORTER:
        return _of_reporter(submission, Whose.OTHER)
    if place.role is PlaceRole.UNKNOWN and holder is not None:
        return _WHOSE_PERSON.get(holder, Whose.OTHER)
    return _WHOSE_PLACE[place.role]


def _of_reporter(submission: Submission, otherwise: Whose) -> Whose:
    """A reporter under 18 is taken for the child."""
    return Whose.CHILD if submission.reporter_is_minor else otherwise


def _by_region(evidence: Sequence[Evidence]) -> dict[str, list[Evidence]]:
    regions: dict[str, list[Evidence]] = {}
    for piece in evidence:
        if piece.region:
            regions.setdefault(piece.region, []).append(piece)
    return regions


def _bits(pieces: Sequence[Evidence]) -> float:
    """The strongest piece, and a little for each further kind that agrees with it."""
    kinds = {(piece.code, piece.role) for piece in pieces}
    bonus = min(_BONUS_BITS * (len(kinds) - 1), _MOST_BONUS_BITS)
    return max(piece.bits for piece in pieces) + bonus


def _agencies_of(
    region: str, pieces: Sequence[Evidence], agencies: Sequence[AgencyFacts]
) -> Mapping[str, float]:
    """Which police share a region's weight: a named city's own force first, then the region's."""
    police = [a for a in agencies if region in a.regions and a.kind == _POLICE]
    cities = {piece.city for piece in pieces if piece.city}
    local = sorted(a.id for a in police if a.cities & cities)
    wide = sorted(a.id for a in police if region in a.default_for) or sorted(
        a.id for a in police if not a.cities
    )
    wide = [one for one in wide if one not in local]
    if not local or not wide:
        sharing = local or wide
        return {one: 1 / len(sharing) for one in sharing}
    return {one: _CITY_SHARE / len(local) for one in local} | {
        one: (1 - _CITY_SHARE) / len(wide) for one in wide
    }


def _whole_percents(shares: Mapping[str, float]) -> dict[str, int]:
    """Shares in whole percent that sum to 100: the largest remainders are rounded up."""
    whole = sum(shares.values())
    exact = {one: 100 * share / whole for one, share in shares.items()}
    percents = {one: int(value) for one, value in exact.items()}
    by_remainder = sorted(exact, key=lambda one: (percents[one] - exact[one], one))
    for one in by_remainder[: 100 - sum(percents.values())]:
        percents[one] += 1
    return percents


def _folded(name: str) -> str:
    return fold(name.strip()).text


def _listed_city(said: str) -> str:
    """A city of our lists, folded; any other name was typed and is not kept in clear."""
    city = _folded(said)
    return city if city in listed_cities() else ""


def _country(said: str) -> str:
    """A country's two letters; anything longer was typed and is not shown."""
    return said.upper() if len(said) == 2 and said.isalpha() else ""  # noqa: PLR2004 - ISO 3166

import csv
import itertools
from dataclasses import dataclass, replace
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.intake.rules.submission import (
    Channel,
    Incident,
    Person,
    PersonRole,
    Place,
    PlaceRole,
    Submission,
)
from havre.triage.jurisdiction.rules.ladder import (
    AgencyFacts,
    Evidence,
    Rung,
    Whose,
    evidence_of,
    suggest,
    suggest_from,
)
from havre.triage.jurisdiction.rules.places import (
    DATA,
    REGIONS,
    area_code,
    cities_of_force,
    regions_of_area_code,
    regions_of_postal_code,
)
from havre.triage.jurisdiction.rules.sentences import evidence_sentence


@dataclass(frozen=True, kw_only=True)
class Noted:
    """An identifier as another room would note it."""

    kind: str
    value: str
    role: PersonRole = PersonRole.UNKNOWN
    field: str = "incidents.0.narrative"
    start: int = 0
    end: int = 1


CENTRE = AgencyFacts(
    id="national", kind="national-centre", regions=frozenset({"CA"}), is_national_centre=True
)
AGENCIES = (
    CENTRE,
    *(
        AgencyFacts(
            id=f"{region.lower()}-unit",
            kind="police",
            regions=frozenset({region}),
            default_for=frozenset({region}),
        )
        for region in REGIONS
    ),
    AgencyFacts(
        id="winnipeg-police",
        kind="police",
        regions=frozenset({"MB"}),
        cities=cities_of_force("winnipeg-police"),
    ),
    AgencyFacts(id="valley-police", kind="police", regions=frozenset({"MB"})),
    AgencyFacts(id="mb-welfare", kind="child-welfare", regions=frozenset({"MB"})),
)


def told(narrative="", *, places=(), people=(), reporter_is_minor=False):
    incident = Incident(narrative=narrative, places=tuple(places))
    return Submission(
        channel=Channel.PUBLIC_FORM,
        language="en",
        incidents=(incident,),
        people=tuple(people),
        reporter_is_minor=reporter_is_minor,
    )


def first(submission, found=()):
    return suggest(submission, found=found, agencies=AGENCIES)[0]


def ids_of(suggestions):
    return [suggestion.agency_id for suggestion in suggestions]


def test_a_report_without_any_place_goes_to_the_national_centre():
    (only,) = suggest(told("He writes at night."), found=(), agencies=AGENCIES)

    assert (only.agency_id, only.probability) == ("national", 100)
    assert only.evidence[0].code is Rung.NONE


def test_the_childs_region_decides_over_the_suspects_verified_address_and_both_are_listed():
    suspect = Place(role=PlaceRole.SUSPECT, region="BC", address="1 Example Street", verified=True)
    child = Place(role=PlaceRole.CHILD, region="MB")

    suggestions = suggest(told(places=(suspect, child)), found=(), agencies=AGENCIES)

    assert ids_of(suggestions)[:2] == ["mb-unit", "bc-unit"]
    assert suggestions[0].evidence[0].role is Whose.CHILD


def test_even_the_childs_phone_area_outweighs_all_that_is_known_of_the_suspect():
    suspect = Person(
        role=PersonRole.SUSPECT,
        places=(
            Place(region="BC", address="1 Example Street", postal_code="V5K 0A1", verified=True),
        ),
    )
    numbers = (
        Noted(kind="phone", value="+16045550142", role=PersonRole.SUSPECT),
        Noted(kind="phone", value="+12045550142", role=PersonRole.VICTIM),
    )

    assert first(told(people=(suspect,)), numbers).agency_id == "mb-unit"


@pytest.mark.parametrize("stronger", [Rung.ADDRESS, Rung.ESTIMATE, Rung.POSTAL_CODE])
def test_each_rung_of_the_ladder_outweighs_a_suspects_phone_area(stronger):
    weak = Evidence(code=Rung.AREA_CODE, role=Whose.SUSPECT, shown="604", region="BC")
    strong = Evidence(code=stronger, role=Whose.SUSPECT, shown="MB", region="MB")

    suggestions = suggest_from((weak, strong), agencies=AGENCIES)

    assert ids_of(suggestions)[:2] == ["mb-unit", "bc-unit"]


def test_a_suspects_verified_address_outweighs_a_providers_estimate():
    estimate = Place(role=PlaceRole.SUSPECT, region="ON", city="Ottawa", verified=True)
    address = Place(role=PlaceRole.SUSPECT, region="NS", address="2 Example Road", verified=True)

    assert first(told(places=(estimate, address))).agency_id == "ns-unit"
    assert first(told(places=(estimate,))).evidence[0].code is Rung.ESTIMATE


def test_a_phone_area_is_stronger_than_nothing():
    one = first(told(), [Noted(kind="phone", value="+12045550142")])

    assert one.agency_id == "mb-unit"
    assert one.probability > 50


def test_a_city_named_in_the_text_goes_to_its_own_force_and_then_to_the_region():
    suggestions = suggest(told("He lives in Winnipeg."), found=(), agencies=AGENCIES)

    assert ids_of(suggestions)[:2] == ["winnipeg-police", "mb-unit"]
    assert "valley-police" not in ids_of(suggestions)
    assert "mb-welfare" not in ids_of(suggestions)


def test_a_region_without_a_default_unit_is_shared_by_its_police():
    agencies = (
        CENTRE,
        AgencyFacts(id="a-police", kind="police", regions=frozenset({"MB"})),
        AgencyFacts(id="b-police", kind="police", regions=frozenset({"MB"})),
    )
    place = Place(role=PlaceRole.CHILD, region="MB")

    suggestions = suggest(told(places=(place,)), found=(), agencies=agencies)

    assert ids_of(suggestions)[:2] == ["a-police", "b-police"]


def test_a_region_that_nobody_serves_goes_to_the_national_centre():
    place = Place(role=PlaceRole.CHILD, region="MB")

    (only,) = suggest(told(places=(place,)), found=(), agencies=(CENTRE,))

    assert only.agency_id == "national"
    assert only.evidence[0].region == "MB"


@pytest.mark.parametrize(
    ("submission", "found"),
    [
        (told(places=(Place(role=PlaceRole.SUSPECT, country="FR", city="Lyon"),)), ()),
        (told(), (Noted(kind="phone", value="+33155501420", role=PersonRole.SUSPECT),)),
    ],
)
def test_what_lies_abroad_goes_to_the_national_centre(submission, found):
    one = first(submission, found)

    assert one.agency_id == "national"
    assert one.evidence[0].code is Rung.ABROAD


def test_a_child_here_and_a_suspect_abroad_name_the_childs_unit_then_the_national_centre():
    places = (
        Place(role=PlaceRole.SUSPECT, country="FR"),
        Place(role=PlaceRole.CHILD, region="YT"),
    )

    suggestions = suggest(told(places=places), found=(), agencies=AGENCIES)

    assert ids_of(suggestions) == ["yt-unit", "national"]


def test_a_young_reporters_own_phone_speaks_of_the_child():
    number = (Noted(kind="phone", value="+12045550142", role=PersonRole.REPORTER),)

    young = evidence_of(told(reporter_is_minor=True), found=number)
    grown = evidence_of(told(), found=number)

    assert [piece.role for piece in young] == [Whose.CHILD]
    assert [piece.role for piece in grown] == [Whose.OTHER]


def test_a_young_reporters_place_speaks_of_the_child():
    place = Place(role=PlaceRole.REPORTER, region="SK")

    assert evidence_of(told(places=(place,), reporter_is_minor=True), found=())[0].role == "child"
    assert evidence_of(told(places=(place,)), found=())[0].role == "other"


def test_a_city_field_without_a_region_still_names_one():
    (piece,) = evidence_of(told(places=(Place(city="Lévis"),)), found=())

    assert (piece.region, piece.city, piece.code) == ("QC", "levis", Rung.STATED)


def test_a_city_nobody_lists_is_not_kept_beside_its_region():
    place = Place(city="Flat 3, Pier Lane", region="MB")

    (piece,) = evidence_of(told(places=(place,)), found=())

    assert (piece.region, piece.city) == ("MB", "")


def test_a_city_nobody_lists_names_no_region():
    assert evidence_of(told(places=(Place(city="Lakeport"),)), found=()) == ()


def test_a_postal_code_found_in_text_names_its_region():
    (piece,) = evidence_of(told(), found=[Noted(kind="postal-code", value="R3C 1A1")])

    assert (piece.code, piece.shown, piece.region) == (Rung.POSTAL_CODE, "R", "MB")


def test_what_names_no_place_is_no_evidence():
    found = (Noted(kind="email", value="a@example.com"), Noted(kind="phone", value="555-0142"))
    nowhere = Evidence(code=Rung.NONE, role=Whose.OTHER, shown="")

    assert evidence_of(told(), found=found) == ()
    assert ids_of(suggest_from((nowhere,), agencies=AGENCIES)) == ["national"]


def test_evidence_never_shows_what_somebody_typed():
    typed = "zzz-typed-zzz"
    place = Place(role=PlaceRole.CHILD, region="MB", city=typed, address=typed, country=typed)
    here = replace(place, country="CA", postal_code="R3C1A1")

    for piece in evidence_of(told(f"{typed} in Halifax", places=(place, here)), found=()):
        assert typed not in piece.shown


def test_routing_needs_one_national_centre():
    with pytest.raises(ValueError, match="one national centre, not 0"):
        suggest(told(), found=(), agencies=AGENCIES[1:])
    with pytest.raises(ValueError, match="one national centre, not 2"):
        suggest(told(), found=(), agencies=(CENTRE, replace(CENTRE, id="other")))


pieces = st.builds(
    Evidence,
    code=st.sampled_from([rung for rung in Rung if rung is not Rung.NONE]),
    role=st.sampled_from(Whose),
    shown=st.just("MB"),
    region=st.sampled_from([*REGIONS, "abroad"]),
)


@given(st.lists(pieces, max_size=8))
def test_shares_sum_to_a_hundred_and_stand_in_order(evidence):
    suggestions = suggest_from(evidence, agencies=AGENCIES)

    shares = [suggestion.probability for suggestion in suggestions]
    assert sum(shares) == 100
    assert shares == sorted(shares, reverse=True)
    assert all(suggestion.evidence for suggestion in suggestions)


@given(st.lists(pieces, max_size=6), st.sampled_from(REGIONS))
def test_a_childs_stated_region_comes_first_whatever_is_known_of_others(evidence, region):
    others = [replace(piece, role=Whose.SUSPECT) for piece in evidence]
    child = Evidence(code=Rung.STATED, role=Whose.CHILD, shown=region, region=region)

    suggestions = suggest_from((*others, child), agencies=AGENCIES)

    assert suggestions[0].agency_id == f"{region.lower()}-unit"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_piece_of_evidence_has_a_sentence_in_both_languages(language):
    sentences = {
        evidence_sentence(Evidence(code=rung, role=whose, shown="204", region="MB"), language)
        for rung, whose in itertools.product(Rung, Whose)
    }

    assert len(sentences) == (len(Rung) - 1) * len(Whose) + 1
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)


def test_a_french_sentence_is_french():
    piece = Evidence(code=Rung.AREA_CODE, role=Whose.CHILD, shown="204", region="MB")

    assert evidence_sentence(piece, "fr") == "Indicatif régional 204 (l\u2019enfant)\u00a0: MB."
    assert evidence_sentence(piece, "en") == "Phone area 204 (the child): MB."


def rows(name):
    lines = Path(DATA / name).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# Source:")
    assert "Date:" in lines[0]
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_the_area_codes_are_exactly_those_the_phone_library_knows_for_canada():
    ours = {row["code"] for row in rows("area_codes.csv")}
    known = {
        str(code)
        for code in range(200, 1000)
        if phonenumbers.region_code_for_number(phonenumbers.parse(f"+1{code}5550142")) == "CA"
    }
    # 600, 622, 633: Canadian numbers that belong to no place.
    non_geographic = {code for code in known if code[0] == "6" and code[1:] in {"00", "22", "33"}}

    assert ours == known - non_geographic


def test_every_data_row_names_real_regions():
    for row in (*rows("area_codes.csv"), *rows("postal_letters.csv")):
        assert set(row["regions"].split()) <= set(REGIONS)
    for row in rows("places.csv"):
        assert row["region"] in REGIONS
        assert row["kind"] in {"province", "city"}


def test_every_region_has_a_name_an_area_code_and_a_postal_letter():
    named = {row["region"] for row in rows("places.csv") if row["kind"] == "province"}
    dialled = set(" ".join(row["regions"] for row in rows("area_codes.csv")).split())
    posted = set(" ".join(row["regions"] for row in rows("postal_letters.csv")).split())

    assert named == dialled == posted == set(REGIONS)


@pytest.mark.parametrize(
    ("postal_code", "regions"),
    [
        ("R3C 1A1", ("MB",)),
        ("h2x1y4", ("QC",)),
        ("X0A 0H0", ("NU",)),
        ("X1A 2B3", ("NT",)),
        ("X9", ("NT", "NU")),
        ("12345", ()),
        ("", ()),
        ("Zulu", ()),
    ],
)
def test_a_postal_code_names_its_region(postal_code, regions):
    assert regions_of_postal_code(postal_code) == regions


def test_an_area_code_is_read_from_a_number_of_country_code_one_alone():
    assert area_code("+12045550142") == "204"
    assert area_code("+33155501420") == ""
    assert regions_of_area_code("867") == ("NT", "NU", "YT")
    assert regions_of_area_code("212") == ()

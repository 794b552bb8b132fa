import re
from collections import Counter
from datetime import date

import pytest

from havre.agencies.rules.directory import (
    AGENCY_COLUMNS,
    EMERGENCY_COLUMNS,
    PROVINCES,
    first_level,
    numbers_for,
    read_agencies,
    read_emergency,
    shipped_agencies,
    shipped_emergency_numbers,
)
from havre.agencies.rules.words import AgencyKind

GOOD = {
    "code": "harbor-police",
    "name_en": "Harbor Police",
    "name_fr": "Police du port",
    "kind": "police",
    "legal_type": "municipal-police",
    "regions": "NS PE",
    "languages": "en fr",
    "contact": "intake@harbor.example.com",
    "after_hours": "902-555-0100",
    "is_national_centre": "no",
    "is_default_for": "NS",
    "source": "invented",
    "as_of": "2026-11-01",
}
CALL = {
    "region": "NU",
    "community": "",
    "name_en": "Harbor line",
    "name_fr": "Ligne du port",
    "number": "867-___-1111",
    "note_en": "Fill in the blank.",
    "note_fr": "Remplissez le blanc.",
    "source": "invented",
    "as_of": "2026-11-01",
}


def page(columns, *rows):
    lines = [",".join(columns), *(",".join(row[name] for name in columns) for row in rows)]
    return "\n".join(lines) + "\n"


def agencies(*changes):
    return page(AGENCY_COLUMNS, *(GOOD | change for change in changes))


def calls(*changes):
    return page(EMERGENCY_COLUMNS, *(CALL | change for change in changes))


def test_a_row_is_read_whole():
    (row,) = read_agencies(agencies({}))

    assert row.code == "harbor-police"
    assert row.kind is AgencyKind.POLICE
    assert row.regions == ("NS", "PE")
    assert row.default_for == ("NS",)
    assert row.languages == ("en", "fr")
    assert row.is_national_centre is False
    assert row.as_of == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"code": "Harbor Police"}, "no code: 'Harbor Police'"),
        ({"name_en": " "}, "name_en is blank"),
        ({"name_fr": ""}, "name_fr is blank"),
        ({"source": ""}, "source is blank"),
        ({"legal_type": ""}, "legal_type is blank"),
        ({"kind": "navy"}, "no kind 'navy'"),
        ({"regions": "NS Narnia"}, "no region 'Narnia'"),
        ({"regions": "PE"}, "asked first in a region that is not its own"),
        ({"languages": ""}, "no languages: ''"),
        ({"languages": "English"}, "no languages: 'English'"),
        ({"is_national_centre": "perhaps"}, "is_national_centre is yes or no"),
        ({"as_of": "last week"}, "as_of is no date: 'last week'"),
        ({"contact": "a,b"}, "not 13 cells"),
    ],
)
def test_a_wrong_agency_row_is_refused_by_its_line(change, reason):
    text = agencies({"code": "first", "is_default_for": ""}, change)

    with pytest.raises(ValueError, match=re.escape(f"line 3: {reason}")):
        read_agencies(text)


def test_a_row_cut_short_is_refused():
    with pytest.raises(ValueError, match="line 3: not 13 cells"):
        read_agencies(agencies({}) + "harbor,Harbor\n")


def test_two_agencies_cannot_have_one_code_or_both_be_asked_first():
    with pytest.raises(ValueError, match="line 3: the code 'harbor-police' is already taken"):
        read_agencies(agencies({}, {}))
    with pytest.raises(ValueError, match=r"line 3: 'harbor-police' is already the first .* in NS"):
        read_agencies(agencies({}, {"code": "other"}))


@pytest.mark.parametrize("text", ["", "code,name\n"])
def test_other_columns_are_refused(text):
    for read in (read_agencies, read_emergency):
        with pytest.raises(ValueError, match="line 1: the columns are not"):
            read(text)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"region": "XX"}, "no region 'XX'"),
        ({"number": "call us"}, "no phone number: 'call us'"),
        ({"number": ""}, "number is blank"),
        ({"note_fr": ""}, "a note in one language only"),
        ({"as_of": ""}, "as_of is no date: ''"),
    ],
)
def test_a_wrong_emergency_row_is_refused_by_its_line(change, reason):
    with pytest.raises(ValueError, match=re.escape(f"line 2: {reason}")):
        read_emergency(calls(change))


def test_own_numbers_come_before_those_of_the_whole_country():
    rows = read_emergency(calls({"region": "CA"}, {}, {"region": "QC"}))

    assert [row.region for row in numbers_for(rows, "NU")] == ["NU", "CA"]
    assert [row.region for row in numbers_for(rows, "CA")] == ["CA"]
    assert [row.region for row in numbers_for(rows, "")] == ["CA"]


@pytest.mark.parametrize(
    "typed", ["Iqaluit", "in IQALUIT, at the shore", "Pré-du-Port", "pre-du-port"]
)
def test_a_town_s_own_number_comes_first_and_other_towns_are_left_out(typed):
    town = "Pré-du-Port" if "du" in typed else "Iqaluit|Frobisher Bay"
    rows = read_emergency(
        calls(
            {}, {"community": town, "name_en": "Own"}, {"community": "Elsewhere"}, {"region": "CA"}
        )
    )

    found = numbers_for(rows, "NU", typed)

    assert [(row.region, row.community) for row in found] == [("NU", town), ("NU", ""), ("CA", "")]


@pytest.mark.parametrize("typed", ["", "Iqaluitlike", "Arviat"])
def test_a_town_that_has_none_gets_the_region_s_and_every_town_s(typed):
    rows = read_emergency(calls({}, {"community": "Iqaluit"}))

    assert numbers_for(rows, "NU", typed) == rows


def test_every_province_and_territory_has_police_to_ask_first():
    rows = shipped_agencies()

    for region in PROVINCES:
        assert first_level(rows, region).kind is AgencyKind.POLICE
        assert region in first_level(rows, region).regions


def test_where_nobody_else_is_asked_first_the_national_centre_is():
    rows = shipped_agencies()

    assert first_level(rows, "CA").is_national_centre
    assert first_level(rows, "X-FR") == first_level(rows, "") == first_level(rows, "CA")
    assert sum(row.is_national_centre for row in rows) == 1


def test_the_directory_holds_every_kind_and_one_tipline():
    kinds = Counter(row.kind for row in shipped_agencies())

    assert set(kinds) == set(AgencyKind)
    assert kinds[AgencyKind.TIPLINE] == 1
    assert kinds[AgencyKind.CHILD_WELFARE] >= 13


def test_every_region_has_child_welfare_and_prosecution():
    rows = shipped_agencies()

    for kind in (AgencyKind.CHILD_WELFARE, AgencyKind.PROSECUTION):
        covered = {region for row in rows if row.kind is kind for region in row.regions}
        assert covered >= PROVINCES


def test_no_contact_is_a_real_one():
    for row in shipped_agencies():
        assert row.contact.endswith(".example.com")
        assert re.fullmatch(r"(\d{3}-555-01\d\d)?", row.after_hours)
        assert "contact is a placeholder" in row.source


def test_every_region_has_a_number_to_call_and_nunavut_is_not_sent_to_911():
    rows = shipped_emergency_numbers()

    for region in PROVINCES:
        assert numbers_for(rows, region)[0].region == region
    assert "911" not in {row.number for row in rows if row.region == "NU"}


def test_no_number_that_a_child_could_call_is_a_placeholder():
    for row in shipped_emergency_numbers():
        assert "555" not in row.number
        assert "placeholder" not in row.source

import pytest

from havre.triage.jurisdiction.rules.places import places_in_text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They met near St. John\u2019s, then in Montreal.", ["St. John's", "Montréal"]),
        ("j\u2019habite à trois rivieres", ["Trois-Rivières"]),
        ("Regina wrote to Victoria.", []),
        ("She lives in Regina.", ["Regina"]),
        ("London, ON", ["London", "ON"]),
        ("Windsor, NS", ["NS"]),
        ("the Ontarion band", []),
        ("en Colombie-Britannique", ["Colombie-Britannique"]),
        ("Greater Sudbury", ["Greater Sudbury"]),
        ("half \ud800 a character in Laval", ["Laval"]),
    ],
)
def test_canadian_places_are_found_at_word_boundaries_in_both_languages(text, names):
    assert [place.name for place in places_in_text(text)] == names


def test_a_place_points_at_the_typed_characters():
    text = "Il reste à MONTRÉAL."

    (place,) = places_in_text(text)

    assert text[place.start : place.end] == "MONTRÉAL"
    assert place.is_city

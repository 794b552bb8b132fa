"""Days of birth as cards, papers and answers tell them, in both languages."""

import pytest

from havre.identifiers.rules.find import find_in_text


def born(text):
    """The days of birth found in a text."""
    return {one.value for one in find_in_text(text, field="summary") if one.kind == "birth-date"}


@pytest.mark.parametrize(
    "text",
    [
        "| Field | Entry |\n|---|---|\n| Child's DOB | 2013-06-19 |\n| Grade | 6 |",
        "| Date de naissance de l'enfant | 2013-06-19 |",
        "DATE DE NAISSANCE DE L'ÉLÈVE 19 JUIN 2013",
        "DOB on the form says 19/06/2013.",
        "Birthdate on his card: June 19th, 2013",
        "His birth certificate reads 19 June 2013.",
        "Sa naissance sur le formulaire : 19 juin 2013",
        "He told me he was born in 2013, on the 19th of June.",
        "Elle est venue au monde le 19 juin 2013.",
        "Ma fille, née le dix-neuf juin deux mille treize, ne dort plus.",
        "sa date de naissance, euh, le dix-neuf juin deux mille treize",
        "anniv 19 juin 2013",
        "mon anniv c le 19 juin 2013",
        "fête : 19 juin 2013",
        "He asked her date of birth and she typed June 19, 2013.",
        "He wanted to know when she was born; she answered June 19, 2013.",
        "Il lui a demandé sa date de naissance, elle a répondu le 19 juin 2013.",
        "She's a June 19, 2013 baby.",
        "né un mercredi, le 19 juin 2013",
        "elle est née dans la nuit du 19 juin 2013",
        "birthday: 19 / 06 / 2013",
        "Birth date 2013 - 06 - 19",
        "DOB: 2013. 06. 19",
    ],
)
def test_a_day_of_birth_is_found_however_a_card_a_paper_or_an_answer_tells_it(text):
    assert born(text) == {"2013-06-19"}


@pytest.mark.parametrize(
    "text",
    [
        "| Date | 2024-06-19 |\n| Reported | 2024-06-19 |",
        "The profile form says 2024-06-19 for the visit.",
        "She was born in Laval and she told me on June 19, 2024 that he wrote.",
        "Né à Laval, il a dit le 19 juin 2024 qu'il partait.",
        "la fête des voisins : 19 juin 2024, au parc",
        "Fête de quartier le 19 juin 2024",
        "birth announcement sent June 19, 2024",
        "On June 19, 2024 baby photos were asked for.",
        "Her birthday party was moved to June 19, 2024 last year.",
        "On a dansé le 19 juin 2024, dix-neuf personnes.",
    ],
)
def test_another_day_beside_such_words_is_nobodys_birth(text):
    assert born(text) == set()

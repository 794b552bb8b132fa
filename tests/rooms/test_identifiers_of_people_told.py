"""Plates, postal codes, civic addresses and schools as people spell, say and shorten them."""

import pytest

from havre.identifiers.rules.find import find_in_text
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.words import Kind


def values(text):
    return {(str(found.kind), found.value) for found in find_in_text(text, field="t")}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("la plaque, c'est une plaque de l'Ontario, KTR 482", "plate", "KTR482"),
        (
            "plaque du Québec, lettre N, le chiffre sept, le chiffre un, puis Bravo Delta Kilo.",
            "plate",
            "N71BDK",
        ),
        ("Plate (BC): KTR 482", "plate", "KTR482"),
        ("plate no: KTR-482", "plate", "KTR482"),
        ("license plate reading KTR 482 parked outside", "plate", "KTR482"),
        ("blue pickup KTR 482 (Ontario plate)", "plate", "KTR482"),
        ("immatriculation KTR482, camionnette blanche", "plate", "KTR482"),
        ("sa plaque commence par KTR et finit par 482", "plate", "KTR482"),
        ("plate starts KTR then 482", "plate", "KTR482"),
        ("K... T... R... 4... 8... 2 was on the plate", "plate", "KTR482"),
        ("matricule KTR 482 du véhicule", "plate", "KTR482"),
        ("plaque ktr482 ou qqch du genre", "plate", "KTR482"),
        ("plate K/T/R/4/8/2", "plate", "KTR482"),
        ("plate K*T*R*482", "plate", "KTR482"),
        ("plate: K T R - 4 8 2", "plate", "KTR482"),
        ("V three H, two K five, that's her postal code", "postal-code", "V3H2K5"),
        ("postal code starts V3H and ends 2K5", "postal-code", "V3H2K5"),
        ("C.P. : v 3 h 2 k 5", "postal-code", "V3H2K5"),
        ("postal: V3H\n2K5", "postal-code", "V3H2K5"),
        ("v3h2k5 is the postal he gave", "postal-code", "V3H2K5"),
        ("il reste au cent onze boulevard des Outardes", "address", "111 blvd des outardes"),
        ("Address for the prize: seventeen Larkmoor Ave", "address", "17 larkmoor av"),
        ("elle demeure au quarante-deux rue des Pins", "address", "42 rue des pins"),
        ("He lives at twelve oh four Pine Road", "address", "1204 pine rd"),
        ("rendez-vous au huit, rue Sainte-Brume", "address", "8 rue sainte brume"),
        ("au vingt-cinq du chemin du Lac", "address", "25 ch du lac"),
        ("four fifty Cedar Court, second floor", "address", "450 cedar ct"),
        ("meet @ 12 elm st. after 4", "address", "12 elm st"),
        ("12 Elm St., apt 3", "address", "12 elm st"),
        ("77 av. des Lilas", "address", "77 av des lilas"),
        ("305, rang Saint-Paul", "address", "305 rang saint paul"),
        ("9 impasse du Moulin", "address", "9 impasse du moulin"),
        ("15 Wharf Quay", "address", "15 wharf quay"),
        ("6 Heron Mews", "address", "6 heron mews"),
        ("at 22 Maple Hill Rise", "address", "22 maple hill rise"),
        ("140 montée des Ormes", "address", "140 montee des ormes"),
        ("il est inscrit à l'Externat Sainte-Brunehaude", "school", "externat sainte brunehaude"),
        ("chu en sec 1 a lécole Mont-Chevreau", "school", "ecole mont chevreau"),
        ("elle va à l'école des outardes", "school", "ecole des outardes"),
        ("à l'école secondaire du Phare", "school", "ecole secondaire du phare"),
        ("Pine Ridge Montessori", "school", "pine ridge montessori"),
        ("l'Institut du Grand-Pin, en 4e secondaire", "school", "institut du grand pin"),
        ("enrolled at Pine Ridge Prep", "school", "pine ridge prep"),
        ("collège du Vieux-Moulin", "school", "college du vieux moulin"),
        ("my kid's school is pine ridge elementary", "school", "pine ridge elementary"),
        ("st brendan high, grade 10", "school", "st brendan high"),
        ("CPE Les Outardes", "school", "cpe les outardes"),
        ("at Pine Ridge Collegiate", "school", "pine ridge collegiate"),
        ("goes to Pine Ridge High", "school", "pine ridge high"),
        ("École/School: Pine Ridge School", "school", "pine ridge school"),
        ("le Juvénat Saint-Jude", "school", "juvenat saint jude"),
        ("l'académie du Lac", "school", "academie du lac"),
        ("she goes to Pine Ridge P.S.", "school", "pine ridge p s"),
        ("plate K-T-R 4-8-2", "plate", "KTR482"),
        ("plaque K.T.R.4.8.2", "plate", "KTR482"),
        ("his licence plate was KTR-482 on a blue truck", "plate", "KTR482"),
        ("une Honda grise immatriculée KTR 482", "plate", "KTR482"),
        ("plaque : K T R 4 8 2", "plate", "KTR482"),
        ("Plate reads kilo tango romeo four eight two", "plate", "KTR482"),
        ("plaque kilo tango roméo quatre cent quatre-vingt-deux", "plate", "KTR482"),
        ("grey van, plates KTR 482", "plate", "KTR482"),
        ("plaque (Ontario) KTR 482", "plate", "KTR482"),
        ("the plate, I think, KTR482", "plate", "KTR482"),
        ("Grey Civic, Ontario plate, ktr 482", "plate", "KTR482"),
        ("la plak c ktr482", "plate", "KTR482"),
        ("licence: KTR482", "plate", "KTR482"),
        ("pl8 KTR 482", "plate", "KTR482"),
        ("plate KTR followed by 482", "plate", "KTR482"),
        ("vehicle reg KTR 482", "plate", "KTR482"),
        ("K as in king, T like Tom, R for Robert, 482, that's the plate", "plate", "KTR482"),
        ("plate number is K, T, R, four, eight, two", "plate", "KTR482"),
        ("lettres KTR puis chiffres 482 sur la plaque", "plate", "KTR482"),
        ("plaque KTR, espace, 482", "plate", "KTR482"),
        ("plaque N71 BDK", "plate", "N71BDK"),
        ("plate KTR 428, no sorry, KTR 482", "plate", "KTR482"),
        ("postal V 3 H 2 K 5", "postal-code", "V3H2K5"),
        ("V3H-2K5", "postal-code", "V3H2K5"),
        ("code postal v3h2k5", "postal-code", "V3H2K5"),
        ("zip v3h 2k5", "postal-code", "V3H2K5"),
        ("V three H two K five is the postal code", "postal-code", "V3H2K5"),
        ("postal code Victor three Hotel, two Kilo five", "postal-code", "V3H2K5"),
        ("son code postal commence par V3H et finit par 2K5", "postal-code", "V3H2K5"),
        ("V3H / 2K5 postal", "postal-code", "V3H2K5"),
        ("cp: V3H.2K5", "postal-code", "V3H2K5"),
        ("Ship to 12 Elm Street, Burnaby BC V3H 2K5", "postal-code", "V3H2K5"),
        ("V3H, 2K5, code postal", "postal-code", "V3H2K5"),
        (
            "V comme Victor, trois, H comme Hélène, deux, K comme kilo, cinq : son code postal",
            "postal-code",
            "V3H2K5",
        ),
    ],
)
def test_it_is_found_however_it_is_told(text, kind, value):
    assert (kind, value) in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "plate from the kitchen, 12 of them",
        "plaque de 20 cm pour le mur; une plaque en métal no 4",
        "The plate is from KTR Radio. Registration for camp is open, 482 spots.",
        "licence 2 kill, license to drive at 16",
        "Two Main Street boys ran. One Way Street is a sign. Une rue Principale est bloquée.",
        "deux rues plus loin, trois avenues, dix places de stationnement",
        "one street over, the first Avenue, cent boulevards",
        "Elle va à l'école secondaire de la ville. Il va à l'école avec son frère.",
        "An institute for the deaf; she was at a high point, grade 3 of the climb.",
        "postal workers of V3H met and 2 of them, K5, left; postal strike",
        "Le couvent est fermé. L'institut a appelé.",
    ],
)
def test_the_same_words_in_plain_talk_are_none(text):
    assert not {kind for kind, _ in values(text)} & {"plate", "postal-code", "address", "school"}


def test_a_number_said_in_words_is_the_same_house():
    said = normalise(Kind.ADDRESS, "cent onze boulevard des Outardes")
    assert said == normalise(Kind.ADDRESS, "111, boul. des Outardes") == "111 blvd des outardes"
    assert normalise(Kind.ADDRESS, "Outardes boulevard") is None


def test_a_plate_put_right_is_told_both_ways():
    assert values("plate KTR 428, no sorry, KTR 482") == {("plate", "KTR428"), ("plate", "KTR482")}
    assert values("plate KTR 428, no 4 doors, BXK 482 km") == {("plate", "KTR428")}

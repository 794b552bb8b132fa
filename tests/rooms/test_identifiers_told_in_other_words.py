"""Days of birth, plates, schools and numbers told in ways of their own, in both languages."""

import pytest

from havre.identifiers.rules.find import find_in_text


def values(text, kind):
    return {found.value for found in find_in_text(text, field="t") if str(found.kind) == kind}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Elle est née, attendez voir, le premier octobre deux mille douze.", "2012-10-01"),
        ("She was born, let me think, on the first of October 2012.", "2012-10-01"),
        ("born, i think, oct 1 2012", "2012-10-01"),
        ("Elle est née à Laval le 1er octobre 2012.", "2012-10-01"),
        ("Elle est née, si je me souviens bien, le 1er octobre 2012.", "2012-10-01"),
        ("his date of birth, according to the form, is 1 October 2012", "2012-10-01"),
        ("date of birth on her profile: October 1, 2012", "2012-10-01"),
        ("the birthday she gave was October 1, 2012", "2012-10-01"),
        ("birthdate she typed in: 2012-10-01", "2012-10-01"),
        ("La date de naissance qu'elle a donnée est le 1er octobre 2012.", "2012-10-01"),
        ("Ma fille a vu le jour le 1er octobre 2012.", "2012-10-01"),
        ("elle est du 1er octobre 2012", "2012-10-01"),
        ("jsuis né le 1 oct 2012", "2012-10-01"),
        ("chu né le 1er octobre 2012", "2012-10-01"),
        ("i was born october 1st of 2012", "2012-10-01"),
        ("i turned 13 on October 1 2025, born 2012-10-01", "2012-10-01"),
        ("dob 2012/10/01", "2012-10-01"),
        ("D.O.B.: 01-OCT-2012", "2012-10-01"),
        ("Birth: 01 Oct 2012", "2012-10-01"),
        ("b. 1 October 2012", "2012-10-01"),
        ("(born 1 October 2012)", "2012-10-01"),
        ("Né(e) le : 1er octobre 2012", "2012-10-01"),
        ("Née le : 2012-10-01", "2012-10-01"),
        ("DDN 2012.10.01", "2012-10-01"),
        ("DDN=2012-10-01", "2012-10-01"),
        ("date_naissance,2012-10-01", "2012-10-01"),
        ('"dob":"2012-10-01"', "2012-10-01"),
        ('"birthDate": "2012-10-01"', "2012-10-01"),
        ("birthdate;2012-10-01", "2012-10-01"),
        ("Date of birth on file   2012-10-01", "2012-10-01"),
        ("my bday is oct 1 2012", "2012-10-01"),
        ("my birthday's october 1 2012", "2012-10-01"),
        ("my b day is the 1st of october 2012", "2012-10-01"),
        ("ma date de fete c le 1 octobre 2012", "2012-10-01"),
        ("told him my birthday, 30 october 2010, which was dumb", "2010-10-30"),
        ("he knows her birthday (October 30, 2010) and her school", "2010-10-30"),
        ("Il connaissait sa date de naissance, le 30 octobre 2010", "2010-10-30"),
        ("30 octobre 2010, c'est sa fête", "2010-10-30"),
        ("On October 30, 2010 our daughter was born.", "2010-10-30"),
        ("Le 30 octobre 2010 naissait notre fille", "2010-10-30"),
        ("October 30 2010 is when she was born", "2010-10-30"),
        ("le 30 octobre 2010, jour de sa naissance", "2010-10-30"),
        ("child's info: 30/10/2010 (DOB), grade 9", "2010-10-30"),
        ("Victim: female, DOB 30 OCT 2010", "2010-10-30"),
        ("Élève : fille, 30-10-2010 (ddn)", "2010-10-30"),
        ("Birthday - 30th October, 2010", "2010-10-30"),
        ("he made her say her full date of birth: thirty October twenty ten", "2010-10-30"),
        ("She was born on October thirtieth, twenty ten.", "2010-10-30"),
        ("née un trente octobre, en deux mille dix", "2010-10-30"),
        ("Her birth year is 2010, October 30.", "2010-10-30"),
        ("born on the 30th day of October 2010", "2010-10-30"),
        ("sa naissance remonte au 30 octobre 2010", "2010-10-30"),
        ("date nais. 30/10/2010", "2010-10-30"),
    ],
)
def test_a_day_of_birth_is_found_however_it_is_told(text, value):
    assert values(text, "birth-date") == {value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The van is registered as KDV 219 in Manitoba.", "KDV219"),
        ("white cube van with Manitoba plates, KDV 219", "KDV219"),
        ("vehicle: grey Honda, reg. KDV 219", "KDV219"),
        ("Plate (Manitoba): KDV 219", "KDV219"),
        ("Il conduit une Mazda grise immatriculée au Manitoba, KDV 219.", "KDV219"),
        ("son char, c'est KDV 219 sur la plaque", "KDV219"),
        ("his licence was KDV 219, I wrote it down", "KDV219"),
        ("I got his tag: KDV 219", "KDV219"),
        ("he drives a black truck, tags KDV-219", "KDV219"),
        ("the numbers on the back of the car were KDV 219", "KDV219"),
        ("J'ai noté le numéro de la voiture : KDV 219.", "KDV219"),
        ("the car had KDV 219 on it", "KDV219"),
        ("a car with the registration KDV 219", "KDV219"),
        ("registration number KDV219", "KDV219"),
        ("immat KDV 219", "KDV219"),
        ("imm. : KDV 219", "KDV219"),
        ("no de plaque KDV219", "KDV219"),
        ("plate no. KDV219", "KDV219"),
        ("plak KDV 219", "KDV219"),
        ("on the plate it said KDV 219", "KDV219"),
        ("on the licence plate I could read KDV, then 219", "KDV219"),
        ("sur la plaque on lisait KDV 219", "KDV219"),
        ("La plaque du véhicule, relevée par le gardien, est KDV 219.", "KDV219"),
        ("The plate, which the custodian wrote down, was KDV 219.", "KDV219"),
        ("The plate of the car that keeps stopping near the school is KDV 219.", "KDV219"),
        ("his plate (I took a photo) is KDV 219", "KDV219"),
        ("plate = KDV-219 (MB)", "KDV219"),
        ("the student wrote the plate on her hand, KDV 219", "KDV219"),
        ("I memorized the plate. KDV 219.", "KDV219"),
        ("Plate? KDV 219.", "KDV219"),
        ("K D V 2 1 9 was the plate", "KDV219"),
        ("the plate is kilo delta victor two one nine", "KDV219"),
        ("véhicule suspect : Kia bleue / H15 WQZ (plaque)", "H15WQZ"),
        ("Il a un pick-up noir (H15 WQZ).", "H15WQZ"),
    ],
)
def test_a_plate_is_found_however_it_is_told(text, value):
    assert values(text, "plate") == {value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "tel en lettres, quatre cinq zéro / trois fois le cinq / zéro un deux deux",
            "+14505550122",
        ),
        ("quatre cent cinquante, trois fois cinq, zéro cent vingt-deux", "+14505550122"),
        ("four five zero, three fives, oh one two two", "+14505550122"),
        ("four five zero, five three times, zero one two two", "+14505550122"),
        ("450 triple five 0122", "+14505550122"),
        ("four fifty, five fifty-five, oh one twenty-two", "+14505550122"),
        ("quatre-cinquante, cinq cent cinquante-cinq, zéro un, vingt-deux", "+14505550122"),
        ("plus three three, one, nine nine, zero zero, three six, one two", "+33199003612"),
        ("plus forty-four, twenty, seven nine four six, zero one two three", "+442079460123"),
        ("+44 20 7946 0123", "+442079460123"),
        ("zero zero four four, two zero, seven nine four six, zero one two three", "+442079460123"),
        ("plus one, four five zero, five five five, zero one two two", "+14505550122"),
        ("un, quatre cinq zéro, cinq cinq cinq, zéro un deux deux", "+14505550122"),
        ("my number's 450 five five five 0122", "+14505550122"),
        ("(450) 555 ... 0122 call me", "+14505550122"),
        ("tel: 450 . 555 . 0122", "+14505550122"),
        ("450 555 O122 text me", "+14505550122"),
        ("4 5 0 5 5 5 0 1 2 2", "+14505550122"),
        ("45-05-55-01-22 c'est mon tel", "+14505550122"),
        ("4505 550 122 mon cell", "+14505550122"),
        ("555-0122, area code 450", "+14505550122"),
        ("c'est 555-0122, indicatif 450", "+14505550122"),
        ("text me at four-five-zero five-five-five zero-one-two-two", "+14505550122"),
        ("450/555/0122", "+14505550122"),
        ("☎ 450.555.0122", "+14505550122"),
        ("Phone=4505550122", "+14505550122"),
        ("whatsapp +1 (450) 555 0122", "+14505550122"),
        ("signal: 1 450 555 0122", "+14505550122"),
        ("450 555 (zero one) 22", "+14505550122"),
        ("450 555 then 0122", "+14505550122"),
        ("450 puis 555 puis 0122", "+14505550122"),
        ("450, 555 and then 01 22", "+14505550122"),
        ("450 555 0122 wait no 0138", "+14505550138"),
        ("450 555 0122, je me trompe, 0138", "+14505550138"),
    ],
)
def test_a_number_is_found_however_it_is_said(text, value):
    assert values(text, "phone") == {value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "Il y a mis son nom, son école, soit le Centre scolaire des Deux-Caps, et",
            "centre scolaire des deux caps",
        ),
        ("Elle étudie au Centre scolaire des Deux-Caps.", "centre scolaire des deux caps"),
        ("Il va au Centre éducatif Samuel", "centre educatif samuel"),
        ("she goes to Stonebrook Middle School", "stonebrook middle school"),
        ("she goes to Stonebrook Middle.", "stonebrook middle"),
        ("i go 2 stonebrook high", "stonebrook high"),
        ("im in grade 9 at stonebrook secondary", "stonebrook secondary"),
        ("Elle fréquente l'Académie Sainte-Marie.", "academie sainte marie"),
        ("jvais a lecole des érables", "ecole des erables"),
        ("mon école c'est école des Érables", "ecole des erables"),
        ("School: Stonebrook Elementary", "stonebrook elementary"),
        ("she goes to St. Brigid's School", "st brigid s school"),
        ("Lester B. Pearson High School", "lester b pearson high school"),
        ("à l'école internationale du Mont", "ecole internationale du mont"),
        ("la garderie, CPE La Ruche", "cpe la ruche"),
        ("at Northgate Christian Academy, grade 5", "northgate christian academy"),
    ],
)
def test_a_school_is_found_by_more_of_its_words(text, value):
    assert values(text, "school") == {value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("im 13 my dob is 2012-06-20 wait typo its 2012-06-30", "2012-06-30"),
        ("née le 20 juin 2012, non, le 30 juin 2012", "2012-06-30"),
        ("born June 20 2012 - correction, June 30 2012", "2012-06-30"),
        ("DOB 2012-06-20 (should read 2012-06-30)", "2012-06-30"),
        ("dob 2012-06-20, oh oops, i meant 2012-06-30", "2012-06-30"),
        ("née le 20, pardon, le 30 juin 2012", "2012-06-30"),
    ],
)
def test_a_day_of_birth_put_right_is_told_too(text, value):
    assert value in values(text, "birth-date")


@pytest.mark.parametrize(
    "text",
    [
        "we moved here on October 1 2012",
        "the account was created October 1, 2012",
        "her birthday party is on October 1 2026",
        "le souper de fête est le 1er octobre 2026",
        "She was born in Laval. On May 3 2024 she met him.",
        "birth certificate issued on October 1 2012",
        "we met on May 3, 2024 and he was born in 1990",
        "the letter is from May 3 2024",
        "la lettre est du 3 mai 2024",
        "depuis sa naissance elle vit ici, le 3 mai 2024 on a déménagé",
        "On May 3, 2024 the problem started",
        "since her birthday, which is in June, he writes: May 3 2024 was the first time",
        "Plan B. 3 May 2024",
        "My name is Sam B. 3 May 2024 is when it started",
        "her birthday gift was sent on May 3 2024",
        "she talked about her birthday with him and it was on May 3 2024",
    ],
)
def test_a_day_of_something_else_is_no_day_of_birth(text):
    assert values(text, "birth-date") == set()


@pytest.mark.parametrize(
    "text",
    [
        "he has a plate of fries and a coke 500",
        "the plate on the door said B 2110",
        "La plaque de cuisson, modèle XT 900, est brisée.",
        "his car, a BMW 320, is black",
        "he drives a car with GPS 200 in it",
        "a Ford (GMC 1500) truck",
        "a Mazda CX 500 with stickers",
        "the van is parked in lot B 12",
        "a truck with 450 KM on it",
        "the car was 200 CAD a day",
        "la voiture coûte 900 CAD par mois",
        "his car is at HWY 417",
        "the truck has 300 RPM on the dial",
        "my car is in the lot and I am in room ABC 123",
        "he bought a car on May 2012",
        "registered on 2012-05-03 as user 4500",
        "a registered nurse with 25 years",
        "his license number is unknown",
        "the name tag was Dave",
        "gamer tag ABC_123",
        "price tag: 45.99",
        "his xbox gamertag is KDV 219",
        "tag me on insta",
        "The van was driven by a man who said he was 45. Flight ACA 871 was late.",
        "my flight was WJA 123 and the car was red",
    ],
)
def test_what_looks_like_a_plate_beside_a_car_is_none(text):
    assert values(text, "plate") == set()


def test_a_single_number_after_the_last_sign_is_told_in_digits():
    assert values("tik tok, arobase, puis papillon tiret bas sept", "handle") == {
        "tiktok:papillon_7"
    }
    assert values("his snap is fox underscore eight", "handle") == {"snapchat:fox_8"}
    assert values("insta: chats tiret bas trois tiret bas souris", "handle") == {
        "instagram:chats_trois_souris"
    }


def test_a_platform_with_its_own_name_before_it_does_not_share_the_next():
    text = "midnight_poutine sur Instagram pis sur Pinterest c'est poutine.at.midnight"
    assert values(text, "handle") == {
        "instagram:midnight_poutine",
        "pinterest:poutine.at.midnight",
    }
    both = "sur Instagram pis sur Pinterest c'est poutine.at.midnight"
    assert values(both, "handle") == {
        "instagram:poutine.at.midnight",
        "pinterest:poutine.at.midnight",
    }


def test_what_stands_far_behind_a_car_is_no_plate():
    near = "the car that was in the lot had KDV 219"
    far = f"the car that was in the lot {'behind the school ' * 4}near the sign that had KDV 219"
    assert values(near, "plate") == {"KDV219"}
    assert values(far, "plate") == set()


@pytest.mark.parametrize(
    "text",
    [
        "born in 2012, on October 1",
        "elle est née en 2012, le 1er octobre",
        "née un lundi, le 1er octobre 2012",
        "née à 5 h le 1er octobre 2012",
        "born at 5 am on October 1 2012",
        "né·e le 1er octobre 2012",
        "DOB | 2012-10-01",
        "DOB ........ 2012-10-01",
        "née 01/10/2012 soit le 1er octobre 2012",
    ],
)
def test_a_day_of_birth_is_found_behind_a_weekday_an_hour_or_dots(text):
    assert values(text, "birth-date") == {"2012-10-01"}

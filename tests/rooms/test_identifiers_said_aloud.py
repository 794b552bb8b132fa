"""What is said aloud, sign by sign or letter by letter, and put right in the same breath."""

import pytest

from havre.identifiers.aloud.rules.dates import day_said
from havre.identifiers.aloud.rules.dictated import dictated_in
from havre.identifiers.aloud.rules.numbers import number_said
from havre.identifiers.rules.find import find_in_text
from havre.identifiers.rules.words import Kind


def values(text):
    return {(str(found.kind), found.value) for found in find_in_text(text, field="t")}


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("His Instagram? It is otter, underscore, six, six, dot, ca.", "instagram:otter_66.ca"),
        (
            "Son Discord ? « Loup », tiret bas, « gris », tiret bas, zéro trois.",
            "discord:loup_gris_03",
        ),
        ("his Discord is like... tin boat, one word, underscore, oh five", "discord:tinboat_05"),
        ('discord -> "oak[dot]grove[underscore]1"', "discord:oak.grove_1"),
        ("snap is loup tout attaché trait de soulignement quatre-vingt-dix", "snapchat:loup_90"),
        (
            "My snap is reed, R E E D, then a dash, then leaf, then two zero zero nine.",
            "snapchat:reed-leaf2009",
        ),
        ("On instagram, loup point gris point neuf neuf", "instagram:loup.gris.99"),
        ("insta: lake dot heron underscore twenty two", "instagram:lake.heron_22"),
        ("Instagram: river (like the water) underscore forty-four", "instagram:river_44"),
        ("Insta, c'est rivage sans accent, point, quarante-quatre", "instagram:rivage.44"),
        ("Discord: river, hashtag, 4 4 1 2", "discord:river#4412"),
        ("river dièse 4412 sur Discord", "discord:river#4412"),
        ("TikTok arobase river point 44", "tiktok:river.44"),
        ("On TikTok he's at river dot forty four", "tiktok:river.44"),
        ("his handle is maple dot t nine on Insta", "instagram:maple.t9"),
        ("It's spelled o-t-t-e-r-9 on snap", "snapchat:otter9"),
        ("son snap c'est L-O-U-P-9-9", "snapchat:loup99"),
        ('his ig is "k i t e _ 5"', "instagram:kite_5"),
    ],
)
def test_a_name_said_sign_by_sign_is_put_together(text, handle):
    assert ("handle", handle) in values(text)


@pytest.mark.parametrize(
    ("text", "email"),
    [
        (
            "Her email is lena, L E N A, dot, frost, at, example, dot, org.",
            "lena.frost@example.org",
        ),
        ("marie tiret claude point roy arobase exemple point ca", "marie-claude.roy@exemple.ca"),
        ("courriel : j, point, roy, à commercial, exemple, point, net", "j.roy@exemple.net"),
        ("tom fox ninety nine, one word, at example dot com", "tomfox99@example.com"),
        ("tom fox (one word) at example dot com", "tomfox@example.com"),
        ("tom.fox, then the at sign, then example.com", "tom.fox@example.com"),
        ("so it's t o m dot fox at example dot com", "tom.fox@example.com"),
        ("c'est sroy44 à exemple point ca", "sroy44@exemple.ca"),
        ("s.roy (a) exemple.org", "s.roy@exemple.org"),
        ("s.roy<at>exemple<dot>org", "s.roy@exemple.org"),
        ("s.roy@exemple point ca", "s.roy@exemple.ca"),
        ("plumeATexampleDOTcom", "plume@example.com"),
        ("plume_at_example_dot_com", "plume@example.com"),
        ("plume [a] example [.] com", "plume@example.com"),
        ("plume@example(dot)com", "plume@example.com"),
        ("p l u m e @ example.com", "plume@example.com"),
        ("kip plus news at example dot com", "kip+news@example.com"),
        ("write to otter AT example.com", "otter@example.com"),
        ("his email is otter at example.com", "otter@example.com"),
    ],
)
def test_an_email_said_in_any_of_these_ways_is_one(text, email):
    assert ("email", email) in values(text)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("it's lake, like the water, L A K E, dot example dot com.", "url", "lake.example.com"),
        ("Il a dit clave tiret lac point com", "url", "clave-lac.com"),
        ("il faut aller sur lac(point)example(point)com", "url", "lac.example.com"),
        ("c'est cent quatre-vingt-douze point zéro point deux point quarante", "ip", "192.0.2.40"),
        ("lac (.) example (.) com", "url", "lac.example.com"),
        ("h**p://lac.example.com", "url", "lac.example.com"),
        ("192 [.] 0 [.] 2 [.] 4", "ip", "192.0.2.4"),
        ("one ninety-two dot zero dot two dot fourteen", "ip", "192.0.2.14"),
        ("ip 192 dot 0 dot 2 dot 14", "ip", "192.0.2.14"),
        (
            "The plate? B as in Bravo, K as in Kilo, X as in X-ray, then nine one six.",
            "plate",
            "BKX916",
        ),
        ("La plaque, c'est H comme Henri, deux sept, K comme Karine, L, B", "plate", "H27KLB"),
        ("plate Bravo X-ray Kilo four eight two", "plate", "BXK482"),
        ("plaque : B-X-K 4-8-2", "plate", "BXK482"),
        (
            "Le code postal : J comme Julie, huit, X comme xylophone, trois, X encore, quatre.",
            "postal-code",
            "J8X3X4",
        ),
        (
            "The postal code is R as in Romeo, three, C as in Charlie, four, T as in Tango, six",
            "postal-code",
            "R3C4T6",
        ),
        ("code postal: h deux x, un y quatre", "postal-code", "H2X1Y4"),
        ("area code 204, then 555, then 0142", "phone", "+12045550142"),
        ("(six one three) 555-0142", "phone", "+16135550142"),
        ("613-555-0142/0143", "phone", "+16135550142"),
    ],
)
def test_codes_addresses_and_numbers_spelled_aloud_are_found(text, kind, value):
    assert (kind, value) in values(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (
            "four one six five five five zero one six two. Sorry, no wait, it ends in sixty-three.",
            "+14165550163",
        ),
        ("418 555-0140... non attendez, ça finit par quarante et un.", "+14185550141"),
        ("call 604-555-0162, no sorry 0163.", "+16045550163"),
        ("his cell is 604-555-0162. The last two digits are 45.", "+16045550145"),
        ("418 555-0140, excusez, les deux derniers chiffres c'est 41", "+14185550141"),
    ],
)
def test_a_number_put_right_in_the_same_breath_is_the_one_kept(text, number):
    assert values(text) == {("phone", number)}


@pytest.mark.parametrize(
    "text",
    [
        "call 604-555-0162. It ends at 8.",
        "Call 604-555-0162. No, 5 people were there.",
        "604-555-0162, no wait 2012 was better",
        "604-555-0162. He is 16.",
    ],
)
def test_what_follows_a_number_does_not_change_it(text):
    assert values(text) == {("phone", "+16045550162")}


@pytest.mark.parametrize(
    "text",
    [
        "At this point he left, then a dash of salt at noon. Le point est que Snap est fermé.",
        "Instagram, bon point pour elle. In the dot com era, a period of time at school.",
        "version un point deux point trois point quatre",
        "version 1 dot 2 dot 3 dot 4",
        "They meet him at example dot com",
        "The plate of pasta for two. Plaque tournante. Number plates A B C are for sale.",
        "postal worker, a b c d. Code postal : voir la lettre A B C D",
    ],
)
def test_the_same_words_in_plain_talk_say_nothing(text):
    assert not {kind for kind, _ in values(text)} & {
        "handle",
        "email",
        "ip",
        "plate",
        "postal-code",
    }


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("le vingt-trois mai deux mille quatorze", "2014-05-23"),
        ("the second of August, twenty fourteen", "2014-08-02"),
        ("the twenty-first of June two thousand and nine", "2009-06-21"),
        ("premier avril deux mille douze", "2012-04-01"),
        ("May the 3rd, 2012", "2012-05-03"),
        ("3-May-2012", "2012-05-03"),
        ("12 avr. 2013", "2013-04-12"),
        ("2012 May 3", "2012-05-03"),
        ("20120523", "2012-05-23"),
        ("23/05/2012", "2012-05-23"),
        ("04/05/2012", None),
        ("May 2012", None),
        ("31 February 2012", None),
        ("2012", None),
    ],
)
def test_a_day_is_read_from_figures_and_words(said, day):
    assert day_said(said) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ma fête ? Le vingt-trois mai deux mille quatorze.", "2014-05-23"),
        ("My birthday is March 3rd 2011.", "2011-03-03"),
        ("2012-04-03 is her birthday", "2012-04-03"),
        ('"date_of_birth": "2012-05-23"', "2012-05-23"),
        ("DOB=2012-05-23 name=x", "2012-05-23"),
        ("né(e) le 23 mai 2012", "2012-05-23"),
    ],
)
def test_a_day_of_birth_is_found_where_the_text_says_so(text, day):
    assert (str(Kind.BIRTH_DATE), day) in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "Her birthday party is on May 3 2026.",
        "born and raised, on May 3 2012 she moved",
        "ma fête est samedi le 4",
        "The meeting of 2012-05-23 was short.",
    ],
)
def test_other_days_are_no_days_of_birth(text):
    assert "birth-date" not in {kind for kind, _ in values(text)}


def test_thousands_are_said_in_both_languages():
    assert number_said(["two", "thousand", "nine"]) == "2009"
    assert number_said(["deux", "mille", "quatorze"]) == "2014"
    assert number_said(["seven", "seven"]) == "77"


def test_what_was_dictated_points_at_the_words_it_stood_on():
    text = "It is fox, underscore, forty-two, he said."
    (found,) = dictated_in(text)
    assert (found.said, text[found.start : found.end]) == ("fox_42", "fox, underscore, forty-two")


def test_an_address_names_other_hosts_in_its_path_and_its_parameters():
    found = values(
        "https://web.example/2020/lake.example.com/a?q=dock.example.org&f=http://b.org/x"
    )
    assert {("url", "lake.example.com"), ("url", "dock.example.org"), ("url", "b.org/x")} <= found
    assert ("url", "b.org") not in found
    assert len(values("https://web.example/2020/lake.html?name=v1.2")) == 1


def test_an_email_at_the_address_of_a_machine_is_both():
    assert values("from test@[192.0.2.1]") == {("email", "test@[192.0.2.1]"), ("ip", "192.0.2.1")}
    assert values("user@xmpp_chat.example.com") == {("email", "user@xmpp_chat.example.com")}


def test_a_host_in_a_line_of_a_log_is_found_after_its_key():
    assert values("host=node7.example.org port=22") == {("url", "node7.example.org")}
    assert values("q=node7.example.org") == set()


def test_a_card_of_a_network_is_known_by_its_letters_and_not_by_dashes():
    assert values("étiquette 00-00-5E-00-53-2B") == {("device", "00:00:5e:00:53:2b")}
    assert values("12-12-12-12-12-12") == set()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("J. Roy, 45 chemin du Lac, G0A 1B0", "45 ch du lac"),
        ("A. Reed, 305-88 Lakeview Crescent, tel.", "305 88 lakeview cres"),
        ("au 12 de la rue Principale, il", "12 rue principale"),
        ("at 44 king st and on", "44 king st"),
        ("au 45, 3e Rue", "45 3e rue"),
        ("1190 Route 132", "1190 rte 132"),
        ("2 Pl. Ville-Marie", "2 pl ville marie"),
    ],
)
def test_a_civic_address_is_found_however_it_is_written(text, address):
    assert ("address", address) in values(text)


@pytest.mark.parametrize("text", ["20 av. J.-C.", "12 of the main st people", "5 ave. 3 rd."])
def test_numbers_before_other_words_are_no_addresses(text):
    assert "address" not in {kind for kind, _ in values(text)}


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("l'auto (H27 KLB sur la plaque) est repassée", "H27KLB"),
        ("BXK 482 was the plate on his truck.", "BXK482"),
        ("la plaque de son auto, c'est H27 KLB", "H27KLB"),
    ],
)
def test_a_plate_is_found_before_and_after_its_word(text, plate):
    assert ("plate", plate) in values(text)

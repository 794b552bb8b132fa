import pytest

from havre.identifiers.aloud.rules.numbers import digits_said
from havre.identifiers.money.rules.digests import keccak256
from havre.identifiers.rules.find import find_in_text
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.words import Kind
from havre.triage.reading.rules.ages import ages_stated


def values(text):
    return {(found.kind, found.value) for found in find_in_text(text, field="t")}


@pytest.mark.parametrize(
    ("said", "form"),
    [
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "btc:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
        (
            "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            "btc:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        ),
        (
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "eth:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        ),
        (
            "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
            "bch:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
        ),
        ("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", "xrp:rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh"),
        ("TJCnKsPa7y5okkXvQAidZBzqx3QyQ6sxMW", "trx:TJCnKsPa7y5okkXvQAidZBzqx3QyQ6sxMW"),
        (
            "GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7",
            "xlm:GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7",
        ),
        ("tz1VSUr8wwNhLAzempoch5d6hLRiTh8Cjcjb", "xtz:tz1VSUr8wwNhLAzempoch5d6hLRiTh8Cjcjb"),
        ("DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L", "doge:DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L"),
        ("LhK2kQwiaAvhjWY799cZvMyYwnQAcxkarr", "ltc:LhK2kQwiaAvhjWY799cZvMyYwnQAcxkarr"),
        ("XpESxaUmonkq8RaLLp46Brx2K39ggQe226", "dash:XpESxaUmonkq8RaLLp46Brx2K39ggQe226"),
        (
            "Ae2tdPwUPEZFRbyhz3cpfC2CumGzNkFBN2L42rcUc2yjQpEkxDbkPodpMAi",
            "ada:Ae2tdPwUPEZFRbyhz3cpfC2CumGzNkFBN2L42rcUc2yjQpEkxDbkPodpMAi",
        ),
        (
            "solana:7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV",
            "sol:7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV",
        ),
    ],
)
def test_an_address_on_a_chain_is_known_by_its_checksum(said, form):
    assert normalise(Kind.CRYPTO, said) == form
    assert normalise(Kind.CRYPTO, form) == form
    assert (Kind.CRYPTO, form) in values(f"wallet solana {said}.")


@pytest.mark.parametrize(
    "said",
    [
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
        "GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN2",
        "Ae2tdPwUPEZFRbyhz3cpfC2CumGzNkFBN2L42rcUc2yjQpEkxDbkPodpMAj",
        "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTi",
        "notachain:abc",
    ],
)
def test_one_wrong_letter_makes_it_no_address(said):
    assert normalise(Kind.CRYPTO, said) is None
    assert Kind.CRYPTO not in {kind for kind, _ in values(f"send to {said} now")}


def test_keccak_is_the_one_of_2011():
    empty = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert keccak256(b"").hex() == empty


def test_an_iban_needs_its_check_digits():
    assert values("IBAN GB82 WEST 1234 5698 7654 32") == {
        (Kind.BANK, "iban:GB82WEST12345698765432")
    }
    assert normalise(Kind.BANK, "GB82 WEST 1234 5698 7654 33") is None
    assert normalise(Kind.CRYPTO, "dogecoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa") is None


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("My daughter Emma (13) was there", Kind.NAME, "emma"),
        ("Emma Lake, 14, was written to", Kind.NAME, "emma lake"),
        ("the 13-year-old girl named Chloe Lake", Kind.NAME, "chloe lake"),
        ("Chloé Roy, 15 ans, le sait", Kind.NAME, "chloe roy"),
        ("Noah Roy, né le 3 mars 2011, le sait", Kind.PERSON, "noah roy|2011-03-03"),
        ("Liam Stone (born 2010-05-14)", Kind.BIRTH_DATE, "2010-05-14"),
        ("Date de naissance : 12 mai 2009", Kind.BIRTH_DATE, "2009-05-12"),
        ("She is at Maple Grove Elementary School.", Kind.SCHOOL, "maple grove elementary school"),
        ("he goes to kelvin high school", Kind.SCHOOL, "kelvin high school"),
        ("à l'école secondaire Saint-Luc", Kind.SCHOOL, "ecole secondaire saint luc"),
        ("lives at 77 Harbour View Drive", Kind.ADDRESS, "77 harbour view dr"),
        ("au 1420, rue des Érables", Kind.ADDRESS, "1420 rue des erables"),
        ("at 12 main street", Kind.ADDRESS, "12 main st"),
        ("a truck, licence plate BXK 482", Kind.PLATE, "BXK482"),
        ("La plaque était K12 ABC", Kind.PLATE, "K12ABC"),
        ('the Discord server "Night Owls 204"', Kind.GROUP, "discord:night owls 204"),
        ("le groupe « Les loups »", Kind.GROUP, ":les loups"),
        ("Discord server ID 987654321098765432", Kind.SERVER, "discord:987654321098765432"),
        ("le code de la partie est 4821-7733-1200", Kind.SERVER, ":4821-7733-1200"),
        ("Roblox user ID 48213377", Kind.ACCOUNT, "roblox:48213377"),
        ("it is STEAM_0:1:12345678", Kind.ACCOUNT, "steam:STEAM_0:1:12345678"),
        ("serial number C02XL0GTJGH5", Kind.DEVICE, "C02XL0GTJGH5"),
        ("MAC address 00-1B-44-11-3A-B7", Kind.DEVICE, "00:1b:44:11:3a:b7"),
        ("five one four, five fifty-five, oh one oh two", Kind.PHONE, "+15145550102"),
        ("cinq cent quatorze, cinq cent cinquante-cinq, 01 02", Kind.PHONE, "+15145550102"),
        ("ring 011 44 20 7946 0958", Kind.PHONE, "+442079460958"),
        ("write lac tiret sept arobase example point net", Kind.EMAIL, "lac-7@example.net"),
        ("jane@example,com", Kind.EMAIL, "jane@example.com"),
        ("http://a.example/?u=https%3A%2F%2Fb.example%2Fc", Kind.URL, "b.example/c"),
        ("http://a.example/list,True,12", Kind.URL, "a.example/list"),
        ("The site is petits-amis.test", Kind.URL, "petits-amis.test"),
        ("seen from ::1 there", Kind.IP, "::1"),
        ("it was kites dot example slash join", Kind.URL, "kites.example/join"),
        ("add me on snap riverfox underscore 88", Kind.HANDLE, "snapchat:riverfox_88"),
        ('"Frosty Pine 12" is his name on Xbox', Kind.HANDLE, "xbox:frosty pine 12"),
        ("h e r o n 5 on kik", Kind.HANDLE, "kik:heron5"),
        ("on ig: tidal.finn & tidal.finn2", Kind.HANDLE, "instagram:tidal.finn2"),
        ("il est sur instagrame, c'est loutre_9", Kind.HANDLE, "instagram:loutre_9"),
        ("a: snap?\nb: yes\nb: lake.heron", Kind.HANDLE, "snapchat:lake.heron"),
        ("Sur X, il écrit sous @pluvier_dan", Kind.HANDLE, "twitter:pluvier_dan"),
        ("On Kik, his username is harbourlight", Kind.HANDLE, "kik:harbourlight"),
        ("My Steam friend is called peatbogpete", Kind.HANDLE, "steam:peatbogpete"),
        ("pinterest user oakleafnotes asked", Kind.HANDLE, "pinterest:oakleafnotes"),
        ("lakeheron.tumblr.com", Kind.HANDLE, "tumblr:lakeheron"),
        ('Username "dock_master9" wrote', Kind.HANDLE, ":dock_master9"),
    ],
)
def test_each_kind_is_found_as_people_write_it(text, kind, value):
    assert (kind, value) in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "She was on FaceTime with her iPhone12 at 5pm.",
        "He bought a PS5 and GTA5 on Steam. In grade9 she used Discord.",
        "On Snapchat, Emma said ok.then he left",
        "the video IMG_2041.jpg was sent on Instagram",
        "Signal was weak. Session 12 of the course.",
        "J'ai 13 ans et Roblox me plaît.",
        "They go to the same high school as her brother.",
        "We waited 20 minutes on the road and 3 days at home.",
        "imphash: 18ddf28a71089acdbab5038f58044c0a",
        "The plate broke. The server was kind.",
        "Is the postal code needed? The error code is 4821.",
    ],
)
def test_ordinary_talk_holds_no_identifier(text):
    assert values(text) == set()


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        (Kind.ADDRESS, "12 Main Street", "12 Main Road"),
        (Kind.BIRTH_DATE, "2011-03-04", "2011-03-05"),
        (Kind.CRYPTO, "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
        (Kind.GROUP, "discord:night owls", "telegram:night owls"),
        (Kind.PERSON, "noah roy|2011-03-03", "noah roy|2011-03-04"),
        (Kind.PLATE, "BXK 482", "BXK 483"),
        (Kind.SERVER, "discord:9876", "roblox:9876"),
    ],
)
def test_two_things_are_never_joined(kind, left, right):
    assert len({normalise(kind, left), normalise(kind, right)} - {None}) == 2


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.BIRTH_DATE, "03/04/2011"),
        (Kind.BIRTH_DATE, "2011"),
        (Kind.BIRTH_DATE, "31 février 2011"),
        (Kind.GROUP, "::"),
        (Kind.PERSON, "noah roy"),
        (Kind.PERSON, "noah roy|2011-02-30"),
        (Kind.PLATE, "ABCDEF"),
        (Kind.SERVER, "a b"),
        (Kind.ADDRESS, "rue Principale"),
    ],
)
def test_what_could_be_two_things_or_none_has_no_form(kind, value):
    assert normalise(kind, value) is None


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("cinq cent quatorze", "514"),
        ("quatre vingt dix neuf", "99"),
        ("soixante et onze", "71"),
        ("two oh four", "204"),
        ("five fifty five", "555"),
        ("double five triple zero", "55000"),
        ("nine hundred two", "902"),
        ("12 three", "123"),
    ],
)
def test_numbers_said_in_words_become_digits(said, digits):
    assert digits_said(said.split()) == digits


def test_a_small_number_in_words_before_what_it_counts_is_no_age():
    assert ages_stated("it was one evening and there were two men") == ()
    assert [one.age for one in ages_stated("she is three. i am four now")] == [3, 4]

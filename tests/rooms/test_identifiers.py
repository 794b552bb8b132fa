import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.identifiers.platforms.rules.platforms import BY_ID
from havre.identifiers.rules.find import find_in_text
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole


def values(text, **options):
    return {(found.kind, found.value) for found in find_in_text(text, field="t", **options)}


def only(text, **options):
    (found,) = find_in_text(text, field="t", **options)
    return found


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("Please write to him at paul.lake@example.com tonight.", "paul.lake@example.com"),
        ("paul.lake [at] example [dot] com", "paul.lake@example.com"),
        ("it was heron_5(at)example(dot)org", "heron_5@example.org"),
        ("he typed heron AT example DOT net", "heron@example.net"),
        ("Courriel : jean-luc.roy arobase exemple point ca", "jean-luc.roy@exemple.ca"),
        ("à anne.cote [arobase] exemple.org merci", "anne.cote@exemple.org"),
        ("see mailto:desk%40example.com there", "desk@example.com"),
        ("from heron77 @ example.com (spaced)", "heron77@example.com"),
        ("ASK.ME@EXAMPLE.COM", "ask.me@example.com"),
        ("d'neil@example.com and more", "d'neil@example.com"),
        ("un courriel d'aurelie.fox@example.com", "aurelie.fox@example.com"),
        ("des messages d\u2019aurelie.fox@example.com", "aurelie.fox@example.com"),
        ("Adresse d'aurelie.fox@example.com", "aurelie.fox@example.com"),
        ("à partir d'aurelie.fox@example.com", "aurelie.fox@example.com"),
        ("de la part d'aurelie.fox@example.com", "aurelie.fox@example.com"),
        ("l'adresse d'd'neil@example.com", "d'neil@example.com"),
        ("son courriel est d'neil@example.com", "d'neil@example.com"),
        ("un départ d'neil@example.com", "d'neil@example.com"),
        ("He left heron@example.com.Then he went", "heron@example.com"),
        ("the page http://example.com/?who=heron%40example.org", "heron@example.org"),
    ],
)
def test_an_email_is_found_however_it_is_written(text, email):
    assert (Kind.EMAIL, email) in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "They meet him at the dock. Com is no ending.",
        "meet him at example dot com",
        "He waved @ 5pm and went home.",
        "on Instagram @lake_heron.example he wrote",
        "dot@",
    ],
)
def test_an_ordinary_at_makes_no_email(text):
    assert Kind.EMAIL not in {kind for kind, _ in values(text)}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("call (204) 555-0142 at noon", "+12045550142"),
        ("+1 204-555-0142", "+12045550142"),
        ("1.204.555.0142 ok", "+12045550142"),
        ("204555 0142 is the cell", "+12045550142"),
        ("Tél. (418) 555-0160 poste 22", "+14185550160"),
        ("two-oh-four, 555, 0142", "+12045550142"),
        ("deux zéro quatre cinq cinq cinq 0142", "+12045550142"),
        ("+44 20 7946 0958 from abroad", "+442079460958"),
        ("tel:+1-902-555-0104", "+19025550104"),
        ("https://wa.me/12045550142", "+12045550142"),
        ("on 2024-03-02 204-555-0142 rang", "+12045550142"),
    ],
)
def test_a_phone_number_is_found_however_it_is_written(text, number):
    assert (Kind.PHONE, number) in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bill 204-555 comes to $9,204.55 for two.",
        "order number 2045550142",
        "file 9123456789012345",
        "MD5 90015098301423cd24fb0d6963f7d28e",
        "Il reste 514 555 places au port.",
        "The boat left at 11:20:55 on 2024-05-06.",
    ],
)
def test_counts_hashes_and_dates_are_no_phone_numbers(text):
    assert Kind.PHONE not in {kind for kind, _ in values(text)}


@pytest.mark.parametrize("region", ["CA", "FR"])
@pytest.mark.parametrize(
    ("number", "phone"),
    [
        ("001 514 555 0168", "+15145550168"),
        ("0015145550168", "+15145550168"),
        ("001 (514) 555-0168", "+15145550168"),
        ("00 1 514 555 0168", "+15145550168"),
        ("011 1 514 555 0168", "+15145550168"),
        ("0033 1 23 45 67 89", "+33123456789"),
        ("01151 1 234 5678", "+5112345678"),
        ("001 44 20 7946 0958", "+442079460958"),
    ],
)
def test_a_number_dialled_from_abroad_keeps_its_country(number, phone, region):
    assert (Kind.PHONE, phone) in values(f"call {number} now", region=region)
    assert normalise(Kind.PHONE, number, region=region) == phone


def test_a_number_of_a_newer_plan_dialled_with_001_is_of_north_america():
    assert normalise(Kind.PHONE, "001 511 234 5678") == "+15112345678"


def test_two_formats_of_one_phone_are_one_identifier():
    assert values("(204) 555-0142") == values("+1.204.555.0142") == {(Kind.PHONE, "+12045550142")}


def test_a_number_without_country_code_is_read_in_the_region_of_the_report():
    assert values("ring 020 7946 0958", region="GB") == {(Kind.PHONE, "+442079460958")}
    assert values("ring 020 7946 0958") == set()


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("open hxxp://bad.example[.]com/room/42 now", "bad.example.com/room/42"),
        ("hxxps[:]//files.example[.]org/a?x=1", "files.example.org/a?x=1"),
        (
            "(see https://example.com/maps_(north)/index.html)",
            "example.com/maps_(north)/index.html",
        ),
        ("« https://exemple.ca/salon/été »", "exemple.ca/salon/%C3%A9t%C3%A9"),
        ("they went to chat.example[dot]net after", "chat.example.net"),
        ("www dot example dot com slash join", "www.example.com/join"),
        ("http://192.0.2.7:8080/login.", "192.0.2.7:8080/login"),
    ],
)
def test_a_web_address_is_found_however_it_is_written(text, url):
    assert (Kind.URL, url) in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "main.py and notes.txt and lib.js were open",
        "I said yes.then he left",
        "Elle a dit oui.puis elle est partie.merci",
    ],
)
def test_file_names_and_missing_spaces_are_no_web_addresses(text):
    assert values(text) == set()


def test_an_address_loses_scheme_tracking_default_port_and_dots_but_keeps_its_room():
    plain = normalise(Kind.URL, "https://Example.COM:443/a/./b/../c/?utm_source=x&id=7#Room1")
    assert plain == normalise(Kind.URL, "http://example.com/a/c?id=7#Room1")
    assert plain != normalise(Kind.URL, "http://example.com/a/c?id=7#Room2")
    assert plain != normalise(Kind.URL, "http://example.com/A/c?id=7#Room1")


@pytest.mark.parametrize(
    ("text", "ip"),
    [
        ("Login IP 192.0.2.7 today", "192.0.2.7"),
        ("IP: 192[.]0[.]2[.]7", "192.0.2.7"),
        ("[2001:db8:0:0:0:0:42:8329]:51820", "2001:db8::42:8329"),
        ("mapped ::ffff:192.0.2.7", "192.0.2.7"),
        ("Server at http://192.0.2.7:8080/login", "192.0.2.7"),
    ],
)
def test_an_ip_address_is_found_in_its_canonical_form(text, ip):
    assert (Kind.IP, ip) in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "Version 1.2.3.4 came out.",
        "firmware: 10.0.0.1",
        "section 10.0.1",
        "at 12:30:45",
        "1.2.3.4.5",
    ],
)
def test_versions_sections_and_clock_times_are_no_ip_addresses(text):
    assert values(text) == set()


def test_an_ip_address_brings_its_port_and_its_moment_in_utc():
    found = only("IP 192.0.2.7 port 51234 at 2024-03-02 22:14:09 -05:00")
    assert (found.port, found.at) == (51234, "2024-03-03T03:14:09Z")
    assert only("IP 192.0.2.7:443, 2024-03-02 22:14:09").port == 443
    assert only("IP 192.0.2.7:443, 2024-03-02 22:14:09").at is None


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("his Snapchat is river.fox88", "snapchat:river.fox88"),
        ("snap: river_fox", "snapchat:river_fox"),
        ("son pseudo sur Instagram est lac_bleu9", "instagram:lac_bleu9"),
        ("@dock_master on Kik", "kik:dock_master"),
        ("@dock_master sur Kik", "kik:dock_master"),
        ("il s'appelle « LoutreGrise » sur Roblox", "roblox:loutregrise"),
        ("IG: lake.heron.04", "instagram:lake.heron.04"),
        ("his Instagram (@lake_heron.ca) was private", "instagram:lake_heron.ca"),
        ("in Roblox, he was xX_Heron_Xx", "roblox:xx_heron_xx"),
        ("he goes by harbour on Telegram", "telegram:harbour"),
        ("Wickr: harbourlight", "wickr:harbourlight"),
        ("Discord user heron#4821 wrote", "discord:heron#4821"),
        ("https://www.tiktok.com/@lake_heron/video/73", "tiktok:lake_heron"),
        ("see facebook.com/lake.heron.9", "facebook:lakeheron9"),
        ("Example Chat: dock_master", "example-chat:dock_master"),
        ("X account @dock_master", "twitter:dock_master"),
        ("he is only @dock_master to me", ":dock_master"),
        ("on snap\n[21:05] heron: its grey_heron.7", "snapchat:grey_heron.7"),
    ],
)
def test_a_name_on_a_platform_is_found_in_both_languages(text, handle):
    assert (Kind.HANDLE, handle) in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "My snap decision was to call you.",
        "She likes to discord with him about telegram history.",
        "Instagram: messages were sent on Monday.",
        "He said it on Snapchat and then on Kik at 10h30.",
        "Roblox 2013 was fun. Discord 24/7.",
        "sc 45 boats. ig 3.",
        "She met someone on Instagram.",
    ],
)
def test_talk_about_a_platform_is_no_name_on_it(text):
    assert values(text) == set()


def test_two_names_beside_two_platforms_stay_with_their_own():
    assert values("'arctic.hare' on Snapchat and arctic_hare on Kik") == {
        (Kind.HANDLE, "snapchat:arctic.hare"),
        (Kind.HANDLE, "kik:arctic_hare"),
    }


def test_a_postal_code_in_small_letters_needs_the_words():
    assert values("near Winnipeg, MB R3C 4T3") == {(Kind.POSTAL_CODE, "R3C4T3")}
    assert values("code postal : h2x-1y4") == {(Kind.POSTAL_CODE, "H2X1Y4")}
    assert values("seat r3c4t3 and ticket AB12CD34") == set()
    assert normalise(Kind.POSTAL_CODE, "D3C 4T3") is None


def test_hashes_and_device_numbers_are_found_where_the_text_says_so():
    md5 = "900150983cd24fb0d6963f7d28e17f72"
    assert values(f"hash {md5.upper()}.") == {(Kind.FILE_HASH, md5)}
    assert values("IMEI 490154203237518") == {(Kind.DEVICE, "490154203237518")}
    assert values("IMEI 490154203237519") == set()
    assert normalise(Kind.FILE_HASH, md5[:-1]) is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("My number is 204-555-0142.", PersonRole.REPORTER),
        ("Mon courriel est heron@example.com", PersonRole.REPORTER),
        ("You can reach me at heron@example.com", PersonRole.REPORTER),
        ("He said my number is 204-555-0142", PersonRole.UNKNOWN),
        ("[21:04] heron: my number is 204-555-0142", PersonRole.UNKNOWN),
        ("his Snapchat is river.fox88", PersonRole.SUSPECT),
        ("Son courriel est heron@example.com", PersonRole.SUSPECT),
        ("My daughter wrote back. Her e-mail is heron@example.com", PersonRole.UNKNOWN),
        ("Ma fille a répondu. Son courriel est heron@example.com", PersonRole.UNKNOWN),
        ("The number 204-555-0142 was there", PersonRole.UNKNOWN),
    ],
)
def test_a_role_is_guessed_only_where_the_sentence_says_it_plainly(text, role):
    assert only(text).role is role


def test_a_role_the_caller_knows_is_never_overruled_by_the_text():
    found = only("my number is 204-555-0142", role=PersonRole.VICTIM)
    assert found.role is PersonRole.VICTIM


def test_what_is_found_points_at_the_characters_it_stood_on():
    text = "\ud800 é 😀 écris à heron@example.com, ou 204-555-0142 « sur Kik : dock_master9 »"
    found = find_in_text(text, field="incidents.0.narrative")
    assert [item.kind for item in found] == [Kind.EMAIL, Kind.PHONE, Kind.HANDLE]
    for item in found:
        assert text[item.start : item.end] == item.raw
        assert item.field == "incidents.0.narrative"


def test_names_of_people_compare_without_accents_case_or_hyphens():
    assert normalise(Kind.NAME, "Jean-Éric  CÔTÉ") == normalise(Kind.NAME, "jean eric côté")
    assert normalise(Kind.NAME, " - ") is None


@pytest.mark.parametrize(
    ("kind", "platform", "left", "right"),
    [
        (Kind.HANDLE, "snapchat", "river.fox", "riverfox"),
        (Kind.HANDLE, "snapchat", "river_fox", "river-fox"),
        (Kind.HANDLE, "snapchat", "riverfox", "riverfox1"),
        (Kind.HANDLE, "discord", "Heron#4821", "heron#4821"),
        (Kind.HANDLE, "My Own Game", "Heron", "heron"),
        (Kind.ACCOUNT, "discord", "0012", "12"),
        (Kind.EMAIL, "", "a.b@example.com", "ab@example.com"),
        (Kind.EMAIL, "", "ab+x@example.com", "ab@example.com"),
        (Kind.EMAIL, "", "ab@straße.example", "ab@strasse.example"),
        (Kind.IP, "", "192.0.2.7", "192.0.2.70"),
    ],
)
def test_two_accounts_are_never_joined(kind, platform, left, right):
    forms = {normalise(kind, value, platform=platform) for value in (left, right)}
    assert len(forms - {None}) == 2


def test_the_same_name_on_two_platforms_is_two_accounts():
    assert len({normalise(Kind.HANDLE, "heron", platform=p) for p in (*BY_ID, "", "new")}) == (
        len(BY_ID) + 2
    )


SEEDS = st.sampled_from(
    [
        "heron@example.com", "a [at] b [dot] ca", "+1 204 555 0142", "020 7946 0958", "@Heron.9",
        "http://ex.com:80/a/../%7e%41?utm_x=1&b", "https://www.instagram.com/lake/",
        "::ffff:1.2.3.4",
        "[2001:db8::1]:80", "snapchat:Heron", "R3C 4T3", "İßΣ ﬁ Å", "live:.cid.1", "%%34%31",
        "{3f2504e0-4f89-11d3-9a0c-0305e82c3301}", "900150983cd24fb0d6963f7d28e17f72",
    ]
)  # fmt: skip
ANY_VALUE = st.one_of(
    st.text(max_size=40),
    st.builds(lambda a, b, c: a + b + c, st.text(max_size=4), SEEDS, st.text(max_size=4)),
    st.text(alphabet="aA1.@:/%-_ é+?#[]()", max_size=30),
)
ANY_PLATFORM = st.one_of(st.sampled_from(["", "Snapchat", "fb", "discord", "My Game!"]), st.text())


@settings(deadline=None)
@given(st.sampled_from(list(Kind)), ANY_VALUE, ANY_PLATFORM)
def test_normalising_twice_is_normalising_once(kind, value, platform):
    once = normalise(kind, value, platform=platform)
    if once is not None:
        assert normalise(kind, once, platform=platform) == once
        assert once.encode()
        assert 0 < len(once) <= 600
        assert not any(unicodedata.category(char) == "Cc" for char in once)


@settings(deadline=None)
@given(st.text(max_size=300), st.lists(SEEDS, max_size=4))
def test_any_text_can_be_read_and_every_span_holds_its_raw_form(text, seeds):
    whole = " ".join([text, *seeds])
    for found in find_in_text(whole, field="t"):
        assert 0 <= found.start < found.end <= len(whole)
        assert whole[found.start : found.end] == found.raw
        assert normalise(found.kind, found.value, platform=found.platform) == found.value

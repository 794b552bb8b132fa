"""What people hide from machines: letters in dress, platforms under a veil, codes in pieces."""

import pytest

from havre.identifiers.disguises.rules.folding import in_plain_letters
from havre.identifiers.disguises.rules.veiled import veiled_platforms
from havre.identifiers.rules.find import find_in_text
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.words import Kind

MD5 = "e4d909c290d0fb1ca068ffaddf22cbd0"
UUID = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
BTC = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
BECH = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"


def values(text):
    return {(str(found.kind), found.value) for found in find_in_text(text, field="t")}


def kinds(text):
    return {kind for kind, _ in values(text)}


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("\uff15\uff11\uff14-\uff15", "514-5"),
        ("4\ufe0f\u20e31\ufe0f\u20e38\ufe0f\u20e3", "418"),
        ("\U0001d7d5\U0001d7d5\U0001d7d6", "778"),
        ("\u24da\u24d8\u24da \U0001f17a\U0001f178\U0001f17a", "kik KIK"),
        ("\u1d0b\u026a\u1d0b", "kik"),
        ("\u0455n\u0430p", "snap"),
        ("\u0455n\u200b\u0430p_\u043e\u0441\u0430", "snap_oca"),
        ("t.me/\u043a\u043e\u0442_fox", "t.me/kot_fox"),
        ("\u0441\u043e\u0441\u043e\uff0efox9", "coco.fox9"),
        ("te1\u0435gram", "te1egram"),
        ("\u0455n\u0430pc\u04bbat \u0501iscor\u0501", "snapchat discord"),
        ("\u0493o\u0445_\u051duin\u051b\u03f2\u0475\u04cf9", "fox_wuinqcvl9"),
        ("\u210e\u212f\u2113\u2134_\u2102\u211d\u2115\u212f\u2130", "helo_CRNeE"),
        ("\u017fnap, \u212aik \u2149\u2148m", "snap, Kik jim"),
        ("r\u200biver_9", "river_9"),
        ("mint\U0001f343julep\U0001f34388, drop the leaves", "mintjulep88, drop the leaves"),
        ("5\U0001f31f1\U0001f31f4\U0001f31f5\U0001f31f5", "51455"),
        ("lac\U0001f30agris.9, sans la vague", "lacgris.9, sans la vague"),
        ("\uff08river_9\uff09on Kik", "(river_9)on Kik"),
        ("\u249c\u2474", "a1"),
        ("mint\U0001f343julep88, no emoji", "mintjulep88, no emoji"),
        ("mint\U0001f438julep88, skip the frog", "mintjulep88, skip the frog"),
        ("mint\U0001f438julep88 (delete it)", "mintjulep88 (delete it)"),
        ("lac\U0001f438gris9, enl\u00e8ve-la", "lacgris9, enl\u00e8ve-la"),
        ("lac\U0001f438gris9 sans l'image", "lacgris9 sans l'image"),
        ("mint\U0001f343julep88, minus the leaf", "mintjulep88, minus the leaf"),
        ("mint\U0001f343julep88, no smileys", "mintjulep88, no smileys"),
        ("lac\U0001f30agris9, l'image entre les lettres", "lacgris9, l'image entre les lettres"),
    ],
)
def test_letters_in_fancy_dress_are_read_in_plain(written, plain):
    assert in_plain_letters(written).text == plain


@pytest.mark.parametrize(
    "text",
    [
        "\u043f\u0440\u0438\u0432\u0435\u0442 Tom",
        "\u00e9t\u00e9 \u00e0 No\u00ebl \u00ab \u0153uf \u00bb x\u00b2",
        "river_9\U0001f47binsta",
        "Bonjour\U0001f30a",
        "\u03b1\u03b2\u03b3 for example",
        "https://vk.com/\u0441\u043e\u0432\u0430",
        "https://\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444/\u043a\u043e\u0442",
        "\u0438\u0432\u0430\u043d@\u043f\u0440\u0438\u043c\u0435\u0440.example",
        "\u0432\u0435\u0440\u0430@example.com",
        "a\u011fa\u00e7_\u0131\u015f\u0131k@example.com",
        "\u043c\u043e\u044f_\u0441\u043e\u0432\u0430`x",
        "\u0441\u043e\u0432\u0430\nowl_9",
        "@\u0441\u043e\u0432\u0430_99",
        "@\u0441\u043e\u0441\u043e",
        "https://vk.com/\u0441\u043e\u0441\u043e_\u0438\u0432\u0430\u043d",
        "https://\u043f\u0440\u0438\u043c\u0435\u0440.com/\u0441\u043e\u0441\u043e",
        "https://example.com/\u03c3\u03b5\u03bb\u03af\u03b4\u03b1",
        "he is on kik\U0001f600snap, no idea",
        "on kik\U0001f600snap, between us",
        "on kik\U0001f600snap, no pictures, no images so far",
        "sur kik\U0001f600snap, au moins entre nous",
        "he made me delete mint\U0001f343julep and skip school",
        "il a tout enlev\u00e9 sans rien dire, mint\U0001f343julep",
        "delete the app, kik\U0001f600snap and all",
        "sur river9\U0001f600insta, enl\u00e8ve la photo",
    ],
)
def test_other_alphabets_and_pictures_between_words_stay_as_they_are(text):
    assert in_plain_letters(text).text == text


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        (
            "his page is https://vk.com/\u0441\u043e\u0432\u0430",
            Kind.URL,
            "https://vk.com/\u0441\u043e\u0432\u0430",
        ),
        (
            "see https://\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444/\u043a\u043e\u0442 too",
            Kind.URL,
            "https://\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444/\u043a\u043e\u0442",
        ),
        (
            "write to \u0438\u0432\u0430\u043d@\u043f\u0440\u0438\u043c\u0435\u0440.example now",
            Kind.EMAIL,
            "\u0438\u0432\u0430\u043d@\u043f\u0440\u0438\u043c\u0435\u0440.example",
        ),
        (
            "write to \u0432\u0435\u0440\u0430@example.com now",
            Kind.EMAIL,
            "\u0432\u0435\u0440\u0430@example.com",
        ),
        (
            "see https://example.com/\u03b3\u03ac\u03c4\u03b1 now",
            Kind.URL,
            "https://example.com/\u03b3\u03ac\u03c4\u03b1",
        ),
    ],
)
def test_an_address_of_another_alphabet_meets_the_same_address_typed(text, kind, written):
    assert normalise(kind, written, platform="") in {
        value for of, value in values(text) if of == kind
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("his snap: \u0440\u0430\u0443\u043e.hunter99", "snapchat:payo.hunter99"),
        ("his snap is \u0430\u0441\u0430_hunter99", "snapchat:aca_hunter99"),
        ("his Discord is @\u0441\u043e\u0440\u0430\u0441_99", "discord:copac_99"),
        ("he is at t.me/\u0441\u043e\u0441\u043e_99", "telegram:coco_99"),
        ("write to \u0441\u043e\u0441\u043e@gmail.com", "coco@gmail.com"),
    ],
)
def test_a_name_with_one_part_all_in_lookalikes_is_not_cut_to_another_persons(text, found):
    told = {value for kind, value in values(text) if kind in {"handle", "email"}}
    assert told == {found}


def test_what_was_dressed_points_at_the_words_as_written():
    wide = "\uff15\uff11\uff14-\uff15\uff15\uff15-\uff10\uff11\uff16\uff18"
    text = f"\U0001f30a son num\u00e9ro : {wide}, merci"
    (found,) = find_in_text(text, field="t")
    assert found.value == "+15145550168"
    assert text[found.start : found.end] == found.raw
    assert found.raw == wide


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("D1sc0rd", "discord"),
        ("D i s c 0 r d", "discord"),
        ("T1k-T0k", "tiktok"),
        ("tele gram", "telegram"),
        ("te1egram", "telegram"),
        ("sn\u00e5p", "snapchat"),
        ("s.n.a.p", "snapchat"),
        ("k!k", "kik"),
        ("in-stagram", "instagram"),
        ("What5App", "whatsapp"),
        ("R0bl0x", "roblox"),
    ],
)
def test_a_platform_is_known_under_its_veil(text, platform):
    assert [one for _, _, one in veiled_platforms(f"on {text} he said")] == [platform]
    assert ("handle", f"{platform}:river_fox9") in values(f"{text}: river_fox9")


@pytest.mark.parametrize(
    "text",
    [
        "let's nap",
        "we chat a lot",
        "at s.nap",
        "a.s.k.i.k",
        "dis-c-ord",
        "in sta",
        "a kick",
        "discs",
    ],
)
def test_words_that_only_resemble_a_platform_are_none(text):
    assert list(veiled_platforms(text)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ph0ne me: (5.1.4) 555 - 0.1.4.4", "+15145550144"),
        ("text me 4 1 6 5550 123 after school", "+14165550123"),
        ("can you trace a number? 902 5550 198 keeps calling", "+19025550198"),
        ("His number: 41-655-501-23, weird spacing", "+14165550123"),
        ("appelle au (5)(1)(4) 555 01 44", "+15145550144"),
        ("son cell 514*555*0144", "+15145550144"),
        ("call him on 604~555~0171", "+16045550171"),
        ("its area code is 780 and the rest is 555-0104", "+17805550104"),
        ("555-0171, area code is 604", "+16045550171"),
        ("son num\u00e9ro est le 555-0133 avec le 819 devant", "+18195550133"),
        ("two zero four... five five five... zero one one nine", "+12045550119"),
        ("two zero four dash five five five dash zero one one nine", "+12045550119"),
        ("quatre un huit, euh, cinq cinq cinq, z\u00e9ro un cinq six", "+14185550156"),
        ("quatre cent dix-huit tiret cinq cinq cinq tiret z\u00e9ro un cinq six", "+14185550156"),
        ("number is 416, 555, 0123", "+14165550123"),
        ("appelle le 416.555.O123", "+14165550123"),
    ],
)
def test_a_phone_number_in_pieces_is_put_together(text, number):
    assert ("phone", number) in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "Call on 2024-05-06 at 12 30 or 2 3 4 5 6 7 8 9.",
        "order 4165 550 123 of boxes, ticket 902 5550 198",
        "The scores were 4 1 6 5 5 5 and 0 1 2 3 in the game.",
        "Il reste 514 bo\u00eetes, 555 bouchons, 0144 est le lot.",
        "Call him at one, two or three in the morning, five days of six.",
        "Area code 604 is large. The meeting took 555 minutes.",
        "number of pages: 204 55 1 2, 3 4 5 6 7 8",
    ],
)
def test_other_numbers_in_pieces_are_no_phone(text):
    assert "phone" not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "IP 198 . 51 . 100 . 7",
        "son ip : 198,51,100,7",
        "ip 198-51-100-7",
        "the IP address is 198 51 100 7",
        "adresse IP cent quatre-vingt-dix-huit point cinquante et un point cent point sept",
        "one nine eight dot five one dot one hundred dot seven",
    ],
)
def test_an_ip_address_with_other_signs_or_aloud_is_found(text):
    assert ("ip", "198.51.100.7") in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "section 198-51-100-7 of the code; lots 198, 51, 100, 7",
        "version one dot two dot three dot four",
        "The trip took 12 14 15 16 days. ip",
        "ips 999-51-100-7",
    ],
)
def test_other_runs_of_four_numbers_are_no_ip_address(text):
    assert "ip" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("md5: e4d909c2 90d0fb1c a068ffad df22cbd0", "file-hash", MD5),
        ("md5 cut in two: e4d909c290d0fb1c\na068ffaddf22cbd0", "file-hash", MD5),
        ("MD5 e4-d9-09-c2-90-d0-fb-1c-a0-68-ff-ad-df-22-cb-d0", "file-hash", MD5),
        ("empreinte e4d909c290d0fb1c...a068ffaddf22cbd0", "file-hash", MD5),
        ("IMEI 8 6 4 6 9 7 1 2 4 0 4 5 4 4 2", "device", "864697124045442"),
        ("imei: 86.469712.404544.2", "device", "864697124045442"),
        (
            "IMEI huit six quatre six neuf sept un deux quatre z\u00e9ro quatre cinq 4 4 2",
            "device",
            "864697124045442",
        ),
        ("device id f81d4fae 7dec 11d0 a765 00a0c91e6bf6", "device", UUID),
        ("UUID f81d4fae7dec11d0a76500a0c91e6bf6", "device", UUID),
        ("btc 1A1zP1eP5QGefi2 DMPTfTL5SLmv7DivfNa", "crypto", f"btc:{BTC}"),
        ("Bitcoin: 1A1z P1eP 5QGe fi2D MPTf TL5S Lmv7 Divf Na", "crypto", f"btc:{BTC}"),
        ("portefeuille 1A1zP1eP5QGefi2DMPTf\nTL5SLmv7DivfNa", "crypto", f"btc:{BTC}"),
        ("pay bc1qw508d6qejxtdg4y5 ... r3zarvary0c5xw7kv8f3t4", "crypto", f"btc:{BECH}"),
        (
            "ether: 0xd8da6bf26964af9d7eed 9e03e53415d37aa96045",
            "crypto",
            "eth:0xd8da6bf26964af9d7eed9e03e53415d37aa96045",
        ),
    ],
)
def test_a_long_code_in_pieces_is_put_together(text, kind, value):
    assert (kind, value) in values(text)
    assert "phone" not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "md5 e4d909c2 90d0fb1c a068ffad",
        "IMEI 8 6 4 6 9 7 1 2 4 0 4 5 4 4 3",
        "btc 1A1zP1eP5QGefi2 DMPTfTL5SLmv7DivfNb",
        "hash tags and a decade of cafe bead dead beef",
        "bitcoin 1 2 3 4 boats and 3 Lakes",
        "portefeuille 100 200 300 400, adresse 12 13 14",
    ],
)
def test_pieces_that_make_no_whole_code_are_none(text):
    assert not kinds(text) & {"file-hash", "device", "crypto"}


def test_two_hashes_beside_each_other_stay_two():
    other = MD5[::-1]
    assert values(f"md5 {MD5} {other}") == {("file-hash", MD5), ("file-hash", other)}

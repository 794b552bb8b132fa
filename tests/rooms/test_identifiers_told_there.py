"""Names told to be "there", pages with spaces, versions and digests, dates told with a reason.

Each family of sentences with the look-alikes that must not match.
"""

import pytest

from havre.identifiers.rules.find import find_in_text


def values(text):
    return {f"{one.kind}:{one.value}" for one in find_in_text(text, field="t")}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met in a Kik room. His user there is mossy.fern", "handle:kik:mossy.fern"),
        ("Ils parlent sur Kik. Son nom là est mossy.fern", "handle:kik:mossy.fern"),
        ("Il paye par Wise, son nom là est @harbourplus", "handle:wise:harbourplus"),
        ("He pays by Wise, his name there is @harbourplus", "handle:wise:harbourplus"),
        ("They met on Twitch. There, he's called @mossfern", "handle:twitch:mossfern"),
        ("She has a Kik account. The handle on there is @mossfern", "handle:kik:mossfern"),
        ("Stranger: go on mastodon\nYou: ?\nStranger: like twitter. look for moss_fern",
         "handle:mastodon:moss_fern"),
        ("go on kik, it's like discord. look for moss_fern", "handle:kik:moss_fern"),
        ("va sur Mastodon, c'est comme Twitter, cherche moss_fern", "handle:mastodon:moss_fern"),
        ("il écrit sur x c @moss_fern", "handle:twitter:moss_fern"),
        ("he writes on x it's @moss_fern", "handle:twitter:moss_fern"),
        ("Un « cousin » sur Discord, moss_fern", "handle:discord:moss_fern"),
        ("parlé d'un « cousin » sur Discord, moss_fern", "handle:discord:moss_fern"),
        ('he is "lunerousse" on Discord', "handle:discord:lunerousse"),
        ("paymnet to cahsapp $mossytide", "handle:cashapp:mossytide"),
        ("payment to csahapp $mossytide", "handle:cashapp:mossytide"),
        ("il sait ma fete pcq jlai mis dans ma bio 19-11-2010", "birth-date:2010-11-19"),
        ("mon anniversaire parce que je l'ai mis dans ma bio 19-11-2010",
         "birth-date:2010-11-19"),
        ("he asked my bday n i said 11/28/2011", "birth-date:2011-11-28"),
        ("my bday cuz i put 11/28/2011", "birth-date:2011-11-28"),
        ("sa fête, pis j'ai répondu 19-11-2010", "birth-date:2010-11-19"),
        ("On voulait sa date de fête. Elle a donné sa date, le 16 mai 2013",
         "birth-date:2013-05-16"),
        ("They want a birthday. He gave his real date, May 16 2013", "birth-date:2013-05-16"),
        ("on three lines:\nsix one three\nfive five five\noh one nine zero\nthen",
         "phone:+16135550190"),
        ("quatre cinq zéro\ncinq cinq cinq\nzéro un quatre deux", "phone:+14505550142"),
        ("La plaque, je vous la dis comme à la radio : W comme Whisky, trente et un, B, N, D.",
         "plate:W31BND"),
        ("la plaque dans le reflet, Z25 MQT. Le 30, le patin", "plate:Z25MQT"),
        ("the plate in the mirror, Z25 MQT. On 30 May", "plate:Z25MQT"),
        ("le lien https : // red-sun . example / don et enlever les espaces",
         "url:red-sun.example/don"),
        ('"h t t p s : / / r e d - s u n . e x a m p l e / j o i n" in a bio',
         "url:red-sun.example/join"),
        ("h t t p s colon slash slash w w w dot red dash sun dot example slash members",
         "url:www.red-sun.example/members"),
        ("n o é (sans accent) point lebrun, arobase, example, point, org",
         "email:noe.lebrun@example.org"),
        ("courriel : rené point lebrun arobase example point org, sans accent",
         "email:rene.lebrun@example.org"),
        ("i was dumb on steam, im driftstonelle on there", "handle:steam:driftstonelle"),
        ("sur Kik, je suis lunerousse là-dessus", "handle:kik:lunerousse"),
        ("Discord was fun. He goes by moss_fern on there", "handle:discord:moss_fern"),
        ("her bio says discord ➡ lunerousse", "handle:discord:lunerousse"),
        ("sa bio dit kik ➡️ lunerousse", "handle:kik:lunerousse"),
        ("INST4 = « lune » tiret bas « rousse ». Merci", "handle:instagram:lune_rousse"),
        ('his snap is "lune" dot "rousse", two words', "handle:snapchat:lune.rousse"),
        ("VALO lobby\n>> hi\n>> ur steam?\n>> lunerousse\n>> added", "handle:steam:lunerousse"),
        ("he goes to fernmere collegiate", "school:fernmere collegiate"),
        ("his IP was 192.0.2.4 after the update", "ip:192.0.2.4"),
        ("l'adresse IP est 192.0.2.9", "ip:192.0.2.9"),
        ("call him at 0044 20 7946 0958", "phone:+442079460958"),
        ("son numéro est le 0033 1 99 00 12 34", "phone:+33199001234"),
    ],
)  # fmt: skip
def test_it_is_found(text, value):
    assert value in values(text)


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("The router's firmware is 2.0.1.7", []),
        ("The firmware number is 2.0.1.7", []),
        ("le micrologiciel, version est 4.12.0.9", []),
        ("the patch currently 3.1.2.8", []),
        ("i like discord, im comfortable on there", []),
        ("sur Discord, je suis tranquille là-dessus", []),
        ("on kik shes everywhere on there", []),
        ("snap ➡ private", []),
        ("discord ➡ server rules", []),
        ("he goes to a collegiate", []),
        ("they go to the collegiate school", []),
        (">> whats ur steam\n>> idk\n>> ok", []),
        ("ticket 0049-8812-71", []),
        ("dossier 0044-7712-33-98", []),
        ("commande no 0033 1 22 33 44 55", []),
        ("leave for Telegram. The picture has SHA-256", []),
        ("sur Discord, une photo en UTF-8", []),
        ("on Discord he sent MD5 sums and moss_fern", ["handle:discord:moss_fern"]),
        ("parlé d'un « cousin » sur Discord", []),
        ('she met her "friend" on Discord', []),
        ("elle a rencontré son « chum » sur Roblox", []),
        ("apps like Snapchat, moss_fern", ["handle:snapchat:moss_fern"]),
        ("he uses apps, like Kik (moss_fern)", ["handle:kik:moss_fern"]),
        ("wise words. His name there is @mossfern", ["handle::mossfern"]),
        ("birthday gifts. He gave his day, Saturday", []),
        ("fete d'ecole, jai mis 40 dollars le 3 mai 2021", []),
        ("my birthday cake, i said no on 02/28/2021", []),
        ("He gave his date, May 16 2013", []),
        ("one two three\nfour five six\nseven eight nine ten", []),
        ("three groups\nsix one three", []),
        ("https : // is how it begins . of course", []),
        ("Courriel : rené point lebrun arobase example point org",
         ["email:rené.lebrun@example.org"]),
    ],
)  # fmt: skip
def test_what_only_looks_like_it_adds_nothing(text, only):
    assert sorted(values(text)) == only

"""Names on platforms that are plain words, or said in several: known by their place alone."""

import pytest

from havre.identifiers.platforms.rules.plain import is_everyday
from havre.identifiers.rules.find import find_in_text


def handles(text):
    return {found.value for found in find_in_text(text, field="t") if found.kind == "handle"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("elle a aussi une page Tumblr, sarcelle-deux, avec des photos", "tumblr:sarcelle-deux"),
        ("La page OnlyFans « graviervelours » se sert d'une photo", "onlyfans:graviervelours"),
        ("Mastodon, profil briselegere, même image", "mastodon:briselegere"),
        (
            "tumblr = gravelle-du-soir • pinterest = gravelledusoir • vk = gravelle.s",
            "tumblr:gravelle-du-soir",
        ),
        (
            "tumblr = gravelle-du-soir • pinterest = gravelledusoir • vk = gravelle.s",
            "pinterest:gravelledusoir",
        ),
        (
            "tumblr = gravelle-du-soir • pinterest = gravelledusoir • vk = gravelle.s",
            "vk:gravelle.s",
        ),
        ("dc: sleepyferret77. also got insta same name", "discord:sleepyferret77"),
        ("dc: sleepyferret77. also got insta same name", "instagram:sleepyferret77"),
        ("Discord handle otter.boat if that helps", "discord:otter.boat"),
        ("Lui — Passe sur Insta, c'est plus sûr. corbeau.en.laine", "instagram:corbeau.en.laine"),
        ('My son says his snap is "fogbank"', "snapchat:fogbank"),
        ("kik = tinwhistle", "kik:tinwhistle"),
        ("on kik he is tinwhistle, all lower case", "kik:tinwhistle"),
        ("He calls himself tinwhistle on Kik.", "kik:tinwhistle"),
        ("Someone named tinwhistle messaged her over Kik", "kik:tinwhistle"),
        ("the Kik user tinwhistle asked her age", "kik:tinwhistle"),
        ("user tinwhistle (Kik) ", "kik:tinwhistle"),
        ("Kik: tinwhistle / asks for pictures of our dog", "kik:tinwhistle"),
        ("Kik - tinwhistle", "kik:tinwhistle"),
        ("Kik username is tinwhistle", "kik:tinwhistle"),
        ("un certain tinwhistle sur Kik", "kik:tinwhistle"),
        ("Sur Kik, tinwhistle lui écrit chaque soir", "kik:tinwhistle"),
        ("On Kik, tinwhistle writes to her every night", "kik:tinwhistle"),
        ("on Kik under the name tinwhistle", "kik:tinwhistle"),
        ("sur Kik sous le nom de tinwhistle", "kik:tinwhistle"),
        ("Le compte Kik tinwhistle a envoyé un message", "kik:tinwhistle"),
        ('compte "tinwhistle" de Kik', "kik:tinwhistle"),
        ("Kik (tinwhistle)", "kik:tinwhistle"),
        ("tinwhistle (on Kik)", "kik:tinwhistle"),
        ("@tinwhistle on kik", "kik:tinwhistle"),
        ("kik @tinwhistle", "kik:tinwhistle"),
        ("kik>tinwhistle", "kik:tinwhistle"),
        ("kik -> tinwhistle", "kik:tinwhistle"),
        ("kik | tinwhistle", "kik:tinwhistle"),
        ("platform: Kik\nusername: tinwhistle", "kik:tinwhistle"),
        ("plateforme : Kik\npseudo : tinwhistle", "kik:tinwhistle"),
        ("app=kik user=tinwhistle", "kik:tinwhistle"),
        ("service: kik; handle: tinwhistle", "kik:tinwhistle"),
        ("[kik] tinwhistle: hi", "kik:tinwhistle"),
        ("youtube.com/@harbourpuffin", "youtube:harbourpuffin"),
        ("Skype live:puffin.h", "skype:live:puffin.h"),
        ("Skype: puffin.h", "skype:puffin.h"),
        ("Signal username puffin.42", "signal:puffin.42"),
        ("Bluesky puffin.bsky.social", "bluesky:puffin.bsky.social"),
        ("Mastodon @puffin@social.example.org", "mastodon:puffin@social.example.org"),
        ("tt: puffin.h", "tiktok:puffin.h"),
        ("sc puffin.h", "snapchat:puffin.h"),
        ("add my sc: puffin.h", "snapchat:puffin.h"),
        ("ig- puffin.h", "instagram:puffin.h"),
        ("insta puffin.h lol", "instagram:puffin.h"),
        ("IG (puffin.h)", "instagram:puffin.h"),
        ("Discord puffin_h#4412", "discord:puffin_h#4412"),
        ("Omegle, PuffinH99", "omegle:puffinh99"),
        ("OnlyFans page called puffinharbour", "onlyfans:puffinharbour"),
        ("fb puffin.harbour", "facebook:puffinharbour"),
        ("puffin-harbour.tumblr.com", "tumblr:puffin-harbour"),
        ("tumblr puffin-harbour", "tumblr:puffin-harbour"),
        ("youtube channel, at thatched roof pete, one word no spaces", "youtube:thatchedroofpete"),
        ("chaîne youtube arobase pierrot du chaume, en un seul mot", "youtube:pierrotduchaume"),
        ("uh roblox, the name is zed zed cactus nine nine, letters zed zed", "roblox:zzcactus99"),
        ("kik c'est le mot mitaine suivi de trois zéros", "kik:mitaine000"),
        ("kik is the word mitten followed by three zeros", "kik:mitten000"),
        ("his kik is mitten nine nine", "kik:mitten99"),
        ("snap c'est loup gris quatre-vingts, tout attaché", "snapchat:loupgris80"),
        ("son snap : loup neuf neuf", "snapchat:loup99"),
        ("snap is river fox twenty two, all together", "snapchat:riverfox22"),
        ("on snap he is river fox, as one word", "snapchat:riverfox"),
        ("insta is riverfox with an underscore at the end", "instagram:riverfox_"),
        ("insta riverfox avec un tiret bas devant", "instagram:_riverfox"),
        ("instagram river double underscore fox", "instagram:river__fox"),
        ("instagram is river period fox", "instagram:river.fox"),
        ("his insta, river underscore fox seven", "instagram:river_fox7"),
        ("discord, c'est renard, barre de soulignement, roux", "discord:renard_roux"),
        ("discord renard souligné roux", "discord:renard_roux"),
        ("TikTok: the letter B, underscore, river", "tiktok:b_river"),
        ("his kik was otter, underscore, eighty eight", "kik:otter_88"),
        ("kik: o t t e r 8 8", "kik:otter88"),
        ("kik spelled O-T-T-E-R-8-8", "kik:otter88"),
        ("kik, it's spelled o t t e r", "kik:otter"),
        ("kik: oscar tango tango echo romeo", "kik:otter"),
        ("twitter at puffin underscore h", "twitter:puffin_h"),
        ("Twitch is puffin hill all one word", "twitch:puffinhill"),
        ("Twitch, puffin hill, un mot", "twitch:puffinhill"),
        ("minecraft: puffin, souligné, hill", "minecraft:puffin_hill"),
        ("telegram at puffin hill no space", "telegram:puffinhill"),
        ("télégramme puffin vingt-deux, collé", "telegram:puffin22"),
        ("Cash App $puffinpays", "cashapp:puffinpays"),
        ("cash app tag is $PuffinPays", "cashapp:puffinpays"),
        ("PayPal: puffin_pays", "paypal:puffin_pays"),
        ("paypal.me/puffinpays", "paypal:puffinpays"),
        ("paypal dot me slash puffinpays", "paypal:puffinpays"),
        ("venmo @puffin-pays", "venmo:puffin-pays"),
        ("Venmo puffin-pays", "venmo:puffin-pays"),
        ("Wealthsimple $puffinpays", "wealthsimple:puffinpays"),
        ("zelle puffin_pays", "zelle:puffin_pays"),
        ("cashtag: puffinpays", "cashapp:puffinpays"),
        ("sur cash app c'est puffinpays", "cashapp:puffinpays"),
        ("cash-app (puffinpays)", "cashapp:puffinpays"),
        ("payez-moi sur Cash App, $puffinpays", "cashapp:puffinpays"),
        ("snap: r i v e r f o x", "snapchat:riverfox"),
        ("snap: r-i-v-e-r-f-o-x", "snapchat:riverfox"),
        ("snap: river(underscore)fox", "snapchat:river_fox"),
        ("hit me on tele gram @ slow_gondola", "telegram:slow_gondola"),
        ("D i s c 0 r d : cerf.volant.cuivre — il dit", "discord:cerf.volant.cuivre"),
    ],
)
def test_a_plain_word_in_the_place_of_a_name_is_one(text, name):
    assert name in handles(text)


@pytest.mark.parametrize(
    "text",
    [],
)
def test_talk_around_a_platform_names_nobody(text):
    assert handles(text) == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "rblx name is JellyBoat... wait, two L's? checked: JelllyBoat",
            {"jellyboat", "jelllyboat"},
        ),
        ("snap: kite_5. Sorry, I meant otter_9.", {"kite_5", "otter_9"}),
        ("son insta c'est loup_gris, non pardon, loup_gris2", {"loup_gris", "loup_gris2"}),
        ("his kik is tinwhistle, oops, tinnwhistle with two n", {"tinwhistle", "tinnwhistle"}),
        ("his insta is kite_5... sorry for the typos, thanks", {"kite_5"}),
        ("insta kite_5. No, kites are nice.", {"kite_5"}),
    ],
)
def test_a_name_put_right_is_told_both_ways(text, names):
    assert {value.partition(":")[2] for value in handles(text)} == names


def test_another_platform_ends_what_is_put_right():
    said = handles("He is pumpkin_radio on Telegram, I mean; on Insta he's pumpkinradio.fm.")
    assert said == {"telegram:pumpkin_radio", "instagram:pumpkinradio.fm"}


@pytest.mark.parametrize("word", ["deleted", "priv\u00e9", "prive", "mother", "Hier"])
def test_a_word_of_every_day_is_known_with_and_without_accents(word):
    assert is_everyday(word)
    assert not is_everyday("tinwhistle")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "my friend got added by LoonLake44 on snap and he keeps sending streaks",
            "snapchat:loonlake44",
        ),
        ("hes called loonlake on snap ok bye", "snapchat:loonlake"),
        ("theres this guy on kik loon.lake hes like 40", "kik:loon.lake"),
        ("some1 called loonlake in my discord dms", "discord:loonlake"),
        ("tiktok @ is loonlake_ca", "tiktok:loonlake_ca"),
        ("his @ on tiktok is loonlake_ca", "tiktok:loonlake_ca"),
        ("his insta @ : loonlake_ca", "instagram:loonlake_ca"),
        ("insta handle? loonlake_ca", "instagram:loonlake_ca"),
        ("insta loon_lake then snap loonlake2", "instagram:loon_lake"),
        ("insta loon_lake then snap loonlake2", "snapchat:loonlake2"),
        ("loon_lake on insta, snap and tiktok", "instagram:loon_lake"),
        ("loon_lake on insta, snap and tiktok", "snapchat:loon_lake"),
        ("loon_lake on insta, snap and tiktok", "tiktok:loon_lake"),
        ("insta, snap, tiktok: loon_lake everywhere", "instagram:loon_lake"),
        ("insta, snap, tiktok: loon_lake everywhere", "snapchat:loon_lake"),
        ("insta, snap, tiktok: loon_lake everywhere", "tiktok:loon_lake"),
        ("même pseudo partout (insta, snap) : loon_lake", "snapchat:loon_lake"),
        ("kik & snap = loonlake", "kik:loonlake"),
        ("kik & snap = loonlake", "snapchat:loonlake"),
        ("Discord : loonlake9, et le même nom sur Steam", "discord:loonlake9"),
        ("Discord : loonlake9, et le même nom sur Steam", "steam:loonlake9"),
        ("loonlake9 sur Discord ainsi que sur Steam", "discord:loonlake9"),
        ("loonlake9 sur Discord ainsi que sur Steam", "steam:loonlake9"),
        ("loonlake9 on Discord, also on Steam", "discord:loonlake9"),
        ("loonlake9 on Discord, also on Steam", "steam:loonlake9"),
        ("on PlayStation he is LoonLake9", "psn:loonlake9"),
        ("PS5: loonlake9", "psn:loonlake9"),
        ("gamertag LoonLake9 on the xbox", "xbox:loonlake9"),
        ("Xbox Live LoonLake9", "xbox:loonlake9"),
        ("Fortnite epic id loonlake9", "fortnite:loonlake9"),
        ("in minecraft there was LoonLake9", "minecraft:loonlake9"),
        ("un streameur Twitch, loonlake9", "twitch:loonlake9"),
        ("skype loon.lake9", "skype:loon.lake9"),
        ("wechat id loonlake9", "wechat:loonlake9"),
        ("on Viber as loonlake9", "viber:loonlake9"),
        ("Omegle, he said he was loonlake9", "omegle:loonlake9"),
        ("redditor u/loonlake9", "reddit:loonlake9"),
        ("reddit user loonlake9", "reddit:loonlake9"),
        ("Pinterest: loonlake9", "pinterest:loonlake9"),
        ("blog tumblr loon-lake", "tumblr:loon-lake"),
        ("loonlake.tumblr.com", "tumblr:loonlake"),
        ("Bluesky: loonlake.example.com", "bluesky:loonlake.example.com"),
        ("Threads (loonlake9)", "threads:loonlake9"),
        ("OnlyFans loonlake9", "onlyfans:loonlake9"),
        ("vk: loonlake9", "vk:loonlake9"),
        ("@loonlake9 (telegram)", "telegram:loonlake9"),
        ("tg @loonlake9", "telegram:loonlake9"),
        ("Signal loonlake.09", "signal:loonlake.09"),
        ("facebook: loon.lake9", "facebook:loonlake9"),
        ("fb.com/loonlake9", "facebook:loonlake9"),
        ("chaîne YouTube loonlake9", "youtube:loonlake9"),
        ("YouTube (@loonlake9)", "youtube:loonlake9"),
        ("twitter.com/loonlake9", "twitter:loonlake9"),
        ("X/Twitter: loonlake9", "twitter:loonlake9"),
        ("compte X @loonlake9", "twitter:loonlake9"),
        ("Epic : loonlake9", "fortnite:loonlake9"),
        ("«loonlake», c'est son Discord", "discord:loonlake"),
        ("son nom d'usager Discord: loonlake", "discord:loonlake"),
        ("identifiant Discord loonlake", "discord:loonlake"),
        ("Le pseudo loonlake apparaît sur Discord", "discord:loonlake"),
        ("Pseudo : loonlake (Discord)", "discord:loonlake"),
        ("user: loonlake\nplatform: Discord", "discord:loonlake"),
        ("username=loonlake platform=discord", "discord:loonlake"),
    ],
)
def test_a_name_is_found_by_the_words_people_put_around_it(text, name):
    assert name in handles(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("kik : mitaine zéro zéro zéro", "kik:mitaine000"),
        ("kik, mitaine, barre en bas, trois", "kik:mitaine_3"),
        ("snap is loon period lake", "snapchat:loon.lake"),
        ("snap is loon dash lake", "snapchat:loon-lake"),
        ("snap is loon lake forty four, no spaces", "snapchat:loonlake44"),
        ("his snap is loon lake, then the number forty four", "snapchat:loonlake44"),
        ("snap: x x loon x x", "snapchat:xxloonxx"),
        ("snap is mister loon, M R L O O N", "snapchat:mrloon"),
        ("son snap, c'est loon et quatre-vingt-huit collé", "snapchat:loon88"),
        ("snap loon huit huit", "snapchat:loon88"),
        ("insta the.real.loon", "instagram:the.real.loon"),
        ("discord loon hashtag zero zero four two", "discord:loon#0042"),
        ("discord loon, dièse, zéro zéro quarante-deux", "discord:loon#0042"),
        ("roblox, loon, underscore, lake, underscore, two", "roblox:loon_lake_2"),
        ("telegram, at loonlake", "telegram:loonlake"),
        ("sur Telegram, arobase loonlake", "telegram:loonlake"),
        ("on Twitter at loon underscore lake", "twitter:loon_lake"),
        ("twitch dot tv slash loonlake", "twitch:loonlake"),
        ("instagram dot com slash loonlake", "instagram:loonlake"),
        ("tiktok point com barre oblique arobase loonlake", "tiktok:loonlake"),
    ],
)
def test_a_name_said_in_words_letters_and_figures_is_put_together(text, name):
    assert name in handles(text)

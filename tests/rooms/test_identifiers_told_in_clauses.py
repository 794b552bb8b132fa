"""Plain words that a clause beside a platform makes somebody's name there, in both languages."""

import pytest

from havre.identifiers.rules.find import find_in_text


def handles(text):
    found = find_in_text(text, field="t")
    return {one.value for one in found if str(one.kind) == "handle"}


@pytest.mark.parametrize(
    "text",
    [
        "then he wanted to go on discord where hes brickuncle and he started asking",
        "we moved to discord, hes brickuncle there",
        "go on discord im brickuncle",
        "switch to discord im brickuncle there",
        "discord, i go by brickuncle over there",
        "viens sur discord jsuis brickuncle",
        "viens sur discord, chu brickuncle là-bas",
        "jsuis brickuncle sur discord",
        "im brickuncle on discord",
        "you can find me on discord, brickuncle",
        "look me up on discord: brickuncle",
        "cherche brickuncle sur discord",
        "search brickuncle on discord",
        "type in brickuncle on discord and add me",
        "écris à brickuncle sur discord",
        "message brickuncle on discord",
        "add brickuncle on discord",
        "ajoute brickuncle sur discord",
        "he told me to add brickuncle on discord",
        "his friend brickuncle from discord",
        "un gars, brickuncle, sur discord",
        "some guy brickuncle on discord keeps texting",
        "Discord user brickuncle keeps texting",
        "the Discord account brickuncle",
        "le compte Discord brickuncle m'écrit",
        "On Discord, brickuncle asked her to keep it secret.",
        "Sur Discord, brickuncle lui a demandé de garder le secret.",
        "On Discord he calls himself brickuncle.",
        "Sur Discord il se fait appeler brickuncle.",
        "On Discord he uses brickuncle.",
        "Sur Discord il utilise brickuncle comme pseudo.",
        "On Discord his handle was brickuncle",
        "il est brickuncle sur discord",
        "il sappelle brickuncle sur discord",
        "son nom de discord c brickuncle",
        "discord name brickuncle",
        "discord -> brickuncle",
        "discord→brickuncle",
        "discord ~ brickuncle",
        "discord… brickuncle",
        "discord... brickuncle",
        "discord!! brickuncle",
        "user brickuncle (discord)",
        "discord/brickuncle",
        "discord user: brickuncle#0 ",
        "Le pseudo Discord du suspect est brickuncle.",
        "Pseudonyme utilisé sur Discord : brickuncle",
        "Username on Discord: brickuncle",
        "username (discord) brickuncle",
        "Name used in Discord: brickuncle",
    ],
)
def test_a_plain_word_is_a_name_where_a_clause_says_so(text):
    assert handles(text) == {"discord:brickuncle"}


@pytest.mark.parametrize(
    "text",
    [
        "im bored on discord",
        "im new on discord",
        "i am worried about discord",
        "hes friendly on discord",
        "hes always there on discord",
        "go on discord im waiting",
        "switch to discord im waiting there",
        "we moved to discord, hes nice there",
        "add teachers on discord",
        "message everyone on discord",
        "search strangers on discord",
        "On Discord, everyone asked her to leave.",
        "Sur Discord, quelqu'un lui a demandé de partir.",
        "On Discord he uses emojis.",
        "On Discord he uses voice.",
        "il est fâché sur discord",
        "il est moderateur sur discord",
        "on twitch simply annoying",
        "on discord just friends",
        "sur discord seulement",
        "im homesick on discord all day",
        "he is underage on instagram",
        "she was upset on snapchat",
        "he's anonymous on discord",
        "hes probably american on discord",
        "im offline on discord",
        "i am invisible on discord",
        "im deaf, on discord i type",
        "he was banned on roblox twice",
        "they are classmates on snapchat",
        "on instagram he is popular",
        "On TikTok she is a dancer.",
        "On TikTok he is famous, and rich.",
        "sur tiktok il est populaire",
        "sur instagram elle est gentille avec tout le monde",
        "sur snap il est toujours connecté",
        "sur discord il est administrateur",
        "sur discord je suis membre depuis hier",
        "sur discord jsuis tanné",
        "chu tanné sur discord",
        "je suis inscrite sur instagram depuis mars",
        "il est harcelé sur discord",
        "elle est intimidée sur snapchat",
        "il est partout sur tiktok",
        "On Discord he uses stickers.",
        "On Discord he uses profanity.",
        "On Discord he used swearwords.",
        "Sur Discord il utilise plusieurs comptes.",
        "Sur Discord il utilise l'anglais.",
        "he uses screenshots on snapchat",
        "add everyone on snapchat",
        "add somebody on snapchat",
        "he adds teenagers on snapchat",
        "he added girls on snapchat",
        "search minecraft on youtube",
        "search gameplay on youtube",
        "look up fingerboard on youtube",
        "look up tutorials on youtube",
        "find homework on youtube",
        "she found friendship on discord",
        "cherche recettes sur youtube",
        "cherche quelqu'un sur discord",
        "trouve l'amour sur tinder",
        "messages from somebody on discord",
        "message from classmates on instagram",
        "un message de menaces sur instagram",
        "un message de chantage sur snapchat",
        "report harassment on discord",
        "report cyberbullying on instagram",
        "signaler harcèlement sur discord",
        "block strangers on instagram",
        "bloquer quelqu'un sur discord",
        "talking to teammates on discord",
        "talked with grandmother on whatsapp",
        "parler avec grand-maman sur skype",
        "parle avec maman sur whatsapp",
        "some guy yesterday on discord",
        "a guy overseas on discord",
        "a man somewhere on telegram",
        "un gars louche sur discord",
        "un homme étrange sur telegram",
        "un homme inconnu sur telegram",
        "une personne malhonnête sur facebook",
        "une fille sympathique sur snap",
        "the discord account yesterday",
        "the instagram account disappeared",
        "his instagram account vanished, and then",
        "le compte instagram disparu",
        "the youtube channel kidsfriendly",
        "discord user interface, new look",
        "discord name change",
        "discord name generator",
        "discord tag system",
        "discord user agreement",
        "instagram name ideas",
        "My username on Discord is private.",
        "my username on discord is embarrassing",
        "his name on discord is different",
        "his name on discord is inappropriate",
        "son nom sur discord est bizarre",
        "son pseudo sur discord est ridicule",
        "le pseudo discord est obligatoire",
        "the username on Roblox is required",
        "username (discord) required",
        "discord... anyway",
        "discord... seriously",
        "discord!! omg",
        "discord... whatever",
        "instagram... sérieusement",
        "he is on discord and snapchat, simply everywhere",
        "sur discord et snapchat, seulement vocal",
        "find him on discord, please",
        "you can find us on instagram, thanks",
        "add me on snapchat, sweetheart",
        "add me on snapchat, beautiful",
        "trouve moi sur snap, mon beau",
        "he has an account on instagram, apparently",
        "un compte sur facebook, malheureusement",
        "un compte sur facebook, évidemment",
        "go on discord where hes moderator",
        "go on discord where hes friendly",
        "we moved to discord, hes overseas",
        "discord, hes pretending",
        "we talk on discord, im scared",
        "we talk on discord, im terrified and",
        "we play roblox, hes fourteen",
        "we play roblox, hes seventeen and nice",
        "on roblox hes fifteen",
        "on roblox im eleven there",
        "sur roblox il est quinze",
        "i met someone on discord, hes british",
        "on twitch he is streaming, and",
        "on snapchat she is desperate",
        "on snapchat he is persistent",
        "on snapchat im careful",
        "on facebook he is married, with kids",
        "sur facebook il est célibataire",
    ],
)
def test_a_word_of_every_day_in_the_same_place_is_nobodys_name(text):
    assert handles(text) == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "He is quiet_ferry on Instagram and just quietferry on Twitch.",
            {"instagram:quiet_ferry", "twitch:quietferry"},
        ),
        (
            "Sur Instagram c'est quiet_ferry, sur Twitch tout simplement quietferry.",
            {"instagram:quiet_ferry", "twitch:quietferry"},
        ),
        (
            "quiet_ferry (Instagram), quietferry (Twitch)",
            {"instagram:quiet_ferry", "twitch:quietferry"},
        ),
        (
            "insta quiet_ferry, twitch only quietferry",
            {"instagram:quiet_ferry", "twitch:quietferry"},
        ),
        ("On X, quietferry2.", {"twitter:quietferry2"}),
        ("and X: quietferry2", {"twitter:quietferry2"}),
        ("there's also X, as quietferry2", {"twitter:quietferry2"}),
        ("aussi X, quietferry2", {"twitter:quietferry2"}),
        ("X (quietferry2)", {"twitter:quietferry2"}),
        ("X/Twitter: quietferry2", {"twitter:quietferry2"}),
        ("Il a aussi un compte X, quietferry2", {"twitter:quietferry2"}),
        ("On the platform X, the user quietferry2 wrote to him", {"twitter:quietferry2"}),
        (
            "y a un bot sur x qui sappelle @offrejeune_qc y dm tout le monde",
            {"twitter:offrejeune_qc"},
        ),
        ("un compte sur x, offrejeune_qc, dm les jeunes", {"twitter:offrejeune_qc"}),
        ("he's on x as offrejeune_qc", {"twitter:offrejeune_qc"}),
        (
            "On Discord he's plumpit, no wait, I read it wrong, he's peachstone nine, one word.",
            {"discord:peachstone9"},
        ),
        (
            "Teacher use WeChat with name oak.tuner7 and also VK where he is called gitara_mark.",
            {"vk:gitara_mark", "wechat:oak.tuner7"},
        ),
        (
            'c@sh app, dollar sign then mossagate, thats where the "gift" goes',
            {"cashapp:mossagate"},
        ),
        (
            'Compte PSN "OursPolaire_19", fichier MD5 a40c929a97cdb0bbad3bb534268bfce4',
            {"psn:ourspolaire_19"},
        ),
    ],
)
def test_each_name_goes_to_its_own_platform(text, names):
    assert handles(text) == names


def test_a_simple_name_beside_two_that_are_made_up_goes_to_its_platform():
    text = "On YouTube he is felt_and_feather and on Mastodon simply feltfeather."
    assert handles(text) == {"youtube:felt_and_feather", "mastodon:feltfeather"}


def test_of_is_a_word_and_no_platform_unless_marked():
    assert handles("she is a friend of @river_fox from school") == {":river_fox"}
    assert handles("OF: river_fox") == {"onlyfans:river_fox"}


def test_a_search_where_people_look_for_things_names_nobody():
    assert handles("cherche grenouilles sur youtube") == set()
    assert handles("search brickuncle on youtube") == set()
    assert handles("search brickuncle on kik") == {"kik:brickuncle"}


@pytest.mark.parametrize(
    "text",
    [
        "Kik/Snap: river_fox9 / river.fox8",
        "kik and snap are river_fox9 and river.fox8",
        "river_fox9 and river.fox8 (Kik and Snap)",
        "His names are river_fox9 and river.fox8, the first on Kik, the second on Snap.",
        "river_fox9 et river.fox8, le premier sur Kik, la deuxième sur Snap",
        "river_fox9 sur Kik et river.fox8 sur Snap",
    ],
)
def test_two_names_go_to_two_platforms_in_their_order(text):
    assert handles(text) == {"kik:river_fox9", "snapchat:river.fox8"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kik/Snap: river_fox9", {"kik:river_fox9", "snapchat:river_fox9"}),
        ("il est river_fox9 sur Kik comme sur Snap", {"kik:river_fox9", "snapchat:river_fox9"}),
        ("Kik et Snap : river_fox9 et rien d'autre", {"kik:river_fox9", "snapchat:river_fox9"}),
        ("Kik, Snap: river_fox9 and then nothing", {"kik:river_fox9", "snapchat:river_fox9"}),
    ],
)
def test_one_name_of_two_platforms_is_no_pair(text, names):
    assert handles(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("tweet from @river_fox9", "twitter:river_fox9"),
        ("redditor river_fox9 wrote", "reddit:river_fox9"),
        ("sa finsta c'est river.fox9", "instagram:river.fox9"),
        ("\U0001f47b river.fox9", "snapchat:river.fox9"),
        ("kik : river _ fox9", "kik:river_fox9"),
        ("his kik, spelled r-i-v-e-r underscore f-o-x 9", "kik:river_fox9"),
        ("valorant River#NA1", "valorant:river#na1"),
        ("instagram[.]com/river.fox9", "instagram:river.fox9"),
    ],
)
def test_a_name_is_found_by_more_words_and_signs(text, name):
    assert handles(text) == {name}

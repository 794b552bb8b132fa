"""Talk of every day, with numbers, platforms and quotation marks, that tells no identifier."""

import pytest

from havre.identifiers.rules.find import find_in_text


@pytest.mark.parametrize(
    "text",
    [
        'Is it normal that the Roblox chat filters "meet me"? He is 9 and uses a Nintendo Switch.',
        'Hi, how do I report a YouTube ad for "Pirate Camp 2024"? It ran at 7:45 pm on channel 12.',
        "My order number is 2045550142A and the store said Instagram would refund $19.99.",
        "Our school uses Teams, Zoom and Google Classroom; room 204-B, grade 6, period 3.",
        'On the bus 514 toward the 555 loop, at 01:44, a boy shouted "Discord!"',
        'The song "Snap to it" by The Kik Drums plays on Twitch every night.',
        "Mon fils joue à Minecraft version 1.20.4 sur PS5, est-ce correct pour 10 ans?",
        "Le prix est de 514,55 $ pour 0144 billets; facture 5550144.",
        "@everyone please read: the Telegram channel is closed.",
        "#kiktok was trending on X and on Threads.",
        "I sat in row 12, seat 4, flight AC 8812, and he sat in 12B with an iPhone 13.",
        "Ticket INC-204-555 was closed; see page 3 of 12 and section 4.2.1.7.",
        "She said 'insta-worthy' and 'snap-happy' like a teenager.",
        'The Facebook Marketplace ad said "kayak, barely used".',
        "Il a publié sur Facebook « à vendre : kayak » pour 200 $.",
        "Elle a reçu sur Snapchat « coucou » et puis plus rien.",
        'On WhatsApp he wrote "goodnight" and on Signal "bye".',
        "He uses Steam (2 accounts), Epic (none) and Xbox (shared).",
        "I read on Reddit that Kik is risky, is that so?",
        "My password for Roblox is written on the fridge.",
        "She has 44 followers on Instagram and 1200 on TikTok.",
        "Call me back after 5, I'm in meeting room 604-5.",
        "Postal strike: code H is late. Code red in zone H2 today.",
        "Licence plates in Ontario have 4 letters and 3 numbers.",
        "La plaque du fabricant dit 120 V et 60 Hz.",
        "born and raised in 2012 Toronto; fête le 5 mars prochain",
        "Ten Court cases, five Street vendors, twenty Way stations",
        "quatre Places assises, trois Routes fermées, dix Avenue rouge",
        "L'institut de beauté, le couvent, un internat, une académie de danse",
        "We prep for high tea at the academy of arts, middle of May",
        "The bitcoin price is 60 000; wallet size 3 1 4 inches",
        "My hash browns were md5 good; sha la la",
        "device id is missing; uuid unknown; imei none",
        "He wants a 200 dollar gift card, Steam or Amazon, by Friday.",
        "e-transfer limits are three thousand a day at my bank",
        "PayPal emailed me a receipt; Venmo charged twice",
        "What is the age limit on Snapchat, thirteen or sixteen?",
        "C'est quoi l'âge pour TikTok, treize ans?",
        "Snap, crackle, pop. Kick, line, tango, zoom, wire, wise, whisper.",
        "two of a kind dot dot dot, three dash four, underscore this point",
        'He typed "at" instead of "@" and "dot" in "dot com".',
        "Quelqu'un d'autre a vu ça? point final, tiret, à la ligne",
        "The account was made in 2019, username unknown, app unknown.",
        "Instagram, Facebook and TikTok pages were all deleted by Monday.",
        "the user asked for Discord, the user then left",
        "he is on Insta all day, he is on Snap all night",
        "Username rules on Kik: letters and numbers only.",
        "Discord: harassment. Roblox: scamming. TikTok: fine.",
        "Twitch - streaming; Kik - chat; Zoom - school",
        "Kik/Snap/Insta whatever; Discord or Telegram",
        "WhatsApp: voice calls | Messenger: video calls",
        "platform: Instagram, name: unknown, age: unknown",
        "Compte: Instagram; nom: inconnu; courriel: aucun",
        "app = Snapchat; user = child",
        "Do I need a lawyer? A Telegram user threatened to post pictures.",
        "La page Facebook Parents Vigilants a partagé l'alerte.",
        "un utilisateur Instagram prétendait être médecin",
        "the Instagram account pretended to be a model agency",
        "a Snapchat account impersonating her teacher",
        "le compte Discord usurpait son identité",
    ],
)
def test_talk_of_every_day_holds_no_identifier(text):
    found = {found.kind for found in find_in_text(text, field="t")}
    assert not found - {"name", "group", "server"}


@pytest.mark.parametrize(
    "text",
    [
        "a Roblox game called brookhaven",
        "the TikTok challenge called blackout",
        "a Discord server called woodworking",
        'a Roblox game called "brookhaven"',
        "a Roblox game called Brookhaven_RP",
        "a game on Roblox called Brookhaven_RP",
        "un jeu Roblox nommé Brookhaven_RP",
        "a Roblox obby called towerofhell",
        "a YouTube cartoon called loonlake",
        "Roblox, an obstacle course called towerofhell",
        "he plays a game called brookhaven on Roblox",
        "Roblox, a game called brookhaven",
        "the game she plays on Roblox, called brookhaven",
        "a Discord channel called woodworking",
        "a challenge named blackout on TikTok",
        "un jeu Roblox appelé brookhaven",
        "un serveur Discord appelé menuiserie",
        "un groupe Telegram du nom de menuiserie",
        "un jeu Roblox nommé « brookhaven »",
    ],
)
def test_what_is_called_something_on_a_platform_is_nobodys_account(text):
    assert "handle" not in {found.kind for found in find_in_text(text, field="t")}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a Discord user called tinwhistle", "discord:tinwhistle"),
        ("on a Discord server someone called tinwhistle wrote", "discord:tinwhistle"),
        ("in the Roblox game she's called tinwhistle", "roblox:tinwhistle"),
        ("On the game Roblox he is called tinwhistle", "roblox:tinwhistle"),
        ("a guy in a game called cedarfox_2012 on Roblox", "roblox:cedarfox_2012"),
        ("a Discord server run by a guy named tinwhistle", "discord:tinwhistle"),
        ("He was in a Discord group and is called darkfox_77", "discord:darkfox_77"),
        ("He was in our Discord group, known as darkfox_77, and asked", "discord:darkfox_77"),
        ("met in a Minecraft game, he is on Snapchat, named stargrey88", "snapchat:stargrey88"),
        ("In a WhatsApp group a trainer named riverstone99 asks", "whatsapp:riverstone99"),
        ("In a game a trainer on Discord named riverstone99 asks", "discord:riverstone99"),
        ("a YouTube channel called woodworking", "youtube:woodworking"),
        ("On Roblox Kevin is known as tinwhistle", "roblox:tinwhistle"),
        ("on roblox my nephew goes by tinwhistle", "roblox:tinwhistle"),
        ("un joueur Roblox nommé loutregrise", "roblox:loutregrise"),
    ],
)
def test_whoever_is_called_something_on_a_platform_has_an_account(text, value):
    assert value in {found.value for found in find_in_text(text, field="t")}

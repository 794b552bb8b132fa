"""Which platform a name belongs to: before it, after it, in the next clause, line or message."""

import pytest

from havre.identifiers.rules.find import find_in_text


def handles(text):
    return {found.value for found in find_in_text(text, field="t") if found.kind == "handle"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # after the platform
        ("his psn is Otter_Bay-9", {"psn:otter_bay-9"}),
        ("son insta c'est loutregrise", {"instagram:loutregrise"}),
        ("His Kik is harbourlight, he said.", {"kik:harbourlight"}),
        ("my brother's Discord is quietotter", {"discord:quietotter"}),
        ("The counsellor's WeChat is kanata-fox and he left", {"wechat:kanata-fox"}),
        ("jlai sur fb c jean.roy.allee pis son cell", {"facebook:jeanroyallee"}),
        ("my insta's maple.t9", {"instagram:maple.t9"}),
        ("he's on Kik under maplet9", {"kik:maplet9"}),
        ("ig river_fox9 tt maple.t9", {"instagram:river_fox9", "tiktok:maple.t9"}),
        ("👻: maple.t9", {"snapchat:maple.t9"}),
        ("son snap jpense c maple.t9", {"snapchat:maple.t9"}),
        ("Une page OnlyFans de confitures, « cuisinedulac », m'a écrit", {"onlyfans:cuisinedulac"}),
        # before it
        ("river_fox7, that's his Snapchat", {"snapchat:river_fox7"}),
        (
            "loup.gris22, c'est son Kik. lynx.bleu4 est son compte Instagram",
            {"kik:loup.gris22", "instagram:lynx.bleu4"},
        ),
        (
            "« loup.gris = snap » et, plus bas, « loup_gris = disc »",
            {"snapchat:loup.gris", "discord:loup_gris"},
        ),
        (
            "it was grey_heron.7 (Discord) and heron.7 (ig)",
            {"discord:grey_heron.7", "instagram:heron.7"},
        ),
        ("heron.grey9 — TikTok, loup_9 — Snapchat", {"tiktok:heron.grey9", "snapchat:loup_9"}),
        (
            "maple_t9 (that's the Snapchat one) and turtle.m (the Discord one)",
            {"snapchat:maple_t9", "discord:turtle.m"},
        ),
        (
            "un, LoupBleu7, c'est Roblox ; puis loup.bleu7, je pense que c'est Kik (oui).",
            {"roblox:loupbleu7", "kik:loup.bleu7"},
        ),
        ("le deuxième, loup-bleu, c'est Fortnite", {"fortnite:loup-bleu"}),
        ("jpense que c'est maple.t9 son snap", {"snapchat:maple.t9"}),
        (
            "Sur Snap : otter_bay1, sur Kik : bay_otter1, sur Instagram rien.",
            {"snapchat:otter_bay1", "kik:bay_otter1"},
        ),
        ("a boy, @sapin.bleu ; c'est du TikTok, paraît-il", {"tiktok:sapin.bleu"}),
        # in the next sentence, message or line
        (
            "He goes by corn_radio. On Telegram, I mean; on Insta he's cornradio.fm.",
            {"telegram:corn_radio", "instagram:cornradio.fm"},
        ),
        ("Il se fait appeler castor_bleu8. C'est sur Roblox, je crois.", {"roblox:castor_bleu8"}),
        ("14 h 11 Jeune : ok c cerf_bleu_3\n14 h 11 Jeune : telegram la", {"telegram:cerf_bleu_3"}),
        ("kid: its fox_run22\nkid: on snap", {"snapchat:fox_run22"}),
        ("kid: fox_run22\noperator: on which app\nkid: discord", {"discord:fox_run22"}),
        ("User: maple_t9; Platform: Snapchat", {"snapchat:maple_t9"}),
        # cards, notifications, lists
        ("castor_9\n(hors ligne)\nDiscord · ami depuis le 2 mars", {"discord:castor_9"}),
        ("castor.bleu a commencé à vous suivre\nTikTok • il y a 2 min", {"tiktok:castor.bleu"}),
        ("TikTok\n@gresdulac\nKik\ngres_s3", {"tiktok:gresdulac", "kik:gres_s3"}),
        (
            "• phone 250-555-0150\n• steam willow_k\n• twitch willowkplays",
            {"steam:willow_k", "twitch:willowkplays"},
        ),
        ("1. boreal_09 (snap)\n2. boreal.09 (tt)", {"snapchat:boreal_09", "tiktok:boreal.09"}),
        # logs and other places
        ("tiktok_user: maple_t9; insta_user=maple.t9", {"tiktok:maple_t9", "instagram:maple.t9"}),
        ("/u/maple_t9 posted on r/ottawa", {"reddit:maple_t9"}),
        ("alias maple_t8; aka maple_t7", {":maple_t8", ":maple_t7"}),
        ("she said his user was maple.turtle", {":maple.turtle"}),
        # several platforms in one breath
        ("otter_bay1 on both Snapchat and Kik", {"snapchat:otter_bay1", "kik:otter_bay1"}),
        (
            "same name on snap and insta: otter_bay1",
            {"snapchat:otter_bay1", "instagram:otter_bay1"},
        ),
        ("insta/snap: otter_bay1", {"snapchat:otter_bay1", "instagram:otter_bay1"}),
        # names with their server
        ("Le compte fautif : @grive@toot.example.net.", {":grive@toot.example.net"}),
        ("Mastodon: grive@toot.example.net", {"mastodon:grive@toot.example.net"}),
        ("the Mastodon one, @heron@masto.example.com.", {"mastodon:heron@masto.example.com"}),
        ("« @tamia:hs.example.com » sur Matrix", {"matrix:tamia:hs.example.com"}),
        # money
        ("Covoiturage, Venmo josette-fine ou argent comptant", {"venmo:josette-fine"}),
        ("Son nom PayPal.me est « atelierdulac » et il voulait", {"paypal:atelierdulac"}),
        ("PayPal.me name: orchardway. He said so.", {"paypal:orchardway"}),
        # what is denied
        ("Discord maple.t9 (not maple.t8)", {"discord:maple.t9"}),
        ("l'Insta de mon frère, c'est maple.t9, pas maple.t8", {"instagram:maple.t9"}),
    ],
)
def test_a_name_goes_to_its_platform(text, expected):
    assert handles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "his snapchat is private. Her Instagram is deleted. His Kik is something else.",
        "Son Facebook est fermé. Son Instagram est magnifique. Son snap c'est toujours ouvert.",
        "Her Roblox is full of pop-ups. Their Discord is very user-friendly.",
        'He said on Snapchat "harbourlight", whatever that means.',
        "Une page Instagram, « superbe », qu'elle aime.",
        "It's boring on Kik. C'est ennuyant sur Discord. Add me tomorrow on snap.",
        "Sur Snapchat, peut-être demain. Rendez-vous sur Discord. C'est là-bas sur Snapchat.",
        "- Snapchat stories\n- Instagram reels\n- TikTok videos\n- phone 514-555-0144",
        "A score of 2-1, c'est Kik. 2-for-1 deal, that's Snapchat.",
        "the file IMG_2024 is on Discord. On a parlé de ps5 sur Discord.",
        "Matrix is a film. The Matrix Reloaded. Element of surprise.",
        "@everyone pratique annulée sur Discord, @tous et @here",
        "his mother-in-law is on Facebook. Her sister-in-law, c'est Facebook qui le dit.",
        "PayPal is well-known. On Venmo right-away. paypal follow-up",
        "signe astrologique sur Instagram; elle publie sous le choc sur Facebook",
        "He left at 9h30. On Snapchat, I mean.",
        "mail otter@example.org about Mastodon",
    ],
)
def test_talk_near_a_platform_is_no_name(text):
    assert handles(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kik username otterbay", {"kik:otterbay"}),
        ("The username he uses on Kik is otterbay.", {"kik:otterbay"}),
        ("son compte sur Kik se nomme otterbay", {"kik:otterbay"}),
        ("Nom d'utilisateur : otterbay (Kik)", {"kik:otterbay"}),
        ("Elle dit que c'est « otterbay » sur Kik", {"kik:otterbay"}),
        ('"otterbay" is his Kik.', {"kik:otterbay"}),
        ("IG otter.bay, SC otterbay7", {"instagram:otter.bay", "snapchat:otterbay7"}),
        ("snapchat/otterbay7", {"snapchat:otterbay7"}),
        ("his nick on the forum was otterbay7", {":otterbay7"}),
        ("disc0rd: otter_bay", {"discord:otter_bay"}),
        (
            "her Strava is otter_bay; on Scratch he is OtterBay",
            {"strava:otter_bay", "scratch:otterbay"},
        ),
        ("Insta: otter.bay, same on Snap", {"instagram:otter.bay", "snapchat:otter.bay"}),
        (
            "Instagram : @loup.gris, Snapchat : même nom",
            {"instagram:loup.gris", "snapchat:loup.gris"},
        ),
        ("le compte est @otterbayou. L'appli, c'est Yubo.", {"yubo:otterbayou"}),
        ("Username? otter_bay7. App? Yubo.", {"yubo:otter_bay7"}),
        ("his snap is maple fox twenty two, all one word", {"snapchat:maplefox22"}),
        ("son Insta est renard roux, tout attaché", {"instagram:renardroux"}),
        ("amber double underscore kiln on Insta", {"instagram:amber__kiln"}),
        ("chess.com: otterbay7", {"chess-com:otterbay7"}),
    ],
)
def test_plain_words_are_names_where_only_a_name_stands(text, expected):
    assert handles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Il a écrit : « bonjour », sur Snapchat. Il a dit « salut » sur Discord.",
        "Kik username changed again. His Kik user blocked her.",
        "The username he uses on Kik is unknown. Her handle on Insta is private.",
        "photos (Instagram), messages (Discord), videos (TikTok), and pictures (Snapchat)",
        "un compte Kik nommé plus tard. The Roblox username contains numbers.",
        "He is fine, in one word. His Discord is good, in a word.",
        "Wise men came. He used a wire, tagged her, zoom in. We had one episode.",
        "The game was the same on Snapchat. Same on Kik.",
    ],
)
def test_plain_words_elsewhere_are_words(text):
    assert handles(text) == set()

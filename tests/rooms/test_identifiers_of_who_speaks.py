"""Names that speak below a line that places the talk, and what only stands beside a platform."""

import pytest

from havre.identifiers.rules.find import find_in_text


def found(text, kind="handle"):
    """What is found of one kind in a text."""
    return {one.value for one in find_in_text(text, field="summary") if one.kind == kind}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Roblox party chat, 14 Feb\nMapleBot5000: hi\nmy son: yes", {"roblox:maplebot5000"}),
        ("lobby 6, xbox live\nTallOatmeal: yo\nTallOatmeal: hi\nMe: no", {"xbox:talloatmeal"}),
        (
            "Mod note: pasted from our guild's Discord.\n21:40 plum.knight: hi\n21:40 Staff: yes",
            {"discord:plum.knight"},
        ),
        (
            "Salon vocal Discord, copié\n[21:40] loutre_9: allo\n[21:41] moi: oui",
            {"discord:loutre_9"},
        ),
        ("Conversation Twitch\n<loutre_9> allo\n<moi> oui", {"twitch:loutre_9"}),
        ("Clavardage Roblox\nbrumelune: allo\nmoi: oui\nbrumelune: quel âge", {"roblox:brumelune"}),
    ],
)
def test_who_speaks_below_the_name_of_a_platform_is_on_it(text, names):
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "He asked on Roblox, then moved to texts\nMapleBot5000: hi\nmy son: yes",
        "do you have discord?\nloutre_9: hi\nkid: yes",
        "loutre_9: i have discord\nkid: ok\nloutre_9: nice",
        "Discord and Roblox\nloutre_9: hi\nkid: yes",
        "Fiche Discord\nmaman: allo\nmoi: oui\nmaman: bon",
        "Twitch report\nNumber: 12\nStatus: open",
    ],
)
def test_who_speaks_elsewhere_is_given_to_no_platform(text):
    assert not {one for one in found(text) if not one.startswith(":")}


def test_a_name_told_there_takes_the_place_of_the_one_before_the_platform():
    text = "He met plum.31 on Twitch, where the person is called cricketwarmup."
    assert found(text) == {"twitch:cricketwarmup"}
    text = "Il a vu plum_31 sur Twitch, où il s'appelle cricketwarmup."
    assert found(text) == {"twitch:cricketwarmup"}
    assert found("He met plum_31 on Twitch, where he streams.") == {"twitch:plum_31"}


def test_each_platform_in_a_row_keeps_its_own_name():
    text = "Sur Discord il se nomme flanelle.rose, sur Steam RoseFlanelle, dit-il."
    assert found(text) == {"discord:flanelle.rose", "steam:roseflanelle"}
    text = "On Discord he is plum.knight, on Steam KnightPlum, he says."
    assert found(text) == {"discord:plum.knight", "steam:knightplum"}


@pytest.mark.parametrize(
    "text",
    [
        "Mon gars a gagné un « concours » sur Twitch.",
        'My son won a "giveaway" on Twitch.',
        "#report-a-player (Minecraft)\n> who? nobody",
        '{"service": "TikTok", "seen_from": "2001:db8:9::42"}',
        "the room #fox_talk on Discord is closed",
    ],
)
def test_things_keys_and_rooms_are_nobodys_names(text):
    assert found(text) == set()


def test_a_quoted_name_without_an_article_stays_one():
    assert found("« brumelune » sur Twitch") == {"twitch:brumelune"}
    assert found('{"tiktok": "plum_static", "seen": 4}') == {"tiktok:plum_static"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Patch 1.20.4.1 broke the mute button.", "ip"),
        ("The 1.20.4.1 patch broke the mute button.", "ip"),
        ("Le correctif 1.20.4.1 a tout brisé.", "ip"),
        ("Server logs point to 192.0.2.146.", "url"),
        ("The teacher teaches a bit of ASP.NET; it is fine.", "url"),
    ],
)
def test_versions_verbs_and_what_developers_use_are_no_places(text, kind):
    assert found(text, kind) == set()


def test_addresses_beside_such_words_are_still_found():
    assert found("It came from 192.0.2.146 after the patch.", "ip") == {"192.0.2.146"}
    assert found("see http://asp.net/start", "url") == {"asp.net/start"}
    assert found("the site is plum dot example", "url") == {"plum.example"}


@pytest.mark.parametrize(
    ("text", "host"),
    [
        (
            'fair . weather . example — "glue it and drop the spaces" he said',
            "fair.weather.example",
        ),
        ("le site : beau . temps . example, sans les espaces", "beau.temps.example"),
    ],
)
def test_a_host_with_spaces_is_put_together_where_the_text_says_so(text, host):
    assert found(text, "url") == {host}


@pytest.mark.parametrize(
    "text",
    ["beau . temps . example", "He left . Then . Me . no spaces", "il est venu . ca va . colle"],
)
def test_other_words_with_spaced_dots_are_no_host(text):
    assert found(text, "url") == set()

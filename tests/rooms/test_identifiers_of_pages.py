"""Whose page a web address is: a person's, and no page of the site itself."""

import pytest

from havre.identifiers.rules.find import find_in_text
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.words import Kind


def whose(text):
    return {
        (str(found.kind), found.value)
        for found in find_in_text(text, field="t")
        if found.kind in {Kind.ACCOUNT, Kind.HANDLE}
    }


@pytest.mark.parametrize(
    "address",
    [
        "facebook.com/people/River-Fox/pfbid02",
        "facebook.com/permalink.php?story_fbid=12&set_no9=3",
        "https://m.facebook.com/story.php?story_fbid=12&id=34",
        "facebook.com/sharer.php?u=x",
        "facebook.com/sharer/sharer.php?u=x",
        "facebook.com/dialog/feed",
        "facebook.com/marketplace/item/12345",
        "facebook.com/media/set/?set=a.1",
        "facebook.com/gaming/river",
        "facebook.com/directory/people",
        "instagram.com/accounts/login",
        "instagram.com/challenge/12",
        "x.com/compose/post",
        "x.com/notifications",
        "t.me/addstickers/Foxes",
        "t.me/addlist/abc123",
        "t.me/proxy?server=192.0.2.1",
        "pinterest.com/pin/12345",
        "twitter.com/fr/privacy",
        "roblox.com/fr/users",
        "roblox.com/my/account",
    ],
)
def test_a_page_of_the_site_itself_is_nobodys(address):
    assert whose(f"see {address} please") == set()


@pytest.mark.parametrize(
    ("address", "kind", "value"),
    [
        ("facebook.com/people/River-Fox/100012345678901", "account", "facebook:100012345678901"),
        ("https://www.facebook.com/people/River-Fox/1000123/", "account", "facebook:1000123"),
        ("m.facebook.com/people/_/1000123/?sk=about", "account", "facebook:1000123"),
        ("https://fr-fr.facebook.com/people/R/1000123", "account", "facebook:1000123"),
        ("fr-ca.facebook.com/riverfox", "handle", "facebook:riverfox"),
        ("https://fr-ca.facebook.com/profile.php?id=1001", "account", "facebook:1001"),
        ("https://mbasic.facebook.com/riverfox", "handle", "facebook:riverfox"),
        ("https://fr.pinterest.com/riverfox/", "handle", "pinterest:riverfox"),
        ("https://ca.linkedin.com/in/riverfox", "handle", "linkedin:riverfox"),
        ("https://www.roblox.com/fr/users/12345/profile", "account", "roblox:12345"),
        ("https://www.roblox.com/users/12345/profile", "account", "roblox:12345"),
        ("https://www.roblox.com/pt-BR/users/12345/profile", "account", "roblox:12345"),
        ("https://www.snapchat.com/fr-FR/add/riverfox", "handle", "snapchat:riverfox"),
        ("tiktok.com/@people", "handle", "tiktok:people"),
    ],
)
def test_a_persons_page_is_theirs_in_any_language(address, kind, value):
    assert whose(f"see {address} please") == {(kind, value)}
    assert normalise(Kind(kind), address) == value


def test_two_people_of_one_name_stay_two():
    first, second = (
        whose(f"facebook.com/people/River-Fox/{number}") for number in (1000123, 1000456)
    )
    assert first.isdisjoint(second)


@pytest.mark.parametrize("address", ["fr-ca.example.com/riverfox", "example.com/fr/users/12345"])
def test_an_address_of_another_site_names_nobody(address):
    assert whose(address) == set()

"""The inbox and a referral by keys of one letter: they lead, and Enter does."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests import make
from tests.signing_in import signed_in

PAGES = {"en": ("/en/inbox", "Accepted"), "fr": ("/fr/reception", "Acceptée")}


@pytest.fixture
def inbox(live_house, context, page):
    """A detective in front of a tab, the address of the house, with two referrals that wait."""
    harbor = make.directory()
    detective, analyst = make.officer(harbor), make.analyst()
    for text in ("He writes to me every day.", "She asked me to meet on Saturday."):
        make.referral(make.report(text), to=harbor, by=analyst)
    client = Client()
    signed_in(detective, client)
    url = live_house.replace("127.0.0.1", "localhost")
    cookie = {"name": "havre", "value": client.cookies["havre"].value, "url": url}
    context.add_cookies([cookie])
    return page, url


@pytest.mark.parametrize("language", PAGES)
def test_keys_lead_from_the_list_to_what_came_of_a_referral(inbox, language):
    page, url = inbox
    address, accepted = PAGES[language]
    page.goto(url + address)
    titles = page.locator("table .row-title")
    expect(titles).to_have_count(2)

    for key, focused in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(titles.nth(focused)).to_be_focused()
    page.keyboard.press("o")
    page.wait_for_url("**/R-*")

    # A key leads to the button and does nothing yet; a word is asked for where one belongs.
    page.keyboard.press("a")
    expect(page.locator("[data-key=a]")).to_be_focused()
    page.keyboard.press("d")
    expect(page.locator("select[name=because]")).to_be_focused()
    page.locator("main").focus()
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(page.locator(".facts dd").filter(has_text=accepted).first).to_be_visible()

    page.keyboard.press("w")
    expect(page.locator("select[name=disposition]")).to_be_focused()
    page.locator("main").focus()
    page.keyboard.press("i")
    page.wait_for_url(f"**{address}")


def test_a_number_chooses_what_the_list_shows_and_a_switch_ends_all_keys(inbox):
    page, url = inbox
    page.goto(url + PAGES["en"][0])

    page.keyboard.press("3")
    page.wait_for_url("**state=mine*")
    expect(page.locator("table .row-title")).to_have_count(0)

    page.locator("[data-keys] input").uncheck()
    page.goto(url + PAGES["en"][0])
    page.keyboard.press("j")
    assert page.locator(".row-title:focus").count() == 0

"""The inbox in a real browser: what comes shows by itself, and never under what is being read."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from havre.referrals.actions import open_referral
from tests import make
from tests.signing_in import signed_in

SAID = {
    "en": ("/en/inbox", "1 new.", "2 new.", "The inbox has changed."),
    "fr": ("/fr/reception", "1 nouvelle.", "2 nouvelles.", "La réception a changé."),
}
EVERY = 10_500


@pytest.mark.parametrize("language", SAID)
def test_what_comes_shows_by_itself_and_waits_while_the_list_is_read(
    live_house, context, page, language
):
    address, one, two, changed = SAID[language]
    harbor = make.directory()
    detective, analyst = make.officer(harbor), make.analyst()
    make.referral(make.report(), to=harbor, by=analyst)
    client = Client()
    signed_in(detective, client)
    url = live_house.replace("127.0.0.1", "localhost")
    cookie = {"name": "havre", "value": client.cookies["havre"].value, "url": url}
    context.add_cookies([cookie])
    page.clock.install()
    page.goto(url + address)
    titles, said = page.locator("table .row-title"), page.locator("[data-said]")
    show = page.locator("[data-show]")
    expect(said).to_be_visible()
    expect(said).to_have_attribute("role", "status")

    # Nobody reads the list: what comes stands in it.
    second = make.referral(make.report(), to=harbor, by=analyst)
    page.clock.run_for(EVERY)
    expect(titles).to_have_count(2)
    expect(said).to_have_text(one)
    expect(show).to_be_hidden()

    # It is read: nothing moves, and it is said.
    page.keyboard.press("j")
    place = page.locator(".row-title:focus").bounding_box()
    for number, words in ((1, one), (2, two)):
        make.referral(make.report(f"Another one, {number}."), to=harbor, by=analyst)
        page.clock.run_for(EVERY)
        expect(said).to_have_text(words)
    expect(show).to_be_visible()
    expect(titles).to_have_count(2)
    assert page.locator(".row-title:focus").bounding_box() == place

    # It is left: they come by themselves. One that only changed is none that is new.
    page.locator("main").focus()
    page.clock.run_for(EVERY)
    expect(titles).to_have_count(4)
    expect(show).to_be_hidden()
    open_referral(second.reference, by=detective)
    page.clock.run_for(EVERY)
    expect(said).to_have_text(changed)

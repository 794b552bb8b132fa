"""The queue in a real browser: it refreshes itself, and four keys lead through it."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from havre.triage.actions import claim_report
from tests import make
from tests.signing_in import signed_in

PAGES = {"en": "/en/queue", "fr": "/fr/file"}
CHANGED = {"en": "The queue has changed.", "fr": "La file a changé."}
DANGER = "I am 14 and I am in danger now, he is in the house."


@pytest.fixture
def desk(live_house, context, page):
    """An analyst in front of a tab, and the address of the house."""
    make.directory()
    analyst = make.analyst()
    client = Client()
    signed_in(analyst, client)
    url = live_house.replace("127.0.0.1", "localhost")
    cookie = {"name": "havre", "value": client.cookies["havre"].value, "url": url}
    context.add_cookies([cookie])
    return analyst, page, url


@pytest.mark.parametrize("language", PAGES)
def test_what_comes_in_shows_by_itself_and_keys_open_and_claim_it(desk, language):
    _, page, url = desk
    first = make.report(DANGER)
    page.clock.install()
    page.goto(url + PAGES[language])
    titles = page.locator("[data-live=rows] .row-title")
    expect(titles).to_have_count(1)

    # A second report comes in; the key's focus stays where it was.
    page.keyboard.press("j")
    expect(titles.first).to_be_focused()
    second = make.report(DANGER)
    page.clock.run_for(10_500)
    expect(titles).to_have_count(2)
    expect(page.locator("[data-said]")).to_have_text(CHANGED[language])
    expect(page.locator(".row-title:focus")).to_contain_text(first.reference)

    # A colleague takes the first: it shows so.
    claim_report(first.reference, by=make.analyst())
    page.clock.run_for(10_500)
    row = page.locator("tr").filter(has_text=first.reference)
    expect(row.locator("form")).to_have_count(0)

    page.keyboard.press("k")
    page.keyboard.press("j")
    other = page.locator("tr").filter(has_text=second.reference).locator(".row-title")
    other.focus()
    page.keyboard.press("c")
    expect(page.locator(".flash")).to_contain_text(second.reference)
    page.locator("tr").filter(has_text=second.reference).locator(".row-title").focus()
    page.keyboard.press("o")
    page.wait_for_url(f"**/{second.reference}")


def test_keys_can_be_switched_off_and_stay_off(desk):
    _, page, url = desk
    make.report(DANGER)
    page.goto(url + PAGES["en"])

    page.locator("[data-keys] input").uncheck()
    page.reload()
    page.keyboard.press("j")

    assert not page.locator("[data-keys] input").is_checked()
    assert page.locator(".row-title:focus").count() == 0

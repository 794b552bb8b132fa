"""An administrator adds an officer, who signs in, chooses a password and sets up an app."""

from django.test import Client
from playwright.sync_api import expect

from havre.agencies.rules.permits import Role
from tests import make
from tests.journeys.test_sign_in_browser import WORDS, button, sign_out
from tests.signing_in import signed_in, totp_code

OWN = "goéland quai brume 77"
FRENCH = WORDS["fr"]


def sit_down(context, house: str, officer) -> None:
    """Somebody who has signed in, second factor and all, in this browser."""
    client = signed_in(officer, Client())
    context.add_cookies([{"name": "havre", "value": client.cookies["havre"].value, "url": house}])


def type_password(page, house: str, password: str) -> None:
    page.goto(f"{house}{FRENCH['sign_in']}")
    page.get_by_label(FRENCH["name"]).fill("r.gagnon")
    page.get_by_label(FRENCH["password"], exact=True).fill(password)
    button(page, FRENCH, "enter").click()


def test_an_officer_is_added_and_comes_in_with_a_password_and_an_app_of_their_own(
    live_house, page, browser
):
    make.directory()
    admin = make.officer(make.the_tipline(), Role.PLATFORM_ADMIN)
    office = browser.new_context()
    sit_down(office, live_house, admin)
    desk = office.new_page()

    desk.goto(f"{live_house}/en/desk")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Officers")
    desk.get_by_role("link", name="Add an officer").click()
    desk.get_by_label("Name", exact=True).fill("Robin Gagnon")
    desk.get_by_label("Sign-in name").fill("r.gagnon")
    desk.get_by_label("Agency").select_option("harbor-police")
    desk.get_by_label("Role").select_option("tipline-analyst")
    desk.get_by_label("Language of the desk").select_option("fr")
    desk.get_by_role("button", name="Add this officer").click()
    expect(desk.locator(".summary")).to_contain_text("There is no such role in this agency.")
    desk.get_by_label("Role").select_option("detective")
    desk.get_by_role("button", name="Add this officer").click()
    one_time = desk.locator("#one-time-password").inner_text()

    type_password(page, live_house, one_time)
    expect(page.get_by_role("heading", level=1)).to_have_text("Changer votre mot de passe")
    page.goto(f"{live_house}/fr/reception")
    expect(page.get_by_role("heading", level=1)).to_have_text("Changer votre mot de passe")
    for name, text in (("oldpassword", one_time), ("password1", OWN), ("password2", OWN)):
        page.locator(f"[name={name}]").fill(text)
    page.get_by_role("button", name="Changer le mot de passe").click()
    page.get_by_role("link", name=FRENCH["set_up_app"]).click()
    page.get_by_label(FRENCH["password"], exact=True).fill(OWN)
    button(page, FRENCH, "continue").click()
    secret = page.locator("#totp-secret").inner_text()
    page.get_by_label(FRENCH["six_digits"]).fill(totp_code(secret))
    button(page, FRENCH, "set_up").click()
    expect(page.get_by_role("status").first).to_contain_text(FRENCH["app_is_set_up"])
    sign_out(page, FRENCH)

    type_password(page, live_house, one_time)
    expect(page.get_by_role("heading", level=1)).to_have_text(FRENCH["enter"])
    type_password(page, live_house, OWN)
    page.get_by_label(FRENCH["code"], exact=True).fill(totp_code(secret))
    button(page, FRENCH, "enter").click()
    expect(page).to_have_url(f"{live_house}/fr/reception")

    desk.get_by_role("link", name="Go to the account").click()
    expect(desk.locator("main")).to_contain_text("Account open")
    desk.get_by_role("link", name="Close the account").click()
    desk.get_by_role("button", name="Close the account").click()
    expect(desk.get_by_role("status").first).to_contain_text("is closed.")
    page.goto(f"{live_house}/fr/reception")
    expect(page.get_by_role("heading", level=1)).to_have_text(FRENCH["enter"])
    office.close()

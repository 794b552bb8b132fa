"""An officer's first day in a real browser: a second factor set up, then signed in with it."""

import pytest
from playwright.sync_api import expect

from tests.signing_in import PASSWORD, an_officer, totp_code

WORDS = {
    "en": {
        "sign_in": "/en/sign-in",
        "name": "Sign-in name",
        "password": "Password",
        "enter": "Sign in",
        "set_up_app": "Set up an app",
        "continue": "Continue",
        "six_digits": "The six digits your app shows now",
        "set_up": "Set up",
        "app_is_set_up": "Your app is set up.",
        "sign_out": "Sign out",
        "code": "Code",
        "your_way": "How you sign in",
        "add_passkey": "Add a passkey",
        "add_this": "Add this passkey",
        "passkey_added": "Your passkey is added.",
        "by_passkey": "Sign in with a passkey",
        "use_passkey": "Use a passkey",
        "fault": "The passkey was not read.",
    },
    "fr": {
        "sign_in": "/fr/connexion",
        "name": "Nom de connexion",
        "password": "Mot de passe",
        "enter": "Se connecter",
        "set_up_app": "Configurer une application",
        "continue": "Continuer",
        "six_digits": "Les six chiffres que votre application affiche maintenant",
        "set_up": "Configurer",
        "app_is_set_up": "Votre application est configurée.",
        "sign_out": "Se déconnecter",
        "code": "Code à usage unique",
        "your_way": "Votre façon de vous connecter",
        "add_passkey": "Ajouter une clé d\u2019accès",
        "add_this": "Ajouter cette clé d\u2019accès",
        "passkey_added": "Votre clé d\u2019accès est ajoutée.",
        "by_passkey": "Se connecter avec une clé d\u2019accès",
        "use_passkey": "Utiliser une clé d\u2019accès",
        "fault": "La clé d\u2019accès n\u2019a pas été lue.",
    },
}


def button(page, words, name):
    return page.get_by_role("main").get_by_role("button", name=words[name], exact=True)


def type_password(page, words, house, name):
    page.goto(f"{house}{words['sign_in']}")
    page.get_by_label(words["name"]).fill(name)
    page.get_by_label(words["password"], exact=True).fill(PASSWORD)
    button(page, words, "enter").click()


def confirm(page, words):
    page.get_by_label(words["password"], exact=True).fill(PASSWORD)
    button(page, words, "continue").click()


def sign_out(page, words):
    page.get_by_role("button", name=words["sign_out"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["enter"])


def plug_in_passkey(page):
    """A virtual authenticator with a fingerprint that always matches."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    told = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, told["authenticatorId"]


def unplug(session, authenticator):
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": authenticator})


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_officer_sets_up_an_app_and_signs_in_with_its_code(lasting_house, page, language):
    words, robin = WORDS[language], f"robin-{language}"
    an_officer(robin, language=language)

    type_password(page, words, lasting_house, robin)
    page.get_by_role("link", name=words["set_up_app"]).click()
    confirm(page, words)
    secret = page.locator("#totp-secret").inner_text()
    page.get_by_label(words["six_digits"]).fill(totp_code(secret))
    button(page, words, "set_up").click()
    expect(page.get_by_role("status").first).to_contain_text(words["app_is_set_up"])
    sign_out(page, words)

    type_password(page, words, lasting_house, robin)
    page.get_by_label(words["code"], exact=True).fill(totp_code(secret))
    button(page, words, "enter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["your_way"])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_officer_adds_a_passkey_and_signs_in_with_it_alone(lasting_house, page, language):
    words, sandy = WORDS[language], f"sandy-{language}"
    an_officer(sandy, language=language)
    session, authenticator = plug_in_passkey(page)

    type_password(page, words, lasting_house, sandy)
    page.get_by_role("link", name=words["add_passkey"]).click()
    confirm(page, words)
    button(page, words, "add_this").click()
    expect(page.get_by_role("status").first).to_contain_text(words["passkey_added"])
    sign_out(page, words)

    button(page, words, "by_passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["your_way"])
    sign_out(page, words)

    type_password(page, words, lasting_house, sandy)
    button(page, words, "use_passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["your_way"])
    sign_out(page, words)

    unplug(session, authenticator)
    plug_in_passkey(page)
    button(page, words, "by_passkey").click()
    expect(page.get_by_role("alert")).to_contain_text(words["fault"])

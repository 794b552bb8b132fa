"""Signing in, and keeping one's own password and second factors."""

from havre.agencies import views as agencies
from havre.wiring.words import page

PAGES = [
    page("sign-in", "connexion", agencies.sign_in, "account_login"),
    page("sign-out", "deconnexion", agencies.sign_out, "account_logout"),
    page("sign-in/code", "connexion/code", agencies.show_second_factor, "mfa_authenticate"),
    page(
        "sign-in/passkey",
        "connexion/cle-d-acces",
        agencies.sign_in_with_passkey,
        "mfa_login_webauthn",
    ),
    page("confirm", "confirmer", agencies.reauthenticate, "account_reauthenticate"),
    page(
        "confirm/code",
        "confirmer/code",
        agencies.reauthenticate_with_code,
        "mfa_reauthenticate",
    ),
    page(
        "confirm/passkey",
        "confirmer/cle-d-acces",
        agencies.reauthenticate_with_passkey,
        "mfa_reauthenticate_webauthn",
    ),
    page("password", "mot-de-passe", agencies.change_password, "account_change_password"),
    page("second-factor", "second-facteur", agencies.second_factors, "mfa_index"),
    page(
        "second-factor/app",
        "second-facteur/application",
        agencies.add_totp,
        "mfa_activate_totp",
    ),
    page(
        "second-factor/app/remove",
        "second-facteur/application/retirer",
        agencies.remove_totp,
        "mfa_deactivate_totp",
    ),
    page(
        "second-factor/passkeys",
        "second-facteur/cles-d-acces",
        agencies.list_passkeys,
        "mfa_list_webauthn",
    ),
    page(
        "second-factor/passkeys/add",
        "second-facteur/cles-d-acces/ajouter",
        agencies.add_passkey,
        "mfa_add_webauthn",
    ),
    page(
        "second-factor/passkeys/<int:pk>/rename",
        "second-facteur/cles-d-acces/<int:pk>/renommer",
        agencies.rename_passkey,
        "mfa_edit_webauthn",
    ),
    page(
        "second-factor/passkeys/<int:pk>/remove",
        "second-facteur/cles-d-acces/<int:pk>/retirer",
        agencies.remove_passkey,
        "mfa_remove_webauthn",
    ),
    page(
        "second-factor/recovery-codes",
        "second-facteur/codes-de-secours",
        agencies.recovery_codes,
        "mfa_view_recovery_codes",
    ),
    page(
        "second-factor/recovery-codes/new",
        "second-facteur/codes-de-secours/nouveaux",
        agencies.new_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
    page(
        "second-factor/recovery-codes/file",
        "second-facteur/codes-de-secours/fichier",
        agencies.download_recovery_codes,
        "mfa_download_recovery_codes",
    ),
]

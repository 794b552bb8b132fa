"""Every door of the house, on one page. Human pages stand under /en and /fr; no slash ends them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path, re_path

from havre.agencies import views as agencies
from havre.intake import views as intake
from havre.intake.providers import api as wire
from havre.oversight import views as oversight
from havre.referrals import views as referrals
from havre.triage import views as triage
from havre.wiring import views
from havre.wiring.words import page

handler400 = "havre.wiring.views.could_not_read"
handler404 = "havre.wiring.views.nothing_here"
handler500 = "havre.wiring.headers.went_wrong"

urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("exit", views.leave, name="leave"),
    path("ispws/status", wire.status, name="wire_status"),
    path("ispws/submit", wire.submit, name="wire_submit"),
    path("ispws/upload", wire.upload, name="wire_upload"),
    path("ispws/fileinfo", wire.fileinfo, name="wire_fileinfo"),
    path("ispws/finish", wire.finish, name="wire_finish"),
    path("ispws/retract", wire.retract, name="wire_retract"),
    re_path("^ispws(?:/.*)?$", wire.nothing, name="wire_nothing"),
    *i18n_patterns(
        page("", "", views.start, "start"),
        page("safety", "securite", views.safety, "safety"),
        page("about", "a-propos", views.about, "about"),
        page("report", "signaler", intake.report, "report"),
        page("report/words", "signaler/mots", intake.save_words, "save_words"),
        page("come-back", "revenir", intake.come_back, "come_back"),
        page("come-back/add", "revenir/ajouter", intake.add_word, "add_word"),
        page("desk", "bureau", agencies.desk, "desk"),
        page("queue", "file", triage.queue, "queue"),
        page(
            "reports/<str:reference>",
            "signalements/<str:reference>",
            referrals.report_page,
            "report_page",
        ),
        page(
            "reports/<str:reference>/claim",
            "signalements/<str:reference>/prendre",
            triage.claim,
            "claim",
        ),
        page(
            "reports/<str:reference>/release",
            "signalements/<str:reference>/remettre",
            triage.release,
            "release",
        ),
        page(
            "reports/<str:reference>/refer",
            "signalements/<str:reference>/transmettre",
            referrals.refer,
            "refer",
        ),
        page(
            "reports/<str:reference>/answer",
            "signalements/<str:reference>/repondre",
            referrals.answer,
            "answer",
        ),
        page(
            "reports/<str:reference>/unmask/<uuid:mention>",
            "signalements/<str:reference>/devoiler/<uuid:mention>",
            referrals.unmask,
            "unmask",
        ),
        page("inbox", "reception", referrals.inbox, "inbox"),
        page(
            "referrals/<str:reference>",
            "transmissions/<str:reference>",
            referrals.referral,
            "referral",
        ),
        page(
            "referrals/<str:reference>/accept",
            "transmissions/<str:reference>/accepter",
            referrals.accept,
            "accept",
        ),
        page(
            "referrals/<str:reference>/return",
            "transmissions/<str:reference>/retourner",
            referrals.send_back,
            "send_back",
        ),
        page(
            "referrals/<str:reference>/outcome",
            "transmissions/<str:reference>/suite",
            referrals.outcome,
            "outcome",
        ),
        page(
            "referrals/<str:reference>/unmask/<uuid:mention>",
            "transmissions/<str:reference>/devoiler/<uuid:mention>",
            referrals.unmask_for_addressee,
            "unmask_for_addressee",
        ),
        page("log", "journal", oversight.log, "log"),
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
    ),
]

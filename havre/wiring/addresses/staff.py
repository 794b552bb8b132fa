"""Officers' accounts, for whoever keeps them, and the rota of each desk."""

from havre.agencies.secondments import views as secondments
from havre.agencies.staff import views as staff
from havre.cases.leaving import views as leaving
from havre.intake.law import views as law
from havre.referrals.finding import views as finding
from havre.referrals.shifts import views as shifts
from havre.triage.duty import views as duty
from havre.triage.paging import views as paging
from havre.wiring.words import page

PAGES = [
    page("legal-duties", "obligations-legales", law.duties, "legal_duties"),
    page(
        "legal-duties/incidents/new",
        "obligations-legales/incidents/nouveau",
        law.new_incident,
        "new_incident",
    ),
    page(
        "legal-duties/incidents/<str:reference>",
        "obligations-legales/incidents/<str:reference>",
        law.incident,
        "incident",
    ),
    page(
        "legal-duties/incidents/<str:reference>/sent",
        "obligations-legales/incidents/<str:reference>/envoi",
        law.incident_sent,
        "incident_sent",
    ),
    page(
        "legal-duties/incidents/<str:reference>/paper",
        "obligations-legales/incidents/<str:reference>/papier",
        law.incident_paper,
        "incident_paper",
    ),
    page(
        "legal-duties/records/<str:incident_number>/destroy",
        "obligations-legales/dossiers/<str:incident_number>/detruire",
        law.destroy,
        "destroy_record",
    ),
    page("officers", "agents", staff.officers, "officers"),
    page("officers/add", "agents/ajouter", staff.add_officer, "add_officer"),
    page("officers/<uuid:officer_id>", "agents/<uuid:officer_id>", staff.officer, "officer"),
    page(
        "officers/<uuid:officer_id>/change",
        "agents/<uuid:officer_id>/modifier",
        staff.change_officer,
        "change_officer",
    ),
    page(
        "officers/<uuid:officer_id>/close",
        "agents/<uuid:officer_id>/fermer",
        staff.close_officer,
        "close_officer",
    ),
    page(
        "officers/<uuid:officer_id>/reopen",
        "agents/<uuid:officer_id>/rouvrir",
        staff.reopen_officer,
        "reopen_officer",
    ),
    page(
        "officers/<uuid:officer_id>/password",
        "agents/<uuid:officer_id>/mot-de-passe",
        staff.reset_password,
        "reset_password",
    ),
    page(
        "officers/<uuid:officer_id>/second-factor",
        "agents/<uuid:officer_id>/second-facteur",
        staff.reset_second_factor,
        "reset_second_factor",
    ),
    page("secondments", "detachements", secondments.secondments, "secondments"),
    page(
        "secondments/new",
        "detachements/nouveau",
        secondments.new_secondment,
        "new_secondment",
    ),
    page(
        "secondments/<uuid:secondment_id>",
        "detachements/<uuid:secondment_id>",
        secondments.secondment,
        "secondment",
    ),
    page(
        "secondments/<uuid:secondment_id>/step",
        "detachements/<uuid:secondment_id>/etape",
        secondments.move_secondment,
        "move_secondment",
    ),
    page(
        "secondments/<uuid:secondment_id>/renew",
        "detachements/<uuid:secondment_id>/renouveler",
        secondments.renew_secondment,
        "renew_secondment",
    ),
    page(
        "secondments/<uuid:secondment_id>/left",
        "detachements/<uuid:secondment_id>/restes",
        leaving.left_behind,
        "left_behind",
    ),
    page("act-for", "agir-pour", secondments.act_for, "act_for"),
    page("inbox/search", "reception/recherche", finding.find_referral, "find_referral"),
    page("queue/search", "file/recherche", finding.find_report, "find_report"),
    page("shift", "quart", shifts.shift, "shift"),
    page("inbox/shift", "reception/quart", shifts.agency_shift, "agency_shift"),
    page("rota", "garde", duty.rota, "rota"),
    page("rota/add", "garde/ajouter", duty.add_shifts, "add_shifts"),
    page("rota/<uuid:shift_id>/give", "garde/<uuid:shift_id>/ceder", duty.give_shift, "give_shift"),
    page(
        "rota/<uuid:shift_id>/remove",
        "garde/<uuid:shift_id>/retirer",
        duty.remove_shift,
        "remove_shift",
    ),
    page("pages", "appels", paging.pages, "pages"),
    page(
        "pages/<uuid:page_id>/acknowledge",
        "appels/<uuid:page_id>/accuser-reception",
        paging.acknowledge_page,
        "acknowledge_page",
    ),
    page("reach-me", "me-joindre", paging.reach, "reach"),
    page("reach-me/test", "me-joindre/essai", paging.try_reach, "try_reach"),
]

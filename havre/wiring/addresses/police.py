"""The pages of the agencies that act."""

from havre.cases import views as cases
from havre.cases.correcting import views as correcting
from havre.cases.requests import views as requests
from havre.cases.silent import views as silent
from havre.cases.timeline import views as timelines
from havre.cases.watches import views as watches
from havre.intake.notifications import views as notifications
from havre.referrals import views as referrals
from havre.referrals.identity import views as identity
from havre.referrals.inbox import views as inbox
from havre.referrals.notices import views as notices
from havre.referrals.packages import views as packages
from havre.referrals.records import views as records
from havre.referrals.webhooks import views as webhooks
from havre.wiring.words import page

PAGES = [
    page("record-systems", "systemes-de-dossiers", records.system_keys, "system_keys"),
    page(
        "record-systems/<uuid:key_id>/revoke",
        "systemes-de-dossiers/<uuid:key_id>/revoquer",
        records.revoke_key,
        "revoke_system_key",
    ),
    page(
        "record-systems/webhooks",
        "systemes-de-dossiers/appels-web",
        webhooks.webhooks,
        "webhooks",
    ),
    page(
        "record-systems/webhooks/<uuid:endpoint_id>",
        "systemes-de-dossiers/appels-web/<uuid:endpoint_id>",
        webhooks.webhook,
        "webhook",
    ),
    page(
        "record-systems/webhooks/<uuid:endpoint_id>/change",
        "systemes-de-dossiers/appels-web/<uuid:endpoint_id>/modifier",
        webhooks.change_webhook,
        "change_webhook",
    ),
    page(
        "record-systems/deliveries/<uuid:delivery_id>/again",
        "systemes-de-dossiers/envois/<uuid:delivery_id>/renvoyer",
        webhooks.send_again,
        "send_again",
    ),
    page("notices", "avis-aux-organismes", notices.notices, "notices"),
    page("notices/test", "avis-aux-organismes/essai", notices.try_notice, "try_notice"),
    page("inbox", "reception", inbox.inbox, "inbox"),
    page("inbox/providers", "reception/fournisseurs", notifications.received, "notifications"),
    page(
        "inbox/providers/<str:reference>",
        "reception/fournisseurs/<str:reference>",
        notifications.notification,
        "notification",
    ),
    page(
        "inbox/providers/<str:reference>/paper",
        "reception/fournisseurs/<str:reference>/papier",
        notifications.paper,
        "notification_paper",
    ),
    page("clocks", "echeances", inbox.alarms, "alarms"),
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
        "referrals/<str:reference>/ask",
        "transmissions/<str:reference>/demander",
        referrals.ask,
        "ask",
    ),
    page(
        "referrals/<str:reference>/ask-provider",
        "transmissions/<str:reference>/demander-au-fournisseur",
        referrals.ask_the_provider,
        "ask_provider",
    ),
    page(
        "referrals/<str:reference>/end-asking",
        "transmissions/<str:reference>/retirer-la-demande",
        referrals.end_asking,
        "end_asking",
    ),
    page(
        "referrals/<str:reference>/decline",
        "transmissions/<str:reference>/refuser",
        referrals.decline,
        "decline",
    ),
    page(
        "referrals/<str:reference>/hand-over",
        "transmissions/<str:reference>/confier",
        referrals.hand_over,
        "hand_over",
    ),
    page(
        "referrals/<str:reference>/package",
        "transmissions/<str:reference>/dossier",
        packages.package,
        "package",
    ),
    page(
        "referrals/<str:reference>/outcome",
        "transmissions/<str:reference>/suite",
        referrals.outcome,
        "outcome",
    ),
    page(
        "referrals/<str:reference>/who-reported",
        "transmissions/<str:reference>/qui-signale",
        identity.identity,
        "identity",
    ),
    page(
        "referrals/<str:reference>/tell",
        "transmissions/<str:reference>/dire",
        referrals.tell_sender,
        "tell_sender",
    ),
    page(
        "referrals/<str:reference>/unmask/<uuid:mention>",
        "transmissions/<str:reference>/devoiler/<uuid:mention>",
        referrals.unmask,
        "unmask_for_addressee",
    ),
    page("files-key", "cle-des-fichiers", packages.agency_key, "agency_key"),
    page(
        "files-key/withdraw",
        "cle-des-fichiers/retirer",
        packages.withdraw_agency_key,
        "withdraw_agency_key",
    ),
    page("cases", "dossiers", cases.cases, "cases"),
    page("cases/search", "dossiers/recherche", cases.search, "case_search"),
    page("cases/new", "dossiers/nouveau", cases.new_case, "new_case"),
    page("cases/<str:reference>", "dossiers/<str:reference>", cases.case, "case"),
    page(
        "cases/<str:reference>/timeline",
        "dossiers/<str:reference>/chronologie",
        timelines.timeline,
        "case_timeline",
    ),
    page(
        "cases/<str:reference>/move",
        "dossiers/<str:reference>/etat",
        cases.change_case,
        "change_case",
    ),
    page(
        "cases/<str:reference>/walls",
        "dossiers/<str:reference>/acces",
        cases.wall_case,
        "wall_case",
    ),
    page(
        "cases/<str:reference>/join",
        "dossiers/<str:reference>/membres",
        cases.join_case,
        "join_case",
    ),
    page(
        "cases/<str:reference>/leave",
        "dossiers/<str:reference>/depart",
        cases.leave_case,
        "leave_case",
    ),
    page(
        "cases/<str:reference>/notes",
        "dossiers/<str:reference>/notes",
        cases.note_case,
        "note_case",
    ),
    page(
        "cases/<str:reference>/tasks",
        "dossiers/<str:reference>/taches",
        cases.task_case,
        "task_case",
    ),
    page(
        "cases/<str:reference>/tasks/done",
        "dossiers/<str:reference>/taches/faites",
        cases.finish_case_task,
        "finish_case_task",
    ),
    page(
        "cases/<str:reference>/tasks/again",
        "dossiers/<str:reference>/taches/a-refaire",
        cases.reopen_case_task,
        "reopen_case_task",
    ),
    page(
        "cases/<str:reference>/people",
        "dossiers/<str:reference>/personnes",
        cases.person_case,
        "person_case",
    ),
    page(
        "cases/<str:reference>/people/show",
        "dossiers/<str:reference>/personnes/devoiler",
        cases.show_person,
        "show_person",
    ),
    page(
        "cases/<str:reference>/people/identifiers",
        "dossiers/<str:reference>/personnes/identifiants",
        cases.identify_person,
        "identify_person",
    ),
    page(
        "cases/<str:reference>/take-out",
        "dossiers/<str:reference>/retrait",
        correcting.take_out,
        "take_out_of_case",
    ),
    page(
        "cases/<str:reference>/reports",
        "dossiers/<str:reference>/signalements",
        cases.report_case,
        "report_case",
    ),
    page(
        "cases/<str:reference>/exhibits",
        "dossiers/<str:reference>/pieces",
        cases.exhibit_case,
        "exhibit_case",
    ),
    page("cases/<str:reference>/share", "dossiers/<str:reference>/partage", cases.share, "share"),
    page(
        "cases/<str:reference>/share/end",
        "dossiers/<str:reference>/partage/fin",
        cases.end_share,
        "end_share",
    ),
    page(
        "cases/<str:reference>/hand-over",
        "dossiers/<str:reference>/transfert",
        cases.pass_case_on,
        "pass_case_on",
    ),
    page("requests", "demandes", requests.requests, "requests"),
    page(
        "cases/<str:reference>/requests/new",
        "dossiers/<str:reference>/demandes/nouvelle",
        requests.new_request,
        "new_request",
    ),
    page(
        "requests/<str:reference>",
        "demandes/<str:reference>",
        requests.legal_request,
        "legal_request",
    ),
    page(
        "requests/<str:reference>/paper",
        "demandes/<str:reference>/papier",
        requests.request_paper,
        "request_paper",
    ),
    page(
        "requests/<str:reference>/draft",
        "demandes/<str:reference>/ebauche",
        requests.save_request,
        "save_request",
    ),
    page(
        "requests/<str:reference>/sent",
        "demandes/<str:reference>/envoi",
        requests.request_sent,
        "request_sent",
    ),
    page(
        "requests/<str:reference>/settled",
        "demandes/<str:reference>/suite",
        requests.request_settled,
        "request_settled",
    ),
    page(
        "cases/<str:reference>/people/watch",
        "dossiers/<str:reference>/personnes/veiller",
        watches.watch_somebody,
        "watch_somebody",
    ),
    page("watches", "veilles", watches.watches, "watches"),
    page("watches/new", "veilles/nouvelle", watches.new_watch, "new_watch"),
    page("watches/list", "veilles/liste", watches.bring_watches, "bring_watches"),
    page("watches/alerts", "veilles/alertes", watches.alerts, "watch_alerts"),
    page(
        "watches/alerts/<str:reference>",
        "veilles/alertes/<str:reference>",
        watches.answer,
        "answer_alert",
    ),
    page(
        "watches/<str:reference>/renew",
        "veilles/<str:reference>/prolonger",
        watches.renew,
        "renew_watch",
    ),
    page(
        "watches/<str:reference>/end",
        "veilles/<str:reference>/terminer",
        watches.end,
        "end_watch",
    ),
    page("silent-watches", "veilles-discretes", silent.silent_watches, "silent_watches"),
    page(
        "silent-watches/new",
        "veilles-discretes/nouvelle",
        silent.new_silent_watch,
        "new_silent_watch",
    ),
    page(
        "silent-watches/requests",
        "veilles-discretes/demandes",
        silent.silent_requests,
        "silent_requests",
    ),
    page(
        "silent-watches/alerts/<str:reference>",
        "veilles-discretes/alertes/<str:reference>",
        silent.mark_alert,
        "mark_silent_alert",
    ),
    page(
        "silent-watches/<str:reference>/longer",
        "veilles-discretes/<str:reference>/prolonger",
        silent.prolong_silent_watch,
        "prolong_silent_watch",
    ),
    page(
        "silent-watches/<str:reference>/end",
        "veilles-discretes/<str:reference>/terminer",
        silent.end_silence,
        "end_silent_watch",
    ),
    page(
        "silent-watches/<str:reference>/answer",
        "veilles-discretes/<str:reference>/reponse",
        silent.decide_silence,
        "decide_silent_watch",
    ),
]

"""The tipline's own pages."""

from havre.agencies import views as agencies
from havre.intake.partners import views as partners
from havre.intake.providers import views as providers
from havre.intake.public import views as journey
from havre.links.resolving import views as resolving
from havre.oversight import views as oversight
from havre.oversight.annual import views as annual
from havre.oversight.policies import views as policies
from havre.referrals.alike import views as alike
from havre.referrals.chart import views as chart
from havre.referrals.classifying import views as classifying
from havre.referrals.identity import views as identity
from havre.referrals.judging import views as judging
from havre.referrals.sending import views as sending
from havre.triage import views as triage
from havre.triage.bundles import views as bundles
from havre.triage.closing import views as closing
from havre.triage.enrichment import views as enrichment
from havre.triage.filters import views as filters
from havre.triage.interpreting import views as interpreting
from havre.triage.interpreting.sheets import views as sheets
from havre.wiring.words import page

PAGES = [
    page("desk", "bureau", agencies.desk, "desk"),
    page("queue", "file", triage.queue, "queue"),
    page("same-person", "meme-personne", resolving.likenesses, "likenesses"),
    page("same-person/weights", "meme-personne/poids", resolving.refit, "refit"),
    page(
        "same-person/weights/file",
        "meme-personne/poids/fichier",
        resolving.refit_file,
        "refit_file",
    ),
    page("bundles", "lots", bundles.bundles, "bundles"),
    page("bundles/<uuid:bundle_id>", "lots/<uuid:bundle_id>", bundles.bundle, "bundle"),
    page(
        "bundles/<uuid:bundle_id>/decide",
        "lots/<uuid:bundle_id>/decider",
        bundles.decide_bundle,
        "decide_bundle",
    ),
    page(
        "bundles/<uuid:bundle_id>/close",
        "lots/<uuid:bundle_id>/fermer",
        bundles.close_bundle,
        "close_bundle",
    ),
    page("queue/filters", "file/filtres", filters.filters, "filters"),
    page("queue/filters/save", "file/filtres/garder", filters.save_filter, "save_filter"),
    page(
        "queue/filters/<uuid:filter_id>/rename",
        "file/filtres/<uuid:filter_id>/renommer",
        filters.rename_filter,
        "rename_filter",
    ),
    page(
        "queue/filters/<uuid:filter_id>/delete",
        "file/filtres/<uuid:filter_id>/supprimer",
        filters.delete_filter,
        "delete_filter",
    ),
    page(
        "queue/filters/<uuid:filter_id>/start",
        "file/filtres/<uuid:filter_id>/debut",
        filters.begin_with,
        "begin_with",
    ),
    page("words", "mots", sheets.sheets, "sheets"),
    page("words/<uuid:sheet_id>", "mots/<uuid:sheet_id>", sheets.sheet, "sheet"),
    page(
        "words/<uuid:sheet_id>/move",
        "mots/<uuid:sheet_id>/deplacer",
        sheets.move_sheet,
        "move_sheet",
    ),
    page(
        "words/<uuid:sheet_id>/hand-back",
        "mots/<uuid:sheet_id>/remettre",
        sheets.hand_back_sheet,
        "hand_back_sheet",
    ),
    page(
        "reports/<str:reference>",
        "signalements/<str:reference>",
        sending.report_page,
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
        sending.refer,
        "refer",
    ),
    page(
        "reports/<str:reference>/supplement",
        "signalements/<str:reference>/completer",
        sending.supplement,
        "supplement",
    ),
    page(
        "reports/<str:reference>/conflict",
        "signalements/<str:reference>/conflit",
        sending.conflict,
        "conflict",
    ),
    page(
        "reports/<str:reference>/alike",
        "signalements/<str:reference>/pareils",
        alike.alike,
        "alike",
    ),
    page(
        "reports/<str:reference>/alike/close",
        "signalements/<str:reference>/pareils/fermer",
        alike.close_group,
        "close_alike",
    ),
    page(
        "reports/<str:reference>/alike/reopen",
        "signalements/<str:reference>/pareils/rouvrir",
        alike.reopen_group,
        "reopen_alike",
    ),
    page(
        "reports/<str:reference>/alike/attach",
        "signalements/<str:reference>/pareils/ajouter",
        alike.attach_group,
        "attach_alike",
    ),
    page(
        "reports/<str:reference>/alike/part",
        "signalements/<str:reference>/pareils/separer",
        alike.part,
        "part_alike",
    ),
    page(
        "reports/<str:reference>/alike/rejoin",
        "signalements/<str:reference>/pareils/rejoindre",
        alike.rejoin,
        "rejoin_alike",
    ),
    page(
        "reports/<str:reference>/chart",
        "signalements/<str:reference>/schema",
        chart.chart,
        "chart",
    ),
    page(
        "reports/<str:reference>/links/<str:other>",
        "signalements/<str:reference>/liens/<str:other>",
        judging.link,
        "link",
    ),
    page(
        "reports/<str:reference>/links/<str:other>/judge",
        "signalements/<str:reference>/liens/<str:other>/juger",
        judging.judge,
        "judge",
    ),
    page(
        "reports/<str:reference>/links/<str:other>/undo/<uuid:judgement>",
        "signalements/<str:reference>/liens/<str:other>/annuler/<uuid:judgement>",
        judging.unjudge,
        "unjudge",
    ),
    page(
        "reports/<str:reference>/notes",
        "signalements/<str:reference>/notes",
        enrichment.notes,
        "notes",
    ),
    page(
        "reports/<str:reference>/translation",
        "signalements/<str:reference>/traduction",
        interpreting.translation,
        "translation",
    ),
    page(
        "reports/<str:reference>/interpreter",
        "signalements/<str:reference>/interprete",
        interpreting.ask,
        "ask_interpreter",
    ),
    page(
        "reports/<str:reference>/classification",
        "signalements/<str:reference>/classement",
        classifying.classification,
        "classification",
    ),
    page("closed", "fermes", closing.closings, "closings"),
    page(
        "reports/<str:reference>/close",
        "signalements/<str:reference>/fermer",
        sending.close,
        "close",
    ),
    page(
        "reports/<str:reference>/confirm-closing",
        "signalements/<str:reference>/confirmer",
        sending.confirm,
        "confirm_closing",
    ),
    page(
        "reports/<str:reference>/reopen",
        "signalements/<str:reference>/rouvrir",
        sending.reopen,
        "reopen",
    ),
    page(
        "reports/<str:reference>/lane",
        "signalements/<str:reference>/voie",
        sending.rank,
        "rank",
    ),
    page(
        "reports/<str:reference>/confirm-lane",
        "signalements/<str:reference>/confirmer-voie",
        sending.confirm_rank,
        "confirm_rank",
    ),
    page(
        "reports/<str:reference>/end-lane",
        "signalements/<str:reference>/voie-par-regle",
        sending.end_rank,
        "end_rank",
    ),
    page(
        "sent/<str:reference>/undo",
        "transmis/<str:reference>/reprendre",
        sending.undo,
        "undo",
    ),
    page(
        "sent/<str:reference>/who-reported",
        "transmis/<str:reference>/qui-signale",
        identity.give,
        "give_identity",
    ),
    page(
        "sent/<str:reference>/who-reported/end",
        "transmis/<str:reference>/qui-signale/fin",
        identity.end,
        "end_identity",
    ),
    page(
        "sent/<str:reference>/cancel",
        "transmis/<str:reference>/annuler",
        sending.cancel,
        "cancel",
    ),
    page(
        "sent/<str:reference>/reply",
        "transmis/<str:reference>/repondre",
        sending.reply,
        "reply",
    ),
    page(
        "sent/<str:reference>/add",
        "transmis/<str:reference>/ajouter",
        sending.add,
        "add_to_referral",
    ),
    page(
        "reports/<str:reference>/answer",
        "signalements/<str:reference>/repondre",
        sending.answer,
        "answer",
    ),
    page(
        "reports/<str:reference>/ask-provider",
        "signalements/<str:reference>/demander-au-fournisseur",
        sending.ask_the_provider,
        "ask_provider_for_desk",
    ),
    page(
        "reports/<str:reference>/end-asking",
        "signalements/<str:reference>/retirer-la-demande",
        sending.end_asking,
        "end_asking_for_desk",
    ),
    page(
        "reports/<str:reference>/unmask/<uuid:mention>",
        "signalements/<str:reference>/devoiler/<uuid:mention>",
        sending.unmask,
        "unmask",
    ),
    page("annual-report", "rapport-annuel", annual.annual, "annual"),
    page(
        "annual-report/<int:year>/paper",
        "rapport-annuel/<int:year>/papier",
        annual.paper,
        "annual_paper",
    ),
    page(
        "annual-report/<int:year>/table",
        "rapport-annuel/<int:year>/tableau",
        annual.table,
        "annual_table",
    ),
    page(
        "annual-report/<int:year>/write",
        "rapport-annuel/<int:year>/rediger",
        annual.write,
        "write_annual",
    ),
    page("measures", "mesures", oversight.measures, "measures"),
    page("policies", "politiques", policies.policies, "policies"),
    page("policies/draft", "politiques/ebauche", policies.draft_policy, "draft_policy"),
    page("policies/return", "politiques/retour", policies.return_policy, "return_policy"),
    page("policies/<uuid:policy_id>", "politiques/<uuid:policy_id>", policies.policy, "policy"),
    page(
        "policies/<uuid:policy_id>/change",
        "politiques/<uuid:policy_id>/modifier",
        policies.change_policy,
        "change_policy",
    ),
    page(
        "policies/<uuid:policy_id>/propose",
        "politiques/<uuid:policy_id>/proposer",
        policies.propose_policy,
        "propose_policy",
    ),
    page(
        "policies/<uuid:policy_id>/try",
        "politiques/<uuid:policy_id>/essayer",
        policies.simulate_policy,
        "simulate_policy",
    ),
    page(
        "policies/<uuid:policy_id>/activate",
        "politiques/<uuid:policy_id>/activer",
        policies.activate_policy,
        "activate_policy",
    ),
    page(
        "policies/<uuid:policy_id>/withdraw",
        "politiques/<uuid:policy_id>/retirer",
        policies.withdraw_policy,
        "withdraw_policy",
    ),
    page("take-report", "recueillir", journey.take, "take_report"),
    page("log", "journal", oversight.log, "log"),
    page("partners", "partenaires", partners.partners, "partners"),
    page("partners/<slug:code>", "partenaires/<slug:code>", partners.partner, "partner"),
    page(
        "partners/<slug:code>/close",
        "partenaires/<slug:code>/fermer",
        partners.close,
        "close_partner",
    ),
    page("providers", "fournisseurs", providers.providers, "providers"),
    page(
        "providers/<slug:provider>",
        "fournisseurs/<slug:provider>",
        providers.provider_page,
        "provider_page",
    ),
    page(
        "providers/<slug:provider>/key",
        "fournisseurs/<slug:provider>/cle",
        providers.issue_provider_key,
        "issue_provider_key",
    ),
    page(
        "providers/<slug:provider>/people",
        "fournisseurs/<slug:provider>/personnes",
        providers.add_provider_engineer,
        "add_provider_engineer",
    ),
    page(
        "providers/<slug:provider>/revoke",
        "fournisseurs/<slug:provider>/revoquer",
        providers.revoke_provider_keys,
        "revoke_provider_keys",
    ),
]

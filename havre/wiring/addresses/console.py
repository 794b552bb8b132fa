"""The console of a provider's engineers."""

from havre.intake.bulk import views as bulk
from havre.intake.console import views as console
from havre.intake.law import views as law
from havre.intake.mirrors import views as mirrors
from havre.intake.notifications import views as notifications
from havre.intake.receipts import views as receipts
from havre.wiring.words import page

PAGES = [
    page("my-reports", "mes-signalements", console.console, "console"),
    page(
        "my-reports/<int:number>",
        "mes-signalements/<int:number>",
        console.report,
        "console_report",
    ),
    page("many-at-once", "envoi-groupe", bulk.bulk, "console_bulk"),
    page(
        "many-at-once/<uuid:bulk_id>",
        "envoi-groupe/<uuid:bulk_id>",
        bulk.file,
        "console_bulk_file",
    ),
    page(
        "many-at-once/<uuid:bulk_id>/change",
        "envoi-groupe/<uuid:bulk_id>/changer",
        bulk.change_file,
        "console_bulk_change",
    ),
    page(
        "many-at-once/<uuid:bulk_id>/result.csv",
        "envoi-groupe/<uuid:bulk_id>/resultat.csv",
        bulk.result,
        "console_bulk_result",
    ),
    page("questions", "questions-de-la-police", console.questions, "console_questions"),
    page(
        "questions/<uuid:question_id>",
        "questions-de-la-police/<uuid:question_id>",
        console.question,
        "console_question",
    ),
    page("preservation", "conservation", console.duties, "console_duties"),
    page(
        "police-notifications",
        "avis-a-la-police",
        notifications.sent,
        "console_notifications",
    ),
    page(
        "police-notifications/new",
        "avis-a-la-police/nouveau",
        notifications.new,
        "new_notification",
    ),
    page("other-laws", "autres-lois", law.deemed, "console_deemed"),
    page(
        "other-laws/<uuid:pk>/withdraw",
        "autres-lois/<uuid:pk>/retirer",
        law.withdraw,
        "withdraw_deemed",
    ),
    page("report-addresses", "signaler-des-adresses", receipts.addresses, "console_addresses"),
    page("receipts", "recepisses", receipts.receipts, "console_receipts"),
    page(
        "receipts/<str:incident_number>",
        "recepisses/<str:incident_number>",
        receipts.receipt,
        "console_receipt",
    ),
    page(
        "receipts/<str:incident_number>/paper.pdf",
        "recepisses/<str:incident_number>/papier.pdf",
        receipts.receipt_paper,
        "receipt_paper",
    ),
    page(
        "receipts/<str:incident_number>/receipt.json",
        "recepisses/<str:incident_number>/recepisse.json",
        receipts.receipt_file,
        "receipt_file",
    ),
    page("mirror", "miroir", mirrors.mirror, "console_mirror"),
    page("mirror/change", "miroir/modifier", mirrors.change_mirror, "change_mirror"),
    page("mirror/<uuid:copy_id>", "miroir/<uuid:copy_id>", mirrors.copy, "console_copy"),
    page(
        "mirror/<uuid:copy_id>/change",
        "miroir/<uuid:copy_id>/modifier",
        mirrors.change_copy,
        "change_copy",
    ),
    page("check-document", "verifier-document", console.check, "console_check"),
    page("company", "entreprise", console.company, "console_company"),
    page("keys", "cles", console.keys, "console_keys"),
    page("keys/from-where", "cles/d-ou", console.trust, "console_trust"),
]

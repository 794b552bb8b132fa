"""The tipline's own pages."""

from havre.agencies import views as agencies
from havre.oversight import views as oversight
from havre.referrals import views as referrals
from havre.triage import views as triage
from havre.wiring.words import page

PAGES = [
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
    page("log", "journal", oversight.log, "log"),
]

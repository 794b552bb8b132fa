"""The doors of providers' programs: one language, no pages."""

from django.urls import path, re_path

from havre.intake.law import api as law
from havre.intake.notifications import api as notifications
from havre.intake.providers import api as wire

ADDRESSES = [
    path("ispws/status", wire.status, name="wire_status"),
    path("ispws/xsd", wire.xsd, name="wire_xsd"),
    path("ispws/submit", wire.submit, name="wire_submit"),
    path("ispws/upload", wire.upload, name="wire_upload"),
    path("ispws/fileinfo", wire.fileinfo, name="wire_fileinfo"),
    path("ispws/finish", wire.finish, name="wire_finish"),
    path("ispws/retract", wire.retract, name="wire_retract"),
    path("ispws/supplement", wire.supplement, name="wire_supplement"),
    path("ispws/check", wire.check, name="wire_check"),
    path("ispws/notices", wire.preservation_notices, name="wire_notices"),
    path("ispws/reports/<int:number>", wire.state, name="wire_state"),
    re_path("^ispws(?:/.*)?$", wire.nothing, name="wire_nothing"),
    path("mra/addresses", law.addresses, name="law_addresses"),
    path("mra/receipts/<str:incident_number>", law.receipt, name="law_receipt"),
    path("mra/notifications", notifications.notify, name="law_notifications"),
    path(
        "mra/notifications/<str:reference>",
        notifications.delivered,
        name="law_notification",
    ),
    path("mra/key", law.receipt_key, name="law_key"),
]

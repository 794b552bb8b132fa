"""The doors of providers' programs: one language, no pages."""

from django.urls import path, re_path

from havre.intake.bulk import api as bulk
from havre.intake.jsondoor import api as jsondoor
from havre.intake.law import api as law
from havre.intake.notifications import api as notifications
from havre.intake.providers import api as wire
from havre.intake.resuming import api as resuming
from havre.intake.xarf import api as xarf

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
    path("api/v1/openapi.json", jsondoor.openapi_document, name="json_openapi"),
    path("api/v1/status", jsondoor.status, name="json_status"),
    path("api/v1/reports", jsondoor.reports, name="json_reports"),
    path("api/v1/reports/<int:number>", jsondoor.report, name="json_report"),
    path("api/v1/reports/<int:number>/files", jsondoor.files, name="json_files"),
    re_path(
        "^api/v1/reports/(?P<number>[0-9]{1,19})/files/(?P<file_id>[0-9A-Za-z]{1,64})/details$",
        jsondoor.file_details,
        name="json_file_details",
    ),
    path("api/v1/reports/<int:number>/uploads", resuming.uploads, name="json_uploads"),
    path("api/v1/uploads/<uuid:upload_id>", resuming.upload, name="json_upload"),
    path("api/v1/reports/<int:number>/finish", jsondoor.finish, name="json_finish"),
    path("api/v1/reports/<int:number>/retract", jsondoor.retract, name="json_retract"),
    path("api/v1/reports/<int:number>/supplements", jsondoor.supplements, name="json_supplements"),
    path("api/v1/checks/report", jsondoor.check_report, name="json_check_report"),
    path("api/v1/checks/details", jsondoor.check_details, name="json_check_details"),
    path("api/v1/bulk", bulk.bulk, name="json_bulk"),
    path("api/v1/bulk/<uuid:bulk_id>", bulk.progress, name="json_bulk_progress"),
    path("api/v1/bulk/<uuid:bulk_id>/stop", bulk.stop, name="json_bulk_stop"),
    path("api/v1/bulk/<uuid:bulk_id>/resume", bulk.resume, name="json_bulk_resume"),
    path("api/v1/bulk/<uuid:bulk_id>/rows", bulk.rows, name="json_bulk_rows"),
    path("api/v1/bulk/<uuid:bulk_id>/result", bulk.result, name="json_bulk_result"),
    path("api/v1/xarf", xarf.xarf, name="json_xarf"),
    path("api/v1/notices", jsondoor.preservation_notices, name="json_notices"),
    path("mra/addresses", law.addresses, name="law_addresses"),
    path("mra/receipts/<str:incident_number>", law.receipt, name="law_receipt"),
    path("mra/notifications", notifications.notify, name="law_notifications"),
    path(
        "mra/notifications/<str:reference>",
        notifications.delivered,
        name="law_notification",
    ),
    path("mra/key", law.receipt_key, name="law_key"),
    # The last of /api: whatever stands behind no door of anybody's.
    re_path("^api(?:/.*)?$", jsondoor.nothing, name="json_nothing"),
]

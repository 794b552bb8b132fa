"""The doors of agencies' record systems: JSON, no pages."""

from django.urls import path

from havre.referrals.records import api as records

ADDRESSES = [
    path("records/v1/openapi.json", records.contract, name="records_contract"),
    path("records/v1/referrals", records.referrals, name="records_referrals"),
    path("records/v1/referrals/<str:reference>", records.referral, name="records_referral"),
    path("records/v1/referrals/<str:reference>/package", records.package, name="records_package"),
    path("records/v1/referrals/<str:reference>/accept", records.accept, name="records_accept"),
    path("records/v1/referrals/<str:reference>/return", records.send_back, name="records_return"),
    path("records/v1/referrals/<str:reference>/outcomes", records.outcome, name="records_outcome"),
    path("records/v1/referrals/<str:reference>/questions", records.ask, name="records_ask"),
    path("records/v1/referrals/<str:reference>/decline", records.decline, name="records_decline"),
    path(
        "records/v1/referrals/<str:reference>/hand-over", records.pass_on, name="records_hand_over"
    ),
    path(
        "records/v1/referrals/<str:reference>/provider-questions",
        records.ask_its_provider,
        name="records_ask_provider",
    ),
]

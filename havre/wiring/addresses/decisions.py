"""The tipline's pages of split reports and of second readings."""

from havre.referrals.reviewing import views as reviewing
from havre.referrals.splitting import views as splitting
from havre.wiring.words import page

PAGES = [
    page(
        "reports/<str:reference>/split",
        "signalements/<str:reference>/diviser",
        splitting.split,
        "split",
    ),
    page(
        "reports/<str:reference>/merge",
        "signalements/<str:reference>/reunir",
        splitting.merge,
        "merge",
    ),
    page("second-readings", "deuxiemes-lectures", reviewing.reviews, "reviews"),
    page(
        "second-readings/<uuid:review_id>",
        "deuxiemes-lectures/<uuid:review_id>",
        reviewing.review,
        "review",
    ),
    page(
        "second-readings/<uuid:review_id>/follow",
        "deuxiemes-lectures/<uuid:review_id>/suite",
        reviewing.follow,
        "follow_review",
    ),
]

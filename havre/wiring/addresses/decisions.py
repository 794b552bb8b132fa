"""The tipline's pages of split reports, of later words and of second readings."""

from havre.referrals.later import views as later
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
    page(
        "reports/<str:reference>/words/pass-on",
        "signalements/<str:reference>/paroles/transmettre",
        later.pass_on,
        "pass_words_on",
    ),
    page(
        "reports/<str:reference>/words/keep-back",
        "signalements/<str:reference>/paroles/garder",
        later.keep_back,
        "keep_words_back",
    ),
    page(
        "reports/<str:reference>/words/take-back",
        "signalements/<str:reference>/paroles/reprendre",
        later.take_back,
        "take_words_back",
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

"""Every door of the house, on one page. Human pages stand under /en and /fr; no slash ends them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path, re_path

from havre.wiring import views
from havre.wiring.addresses import (
    abroad,
    console,
    decisions,
    desk,
    operations,
    police,
    public,
    records,
    sign_in,
    staff,
    wire,
)
from havre.wiring.words import by_first_words

handler400 = "havre.wiring.views.could_not_read"
handler404 = "havre.wiring.views.nothing_here"
handler500 = "havre.wiring.headers.went_wrong"

urlpatterns = [
    re_path("^(?P<language>en|fr)?$", views.choose_language, name="choose_language"),
    path("exit", views.leave, name="leave"),
    *wire.ADDRESSES,
    *records.ADDRESSES,
    *i18n_patterns(
        *by_first_words(
            [
                *public.PAGES,
                *desk.PAGES,
                *decisions.PAGES,
                *police.PAGES,
                *operations.PAGES,
                *abroad.PAGES,
                *sign_in.PAGES,
                *staff.PAGES,
                *console.PAGES,
            ]
        )
    ),
]

"""Every door of the house, on one page. Human pages stand under /en and /fr; no slash ends them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from havre.intake import views as intake
from havre.wiring import views
from havre.wiring.words import page

handler404 = "havre.wiring.views.nothing_here"
handler500 = "havre.wiring.views.went_wrong"

urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("exit", views.leave, name="leave"),
    *i18n_patterns(
        page("", "", views.start, "start"),
        page("safety", "securite", views.safety, "safety"),
        page("about", "a-propos", views.about, "about"),
        page("report", "signaler", intake.report, "report"),
        page("come-back", "revenir", intake.come_back, "come_back"),
    ),
]

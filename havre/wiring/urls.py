"""Every door of the house, on one page. Human pages stand under /en and /fr, no slash at the end."""

from django.conf.urls.i18n import i18n_patterns

from havre.wiring import views
from havre.wiring.words import page

handler404 = "havre.wiring.views.nothing_here"
handler500 = "havre.wiring.views.went_wrong"

urlpatterns = [
    *i18n_patterns(
        page("", "", views.start, "start"),
    ),
]

"""The pages that anybody may open."""

from havre.intake import views as intake
from havre.wiring import views
from havre.wiring.words import page

PAGES = [
    page("", "", views.start, "start"),
    page("safety", "securite", views.safety, "safety"),
    page("about", "a-propos", views.about, "about"),
    page("report", "signaler", intake.report, "report"),
    page("report/words", "signaler/mots", intake.save_words, "save_words"),
    page("come-back", "revenir", intake.come_back, "come_back"),
    page("come-back/add", "revenir/ajouter", intake.add_word, "add_word"),
]

"""The pages that anybody may open."""

from django.urls import register_converter
from django.utils.translation import get_language

from havre.intake import views as intake
from havre.intake.partners import views as partners
from havre.intake.public import views as journey
from havre.intake.public.rules.journey import Page, page_of
from havre.wiring import views
from havre.wiring.words import page


class PageWord:
    """A page of the journey in an address, in the language of the address."""

    regex = "[a-z]+(?:-[2-9])?"

    def to_python(self, word: str) -> Page:
        return page_of(word, get_language() or "en")

    def to_url(self, page: Page | str) -> str:
        whole = page_of(page, "en") if isinstance(page, str) else page
        return whole.word(get_language() or "en")


register_converter(PageWord, "question")
PAGES = [
    page("", "", views.start, "start"),
    page("safety", "securite", views.safety, "safety"),
    page("about", "a-propos", views.about, "about"),
    page("link-to-us", "faire-un-lien", partners.link_to_us, "link_to_us"),
    page("badge.svg", "insigne.svg", partners.badge, "badge"),
    page("report", "signaler", intake.report, "report"),
    page("report/words", "signaler/mots", intake.save_words, "save_words"),
    page("tell/<question:page>", "dire/<question:page>", journey.tell, "tell"),
    page("young", "jeunes", journey.young, "young"),
    page("parents", "parents", journey.parents, "parents"),
    page("my-picture", "mon-image", journey.my_picture, "my_picture"),
    page("duty", "devoir", journey.duty, "duty"),
    page("come-back", "revenir", intake.come_back, "come_back"),
    page("come-back/withdraw", "revenir/retirer", journey.withdraw, "withdraw"),
    page("come-back/add", "revenir/ajouter", intake.add_word, "add_word"),
]

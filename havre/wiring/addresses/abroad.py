"""The pages of the international desk, and the bulletin boards."""

from collections.abc import Callable

from django.http import HttpResponse

from havre.cases.abroad import views as abroad
from havre.cases.abroad.dispatches import views as dispatches
from havre.cases.abroad.enclosures import views as enclosures
from havre.cases.abroad.passing import views as passing
from havre.cases.bulletins import views as bulletins
from havre.oversight.mistreatment import views as mistreatment
from havre.wiring.words import Page, page

ONE = ("abroad/<str:reference>", "etranger/<str:reference>")


def part(english: str, french: str, view: Callable[..., HttpResponse], name: str) -> Page:
    """What is done with one exchange."""
    return page(f"{ONE[0]}/{english}", f"{ONE[1]}/{french}", view, name)


PAGES = [
    page("board", "babillard", bulletins.bulletins, "bulletins"),
    page("board/new", "babillard/nouvel-avis", bulletins.new_bulletin, "new_bulletin"),
    page("board/<str:reference>", "babillard/<str:reference>", bulletins.bulletin, "bulletin"),
    page(
        "board/<str:reference>/withdraw",
        "babillard/<str:reference>/retirer",
        bulletins.withdraw,
        "withdraw_bulletin",
    ),
    page("correspondence", "correspondance", dispatches.dispatches, "dispatches"),
    page(
        "correspondence/new",
        "correspondance/nouvelle-demande",
        dispatches.new_dispatch,
        "new_dispatch",
    ),
    page(
        "correspondence/<str:reference>",
        "correspondance/<str:reference>",
        dispatches.dispatch,
        "dispatch",
    ),
    page(
        "correspondence/<str:reference>/reply",
        "correspondance/<str:reference>/repondre",
        dispatches.reply,
        "reply_dispatch",
    ),
    page(
        "correspondence/<str:reference>/documents",
        "correspondance/<str:reference>/documents",
        enclosures.enclose,
        "enclose",
    ),
    page("from-abroad", "de-l-etranger", passing.passed, "passed"),
    page(
        "from-abroad/<uuid:document>",
        "de-l-etranger/<uuid:document>",
        passing.fetch,
        "fetch_passed",
    ),
    page("abroad", "etranger", abroad.exchanges, "exchanges"),
    page("abroad/new", "etranger/nouvel-echange", abroad.new_exchange, "new_exchange"),
    page(
        "annual-report/mistreatment",
        "rapport-annuel/mauvais-traitements",
        mistreatment.mistreatment,
        "mistreatment",
    ),
    page(*ONE, abroad.exchange, "exchange"),
    part(
        "documents/<uuid:enclosure>",
        "documents/<uuid:enclosure>",
        enclosures.fetch,
        "fetch_enclosure",
    ),
    part("pass-on", "remettre", passing.pass_on, "pass_documents"),
    part("take-back", "reprendre", passing.take_back, "take_back_passed"),
    part("change", "modifier", abroad.change, "change_exchange"),
    part("step", "etape", abroad.move, "move_exchange"),
    part("assess", "evaluer", abroad.assess, "assess_exchange"),
    part("decide", "trancher", abroad.decide, "decide_exchange"),
    part("tie", "lier", abroad.link, "link_exchange"),
    part("untie", "delier", abroad.unlink, "unlink_exchange"),
    part("note", "noter", abroad.note, "note_exchange"),
    part("copy", "copie", abroad.copy, "copy_exchange"),
]

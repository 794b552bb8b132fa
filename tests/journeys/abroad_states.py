"""The international desk and the bulletin boards, in every state they can be in."""

from datetime import timedelta

from havre.agencies.reads import agency_by_code
from havre.agencies.rules.permits import Compartment
from havre.cases.abroad.actions import file_exchange, move_exchange, read_exchange
from havre.cases.abroad.dispatches.actions import reply_to_desk
from havre.cases.abroad.dispatches.handing import Limits
from havre.cases.abroad.dispatches.rules import TheirStep
from havre.cases.abroad.enclosures.actions import send_enclosures
from havre.cases.abroad.enclosures.rules import Document
from havre.cases.abroad.keeping import Terms
from havre.cases.abroad.passing.actions import fetch_passed, pass_documents
from havre.cases.abroad.risks.actions import assess_exchange
from havre.cases.abroad.rules.mistreatment import Act, Risk
from havre.cases.abroad.rules.states import (
    Caveat,
    Direction,
    ExchangeKind,
    Handling,
    Reliability,
    Step,
)
from havre.cases.abroad.sealed import ExchangeWords
from havre.cases.bulletins.actions import post_notice
from havre.cases.bulletins.rules import NoticeWords
from havre.plumbing import clock
from tests.journeys.town import DETECTIVE
from tests.journeys.visits import State, Visit, opened

COORDINATOR, CLERK = "demo-coordinator", "demo-clerk"
ABROAD_BUTTONS = {
    "assess_exchange",
    "change_exchange",
    "copy_exchange",
    "decide_exchange",
    "enclose",
    "link_exchange",
    "move_exchange",
    "note_exchange",
    "pass_documents",
    "reply_dispatch",
    "take_back_passed",
    "unlink_exchange",
    "withdraw_bulletin",
}


def an_exchange(visit: Visit) -> str:
    """A letter from abroad that names a listed group, with a risk that was escalated."""
    desk = visit.town.officers[COORDINATOR]
    one = file_exchange(
        ExchangeWords(title="The man at the pier", narrative="Who is he, in the 764 group?"),
        direction=Direction.IN,
        partner=agency_by_code("ncmec"),
        terms=Terms(
            kind=ExchangeKind.TRAVELLING_OFFENDER,
            handling=Handling.H1,
            caveats=(Caveat.NO_ARREST,),
            reliability=Reliability.LIKELY,
        ),
        by=desk,
    ).reference
    told = {"risk": Risk.SUBSTANTIAL, "grounds": "He was beaten there."}
    assess_exchange(one, acts=(Act.USE,), **told, is_escalated=True, by=desk)
    return one


def close_without_why(visit: Visit) -> None:
    """The page of an exchange with everything on it, and a step that lacks its reason."""
    visit.go("exchange", reference=an_exchange(visit))
    visit.page.locator("details:has(input[value=close]) summary").click()
    visit.press("form:has(input[value=close]) .btn")


def all_of_them(visit: Visit) -> None:
    an_exchange(visit)
    visit.go("exchanges")


def file_nothing(visit: Visit) -> None:
    visit.go("new_exchange")
    visit.press()


def a_notice(visit: Visit) -> None:
    """A notice in one language, as its own agency sees it."""
    words = NoticeWords(title_fr="Le quai", body_fr="Un homme en gris demande des images.")
    until = clock.now() + timedelta(days=30)
    desk = visit.town.officers[COORDINATOR]
    general = Compartment.GENERAL
    notice = post_notice(words, compartment=general, expires_at=until, by=desk)
    visit.go("bulletin", reference=notice.reference)


def the_board(visit: Visit) -> None:
    a_notice(visit)
    visit.go("bulletins")


def post_nothing(visit: Visit) -> None:
    visit.go("new_bulletin")
    visit.press()


def something_sent(visit: Visit) -> str:
    """A request that was released to the clerk's agency, with one of the clerk's own beside it."""
    desk, clerk = visit.town.officers[COORDINATOR], visit.town.officers[CLERK]
    words = ExchangeWords(title="The man at the pier", narrative="Who holds dock_master?")
    terms = Terms(
        kind=ExchangeKind.TRAVELLING_OFFENDER,
        handling=Handling.H1,
        caveats=(Caveat.NO_ARREST,),
        reliability=Reliability.LIKELY,
    )
    to = {"direction": Direction.OUT, "partner": clerk.agency, "terms": terms}
    one = file_exchange(words, **to, by=desk).reference
    both = (Act.DISCLOSURE, Act.REQUEST)
    assess_exchange(one, acts=both, risk=Risk.NOT_SUBSTANTIAL, grounds="Courts.", by=desk)
    move_exchange(one, Step.SEND, words="By our night desk.", by=desk)
    limits = Limits(handling=Handling.H0, caveats=(Caveat.NOT_IN_COURT,))
    reply_to_desk(one, TheirStep.ADD, words="We look into it.", limits=limits, by=clerk)
    return one


def all_of_theirs(visit: Visit) -> None:
    something_sent(visit)
    visit.go("dispatches")


def ask_nothing(visit: Visit) -> None:
    visit.go("new_dispatch")
    visit.press()


def answer_nothing(visit: Visit) -> None:
    visit.go("dispatch", reference=something_sent(visit))
    visit.page.locator("details:has(input[value=answer]) summary").click()
    visit.press("form:has(input[value=answer]) .btn")


def with_documents(visit: Visit) -> str:
    """The same with two documents that may go on and one that stays, their use assessed."""
    one, clerk = something_sent(visit), visit.town.officers[CLERK]
    order = Document(name="order.pdf", content=b"%PDF-1.7 The pier is to be searched.")
    letter = Document(name="letter.txt", content=b"Seen at the pier.")
    free = Limits(handling=Handling.H1, caveats=(Caveat.NO_ARREST,))
    send_enclosures(one, [order, letter], words="The order.", limits=free, by=clerk)
    alone = Document(name="alone.txt", content=b"Whom we saw at the pier.")
    send_enclosures(one, [alone], words="For you alone.", limits=Limits(), by=clerk)
    assessed = {"risk": Risk.NOT_SUBSTANTIAL, "grounds": "Courts."}
    assess_exchange(one, acts=(Act.USE,), **assessed, by=visit.town.officers[COORDINATOR])
    return one


def pass_one_on(visit: Visit, to: str) -> None:
    """Pass the first document on by the page."""
    form = visit.page.locator("details:has(form[action$=pass-on], form[action$=remettre])")
    form.locator("summary").click()
    form.locator("[name=documents]").first.check()
    form.locator("[name=to]").select_option(to)
    form.locator("[name=words]").fill("Please search it.")
    with visit.page.expect_navigation():
        form.locator(".btn").click()


def pass_on_and_look(visit: Visit) -> None:
    """One was passed on and fetched, one waits and may be taken back, one stays."""
    one, detective = with_documents(visit), visit.town.officers[DETECTIVE]
    visit.go("exchange", reference=one)
    pass_one_on(visit, detective.agency.code)
    (passed,) = read_exchange(one, by=visit.town.officers[COORDINATOR]).passed
    fetch_passed(passed.document.pk, by=detective)
    pass_one_on(visit, "anishinabek-police")


def pass_twice(visit: Visit) -> None:
    one, detective = with_documents(visit), visit.town.officers[DETECTIVE]
    visit.go("exchange", reference=one)
    for _ in range(2):
        pass_one_on(visit, detective.agency.code)


def take_one_back(visit: Visit) -> None:
    pass_on_and_look(visit)
    visit.press("form[action$=take-back] .btn, form[action$=reprendre] .btn")


def what_came_from_abroad(visit: Visit) -> None:
    """What a detective was passed, with one of them fetched by a click."""
    one, desk = with_documents(visit), visit.town.officers[COORDINATOR]
    chosen = [sent.pk for sent, _ in read_exchange(one, by=desk).documents][:2]
    to = visit.town.officers[DETECTIVE].agency
    pass_documents(one, chosen, to=to, words="Please search it.", by=desk)
    visit.go("passed")
    with visit.page.expect_download() as fetched:
        visit.page.locator(
            "main a[href*='/from-abroad/'], main a[href*='/de-l-etranger/']"
        ).first.click()
    assert fetched.value.suggested_filename.startswith(one)
    visit.go("passed")


ABROAD = (
    State("passed", "filled", what_came_from_abroad, DETECTIVE),
    State("exchange", "with documents passed on", pass_on_and_look, COORDINATOR),
    State("exchange", "with one passed on twice", pass_twice, COORDINATOR, 422),
    State("exchange", "with one taken back", take_one_back, COORDINATOR),
    State("dispatches", "filled", all_of_theirs, CLERK),
    State("new_dispatch", "in error", ask_nothing, CLERK, 422),
    State("dispatch", "in error", answer_nothing, CLERK, 422),
    State("bulletins", "filled", the_board, COORDINATOR),
    State("bulletin", "of one's own agency", a_notice, COORDINATOR),
    State("new_bulletin", "in error", post_nothing, COORDINATOR, 422),
    State("exchanges", "filled", all_of_them, COORDINATOR),
    State("new_exchange", "in error", file_nothing, COORDINATOR, 422),
    State("exchange", "in error", close_without_why, COORDINATOR, 422),
    opened("mistreatment", COORDINATOR),
)

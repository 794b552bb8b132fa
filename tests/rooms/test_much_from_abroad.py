"""A partner abroad puts so much before the desk in a day, whichever of its clerks writes."""

from datetime import timedelta

import pytest

from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.rules.words import AgencyKind
from havre.cases.abroad.actions import file_exchange, move_exchange
from havre.cases.abroad.dispatches import rules
from havre.cases.abroad.dispatches.actions import ask_the_desk, read_dispatches, reply_to_desk
from havre.cases.abroad.dispatches.handing import Limits
from havre.cases.abroad.dispatches.rules import MostADay, TheirStep, most_a_day
from havre.cases.abroad.keeping import Terms
from havre.cases.abroad.risks.actions import assess_exchange
from havre.cases.abroad.rules.mistreatment import Act, Risk
from havre.cases.abroad.rules.states import (
    Direction,
    ExchangeKind,
    Handling,
    Reliability,
    Step,
    TooMuchToldError,
)
from havre.cases.abroad.sealed import ExchangeWords
from havre.plumbing import clock
from tests import make
from tests.pages import assert_sound
from tests.waiting import waits_for

WORDS = ExchangeWords(title="The ferry", narrative="Who took it on Saturday?")
TERMS = Terms(
    kind=ExchangeKind.INFORMATION,
    handling=Handling.H1,
    caveats=(),
    reliability=Reliability.LIKELY,
)
BOTH = (Compartment.GENERAL, Compartment.TRAFFICKING)
TYPED = {
    "compartment": "general",
    "kind": "information",
    "title": "The ferry",
    "narrative": "Who took it?",
    "their_reference": "",
    "reliability": "likely",
    "handling": "h1",
    "caveats": ["no-arrest"],
    "caveat": "",
    "answer_by": "",
}
IN_WORDS = {"en": "call the desk now", "fr": "appelez le bureau maintenant"}
NEW = {"en": "/en/correspondence/new", "fr": "/fr/correspondance/nouvelle-demande"}


@pytest.fixture
def clerk(db, monkeypatch):
    few = MostADay(most_asked_a_day=2, most_said_a_day=2)
    monkeypatch.setattr(rules, "most_a_day", lambda: few)
    make.directory()
    partner = make.agency("far-police", kind=AgencyKind.FOREIGN)
    return make.officer(partner, Role.FOREIGN_CLERK, compartments=BOTH)


def ask(by, compartment: Compartment = Compartment.GENERAL) -> str:
    return ask_the_desk(WORDS, terms=TERMS, compartment=compartment, by=by).reference


def say(reference: str, by) -> None:
    reply_to_desk(reference, TheirStep.ADD, words="We look.", limits=Limits(), by=by)


def test_so_many_requests_a_day_of_all_its_clerks_in_all_compartments(clerk):
    colleague = make.officer(clerk.agency, Role.FOREIGN_CLERK)
    other = make.officer(make.agency("far-hotline", kind=AgencyKind.HOTLINE), Role.FOREIGN_CLERK)
    for compartment in BOTH:
        ask(clerk, compartment)
    for by in (clerk, colleague):
        with pytest.raises(TooMuchToldError):
            ask(by)
    assert ask(other)
    assert len(read_dispatches(by=clerk)[0]) == len(BOTH)
    with clock.clock_set_to(clock.now() + timedelta(days=1, minutes=1)):
        assert ask(colleague)


def test_what_the_desk_answers_of_its_own_accord_leaves_a_partner_its_requests(clerk):
    desk = make.officer(make.agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR)
    for _each in range(3):
        told = {"direction": Direction.IN, "partner": clerk.agency, "terms": TERMS, "by": desk}
        letter = file_exchange(WORDS, **told).reference
        assess_exchange(
            letter, acts=(Act.DISCLOSURE,), risk=Risk.NOT_SUBSTANTIAL, grounds="-", by=desk
        )
        move_exchange(letter, Step.ANSWER, words="Nobody of that name.", by=desk)
    assert len(read_dispatches(which="all", by=clerk)[0]) == 3
    for _each in range(2):
        assert ask(clerk)
    with pytest.raises(TooMuchToldError):
        ask(clerk)


def test_at_the_day_s_limit_a_clerk_still_acknowledges_and_takes_back(clerk):
    desk = make.officer(make.agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR)
    told = {"direction": Direction.OUT, "partner": clerk.agency, "terms": TERMS, "by": desk}
    acts = (Act.DISCLOSURE, Act.REQUEST)
    early, late = (file_exchange(WORDS, **told).reference for _each in range(2))
    for one in (early, late):
        assess_exchange(one, acts=acts, risk=Risk.NOT_SUBSTANTIAL, grounds="-", by=desk)
        move_exchange(one, Step.SEND, words="", by=desk)
    done = {"limits": Limits(), "by": clerk}
    first, second = ask(clerk), ask(clerk)
    # Neither takes of what may be said.
    reply_to_desk(early, TheirStep.ACKNOWLEDGE, words="", **done)
    reply_to_desk(first, TheirStep.WITHDRAW, words="We found it.", **done)
    for _each in range(2):
        say(second, clerk)
    for step in (TheirStep.ADD, TheirStep.ANSWER):
        with pytest.raises(TooMuchToldError):
            reply_to_desk(late, step, words="We look.", **done)
    reply_to_desk(late, TheirStep.ACKNOWLEDGE, words="", **done)
    reply_to_desk(second, TheirStep.WITHDRAW, words="We found it.", **done)


def test_two_at_once_come_one_after_the_other_before_they_are_counted(clerk, monkeypatch):
    first = ask(colleague := make.officer(clerk.agency, Role.FOREIGN_CLERK))
    monkeypatch.setattr(
        rules, "most_a_day", lambda: MostADay(most_asked_a_day=0, most_said_a_day=0)
    )
    # The limit is looked at when the other one is done.
    with waits_for(f"said/{clerk.agency_id}"):
        say(first, colleague)
    other = make.officer(make.agency("far-hotline", kind=AgencyKind.HOTLINE), Role.FOREIGN_CLERK)
    with waits_for(f"asked/{other.agency_id}"):
        ask(other)


def test_so_many_words_a_day(clerk):
    first, second = ask(clerk), ask(clerk)
    for reference in (first, second):
        say(reference, clerk)
    with pytest.raises(TooMuchToldError):
        say(first, make.officer(clerk.agency, Role.FOREIGN_CLERK))
    page = make.browser(clerk).post(
        f"/en/correspondence/{first}/reply",
        {"step": "add", "words": "We look.", "handling": "h1"},
        follow=True,
    )
    assert IN_WORDS["en"] in page.content.decode()


@pytest.mark.parametrize("language", IN_WORDS)
def test_the_page_says_what_to_do(clerk, language):
    for _each in range(2):
        ask(clerk)
    answer = make.browser(clerk).post(NEW[language], TYPED)
    assert answer.status_code == 422
    assert_sound(answer.content)
    assert IN_WORDS[language] in answer.content.decode()


def test_the_limits_are_data():
    assert most_a_day() == MostADay(most_asked_a_day=50, most_said_a_day=300)

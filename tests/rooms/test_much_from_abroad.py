"""A partner abroad puts so much before the desk in a day, whichever of its clerks writes."""

from datetime import timedelta

import pytest

from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.rules.words import AgencyKind
from havre.cases.abroad.dispatches import rules
from havre.cases.abroad.dispatches.actions import ask_the_desk, read_dispatches, reply_to_desk
from havre.cases.abroad.dispatches.handing import Limits
from havre.cases.abroad.dispatches.rules import MostADay, TheirStep, most_a_day
from havre.cases.abroad.keeping import Terms
from havre.cases.abroad.rules.states import (
    ExchangeKind,
    Handling,
    Reliability,
    TooMuchToldError,
)
from havre.cases.abroad.sealed import ExchangeWords
from havre.plumbing import clock
from tests import make
from tests.pages import assert_sound

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

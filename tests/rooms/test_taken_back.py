"""What a partner's clerks take back or add, and how the desk hears that they wrote."""

from dataclasses import replace

import pytest

from havre.agencies.rules.permits import Role
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Event, Station
from havre.cases.abroad.actions import (
    move_exchange,
    note_copy,
    read_exchange,
    ring_exchange,
)
from havre.cases.abroad.dispatches.actions import ask_the_desk, read_dispatch, reply_to_desk
from havre.cases.abroad.dispatches.handing import Limits
from havre.cases.abroad.dispatches.models import Dispatch
from havre.cases.abroad.dispatches.rules import TheirStep, steps_of_theirs
from havre.cases.abroad.keeping import Terms
from havre.cases.abroad.risks.actions import assess_exchange
from havre.cases.abroad.rules.mistreatment import Act, Risk
from havre.cases.abroad.rules.states import (
    Closing,
    Direction,
    ExchangeKind,
    ExchangeState,
    ExchangeStateError,
    Handling,
    Reliability,
    Step,
)
from havre.cases.abroad.sealed import ExchangeWords
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.inbox.actions import read_alarms
from havre.referrals.notices.actions import set_notices
from havre.referrals.notices.models import News
from havre.referrals.notices.rules import GATHER, NewsKind
from havre.triage.paging.rules.ways import Way
from havre.wiring.sweeps.notices import send_notices
from tests import make
from tests.lending import lines
from tests.pages import assert_sound

ASKED = ExchangeWords(title="The ferry", narrative="Who took it on Saturday?")
TERMS = Terms(
    kind=ExchangeKind.INFORMATION,
    handling=Handling.H1,
    caveats=(),
    reliability=Reliability.LIKELY,
)


@pytest.fixture
def desk(db):
    make.directory()
    return make.officer(make.agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR)


@pytest.fixture
def clerk(desk):
    return make.officer(make.agency("far-police", kind=AgencyKind.FOREIGN), Role.FOREIGN_CLERK)


def take_back(reference: str, words: str, clerk):
    return reply_to_desk(reference, TheirStep.WITHDRAW, words=words, limits=Limits(), by=clerk)


def answer(reference: str, desk) -> None:
    assess_exchange(
        reference, acts=(Act.DISCLOSURE,), risk=Risk.NOT_SUBSTANTIAL, grounds="Low.", by=desk
    )
    move_exchange(reference, Step.ANSWER, words="Nobody.", by=desk)


def news() -> list[str]:
    with acting_as(Station.PIPELINE.context):
        return list(News.objects.order_by("id").values_list("kind", flat=True))


def test_a_clerk_takes_back_what_was_asked_until_it_is_answered(clerk, desk):
    asked = ask_the_desk(ASKED, terms=TERMS, by=clerk).reference
    move_exchange(asked, Step.ACKNOWLEDGE, words="", by=desk)
    take_back(asked, "We found him ourselves.", clerk)

    opened = read_dispatch(asked, by=clerk)
    assert opened.dispatch.is_withdrawn
    assert opened.steps == ()
    exchange = read_exchange(asked, by=desk).exchange
    assert (exchange.state, exchange.closed_because) == (ExchangeState.CLOSED, Closing.WITHDRAWN)
    assert lines(Event.DISPATCH_ANSWERED)[0].details == {"step": "withdraw"}


def test_what_is_answered_is_not_taken_back_nor_is_anything_twice(clerk, desk):
    first, second = (
        ask_the_desk(replace(ASKED, title=title), terms=TERMS, by=clerk).reference
        for title in ("The ferry", "The quay")
    )
    answer(first, desk)
    take_back(second, "", clerk)
    for reference in (first, second):
        with pytest.raises(ExchangeStateError):
            take_back(reference, "", clerk)


def test_what_the_desk_asks_is_not_a_clerk_s_to_take_back():
    for state in ExchangeState:
        assert TheirStep.WITHDRAW not in steps_of_theirs(Direction.OUT, state)
    assert steps_of_theirs(Direction.IN, ExchangeState.RECEIVED, is_withdrawn=True) == (
        TheirStep.ADD,
    )


def test_another_partner_s_clerk_takes_nothing_back(clerk, desk):
    asked = ask_the_desk(ASKED, terms=TERMS, by=clerk).reference
    other = make.officer(make.agency("far-hotline", kind=AgencyKind.HOTLINE), Role.FOREIGN_CLERK)
    with pytest.raises(Dispatch.DoesNotExist):
        take_back(asked, "", other)


def test_the_desk_is_not_rung_for_what_was_taken_back(clerk, desk):
    asked = ask_the_desk(ASKED, terms=TERMS, by=clerk).reference
    ring_exchange(read_exchange(asked, by=desk).exchange, by=Station.PIPELINE)
    assert len(read_alarms(by=desk)) == 1
    take_back(asked, "", clerk)
    assert read_alarms(by=desk) == ()


def test_a_listed_group_is_copied_before_the_desk_closes_what_was_taken_back(clerk, desk):
    """And the clerk is shown the same as if none had been named."""
    named = replace(ASKED, narrative="He runs the 764 server.")
    asked = ask_the_desk(named, terms=TERMS, by=clerk).reference
    take_back(asked, "", clerk)
    opened = read_dispatch(asked, by=clerk)
    assert opened.dispatch.is_withdrawn
    held = read_exchange(asked, by=desk).exchange
    assert held.state == ExchangeState.RECEIVED
    note_copy(asked, "By hand.", by=desk)
    move_exchange(asked, Step.CLOSE, words="", because=Closing.WITHDRAWN, by=desk)
    assert read_exchange(asked, by=desk).exchange.state == ExchangeState.CLOSED


def test_a_further_word_reaches_the_desk_while_it_is_open(clerk, desk):
    asked = ask_the_desk(ASKED, terms=TERMS, by=clerk).reference
    for word in ("It was the eight o'clock ferry.", "From the north quay."):
        reply_to_desk(asked, TheirStep.ADD, words=word, limits=Limits(), by=clerk)
    assert [said for _, said in read_exchange(asked, by=desk).theirs] == [
        "From the north quay.",
        "It was the eight o'clock ferry.",
    ]


def test_the_desk_gets_a_notice_of_what_clerks_write_and_nothing_of_it(clerk, desk):
    set_notices(email="desk@example.com", is_on=True, by=desk)
    asked = ask_the_desk(ASKED, terms=TERMS, by=clerk).reference
    reply_to_desk(asked, TheirStep.ADD, words="At noon.", limits=Limits(), by=clerk)
    take_back(asked, "", clerk)
    assert news() == [NewsKind.WRITTEN_ABROAD] * 3
    sent = []
    with clock.clock_set_to(clock.now() + GATHER):
        send_notices({Way.EMAIL: sent.append})
    (letter,) = sent
    assert letter.to == "desk@example.com"
    assert letter.references == ()
    for told in (asked, "ferry", "noon", "far-police", "Far Police"):
        assert told not in letter.text + letter.subject + letter.address
    assert letter.address.endswith("/desk")


def test_a_bare_acknowledgement_is_no_news(clerk, desk):
    asked = ask_the_desk(ASKED, terms=TERMS, by=clerk).reference
    assert news() == [NewsKind.WRITTEN_ABROAD]
    move_exchange(asked, Step.ACKNOWLEDGE, words="", by=desk)
    assert len(news()) == 1


@pytest.mark.parametrize(("language", "path"), [("en", "correspondence"), ("fr", "correspondance")])
def test_the_page_offers_to_take_it_back_and_says_that_it_was(clerk, desk, language, path):
    asked = ask_the_desk(ASKED, terms=TERMS, by=clerk).reference
    browser, last = make.browser(clerk), {"en": "reply", "fr": "repondre"}[language]
    address = f"/{language}/{path}/{asked}"
    page = browser.get(address)
    assert_sound(page.content)
    said = {"en": ("Take it back", "Taken back by you"), "fr": ("Retirer", "Retirée par vous")}
    assert said[language][0] in page.content.decode()
    assert browser.post(f"{address}/{last}", {"step": "withdraw", "words": ""}).status_code == 302
    after = browser.get(address)
    assert_sound(after.content)
    assert said[language][1] in after.content.decode()
    new = {
        "en": ("new", "you can take it back;"),
        "fr": ("nouvelle-demande", "retirer la demande;"),
    }
    last, promised = new[language]
    assert promised in browser.get(f"/{language}/{path}/{last}").content.decode()

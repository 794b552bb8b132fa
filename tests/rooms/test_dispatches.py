"""A partner's clerks: what of an exchange they see, do, and are refused."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.rules.words import AgencyKind
from havre.audit.models import Entry
from havre.audit.rules import Event, Station, UnloggedActionError
from havre.cases.abroad.actions import (
    FiledAlreadyError,
    change_exchange,
    file_exchange,
    move_exchange,
    note_exchange,
    read_exchange,
    read_exchanges,
    ring_exchange,
)
from havre.cases.abroad.dispatches.actions import (
    ask_the_desk,
    read_dispatch,
    read_dispatches,
    reply_to_desk,
)
from havre.cases.abroad.dispatches.handing import Limits, hand_out
from havre.cases.abroad.dispatches.models import Dispatch
from havre.cases.abroad.dispatches.rules import TheirStep, steps_of_theirs
from havre.cases.abroad.dispatches.sealed import dispatch_key, open_dispatch
from havre.cases.abroad.keeping import Terms
from havre.cases.abroad.models import Exchange
from havre.cases.abroad.reads import clocks_to_ring
from havre.cases.abroad.risks.actions import assess_exchange
from havre.cases.abroad.rules.mistreatment import Act, NotAssessedError, Risk
from havre.cases.abroad.rules.states import (
    Caveat,
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
from havre.plumbing.keys import KeyRefusedError
from havre.referrals.inbox.actions import read_alarms
from tests import make
from tests.pages import assert_sound

WORDS = ExchangeWords(title="The man at the pier", narrative="Who holds dock_master?")
TERMS = Terms(
    kind=ExchangeKind.TRAVELLING_OFFENDER,
    handling=Handling.H1,
    caveats=(Caveat.NO_ARREST,),
    reliability=Reliability.LIKELY,
)
LOW = {"risk": Risk.NOT_SUBSTANTIAL, "grounds": "Secret grounds."}
BOTH = (Compartment.GENERAL, Compartment.TRAFFICKING)
ABROAD = (Act.DISCLOSURE, Act.REQUEST)
H0 = Limits(handling=Handling.H0, caveats=(Caveat.NOT_IN_COURT,))
PATH = {"en": "correspondence", "fr": "correspondance"}
TYPED = {
    "compartment": "general",
    "kind": "information",
    "title": "The ferry",
    "narrative": "Who took it on Saturday?",
    "their_reference": "NCB 7",
    "reliability": "likely",
    "handling": "h1",
    "caveats": ["no-arrest"],
    "answer_by": "",
}


@pytest.fixture
def desk(db):
    make.directory()
    return make.officer(make.agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR)


@pytest.fixture
def partner(desk):
    return make.agency("far-police", kind=AgencyKind.FOREIGN)


@pytest.fixture
def clerk(partner):
    return make.officer(partner, Role.FOREIGN_CLERK)


@pytest.fixture
def other_clerk(desk):
    return make.officer(make.agency("far-hotline", kind=AgencyKind.HOTLINE), Role.FOREIGN_CLERK)


@pytest.fixture
def draft(desk, partner):
    def drafted(words=WORDS, direction=Direction.OUT, by=desk, **more):
        told = {"direction": direction, "partner": partner, "terms": TERMS, "by": by}
        return file_exchange(words, **told, **more).reference

    return drafted


@pytest.fixture
def send(draft, desk):
    def sent(*given, by=desk, **more):
        one = draft(*given, by=by, **more)
        assess_exchange(one, acts=ABROAD, **LOW, by=by)
        move_exchange(one, Step.SEND, words="By our night desk.", by=by)
        return one

    return sent


def seen_by(officer):
    return [one.reference for one, _ in read_dispatches(which="all", by=officer)[0]]


def test_a_clerk_sees_a_request_from_the_moment_it_is_released_and_nothing_beside_it(
    draft, desk, clerk
):
    one = draft(replace(WORDS, caveat="By hand only."))
    note_exchange(one, "Secret note.", by=desk)
    assess_exchange(one, acts=ABROAD, **LOW, by=desk)
    assert seen_by(clerk) == []
    with pytest.raises(Dispatch.DoesNotExist):
        read_dispatch(one, by=clerk)
    move_exchange(one, Step.SEND, words="By our night desk.", by=desk)
    assert seen_by(clerk) == [one]
    opened = read_dispatch(one, by=clerk)
    assert (opened.words.narrative, opened.words.caveat) == (WORDS.narrative, "By hand only.")
    assert (opened.dispatch.handling, opened.dispatch.caveats) == ("h1", ["no-arrest"])
    assert opened.passages == ()
    assert opened.steps == (TheirStep.ACKNOWLEDGE, TheirStep.ADD, TheirStep.ANSWER)
    for language, said in (("en", "No arrest on this alone"), ("fr", "aucune arrestation")):
        page = make.browser(clerk).get(f"/{language}/{PATH[language]}/{one}").content
        text = assert_sound(page).text_content()
        assert said.lower() in text.lower()
        assert one in text
        for secret in ("Secret", "night desk", desk.display_name, desk.username):
            assert secret not in text


def test_a_clerk_acknowledges_and_answers_and_the_desk_reads_it_and_assesses_before_use(
    send, desk, clerk
):
    one = send()
    assess_exchange(one, acts=(Act.USE,), **LOW, by=desk)
    reply_to_desk(one, TheirStep.ACKNOWLEDGE, words="", limits=Limits(), by=clerk)
    with pytest.raises(ExchangeStateError):
        reply_to_desk(one, TheirStep.ACKNOWLEDGE, words="", limits=Limits(), by=clerk)
    reply_to_desk(one, TheirStep.ANSWER, words="A. Roy.", limits=H0, by=clerk)
    with pytest.raises(ExchangeStateError):
        reply_to_desk(one, TheirStep.ANSWER, words="B. Roy.", limits=H0, by=clerk)
    named, page = read_exchanges(which="news", by=desk)
    assert ([named[0].exchange.reference], page.news) == ([one], 1)
    opened = read_exchange(one, by=desk)
    assert opened.exchange.state == "answered"
    assert [(said.step, words) for said, words in opened.theirs] == [
        ("answer", "A. Roy."),
        ("acknowledge", ""),
    ]
    assert (opened.theirs[0][0].handling, opened.theirs[0][0].by) == ("h0", clerk)
    assert read_exchanges(which="news", by=desk)[1].news == 0
    page = make.browser(desk).get(f"/en/abroad/{one}").content.decode()
    assert "A. Roy." in page
    assert clerk.display_name in page
    # What they told was not there when its use was assessed.
    with pytest.raises(NotAssessedError):
        move_exchange(one, Step.USE, words="A warrant.", by=desk)
    assess_exchange(one, acts=(Act.USE,), **LOW, by=desk)
    move_exchange(one, Step.USE, words="A warrant.", by=desk)
    reply_to_desk(one, TheirStep.ADD, words="B. Roy too.", limits=H0, by=clerk)
    with pytest.raises(NotAssessedError):
        move_exchange(one, Step.USE, words="Another.", by=desk)
    # That it was used, and for what, stays here.
    assert "warrant" not in str(read_dispatch(one, by=clerk).passages)


def test_a_clerk_asks_the_desk_and_hears_its_answer_and_never_why_it_was_closed(desk, clerk):
    one = ask_the_desk(WORDS, terms=TERMS, by=clerk).reference
    assert read_exchanges(by=desk)[1].news == 1
    opened = read_exchange(one, by=desk)
    assert (opened.exchange.partner, opened.exchange.direction) == (clerk.agency, "in")
    assert opened.words == WORDS
    # The desk's own reading of it changes nothing of what they wrote.
    later = clock.now() + timedelta(days=2)
    told = replace(TERMS, due_at=later)
    change_exchange(one, replace(WORDS, narrative="They mean dock_man."), terms=told, by=desk)
    move_exchange(one, Step.ACKNOWLEDGE, words="Rather thin.", by=desk)
    with pytest.raises(NotAssessedError):
        move_exchange(one, Step.ANSWER, words="He is in Halifax.", by=desk)
    assess_exchange(one, acts=(Act.DISCLOSURE,), **LOW, by=desk)
    move_exchange(one, Step.ANSWER, words="He is in Halifax.", limits=H0, by=desk)
    opened = read_dispatch(one, by=clerk)
    assert (opened.dispatch.state, opened.dispatch.due_at) == ("answered", later)
    assert (opened.words, opened.steps) == (WORDS, (TheirStep.ADD,))
    ((answer, said),) = opened.passages
    assert (said, answer.by, answer.handling) == ("He is in Halifax.", None, "h0")
    risk = Closing.RISK_OF_MISTREATMENT
    move_exchange(one, Step.CLOSE, words="They beat people.", because=risk, by=desk)
    page = make.browser(clerk).get(f"/en/correspondence/{one}").content.decode()
    for secret in ("Rather thin", "dock_man", "beat", "mistreat", desk.display_name, "Secret"):
        assert secret not in page
    assert "He is in Halifax." in page
    assert "Closed by the desk" in page
    with pytest.raises(ExchangeStateError):
        reply_to_desk(one, TheirStep.ADD, words="Where?", limits=Limits(), by=clerk)
    assert read_dispatches(by=clerk)[0] == []
    move_exchange(one, Step.REOPEN, words="", by=desk)
    assert seen_by(clerk) == [one]


def test_another_partner_s_clerk_and_another_officer_of_the_same_agency_see_nothing(
    send, clerk, other_clerk, partner
):
    one = send()
    asked = ask_the_desk(WORDS, terms=TERMS, by=clerk).reference
    for stranger in (other_clerk, detective := make.officer(partner, Role.DETECTIVE)):
        assert seen_by(stranger) == []
        for reference in (one, asked):
            with pytest.raises(Dispatch.DoesNotExist):
                read_dispatch(reference, by=stranger)
            with pytest.raises(Dispatch.DoesNotExist):
                reply_to_desk(reference, TheirStep.ADD, words="x", limits=Limits(), by=stranger)
        with acting_as(Station.PIPELINE.context):
            theirs = Dispatch.objects.get(reference=one)
        with acting_as(stranger.context), pytest.raises(KeyRefusedError):
            dispatch_key(theirs, by=stranger)
        assert make.browser(stranger).get(f"/en/abroad/{one}").status_code == 404
    assert make.browser(other_clerk).get(f"/en/correspondence/{one}").status_code == 404
    assert make.browser(detective).get("/en/correspondence").status_code == 404


def test_what_is_held_in_trafficking_is_for_the_clerks_who_were_let_in(send, clerk, partner):
    holder = make.officer(
        make.agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR, compartments=BOTH
    )
    one = send(by=holder, compartment=Compartment.TRAFFICKING)
    assert seen_by(clerk) == []
    assert seen_by(make.officer(partner, Role.FOREIGN_CLERK, compartments=BOTH)) == [one]
    with pytest.raises(Dispatch.DoesNotExist):
        ask_the_desk(WORDS, terms=TERMS, compartment=Compartment.TRAFFICKING, by=clerk)


def test_the_database_hands_out_nothing_that_was_not_cleared_nor_to_another_partner(
    draft, desk, partner, other_clerk
):
    one = draft()
    with acting_as(desk.context):
        exchange = Exchange.objects.get(reference=one)
        exchange.state = ExchangeState.SENT
        with refused():
            hand_out(exchange, WORDS)
    assess_exchange(one, acts=ABROAD, **LOW, by=desk)
    exchange.partner = other_clerk.agency
    with acting_as(desk.context), refused():
        hand_out(exchange, WORDS)
    exchange.partner = partner
    # Somebody saw it otherwise since: the last word counts.
    again = {"risk": Risk.SUBSTANTIAL, "grounds": "Beaten."}
    assess_exchange(one, acts=(Act.DISCLOSURE,), **again, by=desk)
    with acting_as(desk.context), refused():
        hand_out(exchange, WORDS)


@contextmanager
def refused():
    """Row security refuses the block."""
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        yield


def test_a_letter_that_came_otherwise_stands_there_from_the_answer_on_by_its_number(
    draft, desk, clerk
):
    told = replace(WORDS, their_reference="NCB 12/7")
    one = draft(told, Direction.IN)
    move_exchange(one, Step.ACKNOWLEDGE, words="", by=desk)
    assert seen_by(clerk) == []
    assess_exchange(one, acts=(Act.DISCLOSURE,), **LOW, by=desk)
    move_exchange(one, Step.ANSWER, words="Nobody of that name.", by=desk)
    opened = read_dispatch(one, by=clerk)
    assert (opened.words.title, opened.words.narrative) == ("", "")
    assert (opened.dispatch.handling, opened.passages[0][1]) == ("", "Nobody of that name.")
    # Nobody said how far it may go: not on, without consent.
    assert opened.passages[0][0].handling == "h2"
    page = make.browser(clerk).get("/fr/correspondance").content.decode()
    assert "NCB 12/7" in page
    assert WORDS.title not in page


def test_a_number_is_used_once_and_tells_nothing_of_a_draft_it_stands_in(draft, clerk, desk):
    told = replace(WORDS, their_reference="NCB 12/7")
    hidden = draft(told)
    first = ask_the_desk(told, terms=TERMS, by=clerk).reference
    assert first != hidden
    numbered = replace(WORDS, their_reference="NCB 13")
    second = ask_the_desk(numbered, terms=TERMS, by=clerk).reference
    with pytest.raises(FiledAlreadyError) as refusal:
        ask_the_desk(replace(numbered, their_reference="ncb-13"), terms=TERMS, by=clerk)
    assert refusal.value.reference == second
    assert len(seen_by(clerk)) == 2


def test_a_listed_group_that_a_clerk_names_is_copied_before_it_is_closed(send, desk, clerk):
    one = send()
    assert not read_exchange(one, by=desk).exchange.needs_copy
    words = "He runs the 764 server."
    reply_to_desk(one, TheirStep.ANSWER, words=words, limits=Limits(), by=clerk)
    opened = read_exchange(one, by=desk)
    assert (opened.exchange.needs_copy, opened.groups) == (True, ("764",))


def test_a_clock_that_rings_stops_when_a_clerk_answers(send, desk, clerk):
    one = send()
    with clock.clock_set_to(clock.now() + timedelta(hours=13)):
        assert read_dispatches(which="late", by=clerk)[1].late == 1
        with acting_as(Station.PIPELINE.context):
            late = clocks_to_ring(actor=Station.PIPELINE)
        ring_exchange(late[0], by=Station.PIPELINE)
        assert len(read_alarms(by=desk)) == 1
        reply_to_desk(one, TheirStep.ANSWER, words="Yes.", limits=Limits(), by=clerk)
        assert read_alarms(by=desk) == ()
        assert read_dispatches(which="late", by=clerk)[0] == []


def test_every_look_and_word_of_a_clerk_is_a_line_with_the_clerk_s_agency(send, clerk):
    one = send()
    read_dispatch(one, by=clerk)
    reply_to_desk(one, TheirStep.ANSWER, words="Yes.", limits=Limits(), by=clerk)
    ask_the_desk(WORDS, terms=TERMS, by=clerk)
    read_dispatches(by=clerk)
    with acting_as(Station.PIPELINE.context):
        lines = Entry.objects.filter(actor=clerk.signature).order_by("id")
        told = [(line.event, str(line.agency)) for line in lines]
    done = (Event.DISPATCH_READ, Event.DISPATCH_ANSWERED, Event.DISPATCH_FILED)
    assert told == [(event, str(clerk.agency_id)) for event in (*done, Event.DISPATCHES_READ)]
    with acting_as(clerk.context):
        dispatch = Dispatch.objects.get(reference=one)
        with pytest.raises(UnloggedActionError):
            open_dispatch(dispatch, key=dispatch_key(dispatch, by=clerk))


def test_the_list_asks_the_same_number_of_questions_however_long(send, clerk):
    browser, counts = make.browser(clerk), []
    for _ in range(2):
        send()
        browser.get("/en/correspondence")
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/en/correspondence").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_pages_are_typed_on_in_both_languages(send, clerk, desk):
    browser = make.browser(clerk)
    empty = assert_sound(browser.get("/en/correspondence").content).text_content()
    assert "Nothing stands here under this choice." in empty
    assert_sound(browser.get("/fr/correspondance/nouvelle-demande").content)
    for language, path in (("en", "new"), ("fr", "nouvelle-demande")):
        address = f"/{language}/{PATH[language]}/{path}"
        assert browser.post(address, {}).status_code == 422
        typed = {**TYPED, "their_reference": f"NCB {language}"}
        answer = browser.post(address, typed, follow=True)
        assert "Who took it on Saturday?" in assert_sound(answer.content).text_content()
        again = browser.post(address, typed)
        assert again.status_code == 422
    one = send()
    address = f"/en/correspondence/{one}/reply"
    assert browser.post(address, {"step": "answer", "words": ""}).status_code == 422
    told = {"step": "answer", "words": "At the pier.", "handling": "h0", "caveats": ["no-arrest"]}
    assert "At the pier." in browser.post(address, told, follow=True).content.decode()
    late = browser.post(address, told, follow=True).content.decode()
    assert "stands elsewhere by now" in late
    assert "They wrote here." in make.browser(desk).get("/en/abroad").content.decode()


def test_who_began_decides_what_a_clerk_may_do():
    assert set(steps_of_theirs(Direction.IN, ExchangeState.RECEIVED)) == {"add", "withdraw"}
    assert steps_of_theirs(Direction.OUT, ExchangeState.ANSWERED) == (TheirStep.ADD,)
    for direction in Direction:
        for state in (ExchangeState.CLOSED, ExchangeState.DRAFT):
            assert steps_of_theirs(direction, state) == ()


def test_a_clerk_stands_at_partners_abroad_alone(desk):
    for code in ("harbor-police", "national-centre", "tipline"):
        with pytest.raises(ValueError, match="foreign-clerk"):
            make.officer(make.agency_by_code(code), Role.FOREIGN_CLERK)

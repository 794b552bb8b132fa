"""Legal requests of a case: what the law gives each, how it moves, when it is due, who sees it."""

import io
from datetime import UTC, date, datetime, timedelta

import pypdf
import pytest
from django.db import connection
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.audit.rules import Station
from havre.cases.actions import add_member, open_case
from havre.cases.models import Case
from havre.cases.requests.actions import (
    change_request,
    draft_request,
    read_request,
    read_requests,
    send_request,
    settle_request,
)
from havre.cases.requests.models import LegalRequest
from havre.cases.requests.rules.clocks import (
    NEEDS_A_DAY,
    Clock,
    Life,
    NoDayError,
    RequestState,
    RequestStateError,
    Step,
    WrongDayError,
    due_on,
    sent,
    settled,
    steps_from,
)
from havre.cases.requests.rules.kinds import (
    NoSuchLawError,
    RequestKind,
    all_terms,
    service_addresses,
    term_of,
)
from havre.cases.requests.wording import KINDS
from havre.cases.rules.access import CaseRole, GrantKind, Part
from havre.cases.sharing.actions import share_case
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from tests import make
from tests.pages import assert_sound

DAY = date(2026, 11, 22)
DEMAND = RequestKind.PRESERVATION_DEMAND

# ------------------------------------------------------------------------------------ the rules


@pytest.mark.parametrize(
    ("kind", "is_foreign", "last"),
    [
        (DEMAND, False, date(2026, 12, 13)),
        (DEMAND, True, date(2027, 2, 20)),
        (RequestKind.PRESERVATION_ORDER, False, date(2027, 2, 20)),
        (RequestKind.MLAT, False, None),
        (RequestKind.INFORMATION_TO_OBTAIN, False, None),
    ],
)
def test_the_law_gives_each_kind_its_last_day(kind, is_foreign, last):
    assert due_on(term_of(kind, on=DAY), sent_on=DAY, is_foreign=is_foreign) == last


@pytest.mark.parametrize("kind", sorted(NEEDS_A_DAY))
def test_an_order_without_a_term_needs_the_day_that_it_names(kind):
    term = term_of(RequestKind(kind), on=DAY)
    with pytest.raises(NoDayError):
        due_on(term, sent_on=DAY)
    with pytest.raises(WrongDayError):
        due_on(term, sent_on=DAY, answer_by=DAY - timedelta(days=1))
    assert due_on(term, sent_on=DAY, answer_by=DAY) == DAY


def test_every_kind_has_its_law_and_every_row_says_how_sure_it_is():
    assert {term.kind for term in all_terms()} == set(RequestKind)
    assert {term.standing for term in all_terms()} == {"stated", "general knowledge"}
    assert {one.standing for one in service_addresses().values()} == {"general knowledge"}
    with pytest.raises(NoSuchLawError):
        term_of(DEMAND, on=date(2015, 3, 8))
    assert term_of(DEMAND, on=date(2015, 3, 9)).days == 21


def test_a_demand_ends_with_its_day_and_an_order_is_then_overdue():
    last = DAY + timedelta(days=21)
    demand = Life(state=RequestState.SENT, sent_on=DAY, due_on=last, lapses=True)
    order = Life(state=RequestState.SENT, sent_on=DAY, due_on=last, lapses=False)
    assert demand.clock_on(last - timedelta(days=8)) is Clock.RUNNING
    assert demand.clock_on(last - timedelta(days=7)) is Clock.SOON
    assert demand.state_on(last) is RequestState.SENT
    assert demand.state_on(last + timedelta(days=1)) is RequestState.EXPIRED
    assert order.clock_on(last + timedelta(days=1)) is Clock.OVERDUE
    assert order.state_on(last + timedelta(days=1)) is RequestState.SENT


moves = st.lists(
    st.one_of(
        st.tuples(st.just("send"), st.integers(-400, 5)),
        st.tuples(st.just("settle"), st.sampled_from(Step)),
        st.tuples(st.just("wait"), st.integers(0, 40)),
    ),
    max_size=12,
)


@settings(max_examples=2_000, deadline=None)
@given(moves, st.sampled_from(RequestKind), st.booleans())
def test_a_request_moves_only_as_its_state_allows_and_keeps_its_days(moves, kind, is_foreign):
    life, today = Life(), DAY
    for move, told in moves:
        before = life
        if move == "wait":
            today += timedelta(days=told)
        elif move == "send":
            on = today + timedelta(days=told)
            term = term_of(kind, on=on)
            due = due_on(term, sent_on=on, is_foreign=is_foreign, answer_by=on)
            if before.state is RequestState.DRAFT and -366 <= told <= 0:
                life = sent(before, on=on, due=due, lapses=term.lapses, today=today)
                assert (life.sent_on, life.due_on) == (on, due)
            else:
                with pytest.raises((RequestStateError, WrongDayError)):
                    sent(before, on=on, due=due, lapses=term.lapses, today=today)
        elif told in steps_from(before.state) and told is not Step.SEND:
            life = settled(before, told)
        else:
            with pytest.raises(RequestStateError):
                settled(before, told)
        assert (life.state is RequestState.DRAFT) <= (life.sent_on is None)
        assert life.state is not RequestState.EXPIRED
        over = life.due_on is not None and today > life.due_on
        waits = life.state is RequestState.SENT
        assert (life.state_on(today) is RequestState.EXPIRED) == (waits and over and life.lapses)
        assert steps_from(life.state)


# --------------------------------------------------------------------------------- in the cases


@pytest.fixture
def harbor(db):
    return make.directory()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def neighbour(harbor):
    return make.officer(make.agency_by_code("valley-police"))


@pytest.fixture
def case(detective):
    return open_case("The man at the pier", by=detective).reference


@pytest.fixture
def demand(case, detective):
    return draft_request(
        case, kind=DEMAND, sought="The account dock_master.", provider="bell", by=detective
    ).reference


def at(day: date, hour: int = 17) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_a_demand_runs_from_the_day_it_was_sent_in_the_law_s_zone(demand, detective):
    late_evening = datetime(2026, 11, 23, 3, tzinfo=UTC)  # still 22 November in Toronto
    with clock.clock_set_to(late_evening):
        with pytest.raises(WrongDayError):
            send_request(demand, sent_on=date(2026, 11, 23), by=detective)
        send_request(demand, sent_on=DAY, by=detective)
        assert read_request(demand, by=detective).request.due_on == date(2026, 12, 13)
    with clock.clock_set_to(datetime(2026, 12, 14, 4, 59, tzinfo=UTC)):
        assert read_requests(which="soon", by=detective).soon == 1
    with clock.clock_set_to(datetime(2026, 12, 14, 5, tzinfo=UTC)):
        page = read_requests(which="overdue", by=detective)
        assert [one.reference for one in page.requests] == [demand]
        opened = read_request(demand, by=detective)
        assert opened.life.state_on(opened.today) is RequestState.EXPIRED


def test_what_was_typed_stands_nowhere_in_clear(demand, detective):
    settle_request(demand, step=Step.WITHDRAW, outcome="Found elsewhere.", by=detective)
    with acting_as(Station.PIPELINE.context), connection.cursor() as cursor:
        cursor.execute("SELECT r::text FROM requests_legalrequest r")
        stored = str(cursor.fetchall())
        cursor.execute("SELECT details::text FROM audit_entry")
        stored += str(cursor.fetchall())
    assert "dock_master" not in stored
    assert "elsewhere" not in stored
    words = read_request(demand, by=detective).words
    assert (words.sought, words.outcome) == ("The account dock_master.", "Found elsewhere.")


def test_a_draft_is_changed_until_it_is_sent_and_a_wrong_step_is_taken_back(demand, detective):
    change_request(
        demand,
        kind=RequestKind.PRODUCTION_ORDER,
        sought="Log-ins.",
        addressee="Harbor Chat, 1 Pier Road",
        by=detective,
    )
    with pytest.raises(NoDayError):
        send_request(demand, sent_on=DAY, by=detective)
    with clock.clock_set_to(at(DAY)):
        send_request(demand, sent_on=DAY, answer_by=DAY, order_number="2026-7", by=detective)
        with pytest.raises(RequestStateError):
            change_request(demand, kind=DEMAND, sought="x", by=detective)
        settle_request(demand, step=Step.REOPEN, by=detective)
    opened = read_request(demand, by=detective)
    assert (opened.life, opened.address) == (Life(), None)
    assert opened.words.addressee == "Harbor Chat, 1 Pier Road"


def test_only_whoever_works_on_the_case_sees_its_requests(case, demand, detective, neighbour):
    until = clock.now() + timedelta(days=3)
    for parts, kind in ((list(Part), GrantKind.SHARE), ([], GrantKind.JOINT)):
        share_case(case, to=neighbour.agency, until=until, parts=parts, kind=kind, by=detective)
        if kind is GrantKind.SHARE:
            with pytest.raises(LegalRequest.DoesNotExist):
                read_request(demand, by=neighbour)
            assert read_requests(which="all", by=neighbour).requests == ()
    assert read_request(demand, by=neighbour).may_write is False
    with pytest.raises(LegalRequest.DoesNotExist):
        settle_request(demand, step=Step.WITHDRAW, by=neighbour)
    add_member(case, neighbour.pk, role=CaseRole.INVESTIGATOR, by=detective)
    settle_request(demand, step=Step.WITHDRAW, by=neighbour)
    assert read_request(demand, by=detective).request.settled_by == neighbour


def test_nobody_drafts_in_a_case_that_they_may_not_write_in(case, neighbour):
    with pytest.raises(Case.DoesNotExist):
        draft_request(case, kind=DEMAND, sought="x", provider="bell", by=neighbour)


def test_the_list_goes_by_the_day_and_from_page_to_page(case, detective):
    with clock.clock_set_to(at(DAY)):
        for number in range(52):
            made = draft_request(case, kind=DEMAND, sought="x", provider="bell", by=detective)
            if number % 2:
                send_request(made.reference, sent_on=DAY - timedelta(days=number), by=detective)
        first = read_requests(by=detective)
        second = read_requests(after=first.next, by=detective)
        days = [one.due_on or date.max for one in (*first.requests, *second.requests)]
        assert (len(first.requests), len(second.requests), second.next) == (50, 2, "")
        assert days == sorted(days)
        assert first.overdue == len([day for day in days if day < DAY])
        assert len(read_requests(which="draft", by=detective).requests) == 26
        assert read_requests(after="no place", by=detective).requests == first.requests


def test_the_usual_time_is_also_the_agency_s_own(case, detective):
    for lasting in (3, 9, 5):
        with clock.clock_set_to(at(DAY)):
            made = draft_request(case, kind=DEMAND, sought="x", provider="snap", by=detective)
            send_request(made.reference, sent_on=DAY, by=detective)
        with clock.clock_set_to(at(DAY + timedelta(days=lasting))):
            assert read_request(made.reference, by=detective).own_days is None
            settle_request(made.reference, step=Step.ANSWER, by=detective)
    assert read_request(made.reference, by=detective).own_days == 5


# ------------------------------------------------------------------------------------ the pages


@pytest.mark.parametrize(
    ("cases", "requests", "words"),
    [
        ("/en/cases", "/en/requests", ["Preservation demand", "21", "not checked"]),
        ("/fr/dossiers", "/fr/demandes", ["Ordre de préservation", "non vérifiée"]),
    ],
)
def test_a_request_is_drafted_sent_and_answered_in_the_browser(
    case, detective, cases, requests, words
):
    desk = make.browser(detective)
    door = "requests/new" if "en" in cases else "demandes/nouvelle"
    assert_sound(desk.get(f"{cases}/{case}/{door}").content)
    typed = {"kind": DEMAND, "provider": "bell", "sought": "The account, 21 November."}
    page = desk.post(f"{cases}/{case}/{door}", typed, follow=True)
    text = assert_sound(page.content).text_content()
    assert all(word in text for word in words)
    address = page.redirect_chain[-1][0]
    sent_door, settled_door = ("sent", "settled") if "en" in cases else ("envoi", "suite")
    assert desk.post(f"{address}/{sent_door}", {"sent_on": "soon"}).status_code == 422
    assert desk.post(f"{address}/{sent_door}", {"sent_on": "2019-01-01"}).status_code == 422
    day = clock.now().astimezone(clock.LEGAL_ZONE).date()
    desk.post(f"{address}/{sent_door}", {"sent_on": day.isoformat()})
    listed = assert_sound(desk.get(requests).content).text_content()
    assert (day + timedelta(days=21)).isoformat() in listed
    assert_sound(desk.post(f"{address}/{settled_door}", {}).content)
    desk.post(f"{address}/{settled_door}", {"step": "answer", "outcome": "Kept."})
    assert "Kept." in assert_sound(desk.get(address).content).text_content()
    assert words[0] in assert_sound(desk.get(f"{cases}/{case}").content).text_content()


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({}, "Choose what is asked for."),
        ({"kind": "mlat", "sought": "x"}, "Choose somebody from the list, or write who."),
        ({"kind": "mlat", "sought": "x", "provider": "?"}, "Choose somebody from the list."),
    ],
)
def test_what_cannot_be_drafted_is_said_beside_the_field(case, detective, typed, fault):
    page = make.browser(detective).post(f"/en/cases/{case}/requests/new", typed)
    assert page.status_code == 422
    assert fault in assert_sound(page.content).text_content()


def test_an_order_without_its_day_is_sent_back_beside_the_field(case, detective):
    made = draft_request(
        case, kind=RequestKind.TRACKING_DATA, sought="x", provider="bell", by=detective
    )
    page = make.browser(detective).post(
        f"/en/requests/{made.reference}/sent", {"sent_on": "2026-11-22"}
    )
    assert page.status_code == 422
    assert "this kind of order names one" in assert_sound(page.content).text_content()


@pytest.mark.parametrize("kind", list(RequestKind))
def test_a_request_is_put_on_paper_in_both_languages_and_is_clearly_a_draft(case, detective, kind):
    made = draft_request(
        case,
        kind=kind,
        sought="#let x = 1 *Tout* <b>",
        grounds="Le quai.",
        provider="bell",
        by=detective,
    )
    with clock.clock_set_to(at(DAY)):
        answer = make.browser(detective).get(f"/en/requests/{made.reference}/paper")
        again = make.browser(detective).get(f"/fr/demandes/{made.reference}/papier")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content == again.content
    words = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages]
    assert all(page.count("DRAFT / ÉBAUCHE") >= 1 for page in words)
    french = words[len(words) // 2 :]
    with override("fr"):
        assert str(KINDS[kind]) in french[0].replace("\n", " ")
    text = " ".join(words)
    assert "general knowledge" in text
    assert "connaissance générale" in text
    # Whoever lays an information swears it; what sets no term names none.
    assert ("Informant" in text) is (kind is RequestKind.INFORMATION_TO_OBTAIN)
    is_dated = kind not in {RequestKind.INFORMATION_TO_OBTAIN, RequestKind.MLAT}
    assert ("Period" in text) is is_dated
    assert "#let x = 1 *Tout* <b>" in text
    assert "1 carrefour Alexander-Graham-Bell" in text

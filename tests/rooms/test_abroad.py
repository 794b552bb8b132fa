"""The international desk: what its people do, see, and are refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction

from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Station
from havre.cases.abroad.actions import (
    FiledAlreadyError,
    change_exchange,
    file_exchange,
    move_exchange,
    note_copy,
    note_exchange,
    read_exchange,
    read_exchanges,
    ring_exchange,
)
from havre.cases.abroad.keeping import Terms
from havre.cases.abroad.models import Assessment, Exchange, Link
from havre.cases.abroad.reads import clocks_to_ring
from havre.cases.abroad.risks.actions import (
    assess_exchange,
    decide_exchange,
    link_exchange,
    unlink_exchange,
)
from havre.cases.abroad.rules.mistreatment import (
    Act,
    Decision,
    Measure,
    MistreatmentRiskError,
    NotAssessedError,
    Risk,
    SamePersonError,
    UndecidedError,
)
from havre.cases.abroad.rules.states import (
    Closing,
    Direction,
    ExchangeKind,
    ExchangeStateError,
    Handling,
    Reliability,
    SecurityCopyError,
    Step,
)
from havre.cases.abroad.sealed import ExchangeWords
from havre.cases.actions import open_case
from havre.cases.sharing.actions import hand_over_case
from havre.oversight.mistreatment.actions import read_risks
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.referrals.inbox.actions import read_alarms
from tests import make
from tests.pages import assert_sound

WORDS = ExchangeWords(title="The man at the pier", narrative="Who holds dock_master?")
TERMS = Terms(
    kind=ExchangeKind.TRAVELLING_OFFENDER,
    handling=Handling.H1,
    caveats=(),
    reliability=Reliability.LIKELY,
)
LOW = {"risk": Risk.NOT_SUBSTANTIAL, "grounds": "A partner with courts."}
HIGH = {"risk": Risk.SUBSTANTIAL, "grounds": "He was beaten there."}
BOTH = (Compartment.GENERAL, Compartment.TRAFFICKING)


@pytest.fixture
def centre(db):
    make.directory()
    return make.agency_by_code("national-centre")


@pytest.fixture
def partner(centre):
    return make.agency("far-police", kind=AgencyKind.FOREIGN)


@pytest.fixture
def first(centre):
    return make.officer(centre, Role.NATIONAL_COORDINATOR)


@pytest.fixture
def second(centre):
    return make.officer(centre, Role.NATIONAL_COORDINATOR)


@pytest.fixture
def ask(first, partner):
    def asked(direction=Direction.OUT, words=WORDS, terms=TERMS, by=first, **more):
        filed = file_exchange(
            words, direction=direction, partner=partner, terms=terms, by=by, **more
        )
        return filed.reference

    return asked


def test_a_request_is_assessed_sent_acknowledged_answered_used_and_closed(ask, first):
    one = ask()
    for acts in ((), (Act.DISCLOSURE,)):
        if acts:
            assess_exchange(one, acts=acts, **LOW, by=first)
        with pytest.raises(NotAssessedError):
            move_exchange(one, Step.SEND, words="", by=first)
    assess_exchange(one, acts=(Act.REQUEST,), **LOW, by=first)
    sent = move_exchange(one, Step.SEND, words="By the secure line.", by=first)
    assert (sent.state, sent.due_at - sent.sent_at) == ("sent", timedelta(hours=12))
    case = open_case("The pier", by=first).reference
    tied = link_exchange(one, case, by=first)
    assert link_exchange(one, case, by=first) == tied
    move_exchange(one, Step.ACKNOWLEDGE, words="", by=first)
    with pytest.raises(ExchangeStateError):
        move_exchange(one, Step.USE, words="A warrant.", by=first)
    move_exchange(one, Step.ANSWER, words="A. Roy, of 1 Pier Road.", by=first)
    with pytest.raises(NotAssessedError):
        move_exchange(one, Step.USE, words="A warrant.", by=first)
    with pytest.raises(NotAssessedError):
        link_exchange(one, open_case("The ferry", by=first).reference, by=first)
    assess_exchange(one, acts=(Act.USE,), **LOW, by=first)
    assert move_exchange(one, Step.USE, words="A warrant.", by=first).used_at
    closed = move_exchange(one, Step.CLOSE, words="", because=Closing.DONE, by=first)
    assert (closed.state, closed.closed_because) == ("closed", "done")
    for act in (
        lambda: assess_exchange(one, acts=(Act.USE,), **LOW, by=first),
        lambda: change_exchange(one, WORDS, terms=TERMS, by=first),
        lambda: unlink_exchange(one, tied.pk, by=first),
    ):
        with pytest.raises(ExchangeStateError):
            act()
    assert move_exchange(one, Step.REOPEN, words="", by=first).state == "answered"
    opened = read_exchange(one, by=first)
    assert [letter.step for letter, _ in opened.letters] == [
        *("reopen", "close", "use", "answer", "acknowledge", "send")
    ]
    assert opened.letters[-1][1] == "By the secure line."
    assert [link.called for link in opened.seen.links] == [tied.called]
    unlink_exchange(one, tied.pk, by=first)
    assert read_exchange(one, by=first).seen.links == ()


def test_a_substantial_risk_is_refused_unless_a_second_person_allows_it(ask, first, second):
    one = ask(Direction.IN)
    assess_exchange(one, acts=(Act.DISCLOSURE,), **HIGH, by=first)
    with pytest.raises(MistreatmentRiskError):
        move_exchange(one, Step.ANSWER, words="He lives at the pier.", by=second)
    made = assess_exchange(one, acts=(Act.DISCLOSURE,), **HIGH, is_escalated=True, by=first)
    with pytest.raises(UndecidedError):
        move_exchange(one, Step.ANSWER, words="He lives at the pier.", by=second)
    allow = {"decision": Decision.ALLOW, "because": "They promised.", "measures": ["assurance"]}
    with pytest.raises(SamePersonError):
        decide_exchange(one, made.pk, **allow, by=first)
    assert read_exchanges(which="undecided", by=second)[1].undecided == 1
    decide_exchange(one, made.pk, **allow, by=second)
    assert read_exchanges(which="undecided", by=second)[0] == []
    # Whoever tries again with a lower risk gets no further alone.
    again = assess_exchange(one, acts=(Act.DISCLOSURE,), **LOW, by=first)
    assert again.is_escalated
    with pytest.raises(UndecidedError):
        move_exchange(one, Step.ANSWER, words="He lives at the pier.", by=first)
    decide_exchange(one, again.pk, decision=Decision.ALLOW, because="Yes.", by=second)
    assert move_exchange(one, Step.ANSWER, words="At the pier.", by=first).state == "answered"
    risks = read_exchange(one, by=first).risks
    assert [one.because for one in risks] == ["", "They promised.", "Yes."]
    assert risks[1].assessment.lessened_by == [Measure.ASSURANCE]


def test_the_database_knows_no_second_person_who_is_the_first(ask, first):
    made = assess_exchange(ask(Direction.IN), acts=(Act.USE,), **HIGH, is_escalated=True, by=first)
    with (
        acting_as(first.context),
        pytest.raises(IntegrityError, match="a_risk_is_decided_by_a_second_person"),
        transaction.atomic(),
    ):
        Assessment.objects.filter(pk=made.pk).update(decision="allow", decided_by=first)


def test_what_is_told_anew_is_assessed_anew_and_what_went_out_is_not_reworded(ask, first):
    one = ask()
    assess_exchange(one, acts=(Act.DISCLOSURE, Act.REQUEST), **LOW, by=first)
    more = replace(WORDS, narrative="And where does he live?")
    change_exchange(one, more, terms=TERMS, by=first)
    with pytest.raises(NotAssessedError):
        move_exchange(one, Step.SEND, words="", by=first)
    assess_exchange(one, acts=(Act.DISCLOSURE, Act.REQUEST), **LOW, by=first)
    move_exchange(one, Step.SEND, words="", by=first)
    with pytest.raises(ExchangeStateError):
        change_exchange(one, WORDS, terms=TERMS, by=first)
    numbered = replace(more, their_reference="AB-1")
    changed = change_exchange(one, numbered, terms=TERMS, by=first)
    assert changed.revision == 2
    assert read_exchange(one, by=first).words.their_reference == "AB-1"


def test_a_letter_of_theirs_is_filed_once_and_says_where_it_stands(ask):
    told = replace(WORDS, their_reference="NCB 12/7")
    one = ask(Direction.IN, told)
    with pytest.raises(FiledAlreadyError) as refused:
        ask(Direction.IN, replace(told, their_reference="ncb-12 7"))
    assert refused.value.reference == one


def test_a_listed_group_is_copied_to_national_security_before_it_is_closed(ask, first):
    named = ask(Direction.IN, replace(WORDS, narrative="He calls it the 764 group."))
    said = ask(Direction.IN, terms=replace(TERMS, names_group=True))
    for one in (named, said):
        with pytest.raises(SecurityCopyError):
            move_exchange(one, Step.CLOSE, words="", because=Closing.DONE, by=first)
    # To take the name out again takes nothing back.
    change_exchange(named, WORDS, terms=TERMS, by=first)
    assert read_exchange(named, by=first).exchange.needs_copy
    note_copy(named, "By hand, to the night desk.", by=first)
    with pytest.raises(ExchangeStateError):
        note_copy(named, "Again.", by=first)
    assert move_exchange(named, Step.CLOSE, words="", because=Closing.DONE, by=first).copied_at


def test_a_clock_that_passes_rings_once_on_the_page_of_clocks_and_stops(ask, first):
    one = ask(Direction.IN)
    assert clocks_to_ring_now() == []
    with clock.clock_set_to(clock.now() + timedelta(hours=13)):
        for _ in range(2):
            for late in clocks_to_ring_now():
                ring_exchange(late, by=Station.PIPELINE)
        (row,) = read_alarms(by=first)
        assert (row.alarm.reference, row.clock.is_late, row.opens) == (one, True, True)
        page = make.browser(first).get("/en/clocks").content.decode()
        assert f"/en/abroad/{one}" in page
        later = replace(TERMS, due_at=clock.now() + timedelta(hours=1))
        change_exchange(one, WORDS, terms=later, by=first)
        assert read_alarms(by=first) == ()
    with clock.clock_set_to(clock.now() + timedelta(hours=20)):
        for late in clocks_to_ring_now():
            ring_exchange(late, by=Station.PIPELINE)
        assert len(read_alarms(by=first)) == 1
        move_exchange(one, Step.CLOSE, words="", because=Closing.WITHDRAWN, by=first)
        assert read_alarms(by=first) == ()
        move_exchange(one, Step.REOPEN, words="", by=first)
        for late in clocks_to_ring_now():
            ring_exchange(late, by=Station.PIPELINE)
        assert len(read_alarms(by=first)) == 1


def clocks_to_ring_now():
    with acting_as(Station.PIPELINE.context):
        return clocks_to_ring(actor=Station.PIPELINE)


def rows_of(officer, table):
    with acting_as(officer.context), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_trafficking_is_held_and_nobody_else_sees_any_of_it(ask, centre, first):
    holder = make.officer(centre, Role.NATIONAL_COORDINATOR, compartments=BOTH)
    held = ask(by=holder, compartment=Compartment.TRAFFICKING)
    note_exchange(held, "A note.", by=holder)
    assess_exchange(held, acts=(Act.USE,), **LOW, by=holder)
    with pytest.raises(Exchange.DoesNotExist):
        ask(compartment=Compartment.TRAFFICKING)
    detective = make.officer(centre, compartments=BOTH)
    for officer in (first, detective, make.analyst(compartments=BOTH)):
        with pytest.raises(Exchange.DoesNotExist):
            read_exchange(held, by=officer)
        for table in ("exchange", "assessment", "letter", "link"):
            assert rows_of(officer, f"abroad_{table}") == 0
    assert rows_of(first, "evidence_recordkey") == 0
    assert read_exchanges(by=first)[0] == []
    assert [one.title for one in read_exchanges(by=holder)[0]] == [WORDS.title]


def test_it_is_tied_only_to_what_one_sees_and_shown_only_to_whom_sees_that(ask, first, second):
    one, report = ask(), make.report()
    for called in (report.reference, "", "C-0000-0000"):
        with pytest.raises(ObjectDoesNotExist):
            link_exchange(one, called, by=first)
    referral = make.referral(report, to=first.agency, by=make.analyst())
    link_exchange(one, report.reference, by=first)
    link_exchange(one, referral.reference, by=first)
    walled = open_case("The pier", restricted=True, by=first).reference
    link_exchange(one, walled, by=first)
    assert len(read_exchange(one, by=first).seen.links) == 3
    seen = read_exchange(one, by=second).seen
    assert len(seen.links) + seen.hidden == 3
    with pytest.raises(Link.DoesNotExist):
        unlink_exchange(one, ids.uuid7(), by=second)
    harbor = make.agency_by_code("harbor-police")
    assert make.officer(harbor, Role.AGENCY_SUPERVISOR).agency == harbor
    hand_over_case(walled, to=harbor, by=first)
    seen = read_exchange(one, by=first).seen
    assert (len(seen.links), seen.hidden) == (2, 1)


def test_nothing_typed_stands_in_clear(ask, first):
    one = ask(words=replace(WORDS, their_reference="LANTERN-9"))
    note_exchange(one, "A lantern.", by=first)
    assess_exchange(one, acts=(Act.USE,), risk=Risk.SUBSTANTIAL, grounds="Lantern.", by=first)
    tables = ("abroad_exchange", "abroad_letter", "abroad_assessment", "audit_entry")
    with acting_as(Station.PIPELINE.context), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")
            told = str(cursor.fetchall()).lower()
            assert told != "[]"
            assert "lantern" not in told
            assert "pier" not in told


def test_the_yearly_report_counts_everything_and_shows_no_small_count(ask, first, second):
    one = ask(Direction.IN)
    made = assess_exchange(one, acts=(Act.USE,), **HIGH, is_escalated=True, by=first)
    decide_exchange(one, made.pk, decision=Decision.REFUSE, because="No.", by=second)
    assess_exchange(one, acts=(Act.DISCLOSURE,), **HIGH, by=first)
    move_exchange(one, Step.CLOSE, words="", because=Closing.RISK_OF_MISTREATMENT, by=first)
    auditor = make.officer(make.agency_by_code("tipline"), Role.AUDITOR)

    report = read_risks(by=auditor).report

    assert (report.received, report.sent, report.closed_for_risk) == (1, 0, 1)
    assert report.totals == {"low": 0, "allowed": 0, "refused": 2, "waits": 0}
    assert [row["refused"] for row in report.by_act.values()] == [None, 0, None]
    with pytest.raises(Exchange.DoesNotExist):
        read_risks(2001, by=auditor)


def test_the_pages_say_it_in_both_languages_and_what_is_missing(ask, first, second):
    one, browser = ask(Direction.IN), make.browser(first)
    made = assess_exchange(one, acts=(Act.USE,), **HIGH, is_escalated=True, by=second)
    places = ("/en/abroad", "/fr/etranger/nouvel-echange")
    for address in (f"/en/abroad/{one}", f"/fr/etranger/{one}", *places):
        assert_sound(browser.get(address).content)
    refused = browser.post(f"/en/abroad/{one}/step", {"step": "answer", "words": "x"}, follow=True)
    assert "was not assessed for what stands here now" in refused.content.decode()
    empty = browser.post(f"/en/abroad/{one}/step", {"step": "close", "words": ""})
    assert empty.status_code == 422
    assert_sound(empty.content)
    assert "Say why it is closed." in empty.content.decode()
    half = browser.post(f"/en/abroad/{one}/decide", {"assessment": made.pk, "decision": "allow"})
    assert half.status_code == 422
    assert_sound(half.content)
    none = {"assessment": made.pk, "decision": "allow", "because": "Yes."}
    told = browser.post(f"/en/abroad/{one}/decide", none, follow=True).content.decode()
    assert "Name at least one measure" in told
    assessed = {"acts": ["use"], "risk": "undetermined", "grounds": "x", "escalate": "on"}
    assert browser.post(f"/en/abroad/{one}/assess", assessed).status_code == 302
    assert read_exchange(one, by=first).risks[-1].assessment.is_escalated
    draft = ask()
    nowhere = browser.post(f"/en/abroad/{draft}/tie", {"called": "R-0000-0000"})
    assert (nowhere.status_code, browser.get("/en/abroad/F-0000-0000").status_code) == (422, 404)

"""Closed questions to the provider that reported, and the wish to keep its account up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from lxml import etree

from havre.agencies.models import Officer
from havre.agencies.reads import provider_by_code
from havre.agencies.rules.words import AgencyKind
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.law.actions import remind_of_the_end
from havre.intake.law.reads import notices_of, to_end, to_remind
from havre.intake.models import Report
from havre.intake.questions.models import KeepUp, Question
from havre.intake.questions.rules import (
    AnswerCode,
    AnsweredAlreadyError,
    AskedAlreadyError,
    NoProviderError,
    QuestionKind,
)
from havre.intake.questions.wording import ASKED
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.actions import open_referral, read_inbox, return_report
from havre.referrals.asking.actions import (
    ask_provider,
    ask_provider_for_desk,
    end_keeping_up,
    take_question_back,
)
from havre.referrals.asking.reads import NotYoursToAskError
from havre.wiring.jobs import carry_answers
from havre.wiring.route import walk
from tests import make
from tests.house.callers import undone
from tests.rooms.test_console import an_engineer
from tests.signing_in import signed_in
from tests.wires.specimens import COMPILED
from tests.wires.wire import Wire, a_provider, report_of

REASON = "Their lighthouse."
VIEWED, PORT = QuestionKind.FILE_VIEWED, QuestionKind.SOURCE_PORT
WHOSE, FURTHER = QuestionKind.WHOSE_IS_IT, QuestionKind.FURTHER_ADDRESSES


@dataclass
class Pier:
    """A provider's report that two agencies have, and who asks and answers."""

    ours: Wire
    number: int
    report: Report
    referral: str
    theirs: str
    analyst: Officer
    detective: Officer
    worker: Officer
    engineer: Officer
    stranger: Officer


@pytest.fixture(scope="module")
def whole(lasting_block) -> Pier:
    """Built once, in a transaction that all these tests share and that is rolled back."""
    harbor = make.directory()
    shore = make.agency("shore-children", kind=AgencyKind.CHILD_WELFARE, regions=("MB",))
    ours, other = a_provider("pier-chat"), a_provider("quay-chat")
    number = ours.submit()
    report = report_of(ours, number)
    walk(report.pk)
    analyst = make.analyst()
    sent, theirs = (
        make.referral(report, to=to, by=analyst, reason=REASON).reference for to in (harbor, shore)
    )
    return Pier(
        ours=ours,
        number=number,
        report=report,
        referral=sent,
        theirs=theirs,
        analyst=analyst,
        detective=make.officer(harbor),
        worker=make.officer(shore),
        engineer=an_engineer(ours, "p.roy"),
        stranger=an_engineer(other, "q.roy"),
    )


@pytest.fixture
def pier(whole) -> Iterator[Pier]:
    with undone():
        yield whole


def browser(officer: Officer) -> Client:
    return signed_in(officer, Client(HTTP_HOST="localhost"))


def lines(event: Event) -> list[Entry]:
    with acting_as(Station.PIPELINE.context):
        return list(Entry.objects.filter(event=event))


def page(officer: Officer, address: str, status: int = 200) -> str:
    answer = browser(officer).get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_question_goes_to_the_provider_and_its_answer_comes_back_to_the_referral(pier):
    at = f"/en/referrals/{pier.referral}"
    asked = browser(pier.detective).post(f"{at}/ask-provider", {"kind": "source-port"}, follow=True)
    assert "Your question waits for the provider." in asked.content.decode()
    assert not read_inbox(by=pier.detective).rows[0].referral.is_unread

    listed = page(pier.engineer, "/fr/questions-de-la-police")
    assert "Quel port source va avec l" in listed
    with acting_as(pier.detective.context):
        question = Question.objects.get()
    door = f"/en/questions/{question.pk}"
    shown = page(pier.engineer, door)
    for hidden in (REASON, "Harbor Police", pier.referral, pier.detective.display_name):
        assert hidden not in shown + listed
    engineer = browser(pier.engineer)
    wrong = engineer.post(door, {"code": "given", "value": "70000"})
    assert wrong.status_code == 422
    assert "Write the port as a number from 1 to 65535." in wrong.content.decode()
    told = engineer.post(door, {"code": "given", "value": "05141"}, follow=True)
    assert "Your answer is with whoever asked." in told.content.decode()

    carry_answers(0)
    carry_answers(0)
    assert read_inbox(by=pier.detective).rows[0].referral.is_unread
    assert 'As written here: <span class="mono">5141</span>' in page(pier.detective, at)
    assert "5141" in page(pier.analyst, f"/en/reports/{pier.report.reference}")
    # What is of an address is withheld from child welfare, and so is what was asked of it.
    assert "5141" not in page(pier.worker, f"/en/referrals/{pier.theirs}")
    assert len(lines(Event.PROVIDER_ANSWER_CARRIED)) == 1
    assert [line.actor for line in lines(Event.PROVIDER_ANSWERED)] == [pier.engineer.signature]
    assert "5141" not in repr([line.details for line in lines(Event.PROVIDER_ANSWERED)])


def test_whoever_may_ask_reads_who_answers_at_the_provider_day_and_night(pier):
    at = (f"/en/reports/{pier.report.reference}", f"/en/referrals/{pier.referral}")
    for officer, door in zip((pier.analyst, pier.detective), at, strict=True):
        assert "It named nobody who answers day and night." in page(officer, door)
    night = {
        "contact": "Pier night desk, 555 0142",
        "mail_to": "pier@example.com",
        "wants_quality": "on",
    }
    saved = browser(pier.engineer).post("/fr/entreprise", night, follow=True)
    assert "La police et la ligne de signalement le lisent" in saved.content.decode()
    browser(pier.stranger).post("/en/company", {"contact": "Quay night desk, 555 0143"})
    for officer, door in zip((pier.analyst, pier.detective), at, strict=True):
        shown = page(officer, door)
        assert "Pier night desk, 555 0142" in shown
        assert "Quay night desk" not in shown
    (other, line) = lines(Event.PROVIDER_CHANGED)
    assert (line.actor, line.details["fields"]) == (
        pier.engineer.signature,
        ["contact", "mail_to", "wants_quality"],
    )
    assert other.actor == pier.stranger.signature
    # Whether answers tell of quality is the provider's own choice: the other one did not tick it.
    assert [provider_by_code(code).wants_quality for code in ("pier-chat", "quay-chat")] == [
        True,
        False,
    ]


def test_an_answer_is_not_altered(pier):
    question = ask_provider(pier.referral, kind=VIEWED, by=pier.detective)
    engineer, door = browser(pier.engineer), f"/en/questions/{question.pk}"
    engineer.post(door, {"code": "all-seen"})
    again = engineer.post(door, {"code": "none-seen"}, follow=True)
    assert "It was answered already." in again.content.decode()
    with acting_as(pier.detective.context):
        assert Question.objects.get().answer == AnswerCode.ALL_SEEN
    with pytest.raises(AnsweredAlreadyError):
        take_question_back(pier.referral, question.pk, by=pier.detective)


@pytest.mark.parametrize("kind", [WHOSE, FURTHER])
def test_whose_an_address_is_is_asked_under_an_order_alone(pier, kind):
    at = f"/en/referrals/{pier.referral}/ask-provider"
    refused = browser(pier.detective).post(at, {"kind": kind})
    assert refused.status_code == 422
    assert "2024 SCC 6" in refused.content.decode()
    with acting_as(pier.detective.context):
        assert not Question.objects.exists()
    question = ask_provider(
        pier.referral, kind=kind, order_number=" PO 2026-114 ", by=pier.detective
    )
    shown = page(pier.engineer, f"/en/questions/{question.pk}")
    assert "PO 2026-114" in shown
    assert "Name nobody here" in shown
    assert 'name="value"' not in shown
    assert "PO 2026-114" not in repr([line.details for line in lines(Event.PROVIDER_ASKED)])


def test_who_holds_no_orders_and_gets_no_addresses_asks_for_none(pier):
    for kind in (WHOSE, PORT):
        with pytest.raises(NotYoursToAskError):
            ask_provider(pier.theirs, kind=kind, order_number="PO 1", by=pier.worker)
    with pytest.raises(NotYoursToAskError):
        ask_provider_for_desk(
            pier.report.reference, kind=WHOSE, order_number="PO 1", by=pier.analyst
        )
    at = f"/en/referrals/{pier.theirs}"
    assert "Number of the production order" not in page(pier.worker, at)
    assert browser(pier.worker).post(f"{at}/ask-provider", {"kind": PORT}).status_code == 422


def test_what_one_agency_asks_no_other_reads_and_what_the_desk_asks_everybody_does(pier):
    ask_provider(pier.referral, kind=VIEWED, keeps_up=True, by=pier.detective)
    with acting_as(pier.worker.context):
        assert not Question.objects.exists()
        assert not KeepUp.objects.exists()
    ask_provider(pier.theirs, kind=VIEWED, by=pier.worker)
    ask_provider_for_desk(pier.report.reference, kind=VIEWED, by=pier.analyst)
    for officer in (pier.worker, pier.detective):
        with acting_as(officer.context):
            assert Question.objects.count() == 2
    with acting_as(pier.analyst.context):
        assert Question.objects.count() == 3
    carry_answers(0)
    assert not lines(Event.PROVIDER_ANSWER_CARRIED)


def test_another_provider_finds_nothing(pier):
    question = ask_provider(pier.referral, kind=VIEWED, by=pier.detective)
    assert "No question fits" in page(pier.stranger, "/en/questions")
    page(pier.stranger, f"/en/questions/{question.pk}", 404)
    answer = browser(pier.stranger).post(f"/en/questions/{question.pk}", {"code": "all-seen"})
    assert answer.status_code == 404
    with acting_as(pier.stranger.context):
        assert Question.objects.update(answer="all-seen") == 0


def test_a_question_waits_once_and_is_taken_back_by_whoever_asked(pier):
    question = ask_provider(pier.referral, kind=VIEWED, by=pier.detective)
    with pytest.raises(AskedAlreadyError):
        ask_provider(pier.referral, kind=VIEWED, by=pier.detective)
    at = f"/en/referrals/{pier.referral}"
    again = browser(pier.detective).post(f"{at}/ask-provider", {"kind": VIEWED})
    assert (again.status_code, b"waits for the provider already" in again.content) == (422, True)
    with pytest.raises(Question.DoesNotExist):
        take_question_back(pier.report.reference, question.pk, by=pier.analyst)
    answer = browser(pier.detective).post(f"{at}/end-asking", {"what": question.pk}, follow=True)
    assert "The question was taken back." in answer.content.decode()
    page(pier.engineer, f"/en/questions/{question.pk}", 404)
    assert ask_provider(pier.referral, kind=VIEWED, by=pier.detective)


def test_a_referral_that_goes_back_takes_its_questions_with_it_and_leaves_the_account_up(pier):
    question = ask_provider(pier.referral, kind=VIEWED, keeps_up=True, by=pier.detective)
    return_report(pier.referral, note="Not ours.", by=pier.detective)
    with acting_as(pier.analyst.context):
        assert Question.objects.get(pk=question.pk).withdrawn_at
        mark = KeepUp.objects.get(ended_at=None)
    shown = page(pier.analyst, f"/en/reports/{pier.report.reference}")
    assert "The provider keeps the account up and tells nobody." in shown
    end_keeping_up(pier.report.reference, mark.pk, by=pier.analyst)
    assert "Police asked to keep" not in page(pier.engineer, f"/en/my-reports/{pier.number}")


def test_a_program_reads_by_either_door_that_an_account_is_kept_up_and_when_it_is_let_go(pier):
    def told() -> tuple[str | None, object]:
        asked = {"HTTP_AUTHORIZATION": pier.ours.basic}
        xml, json = (
            pier.ours.client.get(f"{door}/reports/{pier.number}", **asked)
            for door in ("/ispws", "/api/v1")
        )
        tree = etree.fromstring(xml.content)
        COMPILED.assertValid(tree)
        return tree.findtext("keepAccountUp"), json.json().get("keepAccountUp", False)

    assert told() == (None, False)
    ask_provider(pier.referral, kind=VIEWED, keeps_up=True, by=pier.detective)
    assert told() == ("true", True)
    with acting_as(pier.detective.context):
        mark = KeepUp.objects.get(ended_at=None)
    end_keeping_up(pier.referral, mark.pk, by=pier.detective)
    assert told() == (None, False)


def test_while_an_account_is_kept_up_no_notice_goes_out(pier):
    ask_provider(pier.referral, kind=VIEWED, keeps_up=True, by=pier.detective)
    ask_provider_for_desk(pier.report.reference, kind=VIEWED, keeps_up=True, by=pier.analyst)
    assert "Police asked to keep this account up." in page(
        pier.engineer, f"/en/my-reports/{pier.number}"
    )
    with acting_as(Station.PIPELINE.context):
        marks = list(KeepUp.objects.order_by("set_at"))

    def noticed(days: int) -> tuple[bool, bool]:
        then = clock.now() + timedelta(days=days)
        with clock.clock_set_to(then), acting_as(Station.PIPELINE.context):
            return (
                pier.report.pk in to_remind(actor=Station.PIPELINE),
                pier.report.pk in to_end(actor=Station.PIPELINE),
            )

    assert noticed(18) == noticed(23) == (False, False)
    remind_of_the_end(pier.report.pk, by=Station.PIPELINE)
    assert notices_of(pier.ours.provider) == ()
    assert "police asked to keep the account up" in page(pier.engineer, "/en/preservation")
    end_keeping_up(pier.referral, marks[0].pk, by=pier.detective)
    with pytest.raises(KeepUp.DoesNotExist):
        end_keeping_up(pier.referral, marks[1].pk, by=pier.detective)
    assert noticed(23) == (False, False)
    end_keeping_up(pier.report.reference, marks[1].pk, by=pier.analyst)
    assert noticed(23) == (False, True)
    assert [notice.number for notice in notices_of(pier.ours.provider)] == [pier.number]


def test_the_provider_is_reminded_and_whoever_asked_hears_that_it_is_late(pier):
    open_referral(pier.referral, by=pier.detective)
    question = ask_provider(pier.referral, kind=VIEWED, by=pier.detective)
    third = (question.due_at - question.asked_at) / 3

    def swept(at) -> str:
        with clock.clock_set_to(at):
            carry_answers(0)
            carry_answers(0)
            return page(pier.engineer, "/en/questions")

    assert "due soon" not in swept(question.due_at - third - timedelta(minutes=1))
    assert "due soon" in swept(question.due_at - third + timedelta(minutes=1))
    assert "late" in swept(question.due_at + timedelta(minutes=1))
    assert (len(lines(Event.PROVIDER_REMINDED)), len(lines(Event.PROVIDER_ANSWER_CARRIED))) == (
        1,
        1,
    )
    assert read_inbox(by=pier.detective).rows[0].referral.is_unread


def test_every_look_of_the_provider_leaves_a_line(pier):
    question = ask_provider(pier.referral, kind=VIEWED, by=pier.detective)
    for address in ("/en/questions", "/en/questions?state=over", f"/en/questions/{question.pk}"):
        page(pier.engineer, address)
    assert len(lines(Event.PROVIDER_QUESTIONS_READ)) == 3


def test_a_page_of_questions_begins_behind_the_last_row_of_the_page_before(pier, monkeypatch):
    monkeypatch.setattr("havre.intake.questions.reads.ROWS", 1)
    for kind in (VIEWED, QuestionKind.WAS_PUBLIC):
        question = ask_provider(pier.referral, kind=kind, by=pier.detective)
    first = page(pier.engineer, "/en/questions")
    with acting_as(pier.engineer.context):
        one = Question.objects.order_by("due_at", "id")[0]
    assert (str(ASKED[VIEWED]) in first, f"after={one.pk}" in first) == (True, True)
    second = page(pier.engineer, f"/en/questions?after={one.pk}")
    assert (str(ASKED[question.kind]) in second, str(ASKED[VIEWED]) in second) == (True, False)
    engineer = browser(pier.engineer)
    for asked, code in ((one, "all-seen"), (question, "to-a-group")):
        engineer.post(f"/en/questions/{asked.pk}", {"code": code})
    latest = page(pier.engineer, "/en/questions?state=over")
    assert "To a group" in latest
    assert "Yes, the whole" in page(pier.engineer, f"/en/questions?state=over&after={question.pk}")


def test_nobody_can_be_asked_about_what_the_public_told(pier):
    report = make.report()
    sent = make.referral(report, to=pier.detective.agency, by=pier.analyst)
    with pytest.raises(NoProviderError):
        ask_provider(sent.reference, kind=VIEWED, by=pier.detective)
    assert "Ask the provider" not in page(pier.detective, f"/en/referrals/{sent.reference}")

"""A provider hears by e-mail that it is asked something: nothing of what, once, and in time."""

from datetime import timedelta

import pytest
from django.db import transaction

from havre.audit.rules import Event, Station
from havre.intake.questions.models import KeepUp, Question
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.asking.actions import ask_provider, end_keeping_up, take_question_back
from havre.referrals.notices.rules import RETRIES
from havre.triage.paging.rules.ways import Way
from havre.wiring import jobs
from havre.wiring.sweeps.questions import mail_questions
from tests.on_duty import Post
from tests.rooms.test_provider_questions import (
    FURTHER,
    REASON,
    VIEWED,
    WHOSE,
    Pier,
    browser,
    lines,
    page,
    pier,
    whole,
)

__all__ = ["pier", "whole"]
ORDER = "PO 2026-114"


@pytest.fixture
def mail() -> Post:
    return Post()


@pytest.fixture
def told(pier) -> Pier:
    """The pier, once its engineer named an address."""
    said = {"contact": "Night desk", "mail_to": "pier@example.com"}
    assert browser(pier.engineer).post("/en/company", said).status_code == 302
    return pier


def swept(mail: Post, *, days: int = 0) -> list[str]:
    with clock.clock_set_to(clock.now() + timedelta(days=days)):
        mail_questions({Way.EMAIL: mail})
    return mail.to()


def at_the_referral(pier: Pier) -> str:
    return page(pier.detective, f"/en/referrals/{pier.referral}")


def test_the_mail_names_the_report_the_hour_and_the_page_in_both_languages_and_no_more(told, mail):
    question = ask_provider(told.referral, kind=WHOSE, order_number=ORDER, by=told.detective)
    mail_questions({Way.EMAIL: mail})
    (letter,) = mail.letters
    until = f"{question.due_at:%Y-%m-%d %H:%M} UTC"
    reference = told.report.reference
    assert letter.to == "pier@example.com"
    assert letter.subject == (
        "Havre: a question waits for your company / "
        "Havre\u00a0: une question attend votre entreprise"
    )
    assert letter.text == (
        f"A question about your report {reference} waits for your company.\n"
        f"Answer by: {until}\n"
        "Sign in and answer: http://localhost:8000/en/questions\n\n"
        f"Une question sur votre signalement {reference} attend votre entreprise.\n"
        f"Répondre avant\u00a0: {until}\n"
        "Ouvrez une session et répondez\u00a0: http://localhost:8000/fr/questions-de-la-police"
    )
    for hidden in (ORDER, REASON, told.referral, told.detective.display_name, "Harbor Police"):
        assert hidden not in letter.subject + letter.text
    noted = lines(Event.PROVIDER_MAILED)
    assert [line.about for line in noted] == [str(told.report.pk)]
    assert "example.com" not in repr(noted[0].details)
    assert "The provider was told by e-mail." in at_the_referral(told)


def test_each_question_is_told_once_however_often_the_job_runs(told, mail):
    ask_provider(told.referral, kind=VIEWED, by=told.detective)
    assert [swept(mail), swept(mail), swept(mail, days=1)] == [["pier"], [], []]
    ask_provider(told.referral, kind=FURTHER, order_number=ORDER, by=told.detective)
    assert [swept(mail), swept(mail)] == [["pier"], []]


def test_the_job_that_sends_notices_sends_these_too(told, monkeypatch, mail):
    monkeypatch.setattr("havre.wiring.sweeps.questions.couriers", lambda: {Way.EMAIL: mail})
    ask_provider(told.referral, kind=VIEWED, by=told.detective)
    jobs.send_notices_again(0)
    assert mail.to() == ["pier"]


def test_nothing_goes_out_while_the_account_is_kept_up_and_it_does_when_that_ends(told, mail):
    ask_provider(told.referral, kind=VIEWED, keeps_up=True, by=told.detective)
    assert swept(mail) == []
    assert "No e-mail goes to the provider while the account is kept up." in at_the_referral(told)
    with acting_as(told.detective.context):
        mark = KeepUp.objects.get(ended_at=None)
    end_keeping_up(told.referral, mark.pk, by=told.detective)
    assert swept(mail) == ["pier"]


def test_what_was_not_committed_taken_back_or_answered_is_told_to_nobody(told, mail):
    with transaction.atomic():
        ask_provider(told.referral, kind=VIEWED, by=told.detective)
        transaction.set_rollback(True)
    assert swept(mail) == []
    back = ask_provider(told.referral, kind=VIEWED, by=told.detective)
    take_question_back(told.referral, back.pk, by=told.detective)
    assert swept(mail) == []
    seen = ask_provider(told.referral, kind=VIEWED, by=told.detective)
    browser(told.engineer).post(f"/en/questions/{seen.pk}", {"code": "all-seen"})
    assert swept(mail) == []


def test_what_fails_is_tried_again_and_given_up_at_last_and_whoever_asked_reads_it(told, mail):
    question = ask_provider(told.referral, kind=VIEWED, by=told.detective)
    mail.fails_as = "SMTPServerDisconnected"
    assert swept(mail) == swept(mail) == []
    assert len(lines(Event.PROVIDER_NOT_MAILED)) == 1, "it waits before it is tried again"
    assert "did not go out. It is tried again." in at_the_referral(told)
    assert "did not go out. It is tried again." in page(
        told.analyst, f"/en/reports/{told.report.reference}"
    )
    for day in range(1, len(RETRIES) + 3):
        swept(mail, days=day)
    noted = [line.details["given_up"] for line in lines(Event.PROVIDER_NOT_MAILED)]
    assert sorted(noted) == [False] * len(RETRIES) + [True]
    assert "did not go out. Call the provider." in at_the_referral(told)
    with acting_as(Station.PIPELINE.context):
        row = Question.objects.get(pk=question.pk)
    assert (row.mail_failed_as, row.mailed_at) == ("SMTPServerDisconnected", None)
    mail.fails_as = ""
    with clock.clock_set_to(clock.now() + timedelta(days=9)):
        jobs.carry_answers(0)
        mail_questions({Way.EMAIL: mail})
    assert mail.to() == ["pier"], "the reminder tries it anew"


def test_who_named_no_address_gets_none_until_it_does_and_nobody_takes_it_away(pier, mail):
    ask_provider(pier.referral, kind=VIEWED, by=pier.detective)
    assert swept(mail) == []
    assert "The provider named no e-mail address for questions." in at_the_referral(pier)
    engineer = browser(pier.engineer)
    engineer.post("/en/company", {"mail_to": "pier@example.com"})
    assert swept(mail) == ["pier"]
    assert engineer.post("/en/company", {"mail_to": ""}).status_code == 422
    assert engineer.post("/en/company", {"mail_to": "quay@example.com"}).status_code == 302


def test_it_is_told_once_more_when_its_time_runs_out(told, mail):
    question = ask_provider(told.referral, kind=VIEWED, by=told.detective)
    assert swept(mail) == ["pier"]
    near = question.due_at - (question.due_at - question.asked_at) / 3 + timedelta(minutes=1)
    for at, subjects in ((near, ["still waits"]), (near + timedelta(minutes=1), [])):
        with clock.clock_set_to(at):
            jobs.carry_answers(0)
            mail_questions({Way.EMAIL: mail})
            assert "The provider was told by e-mail." in at_the_referral(told)
        assert [one.subject[18:29] for one in mail.letters] == subjects
        assert all("attend toujours votre entreprise" in one.subject for one in mail.letters)
        assert all("attend toujours votre entreprise" in one.text for one in mail.letters)
        mail.letters.clear()

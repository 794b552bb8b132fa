"""Asking the provider that reported, answering, and keeping an account up."""

from uuid import UUID

from havre.agencies.models import Agency, Officer
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Detail, Event, Station
from havre.intake.models import Report
from havre.intake.questions.models import KeepUp, Question
from havre.intake.questions.reads import (
    AskedPage,
    AskedRow,
    asked_page,
    asked_rows,
    open_question,
    question_of,
)
from havre.intake.questions.rules import (
    AnswerCode,
    AnsweredAlreadyError,
    AskedAlreadyError,
    NoProviderError,
    QuestionKind,
    check_answer,
    check_question,
    due_at,
)
from havre.plumbing import clock, ids


@action(Event.PROVIDER_ASKED)
def ask_question(
    report: Report,
    kind: QuestionKind,
    *,
    order_number: str = "",
    band: str = "",
    agency: Agency | None = None,
    referral: UUID | None = None,
    by: Officer,
) -> Question:
    """Ask the provider that reported. It learns neither who asks nor why.

    Raises NoProviderError, QuestionRefusedError, AskedAlreadyError.
    """
    if report.provider_id is None:
        raise NoProviderError
    number = check_question(kind, order_number=order_number)
    if open_question(report, kind, agency=agency.pk if agency else None):
        raise AskedAlreadyError
    now = clock.now()
    question = Question(
        id=ids.uuid7(),
        report=report,
        provider_id=report.provider_id,
        agency=agency,
        referral=referral,
        kind=kind,
        order_number=number,
        asked_at=now,
        due_at=due_at(band, now=now),
    )
    question.save(force_insert=True)
    _note(Event.PROVIDER_ASKED, question, by=by, kind=kind, under_order=bool(number))
    return question


@action(Event.PROVIDER_QUESTION_WITHDRAWN)
def withdraw_question(pk: UUID, *, by: Actor) -> Question:
    """Take a question back; one that was answered stays. Raises Question.DoesNotExist."""
    question = question_of(pk, actor=by, is_held=True)
    if not question.wait.is_open:
        raise AnsweredAlreadyError
    question.withdrawn_at = clock.now()
    question.save(update_fields=["withdrawn_at"])
    _note(Event.PROVIDER_QUESTION_WITHDRAWN, question, by=by)
    return question


@action(Event.PROVIDER_QUESTIONS_READ)
def read_questions(*, over: bool = False, after: str = "", by: Officer) -> AskedPage:
    """Look at what police ask of the own provider."""
    page = asked_page(over=over, after=after, actor=by)
    record(
        Event.PROVIDER_QUESTIONS_READ,
        about_kind="provider",
        about=str(by.provider_id),
        by=by,
        rows=len(page.rows),
    )
    return page


@action(Event.PROVIDER_QUESTIONS_READ)
def read_question(pk: UUID, *, by: Officer) -> tuple[Question, AskedRow]:
    """Look at one question to the own provider, and at how it knows the report.

    Raises Question.DoesNotExist.
    """
    question = question_of(pk, actor=by)
    if question.withdrawn_at is not None:
        raise Question.DoesNotExist
    (row,) = asked_rows([question], actor=by)
    _note(Event.PROVIDER_QUESTIONS_READ, question, by=by, rows=1)
    return question, row


@action(Event.PROVIDER_ANSWERED)
def answer_police(pk: UUID, *, code: AnswerCode, value: str = "", by: Officer) -> Question:
    """Answer for the own provider. An answer is not altered; a later word is a supplement.

    Raises Question.DoesNotExist, AnsweredAlreadyError, QuestionRefusedError.
    """
    question = question_of(pk, actor=by, is_held=True)
    if not question.wait.is_open:
        raise AnsweredAlreadyError
    now = clock.now()
    today = now.astimezone(clock.LEGAL_ZONE).date()
    question.value = check_answer(QuestionKind(question.kind), code, value=value, today=today)
    question.answer, question.answered_at, question.answered_by = code, now, by
    question.save(update_fields=["answer", "value", "answered_at", "answered_by"])
    _note(Event.PROVIDER_ANSWERED, question, by=by, kind=question.kind, answer=code)
    return question


@action(Event.PROVIDER_REMINDED)
def remind_provider(pk: UUID, *, by: Station) -> None:
    """Remind a provider of a question; the e-mail goes out once more. Safe to repeat."""
    question, now = question_of(pk, actor=by, is_held=True), clock.now()
    if question.reminded_at is None:
        question.reminded_at = question.mail_due_at = now
        question.mail_tries, question.mail_given_up_at = 0, None
        question.save(
            update_fields=["mail_due_at", "mail_given_up_at", "mail_tries", "reminded_at"]
        )
    _note(Event.PROVIDER_REMINDED, question, by=by)


@action(Event.ACCOUNT_KEPT_UP)
def keep_account_up(report: Report, *, agency: Agency | None = None, by: Officer) -> KeepUp:
    """Have the provider keep the account up and say nothing to anybody. Safe to repeat.

    While one such wish stands, no notice about the report goes out. Raises NoProviderError.
    """
    if report.provider_id is None:
        raise NoProviderError
    standing = KeepUp.objects.filter(report=report, agency=agency, ended_at=None).first()
    mark = standing or KeepUp(
        id=ids.uuid7(), report=report, provider_id=report.provider_id, agency=agency
    )
    if standing is None:
        mark.save(force_insert=True)
    _note(Event.ACCOUNT_KEPT_UP, mark, by=by, is_first=standing is None)
    return mark


@action(Event.ACCOUNT_LET_GO)
def let_account_go(mark: KeepUp, *, by: Officer) -> None:
    """The account need not be kept up any more, as far as this wish goes. Safe to repeat."""
    mark.ended_at = mark.ended_at or clock.now()
    mark.save(update_fields=["ended_at"])
    _note(Event.ACCOUNT_LET_GO, mark, by=by)


def _note(event: Event, row: Question | KeepUp, *, by: Actor, **details: Detail) -> None:
    record(event, about_kind="report", about=row.report_id, by=by, row=str(row.pk), **details)

"""An agency or the desk asks the provider; its answer comes back to the referral."""

from uuid import UUID

from havre.agencies.models import Officer
from havre.agencies.rules.words import AgencyKind
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.intake.models import Report
from havre.intake.questions.actions import (
    ask_question,
    keep_account_up,
    let_account_go,
    withdraw_question,
)
from havre.intake.questions.models import Question
from havre.intake.questions.reads import question_of
from havre.intake.questions.rules import QuestionKind, kinds_for
from havre.intake.reads import report_by_reference
from havre.plumbing import clock
from havre.plumbing.scopes import Scope
from havre.referrals.asking.reads import NotYoursToAskError, mark_to_end, own_question
from havre.referrals.models import Referral
from havre.referrals.notices.rules import NewsKind
from havre.referrals.notices.telling import tell_agency
from havre.referrals.rules.states import OVER, Act, check_act
from havre.referrals.sealed import held_by
from havre.triage.reads import item_of


@action(Event.PROVIDER_ASKED)
def ask_provider(
    reference: str,
    *,
    kind: QuestionKind,
    order_number: str = "",
    keeps_up: bool = False,
    by: Officer,
) -> Question:
    """Ask the provider about a referral to this officer's agency, and perhaps keep the account up.

    Raises Referral.DoesNotExist, ReferralStateError, NotYoursToAskError, NoProviderError,
    QuestionRefusedError, AskedAlreadyError.
    """
    referral = held_by(by, reference)
    check_act(referral.state, Act.ASK)
    _check_kind(kind, by)
    agency = referral.to_agency
    if keeps_up:
        keep_account_up(referral.report, agency=agency, by=by)
    return ask_question(
        referral.report,
        kind,
        order_number=order_number,
        band=referral.band,
        agency=agency,
        referral=referral.pk,
        by=by,
    )


@action(Event.PROVIDER_ASKED)
def ask_provider_for_desk(
    reference: str,
    *,
    kind: QuestionKind,
    order_number: str = "",
    keeps_up: bool = False,
    by: Officer,
) -> Question:
    """Ask the provider of a report for the desk; who has the report reads the answer too.

    Raises Report.DoesNotExist and what `ask_provider` raises.
    """
    report = report_by_reference(reference, actor=by)
    _check_kind(kind, by)
    if keeps_up:
        keep_account_up(report, by=by)
    item = item_of(report.pk, actor=by)
    band = item.band if item else _last_band(report)
    return ask_question(report, kind, order_number=order_number, band=band, by=by)


@action(Event.PROVIDER_QUESTION_WITHDRAWN)
def take_question_back(reference: str, what: UUID, *, by: Officer) -> None:
    """Take back a question that this officer's house asked, by its referral or its report.

    Raises Question.DoesNotExist for any other, AnsweredAlreadyError.
    """
    own = own_question(what, report=_report_of(reference, by).pk, actor=by)
    withdraw_question(own.pk, by=by)


@action(Event.ACCOUNT_LET_GO)
def end_keeping_up(reference: str, what: UUID, *, by: Officer) -> None:
    """End a wish to keep an account up: an agency its own, the desk anybody's.

    Raises KeepUp.DoesNotExist for any other.
    """
    report = _report_of(reference, by)
    let_account_go(mark_to_end(what, report=report.pk, actor=by), by=by)


@action(Event.PROVIDER_ANSWER_CARRIED)
def carry_answer(question: UUID, *, by: Station) -> None:
    """Show whoever asked that an answer came, or that it is late. Safe to repeat."""
    row = question_of(question, actor=by, is_held=True)
    now, is_answered = clock.now(), row.answered_at is not None
    if is_answered:
        row.carried_at = row.carried_at or now
    elif row.wait.is_late(now):
        row.told_late_at = row.told_late_at or now
    row.save(update_fields=["carried_at", "told_late_at"])
    # What the desk asked is everybody's news who has the report.
    told = Referral.objects.filter(report=row.report_id).exclude(state__in=OVER)
    told = told.filter(pk=row.referral) if row.referral else told
    kind = NewsKind.PROVIDER_ANSWERED if is_answered else NewsKind.PROVIDER_LATE
    for referral in told:
        tell_agency(referral, kind)
    rows = told.update(news_at=now)
    record(
        Event.PROVIDER_ANSWER_CARRIED,
        about_kind="report",
        about=row.report_id,
        by=by,
        row=str(row.pk),
        is_answered=is_answered,
        referrals=rows,
    )


def _check_kind(kind: QuestionKind, by: Officer) -> None:
    if kind not in kinds_for(AgencyKind(by.agency.kind)):
        raise NotYoursToAskError


def _report_of(reference: str, officer: Officer) -> Report:
    """The report that an addressee names by its referral, the desk by its own reference."""
    if officer.scope is Scope.TIPLINE:
        return report_by_reference(reference, actor=officer)
    return held_by(officer, reference).report


def _last_band(report: Report) -> str:
    sent = Referral.objects.filter(report=report).order_by("-sent_at").first()
    return sent.band if sent else ""

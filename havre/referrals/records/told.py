"""What a record system is told of a referral: what its agency's page and package hold, no more."""

from havre.agencies.models import Officer
from havre.agencies.rules.words import AgencyKind
from havre.intake.questions.models import Question
from havre.intake.questions.reads import asked_of_report, asked_that
from havre.plumbing.apis.cursors import cursor_of
from havre.referrals.actions import OpenedReferral
from havre.referrals.inbox.listing import InboxPage, InboxRow
from havre.referrals.models import Outcome, Referral
from havre.referrals.packages.making import police_and_reason
from havre.referrals.reads import act_of_clock, title_as_sent
from havre.referrals.records.shapes import (
    LANES,
    InboxPageTold,
    OutcomeTold,
    ProviderAnswer,
    ReferralRow,
    RemarkTold,
    WholeReferral,
)
from havre.referrals.rules.outcomes import MissingField
from havre.referrals.rules.states import running_clock


def page_told(page: InboxPage) -> InboxPageTold:
    """A page of the inbox."""
    return InboxPageTold(
        referrals=[_listed(row) for row in page.rows],
        next=cursor_of(page.next) if page.next else None,
        as_of=page.as_of,
    )


def whole_told(opened: OpenedReferral, *, language: str, by: Officer) -> WholeReferral:
    """A referral with its report. Part of an action: it opens what is sealed."""
    referral = opened.referral
    police, reason = police_and_reason(referral, opened.opened, opened.reason, by=by)
    asked = asked_that(AgencyKind(by.agency.kind), asked_of_report(referral.report_id, actor=by))
    return WholeReferral(
        referral=row_told(referral, title_as_sent(referral, language=language)),
        reason=reason,
        caveats=list(referral.caveats),
        ended_because=referral.ended_because or None,
        remarks=[
            RemarkTold(kind=remark.kind, at=remark.at, text=text) for remark, text in opened.remarks
        ],
        outcomes=[_outcome(outcome) for outcome, _note in opened.outcomes],
        provider=[_answer(question) for question in asked],
        report=police,
    )


def notice_told(referral: Referral, *, language: str) -> WholeReferral:
    """A referral that is over: that it is, and why; nothing of its report."""
    return WholeReferral(
        referral=row_told(referral, title_as_sent(referral, language=language)),
        reason=None,
        caveats=[],
        ended_because=referral.ended_because or None,
        remarks=[],
        outcomes=[],
        provider=[],
        report=None,
    )


def row_told(referral: Referral, title: str) -> ReferralRow:
    """A referral as the list has it."""
    running = running_clock(referral.standing)
    return ReferralRow(
        reference=referral.reference,
        state=referral.state,
        lane=LANES[referral.band],  # type: ignore[arg-type]
        title=title,
        sent_at=referral.sent_at,
        answer_by=referral.answer_by,
        act_by=referral.act_by,
        clock=act_of_clock(referral) or None,  # type: ignore[arg-type]
        clock_until=running.until if running else None,
        is_unread=referral.is_unread,
        is_asking=referral.is_asking,
    )


def _listed(row: InboxRow) -> ReferralRow:
    return row_told(row.referral, row.title)


def _outcome(outcome: Outcome) -> OutcomeTold:
    return OutcomeTold(
        disposition=outcome.disposition,  # type: ignore[arg-type]
        insufficiency=outcome.insufficiency or None,  # type: ignore[arg-type]
        count=outcome.count,
        usefulness=outcome.usefulness,
        missing_fields=[MissingField(code) for code in outcome.missing_fields],
        at=outcome.at,
    )


def _answer(question: Question) -> ProviderAnswer:
    return ProviderAnswer(
        question=question.kind,
        asked_at=question.asked_at,
        due_at=question.due_at,
        answered_at=question.answered_at,
        answer=question.answer or None,
        value=question.value or None,
    )

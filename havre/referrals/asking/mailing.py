"""What became of the e-mails that tell providers of questions."""

from datetime import timedelta
from uuid import UUID

from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.intake.questions.reads import question_of
from havre.plumbing import clock
from havre.referrals.notices.rules import next_try


@action(Event.PROVIDER_MAILED)
def note_question_mailed(pk: UUID, *, by: Station) -> None:
    """The e-mail about a question went out. The log holds no address."""
    question = question_of(pk, actor=by, is_held=True)
    question.mailed_at = clock.now()
    question.mail_tries, question.mail_failed_as = question.mail_tries + 1, ""
    question.save(update_fields=["mail_failed_as", "mail_tries", "mailed_at"])
    about, row = question.report_id, str(question.pk)
    tries = question.mail_tries
    record(Event.PROVIDER_MAILED, about_kind="report", about=about, by=by, row=row, tries=tries)


@action(Event.PROVIDER_NOT_MAILED)
def note_question_not_mailed(pk: UUID, *, because: str, by: Station) -> None:
    """The e-mail about a question did not go out: it is tried again, and given up at last."""
    question, now = question_of(pk, actor=by, is_held=True), clock.now()
    question.mail_tries, question.mail_failed_as = question.mail_tries + 1, because[:60]
    wait = next_try(question.mail_tries)
    question.mail_due_at = now + (wait or timedelta())
    question.mail_given_up_at = None if wait else now
    question.save(update_fields=["mail_due_at", "mail_failed_as", "mail_given_up_at", "mail_tries"])
    record(
        Event.PROVIDER_NOT_MAILED,
        about_kind="report",
        about=question.report_id,
        by=by,
        row=str(question.pk),
        because=because[:60],
        given_up=wait is None,
    )

"""The e-mail to a provider that is asked something: nothing of what, in both languages."""

from datetime import UTC

from django.utils.translation import gettext as _
from django.utils.translation import override

from havre.intake.questions.models import Question
from havre.triage.paging.letters import LANGUAGES, address_of
from havre.triage.paging.rules.ways import Letter

PAGE = "console_questions"


def letter_of(question: Question) -> Letter:
    """The mail to the provider of a question: the report's number, by when, where to sign in."""
    return Letter(
        to=question.provider.mail_to,
        subject=" / ".join(_subject(each, question) for each in LANGUAGES),
        text="\n\n".join(_text(each, question) for each in LANGUAGES),
        address=address_of(PAGE, LANGUAGES[0]),
        references=(question.report.reference,),
    )


def _subject(language: str, question: Question) -> str:
    with override(language):
        if question.reminded_at:
            return _("Havre: a question still waits for your company")
        return _("Havre: a question waits for your company")


def _text(language: str, question: Question) -> str:
    with override(language):
        told = {
            "reference": question.report.reference,
            "until": f"{question.due_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC",
            "address": address_of(PAGE, language),
        }
        said = (
            _("A question about your report %(reference)s still waits for your company.")
            if question.reminded_at
            else _("A question about your report %(reference)s waits for your company.")
        )
        return "\n".join(
            (
                said % told,
                _("Answer by: %(until)s") % told,
                _("Sign in and answer: %(address)s") % told,
            )
        )

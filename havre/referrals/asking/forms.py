"""Taking a question back, or letting an account go: one small form for both."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from havre.agencies.models import Officer
from havre.intake.questions.forms import EndForm
from havre.intake.questions.models import Question
from havre.intake.questions.rules import AnsweredAlreadyError
from havre.referrals.asking.actions import end_keeping_up, take_question_back


def end_from_form(typed: Mapping[str, str], reference: str, *, by: Officer) -> str:
    """Do what a form of the page says; gives what to tell, "" where it was answered already.

    Raises Question.DoesNotExist or KeepUp.DoesNotExist for what is not this officer's to end.
    """
    form = EndForm(typed)
    if not form.is_valid():
        raise Question.DoesNotExist
    what = form.cleaned_data["what"]
    if form.cleaned_data["is_mark"]:
        end_keeping_up(reference, what, by=by)
        return _("The account need not be kept up for you any more.")
    try:
        take_question_back(reference, what, by=by)
    except AnsweredAlreadyError:
        return ""
    return _("The question was taken back.")

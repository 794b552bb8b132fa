"""What is chosen and typed to ask a provider, and to answer."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.intake.questions.rules import (
    ANSWERS,
    AnswerCode,
    QuestionKind,
    QuestionRefusedError,
    check_answer,
    check_question,
)
from havre.intake.questions.wording import ANSWERED, ASKED, REFUSED, VALUES

CHOICE = forms.Select({"class": "input"})
LONGEST_NUMBER = 60


class ProviderForm(forms.Form):
    """A closed question to the provider, and whether it keeps the account up."""

    kind = forms.TypedChoiceField(
        label=_("What you ask"),
        coerce=QuestionKind,
        widget=CHOICE,
        error_messages={"required": _("Choose what you ask.")},
    )
    order_number = forms.CharField(
        label=_("Number of the production order"),
        help_text=_("With the two questions that need an order, and with no other."),
        required=False,
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
    )
    keeps_up = forms.BooleanField(
        label=_("Keep the account up, and tell its holder nothing"), required=False
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - Django's own
        *,
        kinds: Iterable[QuestionKind],
    ) -> None:
        super().__init__(data, auto_id="provider_%s")
        offered: Any = self.fields["kind"]
        offered.choices = [("", _("Choose")), *((kind, ASKED[kind]) for kind in kinds)]

    def clean(self) -> dict[str, Any]:
        """Refuse a question that lacks its order, beside the field to mend."""
        given = super().clean() or {}
        if not {"kind", "order_number"} - given.keys():
            try:
                check_question(given["kind"], order_number=given["order_number"])
            except QuestionRefusedError as error:
                field, words = REFUSED[error.code]
                self.add_error(field, str(words))
        return given


class EndForm(forms.Form):
    """Which question is taken back, or which wish ends."""

    what = forms.UUIDField()
    is_mark = forms.BooleanField(required=False)


class ListForm(forms.Form):
    """Which questions to show. What does not read is those that wait."""

    state = forms.ChoiceField(
        label=_("Which questions"),
        required=False,
        choices=[("", _("That wait")), ("over", _("Answered"))],
        widget=CHOICE,
    )
    after = forms.CharField(required=False, max_length=LONGEST_NUMBER)

    def asked(self) -> dict[str, Any]:
        """The choice as `read_questions` takes it."""
        self.is_valid()
        chosen = {name: str(self.cleaned_data.get(name, "")) for name in self.fields}
        return {"over": chosen["state"] == "over", "after": chosen["after"]}


class AnswerForm(forms.Form):
    """An answer from the list, with its value where the question asks for one."""

    code = forms.TypedChoiceField(
        label=_("Your answer"),
        coerce=AnswerCode,
        widget=CHOICE,
        error_messages={"required": _("Choose an answer from the list.")},
    )
    value = forms.CharField(
        required=False,
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - Django's own
        *,
        kind: QuestionKind,
        today: date,
    ) -> None:
        super().__init__(data)
        self.kind, self.today = kind, today
        answers: Any = self.fields["code"]
        answers.choices = [("", _("Choose")), *((code, ANSWERED[code]) for code in ANSWERS[kind])]
        if kind in VALUES:
            self.fields["value"].label = str(VALUES[kind])
        else:
            del self.fields["value"]

    def clean(self) -> dict[str, Any]:
        """Refuse a value that is not of its kind, beside the field to mend."""
        given = super().clean() or {}
        value = given.get("value", "")
        if "code" in given:
            try:
                check_answer(self.kind, given["code"], value=value, today=self.today)
            except QuestionRefusedError as error:
                field, words = REFUSED[error.code]
                self.add_error(field, str(words))
        return {**given, "value": value}

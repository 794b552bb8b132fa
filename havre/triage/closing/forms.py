"""What is typed to close a report, to open it again, and to find those that are closed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.intake.later.rules import words_read
from havre.triage.closing.rules import ClosingReason
from havre.triage.closing.wording import CHOICES, REASONS, REFUSED, answers_read

LONGEST_NOTE_CHARACTERS = 1_000
MOST_PLACE_CHARACTERS = 100
INPUT = {"class": "input"}


# Of a split report, the incident that is meant.
NUMBER = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


def typed_number(data: Mapping[str, Any]) -> int | None:
    """The incident that a form means; None where it means the report."""
    typed = str(data.get("incident", ""))
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else None  # noqa: PLR2004


def _auto_id(form: str, incident: int | None) -> str:
    return f"{form}_{incident}_%s" if incident else f"{form}_%s"


class ReadField(forms.Field):
    """What a reporter told later that stood on the page: more that came since was not read."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[UUID]:  # noqa: ANN401 - Django's own
        """The ids of those words."""
        return words_read(value or ())


class WhyClosedForm(forms.Form):
    """Why reports are closed without referral, as every form that closes asks it."""

    reason = forms.TypedChoiceField(
        label=_("Reason"),
        coerce=ClosingReason,
        choices=[("", _("Choose a reason")), *REASONS.items()],
        widget=forms.Select(INPUT),
        error_messages={
            "required": _("Choose why it is closed."),
            "invalid_choice": _("Choose a reason from the list."),
        },
    )
    duplicate_of = forms.CharField(
        label=_("Number of the report it repeats"),
        help_text=_("Only for a report that repeats another, for example R-7K2M-9QXD."),
        required=False,
        max_length=20,
        widget=forms.TextInput({**INPUT, "spellcheck": "false"}),
    )
    note = forms.CharField(
        label=_("What you looked at"),
        help_text=_("The second reader reads your words. The reporter does not."),
        max_length=LONGEST_NOTE_CHARACTERS,
        widget=forms.Textarea({**INPUT, "rows": 2}),
        error_messages={"required": _("Say in a sentence what you looked at.")},
    )
    tells_reporter = forms.BooleanField(
        label=_("Let the reporter read an answer, a day after it is final"),
        required=False,
        initial=True,
    )

    def clean_duplicate_of(self) -> str:
        """The number as it is written on pages."""
        return str(self.cleaned_data["duplicate_of"]).strip().upper()

    @property
    def answers(self) -> list[tuple[Promise, str, str]]:
        """What the reporter then reads, by the reason: in English and in French."""
        return answers_read()


class CloseForm(WhyClosedForm):
    """Why a report is closed without referral."""

    incident = NUMBER
    read = ReadField(required=False)

    def __init__(self, data: Any = None, *, incident: int | None = None) -> None:  # noqa: ANN401
        typed = incident or typed_number(data or {})
        super().__init__(data, auto_id=_auto_id("close", typed), initial={"incident": typed})

    def clean(self) -> dict[str, Any]:
        """A duplicate names what it repeats."""
        given = super().clean() or self.cleaned_data
        if given.get("reason") is ClosingReason.DUPLICATE and not given.get("duplicate_of"):
            self.add_error("duplicate_of", _("Write the number of the report it repeats."))
        return given

    def refuse(self, error: Exception) -> None:
        """Say beside the field what is to be looked at again."""
        field, sentence = REFUSED[type(error)]
        self.add_error(field, str(sentence))


class ReopenForm(forms.Form):
    """Why a closed report is opened again."""

    note = forms.CharField(
        label=_("Why it is opened again"),
        max_length=LONGEST_NOTE_CHARACTERS,
        widget=forms.TextInput(INPUT),
        error_messages={"required": _("Say in a sentence why. Whoever closed it reads it.")},
    )

    incident = NUMBER

    def __init__(self, data: Any = None, *, incident: int | None = None) -> None:  # noqa: ANN401
        typed = incident or typed_number(data or {})
        initial = {"incident": typed}
        super().__init__(data, auto_id=_auto_id("reopen", typed), initial=initial)


class ClosingsForm(forms.Form):
    """The choice above the list of closed reports. What does not read is no choice."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=list(CHOICES.items()), widget=forms.Select(INPUT)
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        choices=[("", _("Any reason")), *REASONS.items()],
        widget=forms.Select(INPUT),
    )
    sought = forms.CharField(
        label=_("Number"),
        required=False,
        max_length=20,
        widget=forms.TextInput({**INPUT, "spellcheck": "false"}),
    )
    after = forms.CharField(required=False, max_length=MOST_PLACE_CHARACTERS)

    def asked(self) -> dict[str, str]:
        """The choice as `read_closings` takes it."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}

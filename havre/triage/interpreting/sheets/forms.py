"""What an interpreter writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.triage.interpreting.forms import LONGEST_TEXT
from havre.triage.interpreting.sheets.rules import Move, Why, Writing
from havre.triage.interpreting.sheets.wording import REASONS

LONGEST_NOTE = 4_000
INPUT = {"class": "input"}
FINISH, SAVE = "finish", "save"


def _text(
    label: Any,  # noqa: ANN401 - lazy words
    *,
    hint: Any = "",  # noqa: ANN401 - lazy words
    most: int = LONGEST_TEXT,
    rows: int = 8,
) -> forms.CharField:
    """A text that may stay empty in a draft."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=most,
        widget=forms.Textarea({**INPUT, "rows": rows}),
    )


class WritingForm(forms.Form):
    """A translation into one of the house's languages, or both. A draft may be empty."""

    english = _text(_("In English"))
    french = _text(_("In French"))
    unsure = _text(
        _("What you are not sure of"),
        hint=_("A word with two meanings, a place you do not know, a line you cannot read."),
        most=LONGEST_NOTE,
        rows=3,
    )
    what = forms.ChoiceField(choices=[(SAVE, SAVE), (FINISH, FINISH)], widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Nothing is finished before something is written."""
        given = super().clean() or {}
        if given.get("what") == FINISH and not self.writing(given).texts:
            self.add_error("english", _("Write what the words say, in English or in French."))
        return given

    @staticmethod
    def writing(given: dict[str, Any]) -> Writing:
        """What was written, in the words of the rules."""
        return Writing(**{name: given.get(name, "") for name in ("english", "french", "unsure")})

    @property
    def is_finished(self) -> bool:
        """Whether it goes to the desk."""
        return bool(self.cleaned_data["what"] == FINISH)


class MoveForm(forms.Form):
    """One of the buttons."""

    move = forms.ChoiceField(choices=[(one.value, one.value) for one in Move])

    def move_asked(self) -> Move:
        """The button that was pressed."""
        return Move(self.cleaned_data["move"])


class HandBackForm(forms.Form):
    """Why one cannot do it."""

    why = forms.ChoiceField(
        label=_("Why"),
        choices=[(one.value, word) for one, word in REASONS.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose why you hand it back."),
            "invalid_choice": _("Choose why you hand it back."),
        },
    )

    def given(self) -> Why:
        """The reason that was chosen."""
        return Why(self.cleaned_data["why"])

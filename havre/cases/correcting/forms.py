"""What is chosen to be taken out of a case, and why."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.cases.correcting.actions import Thing
from havre.cases.forms import INPUT, NOTHING

LONGEST_WHY_CHARACTERS = 500
# Each thing by kind and row, what the list calls it, and what the note does.
Things = Sequence[tuple[str, str, str]]


class TakeOutForm(forms.Form):
    """One thing that was added by mistake."""

    what = forms.ChoiceField(
        label=_("What was added by mistake"),
        widget=forms.Select(INPUT),
        error_messages={
            "required": _("Choose what is to go."),
            "invalid_choice": _("It is not in the case any more. Choose from the list."),
        },
    )
    why = forms.CharField(
        label=_("Why it goes"),
        help_text=_(
            "It stands in a note on the case, which says what kind it was. Repeat no name or value."
        ),
        max_length=LONGEST_WHY_CHARACTERS,
        widget=forms.TextInput(INPUT),
        error_messages={"required": _("Say in a sentence why. Whoever reads the case must know.")},
    )

    def __init__(self, data: Any = None, *, things: Things) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="takeout_%s")
        what: Any = self.fields["what"]
        self.noted = {value: noted for value, _label, noted in things}
        what.choices = [*NOTHING, *((value, label) for value, label, _noted in things)]

    def chosen(self) -> tuple[Thing, UUID, str]:
        """What was chosen: its kind, its row, and what the note calls it."""
        what = self.cleaned_data["what"]
        thing, _colon, row = what.partition(":")
        return Thing(thing), UUID(row), self.noted[what]

"""What is typed to say what an incident is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.intake.rules.submission import Happening
from havre.referrals.forms import INPUT
from havre.referrals.wording import HAPPENINGS

LONGEST_REASON_CHARACTERS = 1_000


class ClassifyForm(forms.Form):
    """What the desk takes an incident to be, and why."""

    incident = forms.TypedChoiceField(
        label=_("Which incident"),
        coerce=int,
        widget=forms.Select(INPUT),
        error_messages={"invalid_choice": _("Choose an incident of this report.")},
    )
    happening = forms.TypedChoiceField(
        label=_("What the desk takes it to be"),
        coerce=Happening,
        choices=[("", _("Choose a kind")), *HAPPENINGS.items()],
        widget=forms.Select(INPUT),
        error_messages={
            "required": _("Choose what it is."),
            "invalid_choice": _("Choose a kind from the list."),
        },
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("What in the report says so. The desk alone reads it."),
        max_length=LONGEST_REASON_CHARACTERS,
        widget=forms.Textarea({**INPUT, "rows": 2}),
        error_messages={"required": _("Say in a sentence why.")},
    )

    def __init__(self, data: Any = None, *, incidents: Sequence[int]) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="classify_%s")
        self.fields["incident"].choices = [  # type: ignore[attr-defined]
            (number, _("Incident %(number)s") % {"number": number}) for number in incidents
        ]

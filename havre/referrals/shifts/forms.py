"""What is chosen and typed when a shift is handed over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.referrals.shifts.rules import HOURS

MOST_TEXT = 4_000
CHOICES = {
    8: _("The last 8 hours"),
    12: _("The last 12 hours"),
    24: _("The last 24 hours"),
    72: _("The last 72 hours"),
}


class SpanForm(forms.Form):
    """Which hours the summary is of."""

    hours = forms.ChoiceField(
        label=_("Which hours"),
        required=False,
        choices=[("", _("The last shift")), *((each, CHOICES[each]) for each in HOURS)],
        widget=forms.Select({"class": "input"}),
    )

    def asked(self) -> int:
        """So many hours back; 0 for the last shift."""
        return int(self.cleaned_data["hours"] or 0) if self.is_valid() else 0


class HandOverForm(forms.Form):
    """A word for the next shift."""

    text = forms.CharField(
        label=_("What the next shift must know"),
        help_text=_("The desk alone reads it. Name reports by their references."),
        max_length=MOST_TEXT,
        widget=forms.Textarea({"class": "input", "rows": 4}),
        error_messages={"required": _("Write what the next shift must know first.")},
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="shift_%s")

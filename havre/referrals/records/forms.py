"""A new key of a record system."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.agencies.models import Officer
from havre.referrals.records.rules import LONGEST_OVERLAP, OVERLAP

MOST_NAME = 80
TEXT = {"class": "input", "autocomplete": "off"}


class SystemKeyForm(forms.Form):
    """Which system, who answers for it, and how long its older keys still open the door."""

    name = forms.CharField(
        label=_("The record system"),
        help_text=_("What you call it. A key of the same name takes the place of the older ones."),
        max_length=MOST_NAME,
        widget=forms.TextInput(TEXT),
        error_messages={"required": _("Name the system.")},
    )
    officer = forms.ChoiceField(
        label=_("Who answers for it"),
        help_text=_("All that the system does counts as done for this officer."),
        widget=forms.Select({"class": "input"}),
        error_messages={"required": _("Choose who answers for it.")},
    )
    days = forms.IntegerField(
        label=_("Days that older keys still open the door"),
        min_value=0,
        max_value=LONGEST_OVERLAP.days,
        initial=OVERLAP.days,
        widget=forms.NumberInput({"class": "input"}),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - Django's own
        *,
        colleagues: Iterable[Officer],
    ) -> None:
        super().__init__(data)
        people: Any = self.fields["officer"]
        people.choices = [
            ("", _("Choose")),
            *((one.username, one.display_name) for one in colleagues),
        ]

"""Where webhooks lead, and how long an old secret still signs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.plumbing.outward.networks import may_lead_to
from havre.referrals.webhooks.rules import LONGEST_OVERLAP, OVERLAP


class EndpointForm(forms.Form):
    """The address of a record system."""

    url = forms.CharField(
        label=_("Address of your record system"),
        help_text=_("An https address that can be reached from the Internet."),
        max_length=300,
        widget=forms.URLInput({"class": "input", "autocomplete": "off"}),
        error_messages={"required": _("Write the address that we shall call.")},
    )

    def __init__(self, data: Any = None, *, is_own_house: bool) -> None:  # noqa: ANN401 - Django's
        super().__init__(data)
        self.is_own_house = is_own_house

    def clean_url(self) -> str:
        """An address that may be called."""
        typed = str(self.cleaned_data["url"]).strip()
        if not may_lead_to(typed, is_own_house=self.is_own_house):
            raise forms.ValidationError(
                _("We call https addresses in the open Internet alone, as https://example.com/in.")
            )
        return typed


class ChangeForm(forms.Form):
    """What is to be done with an endpoint."""

    what = forms.ChoiceField(choices=[(each, each) for each in ("off", "on", "rotate", "test")])
    days = forms.IntegerField(
        label=_("Days that the old secret still signs too"),
        min_value=0,
        max_value=LONGEST_OVERLAP.days,
        initial=OVERLAP.days,
        required=False,
        widget=forms.NumberInput({"class": "input"}),
    )

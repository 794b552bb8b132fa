"""What is chosen above the log and the measures."""

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.audit.wording import EVENTS
from havre.oversight.rules import PERIODS

MOST_ID_CHARACTERS = 64


class LogForm(forms.Form):
    """The filters of the log. What does not read is no filter."""

    event = forms.ChoiceField(
        label=_("What happened"),
        required=False,
        choices=[("", _("Anything")), *EVENTS.items()],
        widget=forms.Select({"class": "input"}),
    )
    about = forms.CharField(
        label=_("About (its id)"),
        required=False,
        max_length=MOST_ID_CHARACTERS,
        widget=forms.TextInput({"class": "input"}),
    )
    after = forms.CharField(required=False, max_length=MOST_ID_CHARACTERS)

    def asked(self) -> dict[str, str]:
        """The filters as `read_log` takes them."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}


class PeriodForm(forms.Form):
    """Over how many days the measures count. What does not read is the middle period."""

    days = forms.TypedChoiceField(
        label=_("Counted over"),
        required=False,
        coerce=int,
        choices=[
            (30, _("the last 30 days")),
            (90, _("the last 90 days")),
            (365, _("the last year")),
        ],
        widget=forms.Select({"class": "input"}),
    )

    def period(self) -> int:
        """The period, in days."""
        self.is_valid()
        return int(self.cleaned_data.get("days") or PERIODS[1])

"""What a provider's engineer chooses and types at the console."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.intake.console.reads import IN_BULK, OVER, RUNNING
from havre.intake.console.wording import STATES

CHOICE = forms.Select({"class": "input"})
MOST_SOUGHT = 30
# A page takes less than the wire: a longer document goes to /ispws/check.
MOST_PASTED = 500_000


class ReportsForm(forms.Form):
    """The choice above the list of reports. What does not read is no choice."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Any state")), *STATES.items(), (IN_BULK, _("Stood in bulk"))],
        widget=CHOICE,
    )
    sought = forms.CharField(
        label=_("Report number"),
        required=False,
        max_length=MOST_SOUGHT,
        widget=forms.TextInput({"class": "input", "inputmode": "numeric", "autocomplete": "off"}),
    )
    after = forms.CharField(required=False, max_length=MOST_SOUGHT)

    def asked(self) -> dict[str, str]:
        """The choice as `read_reports` takes it."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}


class DutiesForm(forms.Form):
    """Which clocks to show. What does not read is those that run."""

    state = forms.ChoiceField(
        label=_("Clocks"),
        required=False,
        choices=[(RUNNING, _("Running: keep the data")), (OVER, _("Over: destroy the data"))],
        widget=CHOICE,
    )
    after = forms.CharField(required=False, max_length=MOST_SOUGHT)

    def asked(self) -> dict[str, str]:
        """The choice as `read_duties` takes it."""
        self.is_valid()
        chosen = {name: str(self.cleaned_data.get(name, "")) for name in self.fields}
        return {**chosen, "state": chosen["state"] or RUNNING}


class CompanyForm(forms.Form):
    """What a provider says of itself."""

    contact = forms.CharField(
        label=_("Who answers at your company day and night"),
        help_text=_(
            "A role and a telephone number, such as: Safety desk, +1 555 555 0142. Police and the"
            " tipline read it on your reports, for an emergency request."
        ),
        max_length=300,
        required=False,
        widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
    )
    mail_to = forms.EmailField(
        label=_("E-mail address that hears of questions"),
        help_text=_(
            "When police ask something about a report of yours, an e-mail says so: the number of"
            " your report, by when to answer, where to sign in, and nothing else. Each question is"
            " told while an address stands here, for each runs out."
        ),
        required=False,
        widget=forms.EmailInput({"class": "input", "autocomplete": "off"}),
    )
    wants_quality = forms.BooleanField(
        label=_("Tell us in each answer how good our report is (X-Report-Quality)"), required=False
    )

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*given, **named)
        # An address is changed, and never taken away: nobody can do without what runs out.
        self.fields["mail_to"].required = bool(self.initial.get("mail_to"))


class CheckForm(forms.Form):
    """A document to be looked at."""

    document = forms.CharField(
        label=_("Your document"),
        help_text=_(
            "A report, a supplement or the details of a file, as you would send it: XML or JSON."
        ),
        max_length=MOST_PASTED,
        strip=False,
        error_messages={"required": _("Paste a document first.")},
        widget=forms.Textarea(
            {"class": "input mono", "rows": 16, "spellcheck": "false", "autocomplete": "off"}
        ),
    )

"""What the tipline types about a partner."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.intake.partners.reads import is_partner_code
from havre.intake.public.rules.journey import partner_in

TEXT = forms.TextInput({"class": "input", "autocomplete": "off"})
DAYS = ((30, _("30 days")), (90, _("90 days")), (365, _("A year")))


class PeriodForm(forms.Form):
    """Which days to count. What does not read is thirty."""

    days = forms.TypedChoiceField(
        label=_("Period"), coerce=int, choices=DAYS, widget=forms.Select({"class": "input"})
    )

    def asked(self) -> int:
        """The days to count."""
        return int(self.cleaned_data["days"]) if self.is_valid() else DAYS[0][0]


class PartnerForm(forms.Form):
    """What a partner is called."""

    name_en = forms.CharField(
        label=_("Name in English"),
        max_length=200,
        widget=TEXT,
        error_messages={"required": _("Say what it is called in English.")},
    )
    name_fr = forms.CharField(
        label=_("Name in French"),
        max_length=200,
        widget=TEXT,
        error_messages={"required": _("Say what it is called in French.")},
    )
    site = forms.URLField(
        label=_("Its site"),
        required=False,
        max_length=300,
        assume_scheme="https",
        widget=forms.URLInput({"class": "input", "autocomplete": "off"}),
        error_messages={"invalid": _("Type the whole address, or leave this empty.")},
    )


class NewPartnerForm(PartnerForm):
    """A partner, and the word that stands in its links."""

    code = forms.CharField(
        label=_("Word in its links"),
        help_text=_("Small letters, digits and hyphens. It is printed, so it never changes."),
        max_length=40,
        widget=TEXT,
        error_messages={"required": _("Choose a short word for its links.")},
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="partner_%s")

    def clean_code(self) -> str:
        """A word of the kind that our pages pass along, and nobody's yet."""
        code = str(self.cleaned_data["code"]).strip().lower()
        if partner_in(code) != code:
            raise forms.ValidationError(_("Use two to forty small letters, digits and hyphens."))
        if is_partner_code(code):
            raise forms.ValidationError(_("Another partner has this word. Choose another."))
        return code

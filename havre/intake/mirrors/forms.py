"""Where a provider's reports go too, and which copies are shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.intake.mirrors.wording import STATES
from havre.plumbing.outward.networks import may_lead_to

MOST_SOUGHT = 30


class MirrorForm(forms.Form):
    """The base address of another reporting service, and what it gave this provider."""

    url = forms.CharField(
        label=_("Base address"),
        help_text=_("What stands before /submit there, such as https://example.com/ispws."),
        max_length=300,
        widget=forms.URLInput({"class": "input", "autocomplete": "off"}),
        error_messages={"required": _("Write the base address of the other service.")},
    )
    username = forms.CharField(
        label=_("User name there"),
        max_length=200,
        widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
        error_messages={"required": _("Write the user name that the other service gave you.")},
    )
    password = forms.CharField(
        label=_("Password there"),
        help_text=_("It is sealed when you save, and never shown again."),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput({"class": "input", "autocomplete": "new-password"}),
        error_messages={"required": _("Write the password that the other service gave you.")},
    )

    def __init__(self, data: Any = None, *, is_own_house: bool, **more: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(data, **more)
        self.is_own_house = is_own_house

    def clean_url(self) -> str:
        """An address that may be called, and to which a step can be added."""
        typed = str(self.cleaned_data["url"]).strip().rstrip("/")
        if not may_lead_to(typed, is_own_house=self.is_own_house) or "?" in typed:
            raise forms.ValidationError(
                _(
                    "We call https addresses in the open Internet alone, as https://example.com/ispws."
                )
            )
        return typed

    def clean_username(self) -> str:
        """A name that HTTP Basic can carry."""
        typed = str(self.cleaned_data["username"]).strip()
        if ":" in typed:
            raise forms.ValidationError(_("A user name of this kind holds no colon."))
        return typed


class ChangeForm(forms.Form):
    """What is to be done with the mirror."""

    what = forms.ChoiceField(choices=[(one, one) for one in ("forget", "off", "on", "try")])


class CopyForm(forms.Form):
    """What is to be done with a copy."""

    what = forms.ChoiceField(choices=[(one, one) for one in ("again", "stop")])


class CopiesForm(forms.Form):
    """The choice above the list of copies. What does not read is no choice."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Any state")), *STATES.items()],
        widget=forms.Select({"class": "input"}),
    )
    sought = forms.CharField(
        label=_("Report number"),
        required=False,
        max_length=MOST_SOUGHT,
        widget=forms.TextInput({"class": "input", "inputmode": "numeric", "autocomplete": "off"}),
    )
    after = forms.CharField(required=False, max_length=MOST_SOUGHT)

    def asked(self) -> dict[str, str]:
        """The choice as `read_mirror` takes it."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}

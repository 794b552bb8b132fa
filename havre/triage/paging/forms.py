"""What a person says of how to be reached."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from havre.identifiers.rules.phones import normal_phone
from havre.triage.paging.models import Reach
from havre.triage.paging.rules.ways import Way, may_be_called

NOT_HERE = {
    Way.EMAIL: _("This house sends no e-mail now: it is kept for later."),
    Way.SMS: _("This house sends no SMS now: it is kept for later."),
    Way.WEBHOOK: _("This house sends no webhooks now."),
}
FIELDS = {Way.EMAIL: "email", Way.SMS: "phone", Way.WEBHOOK: "webhook"}


def _box(kind: str, autocomplete: str = "off") -> dict[str, str]:
    return {"class": "input", "type": kind, "autocomplete": autocomplete}


class ReachForm(forms.Form):
    """An e-mail address, a phone for SMS, an address that our server calls. Each may be empty."""

    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        widget=forms.EmailInput(_box("email", "email")),
        error_messages={"invalid": _("Write the address as name@example.com.")},
    )
    phone = forms.CharField(
        label=_("Phone for SMS"),
        help_text=_("For example 204-555-0142."),
        required=False,
        max_length=40,
        widget=forms.TextInput(_box("tel", "tel")),
    )
    webhook = forms.CharField(
        label=_("Webhook"),
        help_text=_("An https address that our server calls, signed with the secret shown below."),
        required=False,
        max_length=300,
        widget=forms.URLInput(_box("url", "url")),
    )
    new_secret = forms.BooleanField(label=_("Make a new secret"), required=False)

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - Django's own
        *,
        reach: Reach,
        ways: Collection[Way],
        hosts: frozenset[str],
    ) -> None:
        told = {"email": reach.email, "phone": reach.phone, "webhook": reach.webhook}
        super().__init__(data, initial=told)
        self.hosts = hosts
        for way, name in FIELDS.items():
            if way not in ways:
                field = self.fields[name]
                said = field.help_text
                field.help_text = (
                    format_lazy("{} {}", said, NOT_HERE[way]) if said else NOT_HERE[way]
                )

    def clean_phone(self) -> str:
        """The number in its international form."""
        typed = str(self.cleaned_data["phone"]).strip()
        number = normal_phone(typed) if typed else ""
        if number is None:
            raise forms.ValidationError(_("Write the number as 204-555-0142 or +1 204 555 0142."))
        return number

    def clean_webhook(self) -> str:
        """An address at one of the hosts that whoever runs Havre allows."""
        typed = str(self.cleaned_data["webhook"]).strip()
        if typed and not may_be_called(typed, hosts=self.hosts):
            raise forms.ValidationError(
                _("Our server may not call this address. Whoever runs Havre names the hosts.")
            )
        return typed

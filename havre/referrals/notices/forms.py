"""Where notices of an agency go."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class NoticesForm(forms.Form):
    """An address, and whether notices go there."""

    email = forms.EmailField(
        label=_("Address of your agency for notices"),
        help_text=_("An address that somebody reads day and night, for example a duty desk’s."),  # noqa: RUF001
        required=False,
        widget=forms.EmailInput({"class": "input", "autocomplete": "off"}),
        error_messages={"invalid": _("Write the address as name@example.com.")},
    )
    is_on = forms.BooleanField(
        label=_("Send a notice when something waits in the inbox"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Notices that are on go somewhere."""
        told = self.cleaned_data
        if told.get("is_on") and not told.get("email") and not self.errors:
            self.add_error("email", _("Write the address that notices go to, or switch them off."))
        return told

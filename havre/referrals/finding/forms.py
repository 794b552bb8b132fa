"""What is typed to find a referral or a report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_TEXT = 200


class FindForm(forms.Form):
    """An identifier or a number to look for."""

    text = forms.CharField(
        label=_("An identifier or a number"),
        help_text=_("An e-mail, a phone, an account, an address of the web, a number of ours."),
        max_length=MOST_TEXT,
        widget=forms.TextInput({"class": "input"}),
        error_messages={"required": _("Write what you look for first.")},
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="find_%s")

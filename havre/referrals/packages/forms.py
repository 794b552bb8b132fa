"""What a supervisor pastes: the public key of the agency."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.referrals.forms import INPUT
from havre.referrals.packages.rules.archive import MOST_PACKAGES
from havre.referrals.packages.wires.age import NotAKeyError, SecretKeyError, recipient_in
from havre.referrals.packages.wording import NOT_A_KEY, SECRET_KEY

LONGEST_CHARACTERS = 2_000


class NumberForm(forms.Form):
    """Which package of those that were made, or the newest."""

    number = forms.IntegerField(min_value=1, max_value=MOST_PACKAGES, required=False)


class KeyForm(forms.Form):
    """A public age key."""

    typed = forms.CharField(
        label=_("Public key"),
        help_text=_("One line that begins with age1, as age-keygen prints it."),
        max_length=LONGEST_CHARACTERS,
        widget=forms.TextInput(INPUT),
        error_messages={"required": NOT_A_KEY},
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="key_%s")

    def clean_typed(self) -> str:
        try:
            return recipient_in(str(self.cleaned_data["typed"]))
        except SecretKeyError as error:
            # What should not have been sent is not sent back.
            self.data = {}
            raise forms.ValidationError(SECRET_KEY) from error
        except NotAKeyError as error:
            raise forms.ValidationError(NOT_A_KEY) from error

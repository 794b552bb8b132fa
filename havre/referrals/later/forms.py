"""What an analyst chooses to pass later words on, or to keep them back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.intake.later.rules import KeptBecause
from havre.referrals.later.wording import KEPT

INPUT = {"class": "input"}


class KeepForm(forms.Form):
    """Why later words stay with the tipline."""

    because = forms.TypedChoiceField(
        label=_("Why it stays here"),
        coerce=KeptBecause,
        choices=[("", _("Choose a reason")), *KEPT.items()],
        widget=forms.Select(INPUT),
        error_messages={"required": _("Choose why it stays here.")},
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="keep_words_%s")

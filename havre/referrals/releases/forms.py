"""What an agency chooses for a report's sender."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.intake.releases.rules.words import ReleaseWord
from havre.intake.releases.wording import SAID


class ReleaseForm(forms.Form):
    """One word, or none."""

    word = forms.TypedChoiceField(
        label=_("What they read"),
        coerce=ReleaseWord,
        required=False,
        empty_value=None,
        widget=forms.Select({"class": "input"}),
        error_messages={"invalid_choice": _("Choose one that fits the outcome you recorded.")},
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - Django's own
        *,
        words: Iterable[ReleaseWord],
        chosen: str = "",
    ) -> None:
        super().__init__(data, auto_id="release_%s", initial={"word": chosen})
        offered: Any = self.fields["word"]
        offered.choices = [("", _("Nothing")), *((word, SAID[word]) for word in words)]

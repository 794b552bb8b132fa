"""What is typed to give an agency who reported."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.referrals.forms import INPUT
from havre.referrals.identity.rules import Because
from havre.referrals.identity.wording import BECAUSE

LONGEST_WORDS_CHARACTERS = 2_000


class GiveIdentityForm(forms.Form):
    """Why an agency is told who reported."""

    because = forms.TypedChoiceField(
        label=_("Why it may know"),
        coerce=Because,
        choices=[("", _("Choose")), *BECAUSE.items()],
        widget=forms.Select(INPUT),
        error_messages={
            "required": _("Choose why it may know. Without one of these it stays here."),
            "invalid_choice": _("Choose a reason from the list."),
        },
    )
    words = forms.CharField(
        label=_("How they agreed, or the number of the order; and what must be minded"),
        help_text=_("The agency reads it. For example: by message today; only by e-mail."),
        max_length=LONGEST_WORDS_CHARACTERS,
        widget=forms.Textarea({**INPUT, "rows": 3}),
        error_messages={"required": _("Say how they agreed, or write the number of the order.")},
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="identity_%s")

"""What an analyst types to judge a link."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import Side
from havre.referrals.forms import INPUT, LONGEST_REASON_CHARACTERS
from havre.referrals.judging.wording import SIDES, VERDICTS


class JudgeForm(forms.Form):
    """Whether two reports are of one person, and how one knows."""

    side = forms.TypedChoiceField(
        label=_("Of whom"),
        coerce=Side,
        choices=list(SIDES.items()),
        widget=forms.Select(INPUT),
        error_messages={
            "required": _("Choose of whom you speak."),
            "invalid_choice": _("Choose the suspect or the child."),
        },
    )
    verdict = forms.TypedChoiceField(
        label=_("What you say"),
        coerce=Verdict,
        choices=[("", _("Choose")), *VERDICTS.items()],
        widget=forms.Select(INPUT),
        error_messages={
            "required": _("Choose what you say of the two."),
            "invalid_choice": _("Choose an answer from the list."),
        },
    )
    reason = forms.CharField(
        label=_("How you know"),
        help_text=_("Colleagues at the desk read your words beside the link. Agencies do not."),
        max_length=LONGEST_REASON_CHARACTERS,
        widget=forms.TextInput(INPUT),
        error_messages={"required": _("Say in a sentence how you know.")},
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="judge_%s")

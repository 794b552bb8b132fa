"""What is typed to set another lane than the rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.triage.closing.forms import ReadField
from havre.triage.overrides.rules import OverrideReason
from havre.triage.overrides.wording import REASONS
from havre.triage.rules.words import Band
from havre.triage.wording import LANES

LONGEST_NOTE_CHARACTERS = 1_000
INPUT = {"class": "input"}


class LaneForm(forms.Form):
    """Another lane, and why."""

    to = forms.TypedChoiceField(
        label=_("Lane"),
        coerce=Band,
        choices=[("", _("Choose a lane")), *((band, LANES[band]) for band in Band)],
        widget=forms.Select(INPUT),
        error_messages={
            "required": _("Choose the lane it should stand in."),
            "invalid_choice": _("Choose a lane from the list."),
        },
    )
    reason = forms.TypedChoiceField(
        label=_("Why another lane than by rule"),
        coerce=OverrideReason,
        choices=[("", _("Choose a reason")), *REASONS.items()],
        widget=forms.Select(INPUT),
        error_messages={
            "required": _("Choose why it is another lane."),
            "invalid_choice": _("Choose a reason from the list."),
        },
    )
    note = forms.CharField(
        label=_("In your words"),
        help_text=_("Shown with the score. Whoever keeps the rules reads it too."),
        max_length=LONGEST_NOTE_CHARACTERS,
        widget=forms.TextInput(INPUT),
        error_messages={"required": _("Say in a sentence why.")},
    )
    read = ReadField(required=False)

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="lane_%s")

    def refuse(self, sentence: Any) -> None:  # noqa: ANN401 - lazy words
        """Say beside the lane why it is not set."""
        self.add_error("to", sentence)

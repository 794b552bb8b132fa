"""What an analyst chooses above the queue, and which words a page showed when it was read."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.intake.later.rules import words_read
from havre.triage.wording import CHANNELS, LANES, LANGUAGES, OTHER_VIEWS

MOST_PLACE_CHARACTERS = 100


class ReadField(forms.Field):
    """What a reporter told later that stood on the page: more that came since was not read."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[UUID]:  # noqa: ANN401 - Django's own
        """The ids of those words."""
        return words_read(value or ())


class QueueForm(forms.Form):
    """The filters of the queue. What does not read is no filter, so no address is a dead end."""

    lane = forms.ChoiceField(
        required=False,
        choices=[*LANES.items(), *OTHER_VIEWS.items()],
        widget=forms.HiddenInput,
    )
    channel = forms.ChoiceField(
        label=_("Came by"),
        required=False,
        choices=[("", _("Any way")), *CHANNELS.items()],
        widget=forms.Select({"class": "input"}),
    )
    spoken = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("Any")), *LANGUAGES.items()],
        widget=forms.Select({"class": "input"}),
    )
    after = forms.CharField(required=False, max_length=MOST_PLACE_CHARACTERS)

    def asked(self) -> dict[str, str]:
        """The filters as `read_queue` takes them."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}

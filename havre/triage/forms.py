"""What an analyst chooses above the queue."""

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.triage.wording import CHANNELS, LANES, LANGUAGES, OTHER_VIEWS

MOST_PLACE_CHARACTERS = 100


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

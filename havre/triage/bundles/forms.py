"""What is chosen about a bundle: which to see, what becomes of it, why its reports are closed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.triage.bundles.reads import APART, CLOSED
from havre.triage.bundles.rules import What
from havre.triage.bundles.wording import STATES
from havre.triage.closing.forms import LONGEST_NOTE_CHARACTERS
from havre.triage.closing.rules import ClosingReason
from havre.triage.closing.wording import REASONS

MOST_PLACE_CHARACTERS = 100
INPUT = {"class": "input"}
# A report that repeats another names it; many at once name none.
TOGETHER = {reason: says for reason, says in REASONS.items() if reason != ClosingReason.DUPLICATE}


class BundlesForm(forms.Form):
    """The choice above the list of bundles. What does not read is no choice."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Any state")), *STATES.items()],
        widget=forms.Select(INPUT),
    )
    after = forms.CharField(required=False, max_length=MOST_PLACE_CHARACTERS)

    def asked(self) -> dict[str, str]:
        """The choice as `read_bundles` takes it."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}


class PartForm(forms.Form):
    """Which reports of a bundle to see. What does not read is those that stand in it.

    `more` is 1 for whoever closes them in several goes.
    """

    part = forms.ChoiceField(required=False, choices=[("", ""), (APART, ""), (CLOSED, "")])
    after = forms.CharField(required=False, max_length=MOST_PLACE_CHARACTERS)
    more = forms.CharField(required=False, max_length=1)

    def asked(self) -> dict[str, str]:
        """The choice as `read_bundle` takes it."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}


class DecideForm(forms.Form):
    """One button: what becomes of a bundle, or of the report that it names."""

    what = forms.TypedChoiceField(coerce=What, choices=[(each.value, "") for each in What])
    report = forms.CharField(required=False, max_length=20)


class CloseTogetherForm(forms.Form):
    """Why the reports of a bundle are closed without referral."""

    reason = forms.TypedChoiceField(
        label=_("Reason"),
        coerce=ClosingReason,
        choices=[("", _("Choose a reason")), *TOGETHER.items()],
        widget=forms.Select(INPUT),
        error_messages={
            "required": _("Choose why they are closed."),
            "invalid_choice": _("Choose a reason from the list."),
        },
    )
    note = forms.CharField(
        label=_("What you looked at"),
        help_text=_("It stands with each of them. Second readers read your words."),
        max_length=LONGEST_NOTE_CHARACTERS,
        widget=forms.Textarea({**INPUT, "rows": 2}),
        error_messages={"required": _("Say in a sentence what you looked at.")},
    )

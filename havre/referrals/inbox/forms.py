"""What an agency's people choose in the inbox, and type when they ask, decline or hand over."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.agencies.models import Officer
from havre.referrals.forms import INPUT, LONGEST_REASON_CHARACTERS
from havre.referrals.rules.sending import DECLINES, Ending
from havre.referrals.sending.wording import ENDINGS
from havre.referrals.wording import PARTS, STATES

MOST_PLACE_CHARACTERS = 100
TEXT = {"class": "input", "rows": 2}


class InboxForm(forms.Form):
    """The filter of the inbox. What does not read is no filter."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Open")), *PARTS.items(), ("all", _("Every one")), *STATES.items()],
        widget=forms.Select(INPUT),
    )
    after = forms.CharField(required=False, max_length=MOST_PLACE_CHARACTERS)

    def asked(self) -> dict[str, str]:
        """The filter as `read_inbox` takes it."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}


class AskForm(forms.Form):
    """A question to the tipline."""

    text = forms.CharField(
        label=_("Your question"),
        help_text=_("The clock runs on while you wait for the answer."),
        max_length=LONGEST_REASON_CHARACTERS,
        widget=forms.Textarea(TEXT),
        error_messages={"required": _("Write your question first.")},
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="ask_%s")


class ReplyForm(forms.Form):
    """The tipline's answer to a question."""

    text = forms.CharField(
        label=_("Answer to the agency"),
        max_length=LONGEST_REASON_CHARACTERS,
        widget=forms.Textarea(TEXT),
        error_messages={"required": _("Write the answer first.")},
    )

    def __init__(self, data: Any = None, *, referral: str = "") -> None:  # noqa: ANN401 - Django's
        super().__init__(data, auto_id=f"reply_{referral}_%s")


class DeclineForm(forms.Form):
    """Why an agency does not act."""

    because = forms.TypedChoiceField(
        label=_("Why you decline"),
        coerce=Ending,
        choices=[(code, ENDINGS[code]) for code in DECLINES],
        widget=forms.Select(INPUT),
        error_messages={"required": _("Choose why you decline.")},
    )
    note = forms.CharField(
        label=_("In your words"),
        max_length=LONGEST_REASON_CHARACTERS,
        widget=forms.TextInput(INPUT),
        error_messages={"required": _("Say it in your words too. The tipline reads them.")},
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="decline_%s")


class HandOverForm(forms.Form):
    """To which colleague a referral goes, and what they must know."""

    to = forms.ChoiceField(
        label=_("Colleague"),
        widget=forms.Select(INPUT),
        error_messages={
            "required": _("Choose a colleague."),
            "invalid_choice": _("Choose a colleague from the list."),
        },
    )
    note = forms.CharField(
        label=_("What they must know"),
        help_text=_("Only your agency reads it."),
        max_length=LONGEST_REASON_CHARACTERS,
        widget=forms.Textarea(TEXT),
        error_messages={"required": _("Write what they must know first.")},
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - Django's own
        *,
        colleagues: Iterable[Officer],
    ) -> None:
        super().__init__(data, auto_id="hand_over_%s")
        people: Any = self.fields["to"]
        people.choices = [(one.username, one.display_name) for one in colleagues]

"""What an analyst types to send a report, to add to it and to take it back."""

from collections.abc import Container, Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from havre.agencies.models import Agency
from havre.intake.later.rules import words_read
from havre.referrals.forms import INPUT, LONGEST_REASON_CHARACTERS, AgencyField
from havre.referrals.inbox.forms import ReplyForm
from havre.referrals.rules.guards import IncidentNotOpenError, ReferralRefusedError
from havre.referrals.rules.sending import CANCELS, Caveat, Ending, WholeBecause
from havre.referrals.sending.choices import LongSelect
from havre.referrals.sending.wording import CAVEATS, ENDINGS, REFUSED, WHOLE_BECAUSE
from havre.triage.closing.forms import CloseForm, ReopenForm
from havre.triage.reads import Suggested

LONGEST_MESSAGE_CHARACTERS = 10_000
WHOLE_CHOICES = [
    (code, format_lazy("{goes}: {why}", goes=_("Goes along"), why=why))
    for code, why in WHOLE_BECAUSE.items()
]
GOES_ALONG = {"caveats", "centre_asked", "incident", "is_anew", "reason", "whole", "words"}


class AgenciesField(forms.MultipleChoiceField):
    """Several agencies, by their codes; its clean value is the agencies."""

    def offer(self, agencies: Iterable[Agency], language: str) -> None:
        """Fill the list."""
        self.known = {agency.code: agency for agency in agencies}
        self.choices = [(code, one.name(language)) for code, one in self.known.items()]

    def clean(self, value: list[str]) -> list[Agency]:
        """The agencies of these codes. Raises ValidationError."""
        return [self.known[code] for code in super().clean(value)]


class ReferForm(forms.Form):
    """Where a report goes, and why."""

    to = AgencyField(
        label=_("Agency"),
        widget=LongSelect(INPUT),
        error_messages={
            "required": _("Choose the agency that can act."),
            "invalid_choice": _("Choose an agency from the list."),
        },
    )
    incident = forms.TypedChoiceField(
        label=_("Incident"), coerce=int, widget=forms.Select(INPUT), empty_value=None
    )
    whole = forms.TypedChoiceField(
        label=_("The story as a whole"),
        coerce=WholeBecause,
        required=False,
        empty_value=None,
        choices=[("", _("Stays here: only what belongs to this incident goes")), *WHOLE_CHOICES],
        widget=forms.Select(INPUT),
    )
    also = AgenciesField(
        label=_("Send it also to"), required=False, widget=forms.CheckboxSelectMultiple
    )
    caveats = forms.TypedMultipleChoiceField(
        label=_("What they must mind"),
        coerce=Caveat,
        required=False,
        choices=list(CAVEATS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    is_anew = forms.BooleanField(label=_("Send it as a new referral all the same"), required=False)
    centre_asked = forms.BooleanField(
        label=_("I asked the national coordinator, who agrees"), required=False
    )
    # What its reporter told later that was on the page: it goes along.
    words = forms.CharField(required=False, widget=forms.MultipleHiddenInput)
    reason = forms.CharField(
        label=_("Why this agency"),
        max_length=LONGEST_REASON_CHARACTERS,
        widget=forms.TextInput(INPUT),
        error_messages={"required": _("Say why this agency. It reads your words.")},
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - Django's own
        *,
        language: str,
        suggested: Iterable[Suggested] = (),
        parallel: Iterable[Agency] = (),
        held_by: Container[str] = (),
        incidents: Sequence[int] = (1,),
        is_split: bool = False,
    ) -> None:
        first = [each for each in suggested if each.agency.code not in held_by]
        best = first[0].agency.code if first else ""
        first_one = incidents[0] if incidents else 1
        super().__init__(data, initial={"to": best, "incident": first_one}, auto_id="refer_%s")
        agencies: Any = self.fields["to"]
        agencies.offer(language, first=first)
        also: Any = self.fields["also"]
        also.offer([one for one in parallel if one.code not in held_by], language)
        numbers: Any = self.fields["incident"]
        numbers.choices = [(number, str(number)) for number in incidents]
        self.is_split, self.only = is_split, first_one
        numbers.required = len(incidents) > 1
        if not numbers.required:
            numbers.widget = forms.HiddenInput()
        if not is_split:
            del self.fields["whole"]

    def clean_incident(self) -> int:
        """Which incident goes: the only one, where nothing was chosen."""
        return self.cleaned_data["incident"] or self.only

    def clean_words(self) -> list[UUID]:
        """The words that were on the page, as they were sent beside the form's own fields."""
        return words_read(self.data.getlist("words") if hasattr(self.data, "getlist") else ())

    def recipients(self) -> list[Agency]:
        """Every agency that was chosen, the one that should lead first."""
        return [self.cleaned_data["to"], *self.cleaned_data["also"]]

    def errand(self) -> dict[str, Any]:
        """What goes with it to each of them."""
        return {name: self.cleaned_data[name] for name in self.cleaned_data.keys() & GOES_ALONG}

    def refuse(self, error: ReferralRefusedError, *, agency: str) -> None:
        """Say beside the agency why it is not sent the report, and what to do instead."""
        self.add_error("to", str(REFUSED[type(error)]) % {"agency": agency})


class MessageForm(forms.Form):
    """A word to the reporter."""

    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("The reporter reads it when they come back with their receipt."),
        max_length=LONGEST_MESSAGE_CHARACTERS,
        widget=forms.Textarea({"class": "input", "rows": 3}),
        error_messages={"required": _("Write your answer first.")},
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="answer_%s")


class AddForm(forms.Form):
    """A word more for an agency that has the report."""

    text = forms.CharField(
        label=_("What you add"),
        help_text=_("The agency reads it as new in its inbox."),
        max_length=LONGEST_MESSAGE_CHARACTERS,
        widget=forms.Textarea({"class": "input", "rows": 2}),
        error_messages={"required": _("Write what you add first.")},
    )

    def __init__(self, data: Any = None, *, referral: str = "") -> None:  # noqa: ANN401 - Django's
        super().__init__(data, auto_id=f"add_{referral}_%s")


class SupplementForm(forms.Form):
    """Why a report belongs to what an agency has already."""

    earlier = forms.CharField(widget=forms.HiddenInput, max_length=11)
    reason = forms.CharField(
        label=_("Why it belongs together"),
        max_length=LONGEST_REASON_CHARACTERS,
        widget=forms.TextInput(INPUT),
        error_messages={"required": _("Say why it belongs together. The agency reads it.")},
    )
    incident = forms.TypedChoiceField(
        label=_("Incident that goes"), coerce=int, empty_value=None, widget=forms.Select(INPUT)
    )
    tells_of_it_alone = forms.BooleanField(
        label=_("I have read all of it: it tells of this one incident alone"), required=False
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - Django's own
        *,
        earlier: str = "",
        incidents: Iterable[int],
        is_split: bool,
    ) -> None:
        super().__init__(data, initial={"earlier": earlier}, auto_id=f"supplement_{earlier}_%s")
        incident: Any = self.fields["incident"]
        incident.required = is_split
        incident.choices = [("", _("Choose"))] + [(n, str(n)) for n in incidents if is_split]
        if is_split:
            incident.error_messages["required"] = REFUSED[IncidentNotOpenError]


class ConflictForm(forms.Form):
    """For whom somebody works whom the report names."""

    agency = AgencyField(
        label=_("A person reported works for"),
        widget=LongSelect(INPUT),
        error_messages={
            "required": _("Choose the agency they work for."),
            "invalid_choice": _("Choose an agency from the list."),
        },
    )

    def __init__(self, data: Any = None, *, language: str) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="conflict_%s")
        agencies: Any = self.fields["agency"]
        agencies.offer(language, empty=_("Choose"))


class CancelForm(forms.Form):
    """Why a referral that was opened is taken back. Its addressee reads it."""

    because = forms.TypedChoiceField(
        label=_("Why you cancel it"),
        coerce=Ending,
        choices=[(code, ENDINGS[code]) for code in CANCELS],
        widget=forms.Select(INPUT),
        error_messages={"required": _("Choose why you cancel it.")},
    )

    def __init__(self, data: Any = None, *, referral: str = "") -> None:  # noqa: ANN401 - Django's
        super().__init__(data, auto_id=f"cancel_{referral}_%s")


def forms_of_sent(referral: str, faulty: forms.Form | None) -> tuple[forms.Form, ...]:
    """What can be typed about one referral that was sent."""
    fresh = (
        AddForm(referral=referral),
        CancelForm(referral=referral),
        ReplyForm(referral=referral),
    )
    return tuple(as_typed(form, faulty) for form in fresh)


def forms_of_incident(number: int, faulty: forms.Form | None) -> tuple[forms.Form, ...]:
    """What can be typed to close one incident of a split report, and to open it again."""
    fresh = (CloseForm(incident=number), ReopenForm(incident=number))
    return tuple(as_typed(form, faulty) for form in fresh)


def as_typed(fresh: forms.Form, faulty: forms.Form | None) -> forms.Form:
    """A form of the page, or the same one as it was typed where it did not read."""
    return faulty if faulty is not None and faulty.auto_id == fresh.auto_id else fresh

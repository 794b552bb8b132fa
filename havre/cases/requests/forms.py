"""What detectives type in a legal request."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.cases.forms import INPUT, NOTHING, CaseForm, choose, write
from havre.cases.requests.reads import today
from havre.cases.requests.rules.clocks import Step
from havre.cases.requests.rules.kinds import RequestKind, service_addresses
from havre.cases.requests.wording import KINDS, STEPS, WHICH

LONGEST_TEXT = 8_000


def _providers() -> list[tuple[str, Any]]:
    known = sorted(service_addresses().values(), key=lambda one: one.name.casefold())
    return [("", _("Somebody else")), *((one.code, one.name) for one in known)]


class RequestsForm(forms.Form):
    """Which requests to list."""

    which = forms.ChoiceField(label=_("Which"), required=False, choices=list(WHICH.items()))
    after = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def asked(self) -> dict[str, str]:
        """What was asked for; what does not read is left out."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}


class DraftForm(CaseForm):
    """A legal request, as it is drafted."""

    kind = choose(_("Kind of request"), KINDS, RequestKind, _("Choose what is asked for."))
    provider = forms.ChoiceField(
        label=_("Whom it goes to"),
        required=False,
        choices=_providers,
        widget=forms.Select(INPUT),
        error_messages={"invalid_choice": _("Choose somebody from the list.")},
    )
    addressee = forms.CharField(
        label=_("Name and address, when it is somebody else"),
        required=False,
        max_length=600,
        widget=forms.Textarea(INPUT | {"rows": 2}),
    )
    is_foreign = forms.BooleanField(
        label=_("It concerns an offence under foreign law"), required=False
    )
    sought = write(
        _("What is asked for: accounts, kinds of data, from when to when"),
        _("Say what is asked for."),
        longest=LONGEST_TEXT,
        rows=5,
    )
    grounds = forms.CharField(
        label=_("Grounds"),
        help_text=_("The facts, in your words. They stand in the draft as you write them."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(INPUT | {"rows": 5}),
    )

    def clean(self) -> dict[str, Any]:
        """Whoever is not on the list is named."""
        given = super().clean() or {}
        if not given.get("provider") and not given.get("addressee"):
            self.add_error("addressee", str(_("Choose somebody from the list, or write who.")))
        if given.get("provider"):
            given["addressee"] = ""
        return given


class SendForm(CaseForm):
    """A request that was served."""

    sent_on = forms.DateField(
        label=_("On which day it was sent"),
        widget=forms.DateInput(INPUT | {"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Say on which day it was sent."),
            "invalid": _("Write the day as 2026-11-28."),
        },
    )
    answer_by = forms.DateField(
        label=_("The last day that the order names"),
        help_text=_("A preservation demand or order ends by itself, and needs no day."),
        required=False,
        widget=forms.DateInput(INPUT | {"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 2026-11-28.")},
    )
    order_number = forms.CharField(
        label=_("Number of the order or of the court file"),
        required=False,
        max_length=60,
        widget=forms.TextInput(INPUT),
    )

    def clean(self) -> dict[str, Any]:
        """Nothing is sent tomorrow, and nothing answered before it is sent."""
        given = super().clean() or {}
        sent, answer = given.get("sent_on"), given.get("answer_by")
        if sent and sent > today():
            self.add_error("sent_on", str(_("This day is still to come.")))
        if sent and answer and answer < sent:
            self.add_error("answer_by", str(_("The last day comes after the day it was sent.")))
        return given


class SettleForm(CaseForm):
    """What came of a request."""

    step = forms.TypedChoiceField(
        label=_("What came of it"),
        coerce=Step,
        choices=[*NOTHING, *STEPS.items()],
        widget=forms.Select(INPUT),
        error_messages={"required": _("Choose what came of it.")},
    )
    outcome = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(INPUT | {"rows": 3}),
    )

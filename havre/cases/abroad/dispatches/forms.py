"""What a clerk of a partner types."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.agencies.rules.permits import Compartment
from havre.cases.abroad.dispatches.handing import Limits
from havre.cases.abroad.dispatches.rules import TheirStep
from havre.cases.abroad.forms import LONGEST_NUMBER, TermsForm, one_of, said, some_of
from havre.cases.abroad.forms import WhichForm as ExchangesForm
from havre.cases.abroad.models import HELD_IN
from havre.cases.abroad.rules.states import Caveat, Handling
from havre.cases.abroad.wording import CAVEATS, COMPARTMENTS, HANDLINGS
from havre.cases.forms import INPUT, CaseForm

THEIRS = {"", "late", "closed", "all"}


class WhichForm(ExchangesForm):
    """Which dispatches to list: as the desk chooses, but for what is the desk's own affair."""

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data)
        which = self.fields["which"]
        which.choices = [one for one in which.choices if one[0] in THEIRS]  # type: ignore[attr-defined]


class AskForm(TermsForm):
    """A request of the partner's own."""

    their_reference = forms.CharField(
        label=_("Your number, if there is one"),
        required=False,
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(INPUT),
    )
    compartment = one_of(_("Compartment"), COMPARTMENTS, Compartment)
    # Whether a listed group is named is for the desk to say.
    group_is_named = None  # type: ignore[assignment]
    field_order = ("compartment",)

    def __init__(self, data: Any = None, *, held: Iterable[str] = ()) -> None:  # noqa: ANN401
        super().__init__(data)
        mine = [(name, COMPARTMENTS[name]) for name in HELD_IN if name in set(held)]
        self.fields["compartment"].choices = mine  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        self.cleaned_data["group_is_named"] = False
        return {**super().given(), "compartment": self.cleaned_data["compartment"]}


class ReplyForm(CaseForm):
    """A step of the partner's, with what is told at it and how far that may go."""

    step = forms.TypedChoiceField(coerce=TheirStep, choices=[(one, one) for one in TheirStep])
    words = said(_("What you tell the desk"), rows=5)
    handling = one_of(_("Handling code"), HANDLINGS, Handling)
    caveats = some_of(_("Limits"), CAVEATS, Caveat)

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data)
        self.fields["handling"].required = False
        self.fields["handling"].initial = Limits().handling

    def clean(self) -> dict[str, Any]:
        """Whoever answers or adds says something."""
        told = super().clean() or {}
        if told.get("step") in {TheirStep.ADD, TheirStep.ANSWER} and not told.get("words"):
            self.add_error("words", _("Write what you tell the desk."))
        return told

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        told = self.cleaned_data
        limits = Limits(handling=told["handling"] or Limits().handling, caveats=told["caveats"])
        return {"step": told["step"], "words": told["words"], "limits": limits}

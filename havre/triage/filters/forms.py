"""What is typed to keep a filter, or to call it otherwise."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.triage.filters.rules import (
    LONGEST_NAME,
    FilterRefusedError,
    NameTakenError,
    NothingKeptError,
    TooManyError,
)
from havre.triage.forms import QueueForm

REFUSALS = {
    NameTakenError: _("There is a filter of this name. Choose another name."),
    NothingKeptError: _("Choose a lane, a way or a language in the queue first, then save it."),
    TooManyError: _("You keep as many filters as there is room for. Delete one first."),
}


class NameForm(forms.Form):
    """The name of a filter."""

    name = forms.CharField(
        label=_("Name of the filter"),
        help_text=_("What it shows, in a few words. Never the name of a person."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"class": "input"}),
        error_messages={"required": _("Give the filter a name.")},
    )

    def __init__(self, data: Any = None, *, of: str = "new", name: str = "") -> None:  # noqa: ANN401
        super().__init__(data, auto_id=f"filter_{of}_%s", initial={"name": name})

    def refuse(self, error: FilterRefusedError) -> None:
        """Say beside the name why it may not be kept so."""
        self.add_error("name", REFUSALS[type(error)])


class SaveForm(NameForm):
    """The name under which a choice of the queue is kept, and whether the desk shares it."""

    is_shared = forms.BooleanField(label=_("For everybody at this desk"), required=False)

    def asked(self) -> dict[str, str]:
        """The choice that stood in the queue."""
        return QueueForm(self.data).asked()

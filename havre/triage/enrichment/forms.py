"""What is typed about what was looked at in the open."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.plumbing import clock
from havre.triage.enrichment.rules import KeptBack, Looked, Source
from havre.triage.enrichment.sealed import OpenedNote
from havre.triage.enrichment.wording import KEPT_BACK, SOURCES

LONGEST_ADDRESS, LONGEST_HOW, LONGEST_FOUND = 2_000, 1_000, 10_000
MOMENT = "%Y-%m-%dT%H:%M"
INPUT = {"class": "input"}


class NoteForm(forms.Form):
    """What was looked at: where, when, how, and what was found."""

    source = forms.TypedChoiceField(
        label=_("Kind of source"),
        coerce=Source,
        choices=[("", _("Choose a kind")), *SOURCES.items()],
        widget=forms.Select(INPUT),
        error_messages={
            "required": _("Choose what kind of source it was."),
            "invalid_choice": _("Choose a kind from the list."),
        },
    )
    address = forms.CharField(
        label=_("Address, or where it was found"),
        help_text=_("Kept as text. Havre never opens it, and nobody can click it."),
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput({**INPUT, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": _("Write where it was found.")},
    )
    looked_at = forms.DateTimeField(
        label=_("When you looked"),
        help_text=_("By the clock in Toronto."),
        input_formats=[MOMENT, "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(
            {**INPUT, "type": "datetime-local", "autocomplete": "off"}, format=MOMENT
        ),
        error_messages={
            "required": _("Say when you looked."),
            "invalid": _("Write it as 2026-11-29 14:00."),
        },
    )
    how = forms.CharField(
        label=_("How you looked"),
        help_text=_("For example: without an account, from the desk’s own browser, page saved."),  # noqa: RUF001
        max_length=LONGEST_HOW,
        widget=forms.TextInput(INPUT),
        error_messages={"required": _("Say in a sentence how you looked.")},
    )
    found = forms.CharField(
        label=_("What you found"),
        help_text=_("In your words. That nothing was found is worth a note too."),
        max_length=LONGEST_FOUND,
        widget=forms.Textarea({**INPUT, "rows": 5}),
        error_messages={"required": _("Say what you found, or that you found nothing.")},
    )
    kept_back = forms.TypedChoiceField(
        label=_("Does it go along with a referral?"),
        coerce=KeptBack,
        empty_value=None,
        required=False,
        choices=[("", _("Yes, it goes along")), *KEPT_BACK.items()],
        widget=forms.Select(INPUT),
        error_messages={"invalid_choice": _("Choose a reason from the list.")},
    )
    corrects = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, correcting: OpenedNote | None = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="note_%s", initial=_as_typed(correcting))

    def clean_looked_at(self) -> datetime:
        """Nobody looked later than now."""
        moment: datetime = self.cleaned_data["looked_at"]
        if moment > clock.now():
            raise forms.ValidationError(_("This is later than now. Say when you looked."))
        return moment

    def clean_kept_back(self) -> KeptBack | None:
        """Nothing chosen: it goes along."""
        return self.cleaned_data["kept_back"] or None

    def note(self) -> dict[str, Any]:
        """As `write_note` takes it."""
        given = self.cleaned_data
        words = Looked(address=given["address"], how=given["how"], found=given["found"])
        rest = ("source", "looked_at", "kept_back", "corrects")
        return {"looked": words, **{name: given[name] for name in rest}}


def note_named(typed: str) -> UUID | None:
    """Which note is to be corrected, as the address of the page names it."""
    try:
        return UUID(typed) if typed else None
    except ValueError:
        return None


def _as_typed(correcting: OpenedNote | None) -> dict[str, object]:
    """A correction begins with the words of what it corrects."""
    if correcting is None or correcting.looked is None:
        return {}
    note, looked = correcting.note, correcting.looked
    return {
        "source": note.source,
        "address": looked.address,
        "looked_at": note.looked_at,
        "how": looked.how,
        "found": looked.found,
        "kept_back": note.kept_back,
        "corrects": note.pk,
    }

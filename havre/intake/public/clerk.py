"""The form of an officer who takes a report down for somebody who calls, writes or comes by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.intake.forms import ReportForm, Words, cards
from havre.intake.rules.submission import Channel

CHANNELS = (
    (Channel.PHONE, _("By telephone")),
    (Channel.MAIL, _("By letter")),
    (Channel.AGENCY, _("Through another agency")),
)


# Asked of what came on paper: by letter, or from another agency.
ON_PAPER = ("came_from", "their_number", "written_on")


class ClerkForm(ReportForm):
    """The one page of questions, and how they came to be asked."""

    channel = cards(_("How does it come?"), CHANNELS, required=True)
    came_from = Words(
        label=_("Who wrote, or which agency?"),
        help_text=_("For a letter or another agency. A name or an office, as it stands there."),
    )
    their_number = Words(
        label=_("Their own number"),
        help_text=_("A file, registered mail or occurrence number, so that we can answer them."),
    )
    written_on = Words(label=_("Date on the letter or the request"))
    field_order = ("channel", *ON_PAPER)

    def on_paper(self) -> tuple[tuple[str, str], ...]:
        """What only a letter or another agency has, by name; empty for a call."""
        given = ((name, self.cleaned_data[name].strip()) for name in ON_PAPER)
        return tuple((name, said) for name, said in given if said)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.fields["channel"].error_messages["required"] = _("Choose how it comes.")

    @property
    def choices(self) -> list[forms.BoundField]:
        """The questions with answers to choose from."""
        return [field for field in self if field.field.widget.use_fieldset]

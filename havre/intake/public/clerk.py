"""The form of an officer who takes a report down for somebody who calls, writes or comes by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.intake.forms import ReportForm, cards
from havre.intake.rules.submission import Channel

CHANNELS = (
    (Channel.PHONE, _("By telephone")),
    (Channel.MAIL, _("By letter")),
    (Channel.AGENCY, _("Through another agency")),
)


class ClerkForm(ReportForm):
    """The one page of questions, and how they came to be asked."""

    channel = cards(_("How does it come?"), CHANNELS, required=True)
    field_order = ("channel",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.fields["channel"].error_messages["required"] = _("Choose how it comes.")

    @property
    def choices(self) -> list[forms.BoundField]:
        """The questions with answers to choose from."""
        return [field for field in self if field.field.widget.use_fieldset]

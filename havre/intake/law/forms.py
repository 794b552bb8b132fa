"""What is typed of legal duties: a report under another law, an incident, when it was told."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.intake.law.rules.deemed import LONGEST_REFERENCE, OtherLaw
from havre.intake.law.rules.incidents import LONGEST_TEXT, IncidentKind, IncidentWords
from havre.intake.law.wording import INCIDENTS, OTHER_LAWS
from havre.plumbing import clock

INPUT = {"class": "input", "autocomplete": "off"}
MOST_AFTER = 40
SCOPES = (("one", _("One report")), ("standing", _("Every such report, from a day on")))


def _day(label: Any, missing: Any) -> forms.DateField:  # noqa: ANN401 - lazy words
    return forms.DateField(
        label=label,
        widget=forms.DateInput(INPUT | {"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": _("Write the day as 2026-11-28.")},
    )


def _time(label: Any) -> forms.TimeField:  # noqa: ANN401 - lazy words
    return forms.TimeField(
        label=label,
        help_text=_("By the clock in Ottawa."),
        widget=forms.TimeInput(INPUT | {"type": "time"}),
        error_messages={
            "required": _("Say at what time."),
            "invalid": _("Write the time as 14:30."),
        },
    )


def _text(label: Any, missing: Any, *, rows: int) -> forms.CharField:  # noqa: ANN401 - lazy words
    return forms.CharField(
        label=label,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(INPUT | {"rows": rows}),
        error_messages={"required": missing},
    )


class AfterForm(forms.Form):
    """Behind which row a list goes on. What does not read is the beginning."""

    after = forms.CharField(required=False, max_length=MOST_AFTER)

    def asked(self) -> str:
        """The row."""
        self.is_valid()
        return str(self.cleaned_data.get("after", ""))


class DeemedForm(forms.Form):
    """A report under another law, or that one always reports there."""

    law = forms.TypedChoiceField(
        label=_("Under which law"),
        coerce=OtherLaw,
        choices=list(OTHER_LAWS.items()),
        widget=forms.Select(INPUT),
    )
    covers = forms.ChoiceField(
        label=_("What this record covers"), choices=SCOPES, widget=forms.Select(INPUT)
    )
    given_number = forms.CharField(
        label=_("Number of the report there"),
        help_text=_("For one report. Leave it empty for a standing record."),
        required=False,
        max_length=LONGEST_REFERENCE,
        widget=forms.TextInput(INPUT),
    )
    day = _day(_("Day of the report, or from which day on"), _("Say on which day."))

    def given(self) -> dict[str, Any]:
        """The record as `note_deemed` takes it."""
        given = self.cleaned_data
        return {
            "law": given["law"],
            "is_standing": given["covers"] == "standing",
            "reference": given["given_number"],
            "reported_on": given["day"],
        }


class IncidentForm(forms.Form):
    """An incident, as the ministers are told of it."""

    what = forms.TypedChoiceField(
        label=_("Kind of incident"),
        coerce=IncidentKind,
        choices=list(INCIDENTS.items()),
        widget=forms.Select(INPUT),
    )
    day = _day(_("Day on which it was noticed"), _("Say on which day it was noticed."))
    hour = _time(_("Time at which it was noticed"))
    happened = _text(_("What happened"), _("Say what happened."), rows=4)
    function = _text(
        _("What it endangers"), _("Say which part of the function it endangers."), rows=3
    )
    steps = _text(_("Steps taken and planned"), _("Say what was done about it."), rows=4)
    reach = _text(_("Whom the ministers may ask"), _("Say who may be asked, and how."), rows=2)

    def given(self) -> dict[str, Any]:
        """The incident as the actions take it."""
        told = self.cleaned_data
        return {
            "kind": told["what"],
            "noticed_at": moment(told),
            "words": IncidentWords(
                happened=told["happened"],
                function=told["function"],
                steps=told["steps"],
                contact=told["reach"],
            ),
        }


class SentForm(forms.Form):
    """When the ministers were told."""

    day = _day(_("Day on which both ministers were told"), _("Say on which day."))
    hour = _time(_("Time"))

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="sent_%s")


def moment(told: dict[str, Any]) -> datetime:
    """A day and an hour by the clock of the law."""
    return datetime.combine(told["day"], told["hour"], clock.LEGAL_ZONE)

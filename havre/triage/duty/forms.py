"""What is chosen by whoever keeps a rota."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.agencies.models import Officer
from havre.triage.duty.rules.shifts import MOST_DAYS, Refusal
from havre.triage.duty.wording import REFUSALS

# Where on the form a refusal is mended.
MENDED_AT = {
    Refusal.ALREADY_ON: "officer",
    Refusal.NO_SUCH_HOUR: "begins",
    Refusal.OVER: "day",
    Refusal.TOO_LONG: "ends",
    Refusal.TOO_SHORT: "ends",
}


def _box(kind: str, **also: str) -> dict[str, str]:
    return {"class": "input", "type": kind, "autocomplete": "off", **also}


class ShiftsForm(forms.Form):
    """Who is on call, on which days, from when to when."""

    officer = forms.ChoiceField(
        label=_("Officer"),
        widget=forms.Select({"class": "input"}),
        error_messages={"required": _("Choose an officer.")},
    )
    day = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(_box("date"), format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the first day."),
            "invalid": _("Write the day as 2026-11-29."),
        },
    )
    begins = forms.TimeField(
        label=_("From"),
        help_text=_("By the clock in Toronto, as 19:00."),
        widget=forms.TimeInput(_box("time"), format="%H:%M"),
        error_messages={
            "required": _("Choose when the shift begins."),
            "invalid": _("Write the time as 19:00."),
        },
    )
    ends = forms.TimeField(
        label=_("To"),
        help_text=_("A time before the start is on the next day."),
        widget=forms.TimeInput(_box("time"), format="%H:%M"),
        error_messages={
            "required": _("Choose when the shift ends."),
            "invalid": _("Write the time as 19:00."),
        },
    )
    days = forms.IntegerField(
        label=_("On how many days in a row"),
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.NumberInput({"class": "input", "inputmode": "numeric"}),
        error_messages={
            "required": _("Write on how many days, from 1 to 31."),
            "invalid": _("Write on how many days, from 1 to 31."),
            "min_value": _("Write on how many days, from 1 to 31."),
            "max_value": _("Write on how many days, from 1 to 31."),
        },
    )

    def __init__(self, *args: Any, colleagues: list[Officer], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose an officer")),
            *((one.username, one.display_name) for one in colleagues),
        ]

    def refuse(self, refusal: Refusal) -> None:
        """Say why not, where it can be mended."""
        self.add_error(MENDED_AT.get(refusal), str(REFUSALS[refusal]))

    def given(self) -> dict[str, Any]:
        """What was chosen, as `set_shifts` takes it."""
        return {name: self.cleaned_data[name] for name in ("day", "begins", "ends", "days")}


class GiveForm(forms.Form):
    """Who takes a shift over."""

    to = forms.CharField(max_length=150)

"""What a provider's people type to the police, and which of it the police list."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.intake.notifications.rules import (
    LIMITS,
    Contents,
    Fault,
    Offence,
    TransmissionData,
)
from havre.intake.notifications.wording import FAULTS, OFFENCES, TRANSMISSION, WHICH, ZONES

INPUT = {"class": "input"}
LONGEST_REFERENCE = 20
OF_TRANSMISSION = "transmission_"
# Where on the form a fault is mended, when its field is called otherwise there.
MENDED_AT = {"discovered_at": "discovered_on", "transmission": f"{OF_TRANSMISSION}origin"}


def _fault(fault: Fault) -> Any:  # noqa: ANN401 - words that wait for a language
    return FAULTS[fault]


def _write(label: Any, hint: Any, field: str, *, rows: int = 0) -> forms.CharField:  # noqa: ANN401
    look = INPUT | {"autocomplete": "off"}
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LIMITS[field],
        widget=forms.Textarea(look | {"rows": rows}) if rows else forms.TextInput(look),
        error_messages={
            "required": _fault(Fault.CONTACT_MISSING if field == "contact" else Fault.TEXT_MISSING),
            "max_length": _fault(Fault.TOO_LONG),
        },
    )


class ListForm(forms.Form):
    """Which notifications a police service lists."""

    which = forms.ChoiceField(
        label=_("Notifications"),
        required=False,
        choices=list(WHICH.items()),
        widget=forms.Select(INPUT),
    )
    after = forms.CharField(required=False, max_length=LONGEST_REFERENCE)

    def asked(self) -> dict[str, str]:
        """The choice as `read_notifications` takes it. What does not read is no choice."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}


class NotificationForm(forms.Form):
    """A notification under section 3, its five contents in the order of the regulation."""

    token = forms.CharField(max_length=36, widget=forms.HiddenInput, initial=lambda: str(uuid4()))
    to = forms.ChoiceField(
        label=_("Police service"),
        widget=forms.Select(INPUT),
        error_messages={
            "required": _("Choose the police service to notify."),
            "invalid_choice": _("Choose a police service from the list."),
        },
    )
    offences = forms.TypedMultipleChoiceField(
        label=_("(a) The offence"),
        help_text=_("What you have reasonable grounds to believe your service is used for."),
        coerce=Offence,
        choices=list(OFFENCES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _fault(Fault.OFFENCE_MISSING)},
    )
    material = _write(
        _("(b) The material"),
        _("What it is and where it stands, in plain words. Send no file and no picture."),
        "material",
        rows=4,
    )
    material_format = _write(
        _("(b) Its format"), _("For example: JPEG pictures, a video, chat."), "material_format"
    )
    discovered_on = forms.DateField(
        label=_("(c) Day of the discovery"),
        widget=forms.DateInput(INPUT | {"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Say on which day it was discovered."),
            "invalid": _("Write the day as 2026-11-28."),
        },
    )
    discovered_time = forms.TimeField(
        label=_("(c) Time of the discovery"),
        widget=forms.TimeInput(INPUT | {"type": "time"}),
        error_messages={
            "required": _("Say at what time it was discovered."),
            "invalid": _("Write the time as 14:30."),
        },
    )
    zone = forms.ChoiceField(
        label=_("(c) In which time zone"),
        choices=list(ZONES.items()),
        widget=forms.Select(INPUT),
    )
    circumstances = _write(
        _("(c) How it was discovered"),
        _("Who or what came upon it, and how."),
        "circumstances",
        rows=4,
    )
    other_evidence = _write(
        _("(d) Other evidence that you hold"),
        _("Accounts, addresses, logs, messages. If there is none, write: none."),
        "other_evidence",
        rows=4,
    )
    representative = _write(
        _("(e) Your representative"), _("Whom the police may ask."), "representative"
    )
    contact = _write(
        _("(e) How to reach your representative"),
        _("Telephone and e-mail, day and night if you can."),
        "contact",
    )
    is_manifest = forms.BooleanField(
        label=_("The material is manifestly what the law means"), required=False
    )
    is_sure = forms.BooleanField(
        label=_("It goes to this police service at once, and cannot be taken back"),
        error_messages={"required": _("Tick this when everything is right.")},
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - Django's own
        *,
        services: list[tuple[str, str]],
        asks_transmission: bool,
    ) -> None:
        super().__init__(data)
        self.asks_transmission = asks_transmission
        # Another than the one that was sent, where that one names what was delivered before.
        self.next_token = ""
        to: Any = self.fields["to"]
        to.choices = [("", _("Choose one")), *services]
        for name in TRANSMISSION:
            label: Any = TRANSMISSION[name]
            self.fields[OF_TRANSMISSION + name] = forms.CharField(
                label=label,
                required=False,
                max_length=LIMITS["contact"],
                widget=forms.TextInput(INPUT | {"autocomplete": "off"}),
                error_messages={"max_length": _fault(Fault.TOO_LONG)},
            )

    def contents(self) -> Contents:
        """What was typed, as the rules read it."""
        given = self.cleaned_data
        moment = datetime.combine(
            given["discovered_on"], given["discovered_time"], ZoneInfo(given["zone"])
        )
        return Contents(
            offences=tuple(given["offences"]),
            discovered_at=moment,
            is_manifest=given["is_manifest"],
            transmission=TransmissionData(
                **{name: given[OF_TRANSMISSION + name] for name in TRANSMISSION}
            ),
            **{name: given[name] for name in LIMITS},
        )

    def refuse(self, faults: tuple[tuple[str, Fault], ...]) -> None:
        """Say what is wrong, where it can be mended."""
        for field, fault in faults:
            self.add_error(MENDED_AT.get(field, field), str(FAULTS[fault]))

    def before(self) -> Iterator[Any]:
        """The fields that stand between the offence and the transmission data."""
        names = list(LIMITS)
        order = (*names[:2], "discovered_on", "discovered_time", "zone", *names[2:])
        return (self[name] for name in order)

    def of_the_transmission(self) -> Iterator[Any]:
        """The fields of the transmission data."""
        return (self[OF_TRANSMISSION + name] for name in TRANSMISSION)

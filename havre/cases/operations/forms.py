"""What is typed about operations."""

from datetime import datetime, time
from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from havre.cases.forms import INPUT, LONGEST_TITLE, CaseForm, PartnerField, point_to, write
from havre.cases.operations.rules.states import Course, TargetState
from havre.cases.operations.wording import TARGET_STATES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WRONG_DAY = _("Write the day as 2026-11-28.")


def day(
    label: "_StrPromise", *, required: bool = False, help_text: "_StrPromise | str" = ""
) -> forms.DateField:
    """A day, as the browser's own field writes it."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(INPUT | {"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": WRONG_DAY, "required": WRONG_DAY},
    )


class DaysForm(CaseForm):
    """Until when an operation is its lead's alone, and when all act."""

    embargo_until = day(
        _("Held back until the morning of"),
        help_text=_("Until then your agency alone sees it. Leave it empty to hold nothing back."),
    )
    joint_day = day(_("The day on which all act"))

    def clean_embargo_until(self) -> datetime | None:
        """The first moment of a day, in the reader's zone."""
        given = self.cleaned_data["embargo_until"]
        return timezone.make_aware(datetime.combine(given, time.min)) if given else None


class PlanForm(DaysForm):
    """A new operation."""

    name = write(_("What it is called"), _("Give it a name."), longest=LONGEST_TITLE)
    aim = write(
        _("The platform or group, and the aim"), _("Say what it is about."), longest=4_000, rows=4
    )
    field_order = ("name", "aim", "embargo_until", "joint_day")


class InviteForm(CaseForm):
    """An agency that takes part."""

    to = PartnerField(_("Agency"))


class PartForm(CaseForm):
    """An agency that no longer does."""

    partner = point_to(_("Agency"), _("Choose an agency from the list."))


class CourseForm(CaseForm):
    """Where an operation goes from here."""

    course = forms.TypedChoiceField(coerce=Course, choices=[(one, one) for one in Course])


class TargetForm(CaseForm):
    """A case or a report to act on."""

    called = write(
        _("The case or the report: C-XXXX-XXXX or R-XXXX-XXXX, as in its address"),
        _("Write a reference like C-XXXX-XXXX or R-XXXX-XXXX."),
        longest=20,
    )
    to = forms.CharField(
        label=_("Who acts on it"), required=False, max_length=40, widget=forms.Select(INPUT)
    )


class ProgressForm(CaseForm):
    """How far a target is."""

    target = point_to(_("Target"), _("Choose a target from the list."))
    state = forms.TypedChoiceField(
        label=_("How far it is"), coerce=TargetState, choices=list(TARGET_STATES.items())
    )


class OutForm(CaseForm):
    """Until when partners read what is sent out."""

    until = day(_("They may read it until the end of"), required=True)

    def clean_until(self) -> datetime:
        """The last moment of a day, in the reader's zone."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"], time.max))

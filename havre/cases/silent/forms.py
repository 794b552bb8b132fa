"""What is typed about silent watches."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.cases.forms import INPUT, CaseForm, choose, write
from havre.cases.silent.wording import REFUSALS
from havre.cases.watches.wording import AUTHORITIES
from havre.identifiers.rules.normal import LONGEST
from havre.identifiers.rules.words import Kind
from havre.links.silent.actions import Asked
from havre.links.silent.rules import Refusal, SilentDaysError, check_days
from havre.links.watches.reads import today
from havre.links.watches.rules import Authority
from havre.referrals.wording import KINDS

LONGEST_REASON = 2_000
WRONG_DAY = _("Write a day as 2026-11-28, from today to half a year from now.")


class SilentUntilField(forms.DateField):
    """The last day of a silent watch: from today to half a year away."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Quiet until the end of"),
            help_text=_("Half a year at most. You are reminded two weeks before."),
            widget=forms.DateInput(INPUT | {"type": "date"}),
            error_messages={"required": WRONG_DAY, "invalid": WRONG_DAY},
        )

    def clean(self, value: Any) -> date:  # noqa: ANN401 - Django's own
        """The day. Raises ValidationError."""
        day: date = super().clean(value)
        try:
            check_days(day, today=today())
        except SilentDaysError as error:
            raise forms.ValidationError(WRONG_DAY) from error
        return day


class SilentForm(CaseForm):
    """An identifier that is to be kept quiet."""

    kind = choose(_("Kind"), KINDS, Kind, _("Choose what kind of identifier it is."))
    platform = forms.CharField(
        label=_("Platform, for a handle, an account, a group or a server"),
        required=False,
        max_length=40,
        widget=forms.TextInput(INPUT),
    )
    value = write(_("Identifier"), _("Write the identifier."), longest=LONGEST)
    authority = choose(_("By what right"), AUTHORITIES, Authority, _("Choose by what right."))
    reason = write(
        _("Why, for the coordinator alone"),
        _("Say why it must be kept quiet."),
        longest=LONGEST_REASON,
        rows=3,
    )
    until = SilentUntilField()

    def terms(self) -> Asked:
        """The terms that were chosen."""
        return Asked(**{name: self.cleaned_data[name] for name in ("until", "authority", "reason")})


class LongerForm(CaseForm):
    """Another last day for a silent watch."""

    until = SilentUntilField()

    def __init__(self, data: Any = None, *, watch: str = "") -> None:  # noqa: ANN401 - Django's
        super().__init__(data)
        self.auto_id = f"longer_{watch}_%s"


class SeenForm(forms.Form):
    """That an alert was read, or that this is taken back."""

    does = forms.ChoiceField(choices=[("seen", ""), ("undo", "")])


class DecideForm(CaseForm):
    """What the coordinator says: granted, refused with a reason, or ended."""

    does = forms.ChoiceField(choices=[("grant", ""), ("refuse", ""), ("withdraw", "")])
    refusal = forms.TypedChoiceField(
        label=_("Why not"),
        coerce=Refusal,
        empty_value=None,
        required=False,
        choices=[("", _("Choose")), *REFUSALS.items()],
        widget=forms.Select(INPUT),
    )

    def __init__(self, data: Any = None, *, watch: str = "") -> None:  # noqa: ANN401 - Django's
        super().__init__(data)
        self.auto_id = f"decide_{watch}_%s"

    def clean(self) -> dict[str, Any]:
        """A refusal has a reason. Raises ValidationError."""
        said = super().clean() or {}
        if said.get("does") == "refuse" and not said.get("refusal"):
            raise forms.ValidationError(_("Choose why you refuse it. Nothing was changed."))
        if said.get("does") != "refuse":
            said["refusal"] = None
        return said

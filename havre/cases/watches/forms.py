"""What is typed about watches."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.agencies.models import Officer
from havre.cases.forms import INPUT, CaseForm, choose, point_to, write
from havre.cases.watches.rules import LONGEST_FILE, ListRow, NotAListError, rows_in
from havre.cases.watches.wording import AUTHORITIES, FINDINGS, PURPOSES, TELLS, WHOSE
from havre.identifiers.rules.normal import LONGEST
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.links.watches.actions import Terms
from havre.links.watches.reads import today
from havre.links.watches.rules import (
    Authority,
    Finding,
    Purpose,
    Tells,
    WatchDaysError,
    check_until,
)
from havre.referrals.wording import KINDS

WRONG_DAY = _("Write a day as 2026-11-28, from today to a year from now.")


class UntilField(forms.DateField):
    """The last day of a watch: from today to a year away."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Until the end of"),
            help_text=_("You are reminded two weeks before. It can be renewed."),
            widget=forms.DateInput(INPUT | {"type": "date"}, format="%Y-%m-%d"),
            error_messages={"required": WRONG_DAY, "invalid": WRONG_DAY},
        )

    def clean(self, value: Any) -> date:  # noqa: ANN401 - Django's own
        """The day. Raises ValidationError."""
        day: date = super().clean(value)
        try:
            check_until(day, today=today())
        except WatchDaysError as error:
            raise forms.ValidationError(WRONG_DAY) from error
        return day


class TermsForm(CaseForm):
    """On what terms something is watched."""

    whose = choose(_("Whose it is"), WHOSE, PersonRole, _("Choose whose it is."))
    purpose = choose(_("What for"), PURPOSES, Purpose, _("Choose what it is for."))
    authority = choose(_("By what right"), AUTHORITIES, Authority, _("Choose by what right."))
    tells = choose(
        _("What the tipline is told"), TELLS, Tells, _("Choose what the tipline is told.")
    )
    until = UntilField()
    answers = point_to(_("Who answers"), _("Choose somebody from the list."), required=False)

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - Django's own
        *,
        officers: Iterable[Officer] = (),
    ) -> None:
        super().__init__(data)
        people: Any = self.fields["answers"].widget
        people.choices = [("", _("Me")), *((str(one.pk), one.display_name) for one in officers)]

    def terms(self) -> Terms:
        """The terms that were chosen."""
        names = ("until", "purpose", "authority", "tells", "whose", "answers")
        return Terms(**{name: self.cleaned_data[name] for name in names})


class WatchForm(TermsForm):
    """An identifier to be watched."""

    kind = choose(_("Kind"), KINDS, Kind, _("Choose what kind of identifier it is."))
    platform = forms.CharField(
        label=_("Platform, for a handle, an account, a group or a server"),
        required=False,
        max_length=40,
        widget=forms.TextInput(INPUT),
    )
    value = write(_("Identifier"), _("Write the identifier."), longest=LONGEST)
    field_order = ("kind", "platform", "value", "whose", "purpose", "authority", "tells")


class ListForm(TermsForm):
    """A list from the agency's own system, pasted."""

    rows = forms.CharField(
        label=_("The list as CSV"),
        help_text=_("First line: kind,platform,value. At most 500 rows."),
        max_length=LONGEST_FILE,
        widget=forms.Textarea(INPUT | {"rows": 5, "spellcheck": "false"}),
        error_messages={"required": _("Paste the list first.")},
    )
    field_order = ("rows", "whose", "purpose", "authority", "tells")

    @property
    def kinds(self) -> str:
        """The words that a list calls kinds by."""
        return ", ".join(Kind)

    def clean_rows(self) -> tuple[ListRow, ...]:
        """The rows of the list. Raises ValidationError."""
        try:
            return rows_in(self.cleaned_data["rows"])
        except NotAListError as error:
            fault = _("Begin with the line kind,platform,value, then 1 to 500 rows.")
            raise forms.ValidationError(fault) from error


class RenewForm(CaseForm):
    """Another last day for a watch."""

    until = UntilField()

    def __init__(self, data: Any = None, *, watch: str = "") -> None:  # noqa: ANN401 - Django's
        super().__init__(data)
        self.auto_id = f"renew_{watch}_%s"


class AnswerForm(forms.Form):
    """What an alert is worth, or that the word is taken back, or that the report is asked for."""

    does = forms.ChoiceField(choices=[*FINDINGS.items(), ("ask", ""), ("undo", "")])

    @property
    def finding(self) -> Finding | None:
        """The word that was chosen; None takes it back."""
        does = self.cleaned_data["does"]
        return None if does == "undo" else Finding(does)


class PersonForm(CaseForm):
    """Somebody of a case whose identifiers are watched, for half a year on the usual terms."""

    person = forms.UUIDField()

"""What detectives type in a case."""

from collections.abc import Callable, Iterable
from datetime import datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from havre.agencies.models import Agency
from havre.cases.rules.access import CaseRole, GrantKind, Part
from havre.cases.rules.states import CaseState, ClosingReason, Move
from havre.cases.sharing.reads import every_partner
from havre.cases.wording import (
    AGE_CLASSES,
    CASE_ROLES,
    GRANT_KINDS,
    LEGAL_BASES,
    PARTS,
    PERSON_ROLES,
    REASONS,
    STATES,
    Words,
)
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.words import Kind
from havre.intake.rules.receipts import tidy_reference
from havre.intake.rules.submission import AgeClass, LegalBasis, PersonRole
from havre.referrals.wording import KINDS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_TITLE = 200
LONGEST_NOTE = 20_000
INPUT = {"class": "input"}
NOTHING: list[tuple[Any, Any]] = [("", _("Choose"))]
Choices = Iterable[tuple[Any, Any]]


def choose(
    label: "_StrPromise",
    words: Words,
    coerce: Callable[[str], StrEnum],
    fault: "_StrPromise",
    *,
    help_text: "_StrPromise | str" = "",
) -> forms.TypedChoiceField:
    """A choice among words of the field."""
    return forms.TypedChoiceField(
        label=label,
        coerce=coerce,
        choices=[*NOTHING, *words.items()],
        widget=forms.Select(INPUT),
        error_messages={"required": fault, "invalid_choice": fault},
        help_text=help_text,
    )


def write(
    label: "_StrPromise", fault: "_StrPromise", *, longest: int, rows: int = 0
) -> forms.CharField:
    """A text that must be there: one line, or several rows."""
    return forms.CharField(
        label=label,
        max_length=longest,
        widget=forms.Textarea(INPUT | {"rows": rows}) if rows else forms.TextInput(INPUT),
        error_messages={"required": fault},
    )


def point_to(
    label: "_StrPromise", fault: "_StrPromise", *, required: bool = True
) -> forms.UUIDField:
    """One of the things that the page offers, by its id. Whether it may be is the action's."""
    return forms.UUIDField(
        label=label,
        required=required,
        widget=forms.Select(INPUT),
        error_messages={"required": fault, "invalid": fault},
    )


class CaseForm(forms.Form):
    """A form on the page of a case. Its ids begin with its own name."""

    def __init__(self, data: Any = None, **offered: Choices) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id=f"{type(self).__name__.removesuffix('Form').lower()}_%s")
        for name, choices in offered.items():
            widget: Any = self.fields[name].widget
            widget.choices = [*NOTHING, *choices]


class CasesForm(forms.Form):
    """Which cases to list."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("Not closed")),
            *((state, STATES[state]) for state in CaseState),
            ("all", _("All")),
        ],
    )
    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[
            ("", _("All that I may see")),
            ("mine", _("Those I am a member of")),
            ("own", _("My agency holds")),
            ("shared", _("Shared with my agency")),
        ],
    )
    after = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def asked(self) -> dict[str, str]:
        """What was asked for; what does not read is left out."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}


class NewForm(CaseForm):
    """A new case, perhaps with the report it begins with."""

    title = write(_("What the case is called"), _("Give the case a name."), longest=LONGEST_TITLE)
    subject_age_class = choose(
        _("Age of the suspect"),
        AGE_CLASSES,
        AgeClass,
        _("Choose the age. “Age not known” is fine."),
        help_text=_("The records of a young person are kept for a shorter time."),
    )
    restricted = forms.BooleanField(label=_("Only its members may see it"), required=False)
    report = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class SearchForm(CaseForm):
    """A name, an identifier or words to look for."""

    text = write(
        _("A name, an identifier, a number, or words of notes"),
        _("Write a name, an identifier or a few words."),
        longest=LONGEST_TITLE,
    )


class MoveForm(CaseForm):
    """Where a case goes from here."""

    move = forms.TypedChoiceField(coerce=Move, choices=[(move, move) for move in Move])
    because = forms.TypedChoiceField(
        label=_("Why it is closed"),
        coerce=ClosingReason,
        empty_value=None,
        required=False,
        choices=[*NOTHING, *REASONS.items()],
        widget=forms.Select(INPUT),
    )

    def clean(self) -> dict[str, Any]:
        """Closing has a reason; nothing else has one."""
        given = super().clean() or {}
        if given.get("move") is not Move.CLOSE:
            given["because"] = None
        elif given.get("because") is None and "because" not in self.errors:
            self.add_error("because", str(_("Choose why it is closed.")))
        return given


class MarkForm(CaseForm):
    """Who may see the case at all."""

    restricted = forms.BooleanField(label=_("Only its members may see it"), required=False)
    for_court = forms.BooleanField(
        label=_("For court: the Crown liaison may read it"), required=False
    )


class MemberForm(CaseForm):
    """An officer who works on the case from now on."""

    officer = point_to(_("Who"), _("Choose somebody from the list."))
    role = choose(_("As what"), CASE_ROLES, CaseRole, _("Choose what they do in the case."))


class LeaveForm(CaseForm):
    """A member who leaves."""

    member = point_to(_("Who"), _("Choose somebody from the list."))


class NoteForm(CaseForm):
    """Something to write down."""

    text = write(_("New note"), _("Write the note first."), longest=LONGEST_NOTE, rows=3)


class TaskForm(CaseForm):
    """Something to be done."""

    what = write(_("What is to be done"), _("Say what is to be done."), longest=LONGEST_TITLE)
    due = forms.DateField(
        label=_("By when"),
        required=False,
        widget=forms.DateInput(INPUT | {"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 2026-11-28.")},
    )
    assigned_to = point_to(_("Who does it"), _("Choose a member of the case."), required=False)


class DoneForm(CaseForm):
    """A task that is done."""

    task = point_to(_("Task"), _("Choose a task from the list."))


class PersonForm(CaseForm):
    """Somebody the case is about."""

    name = write(_("Name"), _("Write a name, or what is known instead."), longest=LONGEST_TITLE)
    role = choose(_("Role"), PERSON_ROLES, PersonRole, _("Choose a role. “Not known” is fine."))
    age_class = choose(
        _("Age"), AGE_CLASSES, AgeClass, _("Choose the age. “Age not known” is fine.")
    )


class IdentifierForm(CaseForm):
    """How somebody can be known again."""

    person = point_to(_("Whose"), _("Choose somebody of the case."))
    kind = choose(_("Kind"), KINDS, Kind, _("Choose what kind it is."))
    platform = forms.CharField(
        label=_("Platform"),
        help_text=_("With a username, a group or an account."),
        required=False,
        max_length=60,
        widget=forms.TextInput(INPUT),
    )
    value = write(_("Identifier"), _("Write the identifier."), longest=600)
    legal_basis = choose(
        _("How it came"), LEGAL_BASES, LegalBasis, _("Choose how you came to have it.")
    )

    def clean(self) -> dict[str, Any]:
        """Refuse what is no identifier of its kind, beside the field to mend."""
        given = super().clean() or {}
        if {"kind", "value"} <= given.keys():
            platform = given.get("platform", "")
            if normalise(given["kind"], given["value"], platform=platform) is None:
                self.add_error("value", str(_("This does not read as one. Check it once more.")))
        return given


class UnmaskForm(CaseForm):
    """Somebody who is masked."""

    person = point_to(_("Who"), _("Choose somebody of the case."))


class ReportForm(CaseForm):
    """A report that belongs to the case."""

    report = write(_("Number of the report"), _("Write the number, like R-XXXX-XXXX."), longest=20)

    def clean_report(self) -> str:
        """The number as we write it. Raises ValidationError."""
        tidy = tidy_reference(self.cleaned_data["report"])
        if tidy is None:
            raise forms.ValidationError(_("Check the number: it looks like R-XXXX-XXXX."))
        return tidy


class ExhibitForm(CaseForm):
    """A file to take into the case."""

    exhibit = point_to(_("File"), _("Choose a file from the list."))


def _partners() -> list[tuple[str, Any]]:
    """The agencies to share with, in the reader's language."""
    language = get_language() or "en"
    return [*NOTHING, *((one.code, one.name(language)) for one in every_partner())]


class PartnerField(forms.ChoiceField):
    """Another agency, by its code; its clean value is the agency itself."""

    def __init__(self, label: "_StrPromise") -> None:
        super().__init__(
            label=label,
            choices=_partners,
            widget=forms.Select(INPUT),
            error_messages={
                "required": _("Choose an agency."),
                "invalid_choice": _("Choose an agency from the list."),
            },
        )

    def clean(self, value: str) -> Agency:
        """The agency of a code. Raises ValidationError."""
        code = super().clean(value)
        return next(one for one in every_partner() if one.code == code)


class ShareForm(CaseForm):
    """What another agency may see, and until when."""

    to = PartnerField(_("Agency"))
    kind = choose(_("For what"), GRANT_KINDS, GrantKind, _("Choose what it is shared for."))
    parts = forms.TypedMultipleChoiceField(
        label=_("Which parts, when it is to read"),
        coerce=Part,
        required=False,
        choices=list(PARTS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    until = forms.DateField(
        label=_("Until the end of"),
        widget=forms.DateInput(INPUT | {"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Say until when. A share always ends."),
            "invalid": _("Write the day as 2026-11-28."),
        },
    )

    def clean_until(self) -> datetime:
        """The last moment of a day, in the reader's zone."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"], time.max))

    def clean(self) -> dict[str, Any]:
        """To read, at least one part."""
        given = super().clean() or {}
        if given.get("kind") is GrantKind.SHARE and not given.get("parts"):
            self.add_error("parts", str(_("Choose at least one part.")))
        return given


class WithdrawForm(CaseForm):
    """A share that ends now."""

    grant = point_to(_("Share"), _("Choose a share from the list."))


class HandOverForm(CaseForm):
    """Who holds the case from now on."""

    to = PartnerField(_("Hand it over to"))

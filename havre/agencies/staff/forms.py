"""What is typed and chosen by whoever keeps officers' accounts."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from havre.agencies.models import Agency
from havre.agencies.rules.languages import languages
from havre.agencies.rules.permits import GIVEN_TO_NOBODY, Compartment, Role
from havre.agencies.rules.words import AgencyKind
from havre.agencies.staff.rules import Keeper, Refusal, roles_given_by
from havre.agencies.staff.wording import REFUSALS
from havre.agencies.wording import COMPARTMENTS, ROLES

LANGUAGES = (("en", "English"), ("fr", "Français"))
STATES = (("", _("Open or closed")), ("open", _("Account open")), ("closed", _("Account closed")))
A_NAME = RegexValidator(
    r"^[a-z0-9]([a-z0-9._-]*[a-z0-9])?\Z",
    _("Use small letters without accents, figures, and . _ - between them."),
)
MOST_SOUGHT, MOST_NAME = 150, 60
# Where on the form a refusal is mended; elsewhere it concerns the whole of it.
MENDED_AT = {
    Refusal.COMPARTMENT_NEEDS_DESK: "compartments",
    Refusal.COMPARTMENT_NOT_YOURS: "compartments",
    Refusal.NAME_TAKEN: "username",
    Refusal.ROLE_NOT_YOURS: "role",
    Refusal.WRONG_PLACE: "role",
}


def _select(choices: Any, missing: Any = "") -> dict[str, Any]:  # noqa: ANN401 - lazy words
    errors = {"required": missing} if missing else {}
    return {
        "choices": choices,
        "widget": forms.Select({"class": "input"}),
        "error_messages": errors,
    }


def language_choices() -> list[tuple[str, str]]:
    """The languages an interpreter may read, by name in the reader's language."""
    return [(code, capfirst(name)) for code, name in languages(get_language() or "en").items()]


class OfficersForm(forms.Form):
    """The choice above the list of officers. What does not read is no choice."""

    sought = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=MOST_SOUGHT,
        widget=forms.TextInput({"class": "input", "spellcheck": "false"}),
    )
    agency = forms.ChoiceField(label=_("Agency"), required=False, **_select(()))
    role = forms.ChoiceField(
        label=_("Role"), required=False, **_select([("", _("Any role")), *ROLES.items()])
    )
    state = forms.ChoiceField(label=_("Account"), required=False, **_select(STATES))
    after = forms.CharField(required=False, max_length=MOST_SOUGHT)

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.several_agencies = len(agencies) > 1
        self.fields["agency"].choices = [("", _("Any agency")), *named(agencies)]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """The choice as `read_officers` takes it."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}


class ChangeForm(forms.Form):
    """What an officer is here to do. Compartments are asked of whoever may open them."""

    role = forms.ChoiceField(label=_("Role"), **_select((), _("Choose a role.")))
    language = forms.ChoiceField(label=_("Language of the desk"), **_select(LANGUAGES))
    compartments = forms.MultipleChoiceField(
        label=_("Compartments"),
        help_text=_(
            "For the desk of the tipline; trafficking also for interpreters, coordinators,"
            " detectives and their supervisors. Nobody holds one by mere membership."
        ),
        required=False,
        choices=[(c, word) for c, word in COMPARTMENTS.items() if c not in GIVEN_TO_NOBODY],
        widget=forms.CheckboxSelectMultiple,
    )

    interprets = forms.MultipleChoiceField(
        label=_("Languages an interpreter reads"),
        help_text=_(
            "For interpreters alone: they are given words of these languages and of no other. Hold"
            " Ctrl, or Command, to choose several."
        ),
        required=False,
        choices=language_choices,
        widget=forms.SelectMultiple({"class": "input", "size": "8"}),
        error_messages={"invalid_choice": _("Choose languages from the list.")},
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        roles: tuple[Role, ...],
        opens_compartments: bool,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, ROLES[role]) for role in roles]  # type: ignore[attr-defined]
        if not opens_compartments:
            del self.fields["compartments"]

    def refuse(self, refusal: Refusal) -> None:
        """Say why not, where it can be mended."""
        place = MENDED_AT.get(refusal)
        self.add_error(place if place in self.fields else None, str(REFUSALS[refusal]))

    def given(self) -> dict[str, Any]:
        """What was chosen, in the words of the rules."""
        chosen = {**self.cleaned_data, "role": Role(self.cleaned_data["role"])}
        if "compartments" in chosen:
            chosen["compartments"] = [Compartment(one) for one in chosen["compartments"]]
        return chosen


class AddForm(ChangeForm):
    """A person who shall sign in."""

    field_order = ("name", "username", "agency", "role", "language", "interprets", "compartments")

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As colleagues see it on a page."),
        max_length=MOST_SOUGHT,
        error_messages={"required": _("Write the name of the officer.")},
        widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
    )
    username = forms.CharField(
        label=_("Sign-in name"),
        help_text=_("Small letters and figures, such as r.gagnon. It cannot be changed later."),
        max_length=MOST_NAME,
        validators=[A_NAME],
        error_messages={"required": _("Choose a sign-in name.")},
        widget=forms.TextInput(
            {
                "class": "input",
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )
    agency = forms.ChoiceField(label=_("Agency"), **_select((), _("Choose an agency.")))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        keeper: Keeper,
        agencies: list[Agency],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        kind = AgencyKind(agencies[0].kind) if len(agencies) == 1 else None
        super().__init__(
            *args,
            roles=roles_given_by(keeper, kind),
            opens_compartments=keeper.keeps_everybody,
            **kwargs,
        )
        self.by_code = {agency.code: agency for agency in agencies}
        nothing_yet = [] if len(agencies) == 1 else [("", _("Choose an agency"))]
        self.fields["agency"].choices = [*nothing_yet, *named(agencies)]  # type: ignore[attr-defined]
        roles = self.fields["role"].choices  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", _("Choose a role")), *roles]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What was typed and chosen, in the words of the rules."""
        return {**super().given(), "agency": self.by_code[self.cleaned_data["agency"]]}


def named(agencies: list[Agency]) -> list[tuple[str, str]]:
    """Agencies to choose from, by their name in the reader's language."""
    language = get_language() or "en"
    return sorted(((one.code, one.name(language)) for one in agencies), key=lambda one: one[1])

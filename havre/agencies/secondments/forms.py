"""What is typed by whoever lends an officer, or agrees to receive one."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Role
from havre.agencies.rules.words import AgencyKind
from havre.agencies.secondments.rules import Reason, Refusal, roles_on_secondment
from havre.agencies.secondments.wording import REASONS, REFUSALS
from havre.agencies.wording import ROLES

INPUT = {"class": "input"}
NO_DAY = _("Choose a day, such as 2027-01-31.")
# Where on the form a refusal is mended; elsewhere it concerns the whole of it.
MENDED_AT = {
    Refusal.BACKWARDS: "last",
    Refusal.OVER: "last",
    Refusal.ROLE: "role",
    Refusal.SAME_AGENCY: "host",
    Refusal.TOO_FAR: "first",
    Refusal.TOO_LONG: "last",
    Refusal.WITHOUT_SUPERVISOR: "host",
}


def _day(label: Any, help_text: Any = "") -> forms.DateField:  # noqa: ANN401 - lazy words
    return forms.DateField(
        label=label,
        help_text=help_text,
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
        widget=forms.DateInput(INPUT | {"type": "date"}, format="%Y-%m-%d"),
    )


def _select(label: Any, missing: Any, help_text: Any = "") -> forms.ChoiceField:  # noqa: ANN401
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        error_messages={"required": missing, "invalid_choice": missing},
        widget=forms.Select(INPUT),
    )


class RenewForm(forms.Form):
    """Until when a secondment shall go on."""

    last = _day(_("Last day"), _("It ends by itself at the end of this day."))

    def refuse(self, refusal: Refusal) -> None:
        """Say why not, where it can be mended."""
        place = MENDED_AT.get(refusal)
        self.add_error(place if place in self.fields else None, str(REFUSALS[refusal]))


class SecondmentForm(RenewForm):
    """Whom to lend, where to, for what and from when to when."""

    field_order = ("officer", "host", "role", "reason", "first", "last")

    officer = _select(_("Officer"), _("Choose an officer."))
    host = _select(_("Agency that receives"), _("Choose an agency."))
    role = _select(
        _("Role there"),
        _("Choose a role."),
        _("What the officer may do there, and only there."),
    )
    reason = _select(_("What for"), _("Choose what it is for."))
    first = _day(_("First day"))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        officers: list[Officer],
        agencies: list[Agency],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.by_pk = {str(one.pk): one for one in agencies}
        kinds = {AgencyKind(one.kind) for one in agencies}
        roles = {role for kind in kinds for role in roles_on_secondment(kind)}
        named = sorted((one.name(language), str(one.pk)) for one in agencies)
        self._offer("officer", [(str(one.pk), one.display_name) for one in officers])
        self._offer("host", [(pk, name) for name, pk in named])
        self._offer("role", [(role, word) for role, word in ROLES.items() if role in roles])
        self._offer("reason", list(REASONS.items()))

    def given(self) -> dict[str, Any]:
        """What was chosen, in the words of the rules."""
        chosen = self.cleaned_data
        return {
            "officer": chosen["officer"],
            "host": self.by_pk[chosen["host"]],
            "role": Role(chosen["role"]),
            "reason": Reason(chosen["reason"]),
            "first": chosen["first"],
            "last": chosen["last"],
        }

    def _offer(self, field: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[field].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]

"""What the desk types to pass documents on, or to take one back."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from havre.agencies.models import Agency
from havre.cases.abroad.forms import CHOOSE, said
from havre.cases.abroad.passing.reads import receivers
from havre.cases.forms import INPUT, NOTHING, CaseForm, point_to


class OfferedField(forms.TypedMultipleChoiceField):
    """Some of what the page offers, by ids. Whether they may be is the action's."""

    def valid_value(self, value: Any) -> bool:  # noqa: ANN401, ARG002 - Django's own
        return True


def _receivers() -> list[tuple[Any, Any]]:
    language = get_language() or "en"
    return [*NOTHING, *((one.code, one.name(language)) for one in receivers())]


class PassForm(CaseForm):
    """Documents, the agency at home that gets them, and a word."""

    documents = OfferedField(
        label=_("Which documents"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one document."),
            "invalid_choice": _("Choose at least one document."),
        },
    )
    to = forms.ChoiceField(
        label=_("Police or border service that gets them"),
        choices=_receivers,
        widget=forms.Select(INPUT),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    words = said(
        _("What they are for"),
        fault=_("Write what the documents are for."),
        help_text=_("They see this, the documents, their limits and who sent them: nothing else."),
    )

    def clean_to(self) -> Agency:
        """The agency of a code."""
        code = self.cleaned_data["to"]
        return next(one for one in receivers() if one.code == code)


class TakeBackForm(CaseForm):
    """Which one is taken back."""

    document = point_to(_("Which document"), CHOOSE)

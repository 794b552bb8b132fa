"""What analysts and detectives type."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.agencies.models import Agency
from havre.referrals.reads import agencies_to_refer_to
from havre.referrals.rules.outcomes import (
    HIGHEST_USEFULNESS,
    LOWEST_USEFULNESS,
    Disposition,
    Insufficiency,
    MissingField,
    OutcomeRefusedError,
    check_outcome,
)
from havre.referrals.sending.choices import LongSelect
from havre.referrals.wording import (
    AGENCY_KINDS,
    DISPOSITIONS,
    INSUFFICIENCIES,
    MISSING_FIELDS,
    REFUSALS,
)
from havre.triage.reads import Suggested

LONGEST_REASON_CHARACTERS = 2_000
MOST_COUNTED = 1_000
INPUT = {"class": "input"}
Choices = list[tuple[Any, Any]]


def agency_choices(
    agencies: Iterable[Agency], language: str, *, first: Iterable[Suggested] = ()
) -> Choices:
    """Agencies by kind and name, the suggested ones first."""
    groups: dict[str, list[tuple[str, str]]] = {kind: [] for kind in AGENCY_KINDS}
    for agency in agencies:
        groups[agency.kind].append((agency.code, agency.name(language)))
    suggested = [(each.agency.code, each.agency.name(language)) for each in first]
    by_kind = [
        (AGENCY_KINDS[kind], sorted(group, key=lambda choice: choice[1].casefold()))
        for kind, group in groups.items()
        if group
    ]
    return [*([(_("Suggested"), suggested)] if suggested else []), *by_kind]


class AgencyField(forms.ChoiceField):
    """One agency, by its code; its clean value is the agency itself."""

    def offer(
        self, language: str, *, first: Iterable[Suggested] = (), empty: Promise | None = None
    ) -> None:
        """Fill the list, with a first line that chooses nobody or without."""
        self.known = {agency.code: agency for agency in agencies_to_refer_to()}
        nobody: Choices = [("", empty)] if empty else []
        self.choices = [*nobody, *agency_choices(self.known.values(), language, first=first)]

    def clean(self, value: str) -> Agency | None:
        """The agency of a code, or None. Raises ValidationError."""
        return self.known.get(super().clean(value))


class ReturnForm(forms.Form):
    """Why a referral goes back, and perhaps who should have it."""

    note = forms.CharField(
        label=_("Why it is not yours"),
        max_length=LONGEST_REASON_CHARACTERS,
        widget=forms.TextInput(INPUT),
        error_messages={"required": _("Say why it is not yours. The tipline reads it.")},
    )
    suggested_agency = AgencyField(
        label=_("Who should have it"), required=False, widget=LongSelect(INPUT)
    )

    def __init__(self, data: Any = None, *, language: str) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="return_%s")
        agencies: Any = self.fields["suggested_agency"]
        agencies.offer(language, empty=_("No suggestion"))


class OutcomeForm(forms.Form):
    """What came of a referral. Two clicks are enough."""

    disposition = forms.TypedChoiceField(
        label=_("What came of it"),
        coerce=Disposition,
        choices=[("", _("Choose")), *DISPOSITIONS.items()],
        widget=forms.Select(INPUT),
        error_messages={"required": _("Choose what came of it.")},
    )
    insufficiency = forms.TypedChoiceField(
        label=_("What was not enough"),
        help_text=_("With “Not enough to act on” alone."),
        coerce=Insufficiency,
        empty_value=None,
        required=False,
        choices=[("", _("Not said")), *INSUFFICIENCIES.items()],
        widget=forms.Select(INPUT),
    )
    count = forms.IntegerField(
        label=_("How many children"),
        help_text=_("With “Victim identified” and “Child safeguarded”."),
        required=False,
        min_value=1,
        max_value=MOST_COUNTED,
        widget=forms.NumberInput(INPUT),
    )
    usefulness = forms.TypedChoiceField(
        label=_("How useful was the report, from 1 to 5?"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[
            ("", _("Not said")),
            *((n, n) for n in range(LOWEST_USEFULNESS, HIGHEST_USEFULNESS + 1)),
        ],
        widget=forms.Select(INPUT),
    )
    missing_fields = forms.TypedMultipleChoiceField(
        label=_("What would have helped"),
        coerce=MissingField,
        required=False,
        choices=list(MISSING_FIELDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=_("Note to the tipline"),
        required=False,
        max_length=LONGEST_REASON_CHARACTERS,
        widget=forms.Textarea({"class": "input", "rows": 2}),
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="outcome_%s")

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself, beside the field to mend."""
        given = super().clean() or {}
        if "disposition" in given and not {"count", "insufficiency", "usefulness"} - given.keys():
            try:
                check_outcome(
                    given["disposition"],
                    count=given["count"],
                    insufficiency=given["insufficiency"],
                    usefulness=given["usefulness"],
                )
            except OutcomeRefusedError as error:
                field, words = REFUSALS[error.code]
                self.add_error(field, str(words))
        return given

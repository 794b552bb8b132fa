"""Which year's report to show, and what its organization writes in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.oversight.annual.rules import ReportingYear

INPUT = {"class": "input"}
LONGEST_TEXT = 20_000


class YearForm(forms.Form):
    """The year that is shown. What does not read is the latest."""

    year = forms.IntegerField(label=_("Year"), required=False)

    def asked(self) -> int | None:
        """The year in which it begins."""
        return self.cleaned_data["year"] if self.is_valid() else None


class ShownYearForm(forms.Form):
    """The years there are, to choose from."""

    year = forms.ChoiceField(label=_("Year"), widget=forms.Select(INPUT))

    def __init__(self, years: tuple[ReportingYear, ...], *, shown: int) -> None:
        super().__init__(initial={"year": shown})
        field: Any = self.fields["year"]
        field.choices = [
            (year.begins, f"{year.first_day.isoformat()} / {year.last_day.isoformat()}")
            for year in years
        ]


def _text(label: Any, hint: Any) -> forms.CharField:  # noqa: ANN401 - lazy words
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(INPUT | {"rows": 4}),
        error_messages={"max_length": _("This is too long for the report. Shorten it.")},
    )


class TextForm(forms.Form):
    """What the report says beside its counts."""

    measures = _text(_("(b) Security measures"), _("What protects the records, and who is let in."))
    conflicts = _text(_("(d) Conflicts of interest"), _("What was done about each. Name nobody."))
    other = _text(_("(e) Anything else"), _("What the ministers should know besides."))

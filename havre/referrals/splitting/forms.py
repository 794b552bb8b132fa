"""What an analyst ticks to split a report: which piece belongs to which incident."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.intake.rules.submission import Happening
from havre.intake.splits.rules import MOST_PARTS, Draft, Piece
from havre.referrals.splitting.page import PieceRow
from havre.referrals.wording import HAPPENINGS
from havre.triage.splitting.placing import ANEW

INPUT = {"class": "input"}
FEWEST_PARTS = 2


class LaterForm(forms.Form):
    """To which incidents each passage of what was told later belongs."""

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - Django's own
        *,
        rows: Sequence[PieceRow],
        numbers: Sequence[int],
        messages: Sequence[UUID],
    ) -> None:
        super().__init__(data, auto_id="later_%s")
        self.rows, self.messages = rows, messages
        choices = [(n, _("Incident %(number)s") % {"number": n}) for n in numbers]
        if len(numbers) < MOST_PARTS:
            choices.append((ANEW, _("Another incident")))
            self.fields["anew"] = forms.TypedChoiceField(
                label=_("What the other incident is"),
                coerce=Happening,
                empty_value=None,
                required=False,
                choices=[("", _("There is none")), *HAPPENINGS.items()],
                widget=forms.Select(INPUT),
            )
        for place, row in enumerate(rows):
            self.fields[f"piece_{place}"] = _whose(row.piece, choices)
        self.fields["is_none"] = forms.BooleanField(
            label=_("Nothing of it belongs to any incident"), required=False
        )

    def clean(self) -> dict[str, Any]:
        """Something belongs somewhere, or nothing anywhere by somebody's word."""
        given = super().clean() or self.cleaned_data
        chosen = {number for numbers in self.names().values() for number in numbers}
        if bool(chosen) is bool(given.get("is_none")):
            self.add_error("is_none", _("Say where something belongs, or that nothing does."))
        if "anew" in self.fields and (ANEW in chosen) is not bool(given.get("anew")):
            self.add_error("anew", _("Say what the other incident is, and what belongs to it."))
        return given

    def names(self) -> dict[str, set[int]]:
        """Of each passage that belongs somewhere, the incidents it belongs to."""
        put = {
            row.piece.name: set(self.cleaned_data.get(f"piece_{place}", ()))
            for place, row in enumerate(self.rows)
        }
        return {name: numbers for name, numbers in put.items() if numbers}

    def table(self) -> Iterator[tuple[PieceRow, forms.BoundField]]:
        """Each passage with its boxes."""
        for place, row in enumerate(self.rows):
            yield row, self[f"piece_{place}"]


class HowManyForm(forms.Form):
    """Of how many incidents a report tells."""

    incidents = forms.TypedChoiceField(
        label=gettext_lazy("How many incidents it tells of"),
        coerce=int,
        choices=[(number, str(number)) for number in range(FEWEST_PARTS, MOST_PARTS + 1)],
        widget=forms.Select(INPUT),
    )

    def __init__(self, data: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="how_many_%s")

    def chosen(self) -> int:
        """The number; what does not read is two."""
        return self.cleaned_data["incidents"] if self.is_valid() else FEWEST_PARTS


class SplitForm(forms.Form):
    """What each incident is, and to which incidents each piece of the report belongs."""

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - Django's own
        *,
        rows: Sequence[PieceRow],
        incidents: int,
    ) -> None:
        super().__init__(data, auto_id="split_%s")
        self.rows, self.numbers = rows, range(1, incidents + 1)
        for number in self.numbers:
            self.fields[f"happening_{number}"] = _happening(number)
        for place, row in enumerate(rows):
            choices = [(n, _("Incident %(number)s") % {"number": n}) for n in self.numbers]
            self.fields[f"piece_{place}"] = _whose(row.piece, choices)

    def clean(self) -> dict[str, Any]:
        """Something belongs to each incident."""
        given = super().clean() or self.cleaned_data
        for number in self.numbers:
            if not self._pieces_of(number):
                words = _("Nothing belongs to incident %(number)s yet.") % {"number": number}
                self.add_error(f"happening_{number}", words)
        return given

    def drafts(self) -> list[Draft]:
        """The incidents as they were drawn up."""
        return [
            Draft(
                happening=self.cleaned_data[f"happening_{number}"],
                pieces=frozenset(self._pieces_of(number)),
            )
            for number in self.numbers
        ]

    def _pieces_of(self, number: int) -> list[str]:
        return [
            row.piece.name
            for place, row in enumerate(self.rows)
            if number in self.cleaned_data.get(f"piece_{place}", [])
        ]

    def kinds(self) -> list[forms.BoundField]:
        """What each incident is."""
        return [self[f"happening_{number}"] for number in self.numbers]

    def table(self) -> Iterator[tuple[PieceRow, forms.BoundField]]:
        """Each piece with its boxes."""
        for place, row in enumerate(self.rows):
            yield row, self[f"piece_{place}"]


def _whose(piece: Piece, choices: Sequence[tuple[int, str]]) -> forms.Field:
    return forms.TypedMultipleChoiceField(
        label=_("To which incident it belongs"),
        coerce=int,
        required=not piece.is_optional,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say to which incident it belongs, or to both.")},
    )


def _happening(number: int) -> forms.Field:
    return forms.TypedChoiceField(
        label=_("What incident %(number)s is") % {"number": number},
        coerce=Happening,
        choices=[("", _("Choose")), *HAPPENINGS.items()],
        widget=forms.Select(INPUT),
        error_messages={"required": _("Choose what it is.")},
    )

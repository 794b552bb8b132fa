"""What is typed and chosen to change the policy."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.oversight.policies.rules import PERIODS
from havre.oversight.policies.wording import COUNTS_ONLY, FIELDS
from havre.triage.policies.rules.changing import NO_LANE, Facts
from havre.triage.policies.rules.words import Change, What
from havre.triage.rules.policy import FEWEST
from havre.triage.rules.words import Band
from havre.triage.wording import LANES

INPUT = {"class": "input"}
LONGEST_REASON_CHARACTERS = 2_000
LONGEST_SENTENCE_CHARACTERS = 160
LONGEST_CHIP_CHARACTERS = 40
MOST_MINUTES = 90 * 24 * 60
RANGES = {"minutes": (1, MOST_MINUTES), "percent": (FEWEST, 100), "points": (1, 100)}
LENGTHS = {"chip": LONGEST_CHIP_CHARACTERS, "label": LONGEST_SENTENCE_CHARACTERS}
PERIOD_WORDS = {
    7: _("the last 7 days"),
    30: _("the last 30 days"),
    90: _("the last 90 days"),
    365: _("the last year"),
}


def _field(name: str, value: int | str, what: What) -> forms.Field:
    label: Any = FIELDS[name]
    if name == "lane":
        lanes: list[tuple[str, Any]] = [(str(band), LANES[band]) for band in Band]
        # A rule always asks for a lane; a factor may only count.
        choices = lanes if what is What.RULE else [(NO_LANE, COUNTS_ONLY), *lanes[:-1]]
        return forms.ChoiceField(
            label=label,
            choices=choices,
            required=what is What.RULE,
            initial=value,
            widget=forms.Select(INPUT),
        )
    if name in RANGES:
        least, most = RANGES[name]
        wrong = _("Write a whole number from %(least)s to %(most)s.") % {
            "least": least,
            "most": most,
        }
        return forms.IntegerField(
            label=label,
            min_value=least,
            max_value=most,
            initial=value,
            widget=forms.NumberInput({**INPUT, "inputmode": "numeric"}),
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
        )
    return forms.CharField(
        label=label,
        max_length=LENGTHS[name.partition("_")[0]],
        initial=value,
        widget=forms.TextInput({**INPUT, "lang": name[-2:]}),
        error_messages={"required": _("Write it in both languages.")},
    )


class ChangeForm(forms.Form):
    """What is new of one thing of the policy."""

    def __init__(self, what: What, name: str, facts: Facts, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, auto_id="change_%s")
        self.what, self.thing = what, name
        for field, value in facts.items():
            self.fields[field] = _field(field, value, what)

    def change(self) -> Change:
        """The change that was typed."""
        return Change(what=self.what, id=self.thing, new=dict(self.cleaned_data))

    def refuse(self, sentence: object) -> None:
        """Say beside the first question why not."""
        self.add_error(next(iter(self.fields)), str(sentence))


class ReasonForm(forms.Form):
    """Why a policy is proposed."""

    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Whoever puts it in force reads this first. It stays with the version."),
        max_length=LONGEST_REASON_CHARACTERS,
        widget=forms.Textarea({**INPUT, "rows": 3}),
        error_messages={"required": _("Say why the policy should change.")},
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="reason_%s")


class ReturnForm(ReasonForm):
    """Back to an earlier version, and why."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class SimulateForm(forms.Form):
    """On how many days of reports a proposal is tried."""

    days = forms.TypedChoiceField(
        label=_("Try it on the reports of"),
        coerce=int,
        initial=30,
        choices=[(days, PERIOD_WORDS[days]) for days in PERIODS],
        widget=forms.Select(INPUT),
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="simulate_%s")


class ActivateForm(forms.Form):
    """From when on a policy holds."""

    effective_at = forms.DateTimeField(
        label=_("From when"),
        help_text=_("By your clock as printed below. Leave it empty to begin at once."),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(
            {**INPUT, "type": "datetime-local", "autocomplete": "off"}, format="%Y-%m-%dT%H:%M"
        ),
        error_messages={"invalid": _("Write it as 2026-11-29 14:00, or leave it empty.")},
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="activate_%s")

    def refuse(self, sentence: object) -> None:
        """Say beside the moment why it is not put in force."""
        self.add_error("effective_at", str(sentence))

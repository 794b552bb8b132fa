"""What a second reader types of a decision that was drawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.agencies.models import Agency
from havre.referrals.forms import INPUT, AgencyField
from havre.triage.reviews.rules.reading import AGAINST, FollowUp, Verdict, Why
from havre.triage.reviews.rules.sampling import DecisionKind
from havre.triage.reviews.wording import FOLLOW_UPS, STATES, VERDICTS, WHY
from havre.triage.rules.words import Band
from havre.triage.wording import LANES

LONGEST_NOTE_CHARACTERS = 1_000
MOST_PLACE_CHARACTERS = 100


class ReviewsForm(forms.Form):
    """The choice above the list of drawn decisions. What does not read is no choice."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=list(STATES.items()), widget=forms.Select(INPUT)
    )
    after = forms.CharField(required=False, max_length=MOST_PLACE_CHARACTERS)

    def asked(self) -> dict[str, str]:
        """The choice as `read_reviews` takes it."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}


class VerdictForm(forms.Form):
    """Whether one would have decided the same, why not, and what instead."""

    verdict = forms.TypedChoiceField(
        label=_("Your reading"),
        coerce=Verdict,
        choices=list(VERDICTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you would have decided the same.")},
    )
    why = forms.TypedMultipleChoiceField(
        label=_("What you would have done otherwise, if you disagree"),
        coerce=Why,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    instead_to = AgencyField(
        label=_("Where it would have gone"), required=False, widget=forms.Select(INPUT)
    )
    instead_band = forms.TypedChoiceField(
        label=_("In which lane it would have stood"),
        coerce=Band,
        required=False,
        empty_value=None,
        choices=[("", _("Leave open")), *((band, LANES[band]) for band in Band)],
        widget=forms.Select(INPUT),
    )
    note = forms.CharField(
        label=_("What you saw"),
        help_text=_("Whoever decided reads your words."),
        required=False,
        max_length=LONGEST_NOTE_CHARACTERS,
        widget=forms.Textarea({**INPUT, "rows": 3}),
    )

    def __init__(self, data: Any = None, *, kind: DecisionKind, language: str) -> None:  # noqa: ANN401
        super().__init__(data, auto_id="review_%s")
        why: Any = self.fields["why"]
        why.choices = [(code, WHY[code]) for code in AGAINST[kind]]
        if kind is not DecisionKind.REFERRAL:
            del self.fields["instead_to"]
        if kind is not DecisionKind.LANE:
            del self.fields["instead_band"]
        if kind is DecisionKind.REFERRAL:
            agencies: Any = self.fields["instead_to"]
            agencies.offer(language, empty=_("Leave open"))

    def clean_instead_to(self) -> Agency | None:
        """The agency, or none."""
        return self.cleaned_data["instead_to"] or None

    def clean(self) -> dict[str, Any]:
        """Whoever disagrees says why, in a code and in a sentence."""
        given = super().clean() or self.cleaned_data
        if given.get("verdict") is Verdict.DISAGREE:
            if not given.get("why"):
                self.add_error("why", _("Tick what you would have done otherwise."))
            if not given.get("note"):
                self.add_error("note", _("Say in a sentence what you saw."))
        elif given.get("verdict") is Verdict.AGREE and given.get("why"):
            self.add_error("why", _("Tick nothing here if you agree."))
        return given


class FollowForm(forms.Form):
    """What was done after a disagreement."""

    followed_as = forms.TypedChoiceField(
        label=_("What was done"),
        coerce=FollowUp,
        choices=[("", _("Choose")), *FOLLOW_UPS.items()],
        widget=forms.Select(INPUT),
        error_messages={"required": _("Choose what was done.")},
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="follow_%s")

"""What is typed once for several reports."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from havre.referrals.forms import INPUT, LONGEST_REASON_CHARACTERS
from havre.referrals.models import Referral
from havre.triage.alike.actions import Chosen, Said
from havre.triage.alike.reads import MOST_LISTED
from havre.triage.closing.forms import WhyClosedForm

LONGEST_REFERENCE = 20
# What the form of one report asks, in words for several.
OF_SEVERAL = {
    "reason": _("Reason, for all that are chosen"),
    "duplicate_of": _("If they repeat another report, its number"),
    "tells_reporter": _("Let each reporter read an answer, a day after it is final"),
}


class ChosenForm(forms.Form):
    """Which of a group: those that are ticked, or all that waited when the page was made."""

    data: QueryDict

    everything = forms.BooleanField(required=False)
    as_of = forms.DateTimeField(required=False)

    @property
    def takes_everything(self) -> bool:
        """Whether all were chosen together."""
        return bool(self.data.get("everything"))

    @property
    def ticked(self) -> tuple[str, ...]:
        """The numbers that were ticked."""
        ticked = self.data.getlist("reports") if self.is_bound else []
        return tuple(str(one)[:LONGEST_REFERENCE] for one in ticked[:MOST_LISTED])

    def chosen(self) -> Chosen:
        """What was chosen, as the actions take it."""
        self.is_valid()
        as_of = self.cleaned_data.get("as_of")
        if self.cleaned_data.get("everything") and as_of:
            return Chosen(waiting_at=as_of)
        return Chosen(references=self.ticked)


class AlikeForm(ChosenForm, WhyClosedForm):
    """Why several reports are closed without referral."""

    decision = forms.UUIDField(required=False)

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="alike_%s")
        for name, label in OF_SEVERAL.items():
            self.fields[name].label = label
        self.fields["reason"].error_messages["required"] = _("Choose why they are closed.")
        self.fields["duplicate_of"].help_text = _(
            "Empty: they repeat the most urgent here, which stays in the queue."
        )

    def said(self) -> Said:
        """What was said of them."""
        names = ("reason", "note", "duplicate_of", "tells_reporter")
        return Said(**{name: self.cleaned_data[name] for name in names})

    @property
    def going_on(self) -> UUID | None:
        """The decision that this press goes on with."""
        return self.cleaned_data.get("decision") if self.is_bound and not self.errors else None

    def gone_on_with(self, decision: UUID) -> "AlikeForm":
        """The same form for the next press, which goes on with a decision."""
        again = QueryDict(mutable=True)
        for name, values in self.data.lists():
            again.setlist(name, values)
        again["decision"] = str(decision)
        return AlikeForm(again)


class AttachForm(ChosenForm):
    """To which referral several reports are added, and why."""

    earlier = forms.CharField(
        label=_("Add them to"),
        max_length=LONGEST_REFERENCE,
        widget=forms.Select(INPUT),
        error_messages={"required": _("Choose what was sent, to which they are added.")},
    )
    because = forms.CharField(
        label=_("Why they belong together"),
        max_length=LONGEST_REASON_CHARACTERS,
        widget=forms.TextInput(INPUT),
        error_messages={"required": _("Say why they belong together. The agency reads it.")},
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="attach_%s")

    def errand(self) -> tuple[str, str]:
        """To what they are added, and why."""
        return str(self.cleaned_data["earlier"]), str(self.cleaned_data["because"])

    def offer(self, sent: Sequence[Referral], *, language: str) -> "AttachForm":
        """Let what stands with an agency be chosen."""
        select = forms.Select(INPUT)
        select.choices = [
            (each.reference, f"{each.to_agency.name(language)}, {each.report.reference}")
            for each in sent
        ]
        self.fields["earlier"].widget = select
        return self

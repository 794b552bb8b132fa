"""What is typed at the international desk."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from havre.agencies.models import Agency
from havre.agencies.rules.permits import Compartment
from havre.cases.abroad.dispatches.handing import Limits
from havre.cases.abroad.keeping import Terms
from havre.cases.abroad.reads import partners_abroad
from havre.cases.abroad.rules.mistreatment import Act, Decision, Measure, Risk
from havre.cases.abroad.rules.states import (
    Caveat,
    Closing,
    Direction,
    ExchangeKind,
    Handling,
    Reliability,
    Step,
)
from havre.cases.abroad.sealed import ExchangeWords
from havre.cases.abroad.wording import (
    ACTS,
    CAVEATS,
    CLOSINGS,
    COMPARTMENTS,
    DECISIONS,
    DIRECTIONS,
    HANDLINGS,
    KINDS,
    MEASURES,
    RELIABILITIES,
    RISKS,
    Words,
)
from havre.cases.forms import INPUT, LONGEST_NOTE, LONGEST_TITLE, NOTHING, CaseForm, point_to

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_NUMBER = 60
MOMENT = "%Y-%m-%dT%H:%M"
CHOOSE = _("Choose one from the list.")


def one_of(label: "_StrPromise", words: Words, kind: type[StrEnum]) -> forms.TypedChoiceField:
    """A choice among the words of a column."""
    return forms.TypedChoiceField(
        label=label,
        coerce=kind,
        choices=[*NOTHING, *words.items()],
        widget=forms.Select(INPUT),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


def some_of(
    label: "_StrPromise", words: Words, kind: type[StrEnum], *, fault: "_StrPromise | None" = None
) -> forms.TypedMultipleChoiceField:
    """Several words of a column; at least one where there is a fault to name."""
    return forms.TypedMultipleChoiceField(
        label=label,
        coerce=kind,
        required=fault is not None,
        choices=list(words.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": fault} if fault else {},
    )


def said(
    label: "_StrPromise",
    *,
    fault: "_StrPromise | None" = None,
    rows: int = 3,
    help_text: "_StrPromise | str" = "",
) -> forms.CharField:
    """Several lines; they must be there where there is a fault to name."""
    return forms.CharField(
        label=label,
        required=fault is not None,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(INPUT | {"rows": rows}),
        help_text=help_text,
        error_messages={"required": fault} if fault else {},
    )


class WhichForm(forms.Form):
    """Which exchanges to list."""

    which = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[
            ("", _("Not closed")),
            ("late", _("Past their moment")),
            ("undecided", _("Wait for a second person")),
            ("news", _("They wrote here")),
            ("closed", _("Closed")),
            ("all", _("All")),
        ],
    )

    def asked(self) -> str:
        """What was asked for, or "" where it does not read."""
        self.is_valid()
        return str(self.cleaned_data.get("which", ""))


class TermsForm(CaseForm):
    """What an exchange is and says."""

    kind = one_of(_("What it is about"), KINDS, ExchangeKind)
    title = forms.CharField(
        label=_("What it is called"),
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(INPUT),
        error_messages={"required": _("Give it a name.")},
    )
    narrative = said(_("What is asked or told"), fault=_("Write what is asked or told."), rows=8)
    their_reference = forms.CharField(
        label=_("Their number, if there is one"),
        required=False,
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(INPUT),
    )
    reliability = one_of(_("How sure it is"), RELIABILITIES, Reliability)
    handling = one_of(_("Handling code"), HANDLINGS, Handling)
    caveats = some_of(_("Limits"), CAVEATS, Caveat)
    caveat = said(_("Limits in their own words"), rows=2)
    answer_by = forms.DateTimeField(
        label=_("Answer by"),
        required=False,
        help_text=_("Left empty, the usual time of its kind: from 4 hours to 30 days."),
        input_formats=[MOMENT],
        widget=forms.DateTimeInput(INPUT | {"type": "datetime-local"}, format=MOMENT),
        error_messages={"invalid": _("Write the moment as 2026-11-28T14:30.")},
    )
    group_is_named = forms.BooleanField(
        label=_("A listed terrorist group is named"),
        required=False,
        help_text=_("The words are searched for 764, Maniac Murder Cult and Terrorgram as well."),
    )

    def clean(self) -> dict[str, Any]:
        """H3 says what its limits are."""
        given = super().clean() or {}
        if given.get("handling") is Handling.H3 and not given.get("caveat"):
            self.add_error("caveat", _("Say what the limits of H3 are."))
        return given

    def given(self) -> dict[str, Any]:
        """As the actions take it."""
        told = self.cleaned_data
        words = ExchangeWords(
            title=told["title"],
            narrative=told["narrative"],
            caveat=told["caveat"],
            their_reference=told["their_reference"],
        )
        terms = Terms(
            kind=told["kind"],
            handling=told["handling"],
            caveats=told["caveats"],
            reliability=told["reliability"],
            due_at=told["answer_by"],
            names_group=told["group_is_named"],
        )
        return {"words": words, "terms": terms}


def _partners() -> list[tuple[Any, Any]]:
    language = get_language() or "en"
    return [*NOTHING, *((one.code, one.name(language)) for one in partners_abroad())]


class FileForm(TermsForm):
    """A new exchange."""

    direction = one_of(_("Who begins"), DIRECTIONS, Direction)
    partner = forms.ChoiceField(
        label=_("Their agency"),
        choices=_partners,
        widget=forms.Select(INPUT),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    compartment = one_of(_("Compartment"), COMPARTMENTS, Compartment)
    field_order = ("direction", "partner", "compartment")

    def __init__(self, data: Any = None, *, held: Iterable[str] = ()) -> None:  # noqa: ANN401
        super().__init__(data)
        mine = [(name, word) for name, word in COMPARTMENTS.items() if name in set(held)]
        self.fields["compartment"].choices = mine  # type: ignore[attr-defined]

    def clean_partner(self) -> Agency:
        """The agency of a code."""
        code = self.cleaned_data["partner"]
        return next(one for one in partners_abroad() if one.code == code)

    def given(self) -> dict[str, Any]:
        """As the actions take it."""
        more = {name: self.cleaned_data[name] for name in ("direction", "partner", "compartment")}
        return {**super().given(), **more}


class StepForm(CaseForm):
    """A step, with what was said at it."""

    step = forms.TypedChoiceField(coerce=Step, choices=[(one, one) for one in Step])
    because = forms.TypedChoiceField(
        label=_("Why"),
        coerce=Closing,
        required=False,
        empty_value=None,
        choices=[*NOTHING, *CLOSINGS.items()],
        widget=forms.Select(INPUT),
    )
    words = said(_("What was said, or why"))
    handling = one_of(_("Handling code"), HANDLINGS, Handling)
    caveats = some_of(_("Limits"), CAVEATS, Caveat)

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data)
        self.fields["handling"].required = False
        self.fields["handling"].initial = Limits().handling

    def clean(self) -> dict[str, Any]:
        """What is closed has a reason; what is sent, answered or used, its words."""
        given = super().clean() or {}
        step = given.get("step")
        if step is Step.CLOSE and not given.get("because"):
            self.add_error("because", _("Say why it is closed."))
        if step in {Step.ANSWER, Step.USE} and not given.get("words"):
            self.add_error("words", _("Write what was answered, or what it is used for."))
        return given

    def given(self) -> dict[str, Any]:
        """As the action takes it; an answer goes out with its code and its limits."""
        told = dict(self.cleaned_data)
        handling, caveats = told.pop("handling"), told.pop("caveats")
        limits = Limits(handling=handling or Limits().handling, caveats=caveats)
        return {**told, "limits": limits}


class AssessForm(CaseForm):
    """The risk of mistreatment, as the first person sees it."""

    acts = some_of(_("What is assessed"), ACTS, Act, fault=_("Choose what is assessed."))
    risk = one_of(_("Risk that somebody is mistreated"), RISKS, Risk)
    measures = some_of(_("What lessens it"), MEASURES, Measure)
    grounds = said(
        _("Grounds: who could be harmed, by whom, and how one knows"),
        fault=_("Write the grounds. Without them nothing is cleared."),
    )
    escalate = forms.BooleanField(
        label=_("Escalate to a second person"),
        required=False,
        help_text=_("A risk that is not low is refused, unless a second person allows it."),
    )

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        told = dict(self.cleaned_data)
        is_escalated = told.pop("escalate")
        return {**told, "is_escalated": is_escalated}


class DecideForm(CaseForm):
    """What the second person decides."""

    assessment = point_to(_("Assessment"), CHOOSE)
    decision = one_of(_("Decision"), DECISIONS, Decision)
    measures = some_of(_("Measures that go with it"), MEASURES, Measure)
    because = said(_("Why"), fault=_("Write why you decide so."))


class LinkForm(CaseForm):
    """What it is about."""

    called = forms.CharField(
        label=_("The report, referral or case: R-XXXX-XXXX, or C-XXXX-XXXX as in its address"),
        max_length=20,
        widget=forms.TextInput(INPUT),
        error_messages={"required": _("Write a reference like R-XXXX-XXXX or C-XXXX-XXXX.")},
    )


class UnlinkForm(CaseForm):
    """What it is not about."""

    link = point_to(_("Tie"), CHOOSE)


class NoteForm(CaseForm):
    """A note of the desk."""

    words = said(_("Note"), fault=_("Write the note."))


class CopyForm(CaseForm):
    """How national security got its copy."""

    words = said(
        _("To whom the copy went, and how"), fault=_("Write to whom the copy went."), rows=2
    )

"""The shape of what the public types."""

import re
from functools import cache
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from havre.intake.rules.public_form import Answer, Teller, WhereAnswer
from havre.intake.rules.receipts import MOST_TYPED_CHARACTERS, WORDS, folded, secret_of
from havre.intake.rules.submission import Access, Happening

LONGEST_STORY = 20_000
LONGEST_TEXT = 4_000
LONGEST_LINE = 300

I_DO_NOT_KNOW = _("I do not know")
WHO = (
    (Teller.UNDER_18, _("I am under 18")),
    (Teller.ADULT, _("I am an adult")),
    (Teller.UNKNOWN, _("I would rather not say")),
)
HAPPENINGS = (
    (Happening.MEETING, _("Someone wants to meet a child, or has met one")),
    (Happening.PICTURES, _("Someone asks a child for pictures, or shares them")),
    (Happening.THREAT, _("Someone threatens a child, or asks for money")),
    (Happening.FRIEND, _("It is about a friend of mine")),
    (Happening.FAMILY_OR_KNOWN, _("Someone in the family, or whom the child knows, does harm")),
    (Happening.TRAFFICKING, _("Someone sells, offers or moves a child for money or favours")),
    (Happening.SAW_ONLINE, _("I saw something online that should not be there")),
    (Happening.OTHER, _("Something else, or I do not know")),
)
YES_OR_NO = (
    (Answer.YES, _("Yes")),
    (Answer.NO, _("No")),
    (Answer.UNKNOWN, I_DO_NOT_KNOW),
)
ACCESS = (
    (Access.FAMILY, _("Is family, or lives with children")),
    (Access.WORK_OR_CARE, _("Teaches, coaches, works with or looks after children")),
    (Access.NONE_KNOWN, _("No children near, as far as I know")),
    (Access.UNKNOWN, I_DO_NOT_KNOW),
)
REGIONS = (
    ("AB", "Alberta"),
    ("BC", _("British Columbia")),
    ("MB", "Manitoba"),
    ("NB", _("New Brunswick")),
    ("NL", _("Newfoundland and Labrador")),
    ("NS", _("Nova Scotia")),
    ("NT", _("Northwest Territories")),
    ("NU", "Nunavut"),
    ("ON", "Ontario"),
    ("PE", _("Prince Edward Island")),
    ("QC", _("Quebec")),
    ("SK", "Saskatchewan"),
    ("YT", "Yukon"),
)


# What no keyboard types into a text: control characters, but for the tab and the line's end.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def region_choices() -> tuple[tuple[str, str], ...]:
    """The provinces and territories in the reader's own order of letters, then the ways out."""
    return _regions_in(get_language() or "en")


@cache
def _regions_in(_language: str) -> tuple[tuple[str, str], ...]:
    named = sorted(((code, str(name)) for code, name in REGIONS), key=lambda one: folded(one[1]))
    outside = (WhereAnswer.OUTSIDE, str(_("Outside Canada")))
    unknown = (WhereAnswer.UNKNOWN, str(I_DO_NOT_KNOW))
    return (("", str(_("Choose one"))), *named, outside, unknown)


class Words(forms.CharField):
    """Typed text of any kind: stray control characters are dropped, nothing else is changed."""

    def __init__(self, *, rows: int = 0, longest: int = LONGEST_LINE, **rest: Any) -> None:  # noqa: ANN401 - Django's own
        attrs = {"class": "input", "autocomplete": "off", "spellcheck": "false"}
        widget = forms.Textarea({**attrs, "rows": rows}) if rows else forms.TextInput(attrs)
        too_long = _("This is longer than %(limit_value)s characters. Please make it shorter.")
        super().__init__(widget=widget, **{"required": False, **rest})
        self.longest = longest
        self.validators.append(MaxLengthValidator(longest, too_long))

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - Django's own
        """The text with plain line ends."""
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return _CONTROL.sub("", text)


NOT_A_CHOICE = {"invalid_choice": _("Choose one of the answers.")}


class SharedFields(dict[str, forms.Field]):
    """Fields that every form of a class shares, where Django would copy each for each request.

    Only for forms that change none of their fields.
    """

    def __deepcopy__(self, memo: object) -> dict[str, forms.Field]:
        return dict(self)


def cards(question: Any, choices: Any, **rest: Any) -> forms.ChoiceField:  # noqa: ANN401 - lazy texts
    """One question with answers to choose from."""
    return forms.ChoiceField(
        label=question,
        choices=choices,
        widget=forms.RadioSelect,
        **{
            "required": False,
            **rest,
            "error_messages": {**NOT_A_CHOICE, **(rest.get("error_messages") or {})},
        },
    )


class ReportForm(forms.Form):
    """The one page of questions. Only two are needed; every other may stay empty."""

    use_required_attribute = False

    who = cards(_("Who are you?"), WHO)
    danger = cards(_("Is a child in danger right now?"), YES_OR_NO)
    happening = cards(
        _("What happened?"),
        HAPPENINGS,
        required=True,
        help_text=_("Choose what is closest. There is no wrong answer."),
        error_messages={
            "required": _("Choose what happened. “Something else, or I do not know” is fine too.")
        },
    )
    story = Words(
        label=_("Tell us in your own words"),
        help_text=_(
            "What happened, and when? Words are enough. Please do not send pictures or copy links"
            " to them."
        ),
        rows=9,
        longest=LONGEST_STORY,
        required=True,
        error_messages={"required": _("Tell us what happened, in a few words of your own.")},
    )
    where = Words(
        label=_("Where did it happen?"),
        help_text=_("The app, game or site, or a place. “I do not know” is fine."),
    )
    their_name = Words(
        label=_("What is the other person called there?"),
        help_text=_("A user name or account, written just as it stands. One on each line."),
        rows=2,
        longest=LONGEST_TEXT,
    )
    their_contact = Words(
        label=_("A phone number, e-mail or link of the other person"),
        help_text=_("If you know one. A link to a profile helps."),
        rows=2,
        longest=LONGEST_TEXT,
    )
    their_access = cards(_("Is the other person near children?"), ACCESS)
    child_age = Words(label=_("How old is the child?"), help_text=_("A guess is fine."))
    region = forms.ChoiceField(
        label=_("In which province or territory is the child?"),
        choices=region_choices,
        required=False,
        error_messages=NOT_A_CHOICE,
        widget=forms.Select({"class": "input", "autocomplete": "off"}),
    )
    town = Words(label=_("In which city, town or community?"))
    meeting = Words(
        label=_("Is a meeting planned? When?"),
        help_text=_("For example: Saturday at 2, at the mall. Leave empty if there is none."),
    )
    my_name = Words(
        label=_("Your name"), help_text=_("Only if you want to. You may also make one up.")
    )
    my_contact = Words(
        label=_("Your e-mail or phone"),
        help_text=_("Only if you want us to be able to reach you."),
    )
    contact_is_safe = cards(_("Is it safe for us to reach you there?"), YES_OR_NO)
    anything_else = Words(label=_("Anything else?"), rows=4, longest=LONGEST_TEXT)

    def _clean_fields(self) -> None:
        """As Django's own, without a bound field for each: none of ours is a file or disabled."""
        for name, field in self.fields.items():
            try:
                typed = field.widget.value_from_datadict(self.data, self.files, name)
                self.cleaned_data[name] = field.clean(typed)
            except forms.ValidationError as error:
                self.add_error(name, error)

    def answers(self) -> dict[str, str]:
        """The answers as they came, by name: for the source document."""
        return {name: self.data[name] for name in self.fields if name in self.data}


ReportForm.base_fields = SharedFields(ReportForm.base_fields)


class WordsForm(forms.Form):
    """The eight words of someone who comes back. Small slips are put right by the list."""

    use_required_attribute = False

    words = Words(
        label=_("Type your eight words"),
        help_text=_(
            "Small spelling mistakes are fine. Spaces, capitals and accents do not matter."
        ),
        rows=4,
        longest=MOST_TYPED_CHARACTERS,
        required=True,
        error_messages={"required": _("Type the eight words from your paper.")},
    )
    message = Words(rows=4, longest=LONGEST_TEXT)

    def clean_words(self) -> tuple[bytes, ...]:
        """The secrets these words may stand for; none when they do not belong together."""
        reading = secret_of(self.cleaned_data["words"])
        if not reading.has_all_words:
            count = len(reading.words)
            told = ngettext(
                "We read %(count)d word. A receipt has %(all)d.",
                "We read %(count)d words. A receipt has %(all)d.",
                count,
            )
            raise forms.ValidationError(told, params={"count": count, "all": WORDS})
        if reading.not_understood:
            places = ", ".join(
                f"{place} ({reading.words[place - 1]})" for place in reading.not_understood
            )
            told = ngettext(
                "We do not know this word: %(places)s. Please look at your paper.",
                "We do not know these words: %(places)s. Please look at your paper.",
                len(reading.not_understood),
            )
            raise forms.ValidationError(told, params={"places": places})
        return reading.secrets


class MessageForm(forms.Form):
    """A word to add to one's report."""

    use_required_attribute = False

    ticket = forms.CharField(max_length=400)
    message = Words(
        label=_("Add something"),
        help_text=_("Something new, or something you forgot."),
        rows=5,
        longest=LONGEST_TEXT,
        required=True,
        error_messages={"required": _("Write what you would like to add.")},
    )

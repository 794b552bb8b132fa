"""What each page of the journey asks, of a grown-up."""

from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from havre.intake.forms import (
    ACCESS,
    I_DO_NOT_KNOW,
    LONGEST_STORY,
    LONGEST_TEXT,
    YES_OR_NO,
    Words,
    cards,
    region_choices,
)
from havre.intake.rules.public_form import Answer
from havre.intake.rules.submission import Happening

CHOOSE = _("Choose one of the answers. “I do not know” is fine too.")
HAPPENINGS = (
    (Happening.THREAT, _("Someone is threatening me or my child")),
    (Happening.PICTURES, _("Someone has pictures of a child, or wants some")),
    (Happening.MEETING, _("Someone wants to meet a child")),
    (Happening.FAMILY_OR_KNOWN, _("It is someone in the family, or someone we know")),
    (Happening.TRAFFICKING, _("Someone offers or moves a child for money or favours")),
    (Happening.SAW_ONLINE, _("I saw something online")),
    (Happening.FRIEND, _("It is about a friend")),
    (Happening.OTHER, _("Something else, or I do not know")),
)
KINDS = (
    ("app", _("In an app: messages, photos, videos, groups")),
    ("game", _("In a game, or its chat")),
    ("site", _("On a website")),
    ("phone", _("By phone or text message")),
    ("in-person", _("In person")),
    (Answer.UNKNOWN, I_DO_NOT_KNOW),
)
WANTED = (
    ("removal", _("Have the pictures taken down")),
    ("police", _("Tell the police")),
    ("removal, police", _("Both")),
    (Answer.UNKNOWN, I_DO_NOT_KNOW),
)


def regions(**texts: Any) -> forms.ChoiceField:  # noqa: ANN401 - lazy texts
    """A list of the provinces and territories."""
    return forms.ChoiceField(
        choices=region_choices,
        required=False,
        widget=forms.Select({"class": "input", "autocomplete": "off"}),
        **texts,
    )


class QuestionForm(forms.Form):
    """One page of questions. `title` is its heading, `why` says what the answer is for."""

    use_required_attribute = False
    title: ClassVar[Any] = ""
    lead: ClassVar[Any] = ""
    why: ClassVar[Any] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        for one in self.fields.values():
            one.error_messages["invalid_choice"] = CHOOSE
            if isinstance(one, forms.ChoiceField):
                one.error_messages["required"] = CHOOSE

    @property
    def single(self) -> BoundField | None:
        """The one question of the page, which is then its heading."""
        names = list(self.fields)
        return self[names[0]] if len(names) == 1 else None

    def given(self) -> dict[str, str]:
        """The answers that were given, by name."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class WhatForm(QuestionForm):
    happening = cards(
        _("What happened?"),
        HAPPENINGS,
        required=True,
        help_text=_("Choose what is closest. There is no wrong answer."),
    )


class DangerForm(QuestionForm):
    title = _("Is a child in danger right now?")
    lead = _(
        "For example: the other person is there, is on the way, or the child may hurt themselves."
    )
    danger = cards(_("In danger now?"), YES_OR_NO, required=True)
    region = regions(
        label=_("Where is the child?"),
        help_text=_("The number to call is not the same everywhere."),
    )


class QuickForm(QuestionForm):
    title = _("Tell us the most important things")
    lead = _("We file it at once. You can add the rest later.")
    story = Words(
        label=_("What is happening?"),
        rows=5,
        longest=LONGEST_STORY,
        required=True,
        error_messages={"required": _("Tell us what is happening, in a few words.")},
    )
    town = Words(label=_("City, town or community, or the address"))
    their_name = Words(
        label=_("Who is the other person?"), help_text=_("A name, user name or number.")
    )
    meeting = Words(label=_("Is a meeting planned? When and where?"))
    my_contact = Words(
        label=_("A number or e-mail where we can reach you"),
        help_text=_("Only if you want us to be able to reach you."),
    )
    contact_is_safe = cards(_("Is it safe for us to reach you there?"), YES_OR_NO)


class StoryForm(QuestionForm):
    why = _("Your own words tell us more than any list of questions.")
    story = Words(
        label=_("Tell us in your own words"),
        help_text=_(
            "What happened? What was said? Any language is fine. Words are enough. Please do not"
            " send pictures or copy links to them."
        ),
        rows=9,
        longest=LONGEST_STORY,
    )


class WhereForm(QuestionForm):
    title = _("Where did it happen?")
    why = _(
        "Each app keeps its traces for some time only. If we know where to look, we can ask that"
        " they are kept."
    )
    where_kind = cards(_("Choose what is closest"), KINDS, required=True)
    where = Words(label=_("Which one?"), help_text=_("The name of the app, game, site or place."))
    links = Words(
        label=_("Links or numbers"),
        help_text=_("If you know any: to a profile, a group, a page. One on each line."),
        rows=2,
        longest=LONGEST_TEXT,
    )


class PicturesForm(QuestionForm):
    """Where a survivor's pictures are, and what is wanted."""

    title = _("Where are the pictures?")
    where = Words(label=_("Which app, site or group?"))
    links = Words(
        label=_("Links or user names"),
        help_text=_("Only the address. Never the picture. One on each line."),
        rows=4,
        longest=LONGEST_TEXT,
    )
    wanted = cards(_("What would you like us to do?"), WANTED, required=True)


class WhenForm(QuestionForm):
    title = _("When did it happen?")
    when = Words(
        label=_("Day and time, as well as you know"),
        help_text=_("For example: last Tuesday evening."),
    )
    still_going = cards(_("Is it still going on?"), YES_OR_NO)


class NextForm(QuestionForm):
    title = _("Is something planned or threatened?")
    lead = _("Leave empty what does not fit.")
    why = _("A day, an hour or a threat decides how fast we must act.")
    meeting = Words(
        label=_("Is a meeting planned? When and where?"),
        help_text=_("For example: Saturday at 2, at the mall."),
    )
    threats = Words(
        label=_("What does the other person threaten to do?"), rows=2, longest=LONGEST_TEXT
    )
    deadline = Words(label=_("Until when? Was a time given?"))


class AgainForm(QuestionForm):
    again = cards(
        _("Did something else happen too?"),
        YES_OR_NO,
        required=True,
        help_text=_("For example on another site, or on another day. We ask about it next."),
    )


class PersonForm(QuestionForm):
    title = _("Who is the other person?")
    lead = _("Whatever you know. Every answer may stay empty.")
    their_name = Words(
        label=_("What are they called there?"),
        help_text=_("A user name or account, just as it stands. One on each line."),
        rows=2,
        longest=LONGEST_TEXT,
    )
    their_contact = Words(
        label=_("Phone number, e-mail or link"),
        rows=2,
        longest=LONGEST_TEXT,
    )
    their_age = Words(label=_("How old are they?"), help_text=_("A guess is fine."))
    their_access = cards(_("Are they near children?"), ACCESS)
    their_notes = Words(
        label=_("Anything else about them"),
        help_text=_("A real name, a town, a job, a car, what they look like."),
        rows=3,
        longest=LONGEST_TEXT,
    )


class ChildForm(QuestionForm):
    title = _("Who is the child?")
    lead = _("Whatever you know. Every answer may stay empty.")
    child_age = Words(label=_("How old is the child?"), help_text=_("A guess is fine."))
    region = regions(label=_("In which province or territory is the child?"))
    town = Words(label=_("In which city, town or community?"))
    child_notes = Words(
        label=_("How can the child be found or reached?"),
        help_text=_("A first name, a school, a user name."),
        rows=3,
        longest=LONGEST_TEXT,
    )


class SurvivorChildForm(QuestionForm):
    """How old a survivor was, and where they live."""

    title = _("About you")
    child_age = Words(label=_("How old are you in the pictures?"), help_text=_("A guess is fine."))
    child_notes = Words(label=_("How old are you now?"))
    region = regions(label=_("Where do you live?"))
    town = Words(label=_("In which city, town or community?"))


class MoreForm(QuestionForm):
    anything_else = Words(label=_("Anything else?"), rows=5, longest=LONGEST_TEXT)


class YouForm(QuestionForm):
    title = _("How can we reach you?")
    lead = _(
        "Only if you want to. You can also come back with your eight words to read our answer."
    )
    my_name = Words(label=_("Your name"), help_text=_("You may also make one up."))
    my_contact = Words(label=_("Your e-mail or phone"))
    contact_is_safe = cards(_("Is it safe for us to reach you there?"), YES_OR_NO)
    contact_when = Words(label=_("When is a good time?"))
    my_language = Words(
        label=_("Which language do you speak best?"), help_text=_("We can ask an interpreter.")
    )


class WorkForm(YouForm):
    """Who reports because the law asks it of them."""

    title = _("Who are you?")
    lead = _("Whoever reports for their work is usually asked for a name and a number.")
    my_role = Words(
        label=_("What is your work?"), help_text=_("For example: teacher, nurse, coach.")
    )
    my_workplace = Words(label=_("Where do you work?"))

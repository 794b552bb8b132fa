"""What each page of the journey asks, of somebody under 18: shorter, and in words of their own."""

from functools import partial
from typing import Any

from django.utils.translation import pgettext_lazy

from havre.intake.forms import LONGEST_STORY, LONGEST_TEXT, Words, cards
from havre.intake.public.forms import QuestionForm, regions
from havre.intake.rules.public_form import Answer
from havre.intake.rules.submission import Access, Happening

DO_NOT_KNOW = pgettext_lazy("young", "I do not know")
YES_OR_NO = (
    (Answer.YES, pgettext_lazy("young", "Yes")),
    (Answer.NO, pgettext_lazy("young", "No")),
    (Answer.UNKNOWN, DO_NOT_KNOW),
)
CHOOSE = pgettext_lazy("young", "Choose one answer. “I do not know” is fine too.")
HAPPENINGS = (
    (Happening.THREAT, pgettext_lazy("young", "Someone is threatening me")),
    (Happening.PICTURES, pgettext_lazy("young", "Someone has pictures of me, or wants some")),
    (Happening.MEETING, pgettext_lazy("young", "Someone wants to meet me")),
    (
        Happening.FAMILY_OR_KNOWN,
        pgettext_lazy("young", "It is someone in my family, or someone I know"),
    ),
    (Happening.SAW_ONLINE, pgettext_lazy("young", "I saw something online")),
    (Happening.FRIEND, pgettext_lazy("young", "It is about a friend")),
    (Happening.OTHER, pgettext_lazy("young", "Something else, or I do not know")),
)
KINDS = (
    ("app", pgettext_lazy("young", "In an app")),
    ("game", pgettext_lazy("young", "In a game")),
    ("site", pgettext_lazy("young", "On a website")),
    ("phone", pgettext_lazy("young", "By phone or text")),
    ("in-person", pgettext_lazy("young", "In real life")),
    (Answer.UNKNOWN, DO_NOT_KNOW),
)
ACCESS = (
    (Access.FAMILY, pgettext_lazy("young", "Yes, they are family or live with us")),
    (Access.WORK_OR_CARE, pgettext_lazy("young", "Yes, they teach, coach or look after kids")),
    (Access.NONE_KNOWN, pgettext_lazy("young", "No, I only know them online")),
    (Access.UNKNOWN, DO_NOT_KNOW),
)
A_GUESS = pgettext_lazy("young", "A guess is fine.")


class YoungForm(QuestionForm):
    """A page for somebody under 18."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        for one in self.fields.values():
            one.error_messages["invalid_choice"] = CHOOSE
            if hasattr(one, "choices"):
                one.error_messages["required"] = CHOOSE


short = partial(Words, longest=LONGEST_TEXT)


class WhatForm(YoungForm):
    happening = cards(
        pgettext_lazy("young", "What happened?"),
        HAPPENINGS,
        required=True,
        help_text=pgettext_lazy("young", "Pick what fits best. There is no wrong answer."),
    )


class DangerForm(YoungForm):
    title = pgettext_lazy("young", "Are you in danger right now?")
    lead = pgettext_lazy(
        "young",
        "You, or a friend. Is someone there, or on the way? Do you feel like hurting yourself?",
    )
    danger = cards(pgettext_lazy("young", "In danger now?"), YES_OR_NO, required=True)
    region = regions(
        label=pgettext_lazy("young", "Where do you live?"),
        help_text=pgettext_lazy("young", "Then we can show you whom to call."),
    )


class QuickForm(YoungForm):
    title = pgettext_lazy("young", "Tell us the main things")
    lead = pgettext_lazy("young", "We get it at once. You can add more later.")
    story = Words(
        label=pgettext_lazy("young", "What is going on?"),
        rows=4,
        longest=LONGEST_STORY,
        required=True,
        error_messages={
            "required": pgettext_lazy("young", "Tell us what is going on. A few words will do.")
        },
    )
    town = Words(label=pgettext_lazy("young", "Where are you? Your town, street or school"))
    their_name = Words(label=pgettext_lazy("young", "Who is the other person?"))
    my_contact = Words(
        label=pgettext_lazy("young", "Can we call or write to you? Where?"),
        help_text=pgettext_lazy("young", "Only if you want to."),
    )
    contact_is_safe = cards(pgettext_lazy("young", "Are you the only one who sees it?"), YES_OR_NO)


class StoryForm(YoungForm):
    story = Words(
        label=pgettext_lazy("young", "Tell us in your own words"),
        help_text=pgettext_lazy(
            "young",
            "Write as you would to a friend. Words are enough. Please do not send pictures.",
        ),
        rows=7,
        longest=LONGEST_STORY,
    )


class WhereForm(YoungForm):
    title = pgettext_lazy("young", "Where did it happen?")
    where_kind = cards(pgettext_lazy("young", "Pick what fits best"), KINDS, required=True)
    where = Words(label=pgettext_lazy("young", "Which one?"))


class PersonForm(YoungForm):
    title = pgettext_lazy("young", "Who is the other person?")
    lead = pgettext_lazy("young", "Tell us what you know. You can leave things out.")
    their_name = short(
        label=pgettext_lazy("young", "Their name or user name"),
        help_text=pgettext_lazy("young", "Just as it is spelled there."),
    )
    their_contact = short(label=pgettext_lazy("young", "Their number, e-mail or link"))
    their_age = Words(label=pgettext_lazy("young", "How old are they?"), help_text=A_GUESS)
    their_access = cards(pgettext_lazy("young", "Do you know them in real life?"), ACCESS)


class NextForm(YoungForm):
    title = pgettext_lazy("young", "Did they ask or say any of this?")
    lead = pgettext_lazy("young", "Leave empty what does not fit.")
    meeting = Words(
        label=pgettext_lazy("young", "They want to meet. When and where?"),
    )
    threats = short(
        label=pgettext_lazy("young", "They say they will do something bad. What?"), rows=2
    )
    deadline = Words(label=pgettext_lazy("young", "They gave you a time. Until when?"))


class ChildForm(YoungForm):
    title = pgettext_lazy("young", "About you")
    lead = pgettext_lazy("young", "If it is about a friend, tell us about your friend.")
    child_age = Words(label=pgettext_lazy("young", "How old are you?"))
    region = regions(label=pgettext_lazy("young", "Where do you live?"))
    town = Words(label=pgettext_lazy("young", "In which town?"))
    child_notes = short(
        label=pgettext_lazy("young", "How can we find you if you need help?"),
        help_text=pgettext_lazy("young", "Your first name or your school. Only if you want to."),
    )


class YouForm(YoungForm):
    title = pgettext_lazy("young", "Can we write to you?")
    lead = pgettext_lazy(
        "young", "You do not have to say. You can also come back here and read our answer."
    )
    my_contact = Words(label=pgettext_lazy("young", "Your e-mail or phone"))
    contact_is_safe = cards(pgettext_lazy("young", "Are you the only one who sees it?"), YES_OR_NO)


class ReadersForm(YoungForm):
    readers = cards(
        pgettext_lazy("young", "Does someone else look at this phone or computer?"),
        YES_OR_NO,
        required=True,
        help_text=pgettext_lazy(
            "young", "Next we give you eight secret words. We want them to be safe."
        ),
    )

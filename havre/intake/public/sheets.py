"""Safety sheets: what to do tonight, by what happened. Short, printable, and sent nowhere."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from havre.intake.public.rules.journey import Door
from havre.intake.rules.submission import Happening

KEEP = _("Do not delete the chat. The police may need it.")
TELL = _("Tell one adult you trust.")
NOT_FORWARD = _("Do not send the pictures on to anyone, not even as proof.")
EVERYBODY = (_("Nobody has to meet anyone. Nobody has to answer."), KEEP, TELL)
SHEETS: dict[Happening, tuple[Promise, ...]] = {
    Happening.FAMILY_OR_KNOWN: (
        _("If you can, keep the child away from that person tonight."),
        _("Listen. Do not ask the child for details, others are trained for it."),
        _("Do not tell that person that you reported."),
        _("Is the child not safe where they sleep? Call the emergency number."),
    ),
    Happening.FRIEND: (
        _("Tell your friend that you believe them and that it is not their fault."),
        _("Stay in touch tonight. Ask an adult you both trust to help."),
        _("Do not write to the other person for your friend."),
        KEEP,
    ),
    Happening.MEETING: (
        _("Nobody goes to the meeting, not even to watch."),
        _("Do not write to the other person yourself."),
        KEEP,
        _("If the child is already on the way, call the emergency number."),
    ),
    Happening.PICTURES: (
        NOT_FORWARD,
        _("Do not send more, whatever is promised."),
        _("Keep the chat and the names. Do not take screenshots of the pictures."),
        _(
            "Some services can block a picture without ever seeing it. See “A picture of me is out"
            " there”."
        ),
    ),
    Happening.SAW_ONLINE: (
        _("Do not look for more, and do not go back to the page."),
        _("Do not copy, save or share what you saw."),
        _("The address of the page is enough for us."),
    ),
    Happening.THREAT: (
        _("Do not pay. Whoever is paid asks for more."),
        _("Stop answering, but do not delete anything."),
        _("Block the person after you have noted the account name."),
        _("Stay near the child tonight. Fear and shame can be great."),
    ),
    Happening.TRAFFICKING: (
        _("Do not face the people yourself."),
        _("Note places, cars and times when it is safe."),
        _("Is the child there now? Call the emergency number."),
    ),
}
YOUNG_EVERYBODY = (
    pgettext_lazy("young", "You did nothing wrong."),
    pgettext_lazy("young", "You do not have to meet anyone. You do not have to answer."),
    pgettext_lazy("young", "Do not delete the chat. It can help you later."),
    pgettext_lazy("young", "Tell one grown-up you trust."),
)
YOUNG_SHEETS: dict[Happening, tuple[Promise, ...]] = {
    Happening.FAMILY_OR_KNOWN: (
        pgettext_lazy("young", "You did nothing wrong."),
        pgettext_lazy("young", "It is not your job to stop them."),
        pgettext_lazy("young", "If you can, stay where you feel safe tonight."),
        pgettext_lazy("young", "Tell a grown-up who is not that person."),
    ),
    Happening.MEETING: (
        pgettext_lazy("young", "You did nothing wrong."),
        pgettext_lazy("young", "Do not go to meet them, not even with a friend."),
        pgettext_lazy("young", "You do not have to write back. Keep the chat."),
        pgettext_lazy("young", "Tell one grown-up you trust today."),
    ),
    Happening.PICTURES: (
        pgettext_lazy("young", "You did nothing wrong."),
        pgettext_lazy("young", "Do not send more, even if they ask."),
        pgettext_lazy("young", "Keep the chat. You do not have to answer."),
        pgettext_lazy("young", "There is help to block a picture. Nobody has to see it for that."),
        pgettext_lazy("young", "Tell one grown-up you trust."),
    ),
    Happening.THREAT: (
        pgettext_lazy("young", "You did nothing wrong."),
        pgettext_lazy("young", "Do not pay. Do not send more. They would only ask again."),
        pgettext_lazy("young", "Stop writing back, but keep the chat."),
        pgettext_lazy("young", "Do not stay alone with it. Call or text a helpline now."),
    ),
}


def sheet_of(happening: Happening, door: Door) -> tuple[Promise, ...]:
    """What to do tonight, for whom and after what."""
    if door is Door.YOUNG:
        return YOUNG_SHEETS.get(happening, YOUNG_EVERYBODY)
    if door is Door.SURVIVOR:
        return SHEETS[Happening.PICTURES]
    return SHEETS.get(happening, EVERYBODY)

"""What the rota calls its moments and its refusals, in the reader's language."""

from datetime import datetime

from babel.dates import format_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.triage.duty.rules.shifts import ZONE, Refusal

# Babel's locale of each language of the house, and how it writes a moment with its zone.
WRITTEN = {"en": ("en_CA", "EEE d MMM, HH:mm zzz"), "fr": ("fr_CA", "EEE d MMM, H 'h' mm zzz")}
REFUSALS: dict[Refusal, Promise] = {
    Refusal.ALREADY_ON: _("This officer is on call already in these hours. Choose others."),
    Refusal.AWAY: _(
        "This officer comes from another agency and is not here all that time. Choose other hours."
    ),
    Refusal.NO_SUCH_HOUR: _(
        "The clock is put forward that night, and this time does not come. Choose an hour later."
    ),
    Refusal.OVER: _("This shift is over already. Choose a day to come."),
    Refusal.SAME_OFFICER: _("This officer has the shift already. Choose a colleague."),
    Refusal.TOO_LONG: _("A shift lasts a day at most. Set two."),
    Refusal.TOO_SHORT: _("A shift lasts a quarter of an hour at least. Choose a later end."),
}


def on_the_wall(moment: datetime, language: str) -> str:
    """A moment by the clock in Toronto, its zone printed: "Sun 29 Nov, 14:00 EST"."""
    locale, written = WRITTEN["fr" if language == "fr" else "en"]
    return format_datetime(moment, written, tzinfo=ZONE, locale=locale)

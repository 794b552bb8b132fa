"""What the desk calls the things of triage, in the reader's language."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.intake.rules.submission import Channel
from havre.triage.rules.words import Also, Band

CHANNELS: dict[Channel, Promise] = {
    Channel.AGENCY: _("Another agency"),
    Channel.ISPWS: _("Provider"),
    Channel.MAIL: _("Letter"),
    Channel.MRA_ADDRESSES: _("Provider, by section 2"),
    Channel.PHONE: _("Telephone"),
    Channel.PUBLIC_FORM: _("Form"),
}
LANGUAGES: dict[str, Promise] = {"en": _("English"), "fr": _("French")}
# The two groups of the side list, by code.
LANES: dict[str, Promise] = {
    "": _("Everything"),
    Band.A: _("Immediate"),
    Band.B: _("Today"),
    Band.C: _("This week"),
    Band.D: _("In turn"),
}
OTHER_VIEWS: dict[str, Promise] = {
    Also.RUNS_OUT: _("Runs out first"),
    Also.OLDEST: _("Waits longest"),
    Also.UNSCORED: _("Not scored yet"),
    Also.ATTENTION: _("Needs attention"),
    Also.CONFIRM: _("Lowering to confirm"),
    Also.INTERPRETER: _("Waits for an interpreter"),
    Also.TRANSLATED: _("Translated, not read yet"),
    Also.QUARANTINE: _("Quarantine"),
    Also.MINE: _("Claimed by me"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LanePlace:
    """One entry of the side list."""

    code: str
    label: Promise
    count: int
    is_chosen: bool


def side_list(
    names: dict[str, Promise], counts: dict[str, int], chosen: str
) -> tuple[LanePlace, ...]:
    """The lanes of one group with how many wait in each."""
    return tuple(
        LanePlace(code=code, label=label, count=counts[code], is_chosen=code == chosen)
        for code, label in names.items()
    )

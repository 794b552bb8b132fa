"""What the pages of silent watches call things, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.links.silent.rules import Refusal, SilentState

Words = dict[str, Promise]

STATES: Words = {
    SilentState.ASKED: _("Waits for the coordinator; not quiet yet"),
    SilentState.IN_FORCE: _("Quiet"),
    SilentState.OVER: _("Over"),
    SilentState.REFUSED: _("Not granted"),
}
REFUSALS: Words = {
    Refusal.NOT_CLEAR: _("Not clear whose it is or why"),
    Refusal.NOT_NEEDED: _("Not needed"),
    Refusal.TOO_LONG: _("Too long"),
    Refusal.WRONG_AGENCY: _("Another agency must ask"),
}

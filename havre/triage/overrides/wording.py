"""What the desk calls the things of overrides, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.triage.overrides.rules import (
    NotScoredError,
    OverrideReason,
    OverrideRefusedError,
    OverrideState,
    SameLaneError,
    UnreadWordsError,
)

Words = dict[str, Promise]

REASONS: Words = {
    OverrideReason.MISSED: _("Danger that the rules do not see"),
    OverrideReason.MISREAD: _("The rules misread the words"),
    OverrideReason.CONTEXT: _("What else is known of it"),
    OverrideReason.OTHER: _("Another reason"),
}
STATES: Words = {
    OverrideState.TO_CONFIRM: _("Waits for a second person"),
    OverrideState.IN_FORCE: _("In force"),
    OverrideState.ENDED: _("Over"),
}
REFUSED: dict[type[OverrideRefusedError], Promise] = {
    NotScoredError: _("Without a score it is read before today’s. It can only be raised."),  # noqa: RUF001
    UnreadWordsError: _(
        "Its reporter told more since you opened this page. Read that first, then"
        " lower it, or leave it. What you wrote is still here."
    ),
    SameLaneError: _("It stands in this lane already. Choose another one."),
}

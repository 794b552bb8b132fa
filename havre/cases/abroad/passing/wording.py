"""What the pages of documents that were passed on say, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.cases.abroad.passing.rules import PassingRefusedError, Refusal

REFUSALS: dict[str, Promise] = {
    Refusal.ALREADY: _("That agency has document %(number)s already. Nothing was passed on."),
    Refusal.ALSO_YOURS: _(
        "You belong to that agency too. A colleague of the desk passes it on. Nothing was passed"
        " on."
    ),
    Refusal.ASK_FIRST: _(
        "Its sender wants to be asked before document %(number)s is passed on. If they agree, they"
        " send it again with H0 or H1. Nothing was passed on."
    ),
    Refusal.GONE: _(
        "Its sender withdrew document %(number)s. It is not given any more. Use no copy of it, and"
        " ask the international desk what to do with one."
    ),
    Refusal.KEPT_FROM_THEM: _(
        "What this exchange is about cannot go to that agency. Nothing was passed on: choose"
        " another."
    ),
    Refusal.NO_RECEIVER: _("Documents are passed on to police and border services alone."),
    Refusal.NONE_CHOSEN: _("Choose at least one document."),
    Refusal.OTHER_LIMITS: _(
        "Document %(number)s has limits that keep it at the desk. Nothing was passed on."
    ),
    Refusal.TAKEN_BACK: _("Document %(number)s was taken back already."),
    Refusal.WITHDRAWN: _("Its sender took the request back. Nothing is passed on."),
}
# Beside a document that stays at the desk.
KEPT: dict[str, Promise] = {
    Refusal.ASK_FIRST: _("Stays at the desk: its sender wants to be asked first."),
    Refusal.OTHER_LIMITS: _("Stays at the desk: its limits do not let it go on."),
}


def why_not_passed(error: PassingRefusedError) -> str:
    """Why nothing was passed on or taken back, and what to do."""
    return str(REFUSALS[error.refusal]) % {"number": error.number}

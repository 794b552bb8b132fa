"""Words of an interpreter's pages, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.triage.interpreting.sheets.rules import (
    HeldByAnotherError,
    Move,
    NotInHandError,
    TooLateError,
    Why,
)

# As an interpreter chooses it, and as the desk reads it.
REASONS: dict[Why, Promise] = {
    Why.NOT_MY_LANGUAGE: _("This is another language than it says"),
    Why.CANNOT_READ: _("I cannot read it well enough"),
    Why.KNOWS_THEM: _("I know somebody in it"),
}
TOLD: dict[str, Promise] = {
    Why.NOT_MY_LANGUAGE: _("it is in another language"),
    Why.CANNOT_READ: _("cannot read it well enough"),
    Why.KNOWS_THEM: _("knows somebody in it"),
}
DONE: dict[Move, Promise] = {
    Move.CLAIM: _("It is in your hands for two hours. Each draft you save counts anew."),
    Move.RELEASE: _(
        "Others may take it now. What you wrote waits for you until somebody else takes it."
    ),
    Move.UNDO: _("It is in your hands again, with all you wrote. The desk no longer reads it."),
}
WHY_NOT: dict[type[Exception], Promise] = {
    HeldByAnotherError: _("Somebody else took it meanwhile. Nothing was changed."),
    NotInHandError: _("It is not in your hands. Take it first; nothing was changed."),
    TooLateError: _("It is taken back no more: ask the desk. Nothing was changed."),
}

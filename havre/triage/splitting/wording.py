"""What the desk calls the things of splitting, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.intake.splits.rules import PieceKind
from havre.triage.splitting.rules import (
    AlreadySplitError,
    DecidedAlreadyError,
    NothingToPlaceError,
    NotWaitingError,
    SplittingRefusedError,
)

PIECES: dict[str, Promise] = {
    PieceKind.CATEGORY: _("The word that its sender has for it"),
    PieceKind.DANGER: _("Said to be a danger now"),
    PieceKind.FILE: _("Files"),
    PieceKind.IDENTIFIER: _("Identifiers"),
    PieceKind.MEETING: _("The meeting"),
    PieceKind.MOMENT: _("When it was"),
    PieceKind.PASSAGE: _("Passages"),
    PieceKind.PERSON: _("People"),
    PieceKind.PLACE: _("Places"),
    PieceKind.PLATFORM: _("The service"),
}
REFUSED: dict[type[SplittingRefusedError], Promise] = {
    AlreadySplitError: _("It is split already. Merge it back first, then split it anew."),
    DecidedAlreadyError: _(
        "An incident of it was referred or closed. Take that back first, then merge."
    ),
    NotWaitingError: _(
        "It does not wait for you: it was referred or closed, or a colleague has it in hand."
    ),
    NothingToPlaceError: _(
        "Somebody has put what you read already, or a part of it. Nothing was changed."
    ),
    SplittingRefusedError: _("It is not split. Nothing was changed."),
}

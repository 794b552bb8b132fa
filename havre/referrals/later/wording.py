"""What the desk calls the things of later words, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.intake.later.rules import KeptBecause, NoWordsError, SeenAlreadyError
from havre.referrals.rules.guards import (
    CentreNotAskedError,
    ConflictOfInterestError,
    RiskNotAssessedError,
)
from havre.referrals.wording import RISK_NOT_ASSESSED
from havre.triage.actions import AlreadyClaimedError

KEPT: dict[str, Promise] = {
    KeptBecause.NOTHING_NEW: _("It tells nothing new of the matter"),
    KeptBecause.OF_THE_REPORTER: _("It is about whoever told us, and nothing else"),
    KeptBecause.OTHER_MATTER: _("It is of another matter, which is taken down as a report"),
    KeptBecause.REPORTER_ASKS: _("Whoever told us asks that it stays here"),
}
REFUSED: dict[type[Exception], Promise] = {
    AlreadyClaimedError: _("A colleague has this report in hand. Nothing was changed."),
    CentreNotAskedError: _(
        "Ask the national coordinator first, then tick that you did. Nothing was passed on."
    ),
    ConflictOfInterestError: _(
        "A person reported works for an agency that has it. Cancel that referral first."
    ),
    NoWordsError: _("Somebody decided on these words already, or nobody has the report now."),
    RiskNotAssessedError: RISK_NOT_ASSESSED,
    SeenAlreadyError: _("An agency has opened it by now. It cannot be taken back any more."),
}

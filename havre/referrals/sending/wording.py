"""What the desk calls things when it sends a report, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.referrals.rules.guards import (
    AlreadyReferredError,
    CentreNotAskedError,
    ClosedReportError,
    ConflictOfInterestError,
    HeldElsewhereError,
    IncidentNotOpenError,
    OneIncidentHeldError,
    ReferralRefusedError,
    RiskNotAssessedError,
)
from havre.referrals.rules.sending import Caveat, Ending, Held, RemarkKind, WholeBecause
from havre.referrals.wording import RISK_NOT_ASSESSED

Words = dict[str, Promise]

CAVEATS: Words = {
    Caveat.ASK_FIRST: _("Ask the tipline before it is passed on to anybody"),
    Caveat.HOME_NOT_SAFE: _("Do not call or write to the home: it may not be safe"),
    Caveat.LEADS_ONLY: _("For leads only: not to be filed as evidence"),
    Caveat.YOUTH_RECORD: _("A young person is reported: the youth justice rules apply"),
}
ENDINGS: Words = {
    Ending.CONFLICT: _("A person reported works for the agency"),
    Ending.DUPLICATE: _("It is known already from another report"),
    Ending.MISTAKE: _("It was sent by mistake"),
    Ending.NO_CAPACITY: _("Nobody can take it in time"),
    Ending.NO_POWER: _("The law gives no power to act on it"),
    Ending.OTHER: _("Another reason"),
    Ending.WITHDRAWN: _("The report was withdrawn"),
}
HELD: Words = {
    Held.ADDRESS_NEEDS_ORDER: _("addresses that need an order"),
    Held.BEYOND_NEED: _("what this work does not need"),
    Held.REPORTER: _("name and contact of the reporter"),
    Held.THIRD_PARTY: _("what witnesses gave of themselves"),
}
HELD_VALUES: Words = {
    Held.ADDRESS_NEEDS_ORDER: _(
        "Held back: an address needs an order, or a basis in law, before you may see it."
    ),
    Held.BEYOND_NEED: _("Held back: beyond what your work needs."),
    Held.REPORTER: _("Held back: of the reporter."),
    Held.THIRD_PARTY: _("Held back: of a witness."),
}
REMARKS: Words = {
    RemarkKind.ADDITION: _("Added by the tipline"),
    RemarkKind.ANSWER: _("Answer of the tipline"),
    RemarkKind.DECLINE: _("Why it was declined"),
    RemarkKind.HAND_OVER: _("Hand-over"),
    RemarkKind.QUESTION: _("Question to the tipline"),
}
# Why an agency is not sent a report, and what to do instead.
REFUSED: dict[type[ReferralRefusedError], Promise] = {
    AlreadyReferredError: _("%(agency)s has it already: add to it below instead."),
    CentreNotAskedError: _(
        "Ask the national coordinator first, then tick that you did. Nothing was sent."
    ),
    ClosedReportError: _("It is closed without referral. Open it again before you send it."),
    IncidentNotOpenError: _("The report is split. Choose one of its incidents that is not closed."),
    ConflictOfInterestError: _(
        "A person reported works for %(agency)s. Choose one of the other agencies named below."
    ),
    RiskNotAssessedError: _(
        "%(agency)s is abroad: nothing is told there before its risk of mistreatment was assessed."
        " Send it to the national centre and name %(agency)s in your reason; its international desk"
        " assesses it and passes it on."
    ),
    HeldElsewhereError: _(
        "%(agency)s has this person already from another report. Add to that one below, or tick"
        " that it goes as a new referral."
    ),
    OneIncidentHeldError: _(
        "The agency has one incident of a split report alone. Say that this report tells of nothing"
        " else, or split it; else refer it by itself."
    ),
}
# Why a report is not added to what an agency has, where that tells the desk what to do.
NOT_ADDED: dict[type[Exception], Promise] = {
    CentreNotAskedError: _("Ask the national coordinator, then refer it."),
    IncidentNotOpenError: REFUSED[IncidentNotOpenError],
    OneIncidentHeldError: REFUSED[OneIncidentHeldError],
    RiskNotAssessedError: RISK_NOT_ASSESSED,
}
WHOLE_BECAUSE: Words = {
    WholeBecause.ONE_STORY: _("its part cannot be understood without the rest"),
    WholeBecause.ONE_PATTERN: _("the incidents together show one pattern"),
    WholeBecause.SAFETY: _("the safety of somebody depends on knowing the rest"),
}

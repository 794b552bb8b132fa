"""What the desk calls the things of second readings, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.triage.reviews.reads import AGREED, DISAGREED, LATE, MINE, TO_FOLLOW
from havre.triage.reviews.rules.reading import FollowUp, Verdict, Why
from havre.triage.reviews.rules.sampling import DecisionKind

Words = dict[str, Promise]

KINDS: Words = {
    DecisionKind.LANE: _("Lane set by hand"),
    DecisionKind.REFERRAL: _("Referral"),
    DecisionKind.WITHHELD: _("Later words kept from every agency"),
}
STATES: Words = {
    "": _("For me to read"),
    LATE: _("Late"),
    TO_FOLLOW: _("Disagreed, nothing followed yet"),
    DISAGREED: _("Disagreed"),
    AGREED: _("Agreed"),
    MINE: _("Decided by me, and read"),
}
VERDICTS: Words = {
    Verdict.AGREE: _("I would have decided the same"),
    Verdict.DISAGREE: _("I would have decided otherwise"),
}
WHY: Words = {
    Why.CAVEAT_MISSING: _("A caveat was missing"),
    Why.LINK_MISSED: _("A link to other reports was missed"),
    Why.MISREAD: _("The report was misread"),
    Why.OTHER_AGENCY: _("Another agency could act sooner or better"),
    Why.SHOULD_GO: _("It should have gone to whoever has the report"),
    Why.TOO_EARLY: _("Something had to be asked or looked at first"),
    Why.TOO_HIGH: _("The lane is too urgent"),
    Why.TOO_LOW: _("The lane is not urgent enough"),
    Why.TOO_MUCH_SENT: _("More was sent than the agency needs"),
}
FOLLOW_UPS: Words = {
    FollowUp.REOPENED: _("It was opened again or taken back"),
    FollowUp.CORRECTED: _("It was corrected: another agency, lane or caveat"),
    FollowUp.SUPPLEMENTED: _("It was added to"),
    FollowUp.NOTHING: _("Looked at together, and left as it is"),
}

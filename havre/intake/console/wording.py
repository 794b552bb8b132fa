"""What the console calls states and fields, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.agencies.rules.providers import Environment, Reading
from havre.intake.law.rules.regimes import CA_MRA
from havre.intake.providers.rules.quality import WHY as WHY_IN_ENGLISH
from havre.intake.rules.stages import FilingState

STATES: dict[str, Promise] = {
    FilingState.EXPIRED: _("Expired: not finished in time"),
    FilingState.FINISHED: _("Finished"),
    FilingState.OPEN: _("Open: waits for finish"),
    FilingState.RETRACTED: _("Retracted"),
}
# The law of a clock, as its own country cites it.
LAWS: dict[str, Promise] = {CA_MRA.code: _("S.C. 2011, c. 4, s. 4 (Canada)")}
# Where what a provider files ends, and how it is read.
REPORTS_GO: dict[str, Promise] = {
    Environment.PRODUCTION: _("to the desk: a production account"),
    Environment.TEST: _("nowhere: a test account"),
}
READ: dict[str, Promise] = {
    Reading.LENIENT: _("as it is meant, with warnings"),
    Reading.STRICT: _("by the letter"),
}
# Why police want a field. The wire says the same in English.
WHY: dict[str, Promise] = {
    "ipCaptureEvent": _("An Internet address is what a subscriber is found by."),
    "ipCaptureEvent/dateTime": _("An address belongs to somebody only at a moment."),
    "espIdentifier": _("The account is what an order to you will name."),
    "file": _("Without the file nobody can tell what was seen."),
    "email": _("An e-mail address or a telephone number leads to the same person elsewhere."),
    "fileViewedByEsp": _(
        "Whether a person saw the whole file decides if police may open it without a warrant."
    ),
    "content": _(
        "The words themselves, eight at least, show what was asked of the child, and when."
    ),
    "ipCaptureEvent/port": _(
        "Behind a shared address only the port tells one customer from another."
    ),
    "victim": _("A child with an account or an age can be found and kept safe."),
    "estimatedLocation": _("A province sends the report to the right police at once."),
    "industryClassification": _("A class tells what to look at first, unseen."),
    "uploadedToEspTimestamp": _("The moment of upload ties the file to a sign-in."),
    "deviceId": _("A device ties accounts together."),
    "profileUrl": _("A link shows the account as it stood."),
}


def why(field: str) -> str:
    """Why police want a field, in the reader's language."""
    return str(WHY.get(field, WHY_IN_ENGLISH.get(field, "")))

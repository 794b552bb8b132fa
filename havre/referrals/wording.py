"""What the desk and the inbox call things, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.agencies.rules.words import AgencyKind
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import Access, AgeClass, Happening, PersonRole, PlaceRole
from havre.links.rules.explaining import Strength
from havre.referrals.rules.outcomes import (
    Disposition,
    Insufficiency,
    MissingField,
    ReferralState,
    Refusal,
)

Words = dict[str, Promise]

ACCESS: Words = {
    Access.FAMILY: _("family"),
    Access.NONE_KNOWN: _("none known"),
    Access.UNKNOWN: _("not known"),
    Access.WORK_OR_CARE: _("through work or care"),
}
AGENCY_KINDS: Words = {
    AgencyKind.POLICE: _("Police"),
    AgencyKind.NATIONAL_CENTRE: _("National centre"),
    AgencyKind.CHILD_WELFARE: _("Child welfare"),
    AgencyKind.BORDER: _("Border"),
    AgencyKind.FOREIGN: _("Abroad"),
    AgencyKind.HOTLINE: _("Hotlines"),
    AgencyKind.OVERSIGHT: _("Oversight"),
    AgencyKind.PROSECUTION: _("Prosecution"),
}
AGE_CLASSES: Words = {
    AgeClass.ADULT: _("18 or over"),
    AgeClass.TWELVE_TO_17: _("12 to 17"),
    AgeClass.UNDER_12: _("under 12"),
    AgeClass.UNKNOWN: _("age not known"),
}
HAPPENINGS: Words = {
    Happening.FAMILY_OR_KNOWN: _("someone in the family or known to the child"),
    Happening.FRIEND: _("a friend"),
    Happening.MEETING: _("a meeting"),
    Happening.OTHER: _("something else"),
    Happening.PICTURES: _("pictures"),
    Happening.SAW_ONLINE: _("seen online"),
    Happening.THREAT: _("a threat"),
    Happening.TRAFFICKING: _("trafficking"),
}
KINDS: Words = {
    Kind.ACCOUNT: _("Account number"),
    Kind.ADDRESS: _("Street address"),
    Kind.BANK: _("Bank account"),
    Kind.BIRTH_DATE: _("Date of birth"),
    Kind.CRYPTO: _("Cryptocurrency address"),
    Kind.DEVICE: _("Device"),
    Kind.EMAIL: _("E-mail"),
    Kind.FILE_HASH: _("File digest"),
    Kind.GROUP: _("Group"),
    Kind.HANDLE: _("Username"),
    Kind.IP: _("IP address"),
    Kind.NAME: _("Name"),
    Kind.PERSON: _("Name and date of birth"),
    Kind.PHONE: _("Phone"),
    Kind.PLATE: _("Licence plate"),
    Kind.POSTAL_CODE: _("Postal code"),
    Kind.SCHOOL: _("School"),
    Kind.SERVER: _("Server or game"),
    Kind.URL: _("Web address"),
}
PLACE_ROLES: Words = {
    PlaceRole.CHILD: _("place of the child"),
    PlaceRole.MEETING: _("meeting place"),
    PlaceRole.REPORTER: _("place of the reporter"),
    PlaceRole.SCHOOL: _("school"),
    PlaceRole.SUSPECT: _("place of the suspect"),
    PlaceRole.UNKNOWN: _("place, whose is not known"),
}
ROLES: Words = {
    PersonRole.REPORTER: _("Reporter"),
    PersonRole.SERVICE: _("Service"),
    PersonRole.SUSPECT: _("Suspect"),
    PersonRole.UNKNOWN: _("Not known"),
    PersonRole.VICTIM: _("Child"),
    PersonRole.WITNESS: _("Witness"),
}
STRENGTHS: Words = {
    Strength.POSSIBLE: _("Possible"),
    Strength.STRONG: _("Strong"),
    Strength.WEAK: _("Weak"),
}

DISPOSITIONS: Words = {
    Disposition.UNDER_INVESTIGATION: _("Under investigation"),
    Disposition.VICTIM_IDENTIFIED: _("Victim identified"),
    Disposition.CHILD_SAFEGUARDED: _("Child safeguarded"),
    Disposition.WARRANT_EXECUTED: _("Warrant executed"),
    Disposition.ARREST: _("Arrest"),
    Disposition.CHARGED: _("Charged"),
    Disposition.CONVICTED: _("Convicted"),
    Disposition.REFERRED_ONWARD: _("Referred onward"),
    Disposition.DUPLICATE: _("Duplicate of another report"),
    Disposition.INSUFFICIENT: _("Not enough to act on"),
    Disposition.NO_OFFENCE: _("No offence"),
    Disposition.UNFOUNDED: _("Unfounded"),
}
INSUFFICIENCIES: Words = {
    Insufficiency.CGNAT_NO_PORT: _("Shared address, no port given"),
    Insufficiency.IP_TOO_OLD: _("IP address too old"),
    Insufficiency.NOT_ILLEGAL_HERE: _("Not illegal here"),
    Insufficiency.NO_IDENTIFIER: _("No identifier"),
    Insufficiency.PROVIDER_DATA_GONE: _("The provider no longer has the data"),
    Insufficiency.UNVIEWED_NEEDS_WARRANT: _("File not viewed by the provider: needs a warrant"),
}
MISSING_FIELDS: Words = {
    MissingField.AGE: _("Age"),
    MissingField.CHAT: _("The chat"),
    MissingField.IDENTIFIER: _("An identifier"),
    MissingField.IP: _("An IP address"),
    MissingField.PLACE: _("A place"),
    MissingField.PORT: _("The port"),
    MissingField.TIME: _("The time"),
    MissingField.VIEWED: _("Whether the file was viewed"),
}
STATES: Words = {
    ReferralState.SENT: _("New"),
    ReferralState.OPENED: _("Opened"),
    ReferralState.ACCEPTED: _("Accepted"),
    ReferralState.CLOSED: _("Closed"),
    ReferralState.RETURNED: _("Returned"),
    ReferralState.DECLINED: _("Declined"),
    ReferralState.CANCELLED: _("Cancelled by the tipline"),
    ReferralState.UNDONE: _("Taken back before it was opened"),
}

# Parts of the open inbox.
PARTS: Words = {
    "unread": _("Unread"),
    "mine": _("Mine"),
    "free": _("Nobody has it in hand"),
    "late": _("Past its time"),
}
# Why an outcome does not hold together: the field to mend, and what to do there.
REFUSALS: dict[Refusal, tuple[str, Promise]] = {
    Refusal.COUNT_NEEDED: ("count", _("Say how many children. One is fine.")),
    Refusal.COUNT_UNASKED: (
        "count",
        _("Leave the number empty: only “Victim identified” and “Child safeguarded” take one."),
    ),
    Refusal.INSUFFICIENCY_NEEDED: ("insufficiency", _("Choose what was not enough.")),
    Refusal.INSUFFICIENCY_UNASKED: (
        "insufficiency",
        _("Leave this empty: it goes with “Not enough to act on” alone."),
    ),
    Refusal.USEFULNESS_RANGE: ("usefulness", _("Choose a number from 1 to 5.")),
}
RISK_NOT_ASSESSED = _(
    "Nothing was changed: an agency abroad has it, and the risk of mistreatment there was not"
    " assessed. Take that referral back or cancel it; the national centre passes on what may go."
)

HIGH_CONFIDENCE = 80
MEDIUM_CONFIDENCE = 50


def confidence_words(confidence: int) -> Promise:
    """How sure it is that something is an identifier of its kind, in one word."""
    if confidence >= HIGH_CONFIDENCE:
        return _("High")
    return _("Medium") if confidence >= MEDIUM_CONFIDENCE else _("Low")

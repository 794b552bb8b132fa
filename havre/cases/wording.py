"""What the pages of cases call things, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from havre.cases.rules.access import CaseRole, GrantKind, Part
from havre.cases.rules.states import CaseState, ClosingReason, Move
from havre.cases.timeline.rules.moments import Happening
from havre.intake.rules.submission import AgeClass, LegalBasis, PersonRole

Words = dict[str, Promise]

STATES: Words = {
    CaseState.OPEN: pgettext_lazy("case", "Opened"),
    CaseState.ACTIVE: pgettext_lazy("case", "Active"),
    CaseState.DORMANT: pgettext_lazy("case", "Dormant"),
    CaseState.CLOSED: pgettext_lazy("case", "Closed"),
}
REASONS: Words = {
    ClosingReason.CHARGED: _("Charges were laid"),
    ClosingReason.CHILD_SAFEGUARDED: _("The child is safe"),
    ClosingReason.NOT_ENOUGH: _("Not enough evidence"),
    ClosingReason.NO_OFFENCE: _("No offence"),
    ClosingReason.UNFOUNDED: _("Unfounded"),
    ClosingReason.MERGED: _("Goes on in another case"),
    ClosingReason.OTHER_AGENCY: _("Another agency has it"),
}
MOVES: Words = {
    Move.ACTIVATE: _("Work on it"),
    Move.REST: _("Let it rest"),
    Move.CLOSE: _("Close it"),
    Move.REOPEN: _("Open it again"),
}
CASE_ROLES: Words = {
    CaseRole.LEAD: _("Lead"),
    CaseRole.INVESTIGATOR: _("Investigator"),
    CaseRole.ANALYST: _("Analyst"),
    CaseRole.READER: _("Reader"),
}
GRANT_KINDS: Words = {
    GrantKind.SHARE: _("To read"),
    GrantKind.JOINT: _("To work on together"),
}
PARTS: Words = {
    Part.NOTES: _("The notes"),
    Part.PEOPLE: _("The people"),
    Part.REPORTS: _("The reports and exhibits"),
}
PERSON_ROLES: Words = {
    PersonRole.SUSPECT: _("Suspect"),
    PersonRole.VICTIM: _("Child"),
    PersonRole.WITNESS: _("Witness"),
    PersonRole.UNKNOWN: _("Not known"),
}
AGE_CLASSES: Words = {
    AgeClass.UNKNOWN: _("age not known"),
    AgeClass.UNDER_12: _("under 12"),
    AgeClass.TWELVE_TO_17: _("12 to 17"),
    AgeClass.ADULT: _("18 or over"),
}
LEGAL_BASES: Words = {
    LegalBasis.VOLUNTARY: _("Told voluntarily"),
    LegalBasis.STATUTORY_REPORT: _("Statutory report"),
    LegalBasis.ORDER: _("Court order"),
    LegalBasis.PUBLIC: _("Open to everyone"),
}
HAPPENINGS: Words = {
    Happening.OPENED: _("The case was opened"),
    Happening.MOVED: _("The state changed"),
    Happening.HANDED_OVER: _("Handed over to"),
    Happening.MEMBER_JOINED: _("A member joined"),
    Happening.MEMBER_LEFT: _("A member left"),
    Happening.NOTED: _("A note"),
    Happening.TASK_SET: _("A task was set"),
    Happening.TASK_DONE: _("A task was done"),
    Happening.PERSON_ADDED: _("Somebody was added"),
    Happening.REPORT_LINKED: _("A report was linked"),
    Happening.EXHIBIT_TAKEN: _("An exhibit was taken in"),
    Happening.REQUEST_MADE: _("A legal request was drafted"),
    Happening.REQUEST_SENT: _("A legal request was sent"),
    Happening.REQUEST_SETTLED: _("A legal request was settled"),
    Happening.SHARED: _("Shared with"),
    Happening.SHARE_ENDED: _("A share ended"),
}
# Whoever is lent gives nothing of one agency to the other.
ALSO_THEIRS = _(
    "You belong to that agency too. Nothing was changed: ask a colleague who does not to do this."
)

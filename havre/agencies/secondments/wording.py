"""What secondments are called on a page, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.agencies.secondments.rules import Reason, Refusal, State, terms_in_force

REASONS: dict[str, Promise] = {
    Reason.COVER: _("To stand in for somebody"),
    Reason.EXPERTISE: _("For what the officer knows"),
    Reason.JOINT_INVESTIGATION: _("For an investigation of both agencies"),
    Reason.LIAISON: _("To keep two agencies in touch"),
    Reason.TRAINING: _("To learn"),
}
STATES: dict[str, Promise] = {
    State.ASKED: _("Asked for"),
    State.ENDED: _("Ended"),
    State.HELD: _("Held"),
    State.IN_FORCE: _("In force"),
    State.LAPSED: _("Nobody answered in time"),
    State.REFUSED: _("Refused"),
    State.TO_BEGIN: _("Agreed, to begin"),
    State.WITHDRAWN: _("No longer asked for"),
}
REFUSALS: dict[str, Promise] = {
    Refusal.ALREADY: _("This was asked for or agreed already. Look at the list of secondments."),
    Refusal.BACKWARDS: _("The last day comes before the first. Choose a later one."),
    Refusal.LAST_RENEWAL: _("It was renewed as often as it may be. Ask for a new secondment."),
    Refusal.NOT_LENT: _("This officer cannot be lent, or nobody can be lent to this agency."),
    Refusal.NOT_YOURS: _("This is for somebody who speaks for the other agency."),
    Refusal.ONESELF: _("Nobody asks for or agrees to their own secondment. Ask a colleague."),
    Refusal.OVER: _("This day is over. Choose today or a later day."),
    Refusal.ROLE: _("This role is not given to somebody from another agency there."),
    Refusal.SAME_AGENCY: _("Two persons of two agencies agree. Choose another agency."),
    Refusal.STATE: _("This was answered, changed or ended meanwhile. Nothing was changed."),
    Refusal.TOO_FAR: _("It begins too far ahead. Choose an earlier first day."),
    Refusal.TOO_LONG: _("That is too long. Choose an earlier last day."),
    Refusal.WITHOUT_SUPERVISOR: _("Nobody in this agency could agree. Choose another one."),
}


def longest_days() -> int:
    """How many days a secondment lasts at most."""
    return terms_in_force().longest.days

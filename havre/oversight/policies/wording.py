"""What the pages of the policy call its things, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.triage.policies.rules.words import (
    BelowFloorError,
    NothingChangedError,
    NotOpenError,
    NotSimulatedError,
    OvertakenError,
    OwnPolicyError,
    PastMomentError,
    PolicyRefusedError,
    Refusal,
    Stage,
    What,
)

Words = dict[str, Promise]

STAGES: Words = {
    Stage.DRAFT: _("Draft"),
    Stage.PROPOSED: _("Proposed"),
    Stage.TO_BEGIN: _("Begins later"),
    Stage.IN_FORCE: _("In force"),
    Stage.ENDED: _("Was in force"),
    Stage.REFUSED: _("Refused when it is read"),
    Stage.WITHDRAWN: _("Withdrawn"),
}
WHY_REFUSED: Words = {
    Refusal.SIGNATURE: _("its signature does not fit what stands there"),
    Refusal.UNREADABLE: _("it cannot be read as a policy"),
    Refusal.BELOW_FLOOR: _("it ranks something lower than the floor of this release allows"),
}
KINDS: Words = {
    What.LANE: _("Lanes"),
    What.FACTOR: _("Factors"),
    What.RULE: _("Rules of several factors"),
    What.CAP: _("Most points of a group"),
    What.CLOSING: _("Closings read twice"),
}
FIELDS: Words = {
    "chip_en": _("Few words, English"),
    "chip_fr": _("Few words, French"),
    "label_en": _("Sentence, English"),
    "label_fr": _("Sentence, French"),
    "lane": _("Lane it asks for"),
    "minutes": _("Minutes to the first look"),
    "percent": _("Of a hundred closings, so many are read twice"),
    "points": _("Points"),
}
COUNTS_ONLY = _("Counts only")
CLOSING = _("Sample of closings")
REFUSED: dict[type[PolicyRefusedError], Promise] = {
    BelowFloorError: _(
        "Refused: it would rank lower, or let wait longer, what the floor holds up. The floor is"
        " the list of immediate criteria that Havre came with; a version may only raise it."
    ),
    NothingChangedError: _("Nothing would change. Change something first."),
    NotOpenError: _("It is not open any more: somebody was faster. See below where it stands."),
    NotSimulatedError: _(
        "It was not tried on past reports exactly as it stands, against the policy in force now."
        " Try it first."
    ),
    OvertakenError: _(
        "Another policy came in force since this was proposed. Propose the change again on what"
        " holds now."
    ),
    OwnPolicyError: _("You proposed it. A second person puts it in force."),
    PastMomentError: _("Choose a moment to come, or leave it empty to begin at once."),
}

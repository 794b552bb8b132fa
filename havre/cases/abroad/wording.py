"""What the pages of the international desk call things, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from havre.agencies.rules.permits import Compartment
from havre.cases.abroad.rules.mistreatment import (
    Act,
    Decision,
    Measure,
    MistreatmentRiskError,
    NoMeasureError,
    NotAssessedError,
    NothingToDecideError,
    Risk,
    Ruling,
    SamePersonError,
    UndecidedError,
)
from havre.cases.abroad.rules.states import (
    AbroadRefusedError,
    Caveat,
    Closing,
    Direction,
    ExchangeKind,
    ExchangeState,
    ExchangeStateError,
    Handling,
    Reliability,
    SecurityCopyError,
    Step,
    TooMuchToldError,
)

Words = dict[str, Promise]

DIRECTIONS: Words = {
    Direction.IN: _("They ask or tell us"),
    Direction.OUT: _("We ask or tell them"),
}
KINDS: Words = {
    ExchangeKind.INFORMATION: _("Request for information"),
    ExchangeKind.TRAVELLING_OFFENDER: _("Travelling offender"),
    ExchangeKind.BORDER_LOOK_OUT: _("Border look-out"),
    ExchangeKind.CHILD_IDENTIFICATION: _("Who is this child?"),
    ExchangeKind.PRESERVATION: _("Preservation of data"),
    ExchangeKind.NOTICE: _("Information told unasked"),
}
HANDLINGS: Words = {
    Handling.H0: _("H0: for police use only"),
    Handling.H1: _("H1: not in court without consent"),
    Handling.H2: _("H2: not passed on without consent"),
    Handling.H3: _("H3: other limits, as written"),
}
CAVEATS: Words = {
    Caveat.ASK_BEFORE_PASSING_ON: _("Ask before it is passed on"),
    Caveat.NOT_IN_COURT: _("Not to be used in court"),
    Caveat.NO_ARREST: _("No arrest on this alone"),
    Caveat.NO_DEATH_PENALTY: _("Not where a death penalty may follow"),
    Caveat.RETURN_OR_DESTROY: _("Return or destroy it afterwards"),
}
RELIABILITIES: Words = {
    Reliability.CONFIRMED: _("Confirmed by another source"),
    Reliability.LIKELY: _("Likely"),
    Reliability.UNTESTED: _("Not tested"),
}
STATES: Words = {
    ExchangeState.DRAFT: pgettext_lazy("exchange", "Draft"),
    ExchangeState.RECEIVED: pgettext_lazy("exchange", "Received"),
    ExchangeState.SENT: pgettext_lazy("exchange", "Sent"),
    ExchangeState.ACKNOWLEDGED: pgettext_lazy("exchange", "Acknowledged"),
    ExchangeState.ANSWERED: pgettext_lazy("exchange", "Answered"),
    ExchangeState.CLOSED: pgettext_lazy("exchange", "Closed"),
}
STEPS: Words = {
    Step.SEND: _("Note that it was sent"),
    Step.ACKNOWLEDGE: _("Note the acknowledgement"),
    Step.ANSWER: _("Note the answer"),
    Step.USE: _("Release it for use here"),
    Step.CLOSE: _("Close the exchange"),
    Step.REOPEN: _("Open the exchange again"),
}
# What a step is called once it was taken; "" is a note.
TAKEN: Words = {
    "": pgettext_lazy("exchange", "Note"),
    Step.SEND: pgettext_lazy("exchange", "Sent"),
    Step.ACKNOWLEDGE: pgettext_lazy("exchange", "Acknowledged"),
    Step.ANSWER: pgettext_lazy("exchange", "Answered"),
    Step.USE: pgettext_lazy("exchange", "Released for use"),
    Step.CLOSE: pgettext_lazy("exchange", "Closed"),
    Step.REOPEN: pgettext_lazy("exchange", "Opened again"),
}
CLOSINGS: Words = {
    Closing.DONE: _("It is done"),
    Closing.NO_ANSWER: _("No answer came"),
    Closing.NO_POWER: _("The law gives no power for it"),
    Closing.DUPLICATE: _("It stands in another exchange"),
    Closing.WITHDRAWN: _("It was withdrawn"),
    Closing.RISK_OF_MISTREATMENT: _("Somebody might be mistreated"),
}
ACTS: Words = {
    Act.DISCLOSURE: _("Telling them something"),
    Act.REQUEST: _("Asking them for something"),
    Act.USE: _("Using what they told us"),
}
RISKS: Words = {
    Risk.NOT_SUBSTANTIAL: _("No substantial risk"),
    Risk.SUBSTANTIAL: _("Substantial risk"),
    Risk.UNDETERMINED: _("I cannot tell"),
}
MEASURES: Words = {
    Measure.ASSURANCE: _("They gave an assurance"),
    Measure.CAVEAT: _("Limits stand in the exchange"),
    Measure.LESS_TOLD: _("Less is told"),
    Measure.WATCHED: _("What becomes of it is watched"),
    Measure.DANGER_TO_LIFE: _("Needed to save a life (for use only)"),
}
DECISIONS: Words = {
    Decision.ALLOW: _("Allow it, with the measures"),
    Decision.REFUSE: _("Refuse it"),
}
RULINGS: Words = {
    Ruling.CLEARED: _("Cleared"),
    Ruling.REFUSED: _("Refused"),
    Ruling.WAITS: _("Waits for a second person"),
}
COMPARTMENTS: Words = {
    Compartment.GENERAL: _("General"),
    Compartment.TRAFFICKING: _("Trafficking"),
}
REFUSALS: dict[type[AbroadRefusedError], Promise] = {
    ExchangeStateError: _("The exchange stands elsewhere by now. Nothing was changed."),
    SecurityCopyError: _(
        "A listed group is named. Note first that national security has its copy."
    ),
    NotAssessedError: _(
        "The risk of mistreatment was not assessed for what stands here now. Assess it first."
    ),
    UndecidedError: _("It was escalated. A second person decides on it first."),
    MistreatmentRiskError: _(
        "Somebody might be mistreated. It is not done unless it is escalated and allowed."
    ),
    SamePersonError: _("You assessed this risk. A second person decides on it."),
    NoMeasureError: _("Name at least one measure that lessens the risk, or refuse it."),
    TooMuchToldError: _(
        "Your agency told the desk as much today as it may. Nothing was sent: write again tomorrow."
        " If a child is in danger, call the desk now."
    ),
    NothingToDecideError: _("Nothing waits for a decision there. Nothing was changed."),
}


def why_not(error: AbroadRefusedError) -> Promise:
    """What somebody is told who was refused."""
    return REFUSALS[type(error)]

"""What the pages of a partner's clerks call things, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from havre.cases.abroad.dispatches.rules import TheirStep
from havre.cases.abroad.rules.states import Direction, ExchangeState
from havre.cases.abroad.wording import Words

# Told from the partner's side: what goes in at the desk came from them.
DIRECTIONS: Words = {
    Direction.IN: _("You asked or told the desk"),
    Direction.OUT: _("The desk asks or tells you"),
}
STATES: Words = {
    ExchangeState.RECEIVED: _("Received by the desk"),
    ExchangeState.SENT: _("Sent to you"),
    ExchangeState.ACKNOWLEDGED: pgettext_lazy("dispatch", "Acknowledged"),
    ExchangeState.ANSWERED: pgettext_lazy("dispatch", "Answered"),
    ExchangeState.CLOSED: _("Closed by the desk"),
}
TAKEN_BACK = _("Taken back by you")
STEPS: Words = {
    TheirStep.ACKNOWLEDGE: _("Acknowledge it"),
    TheirStep.ANSWER: _("Answer the desk"),
    TheirStep.ADD: _("Add a word"),
    TheirStep.WITHDRAW: pgettext_lazy("dispatch", "Take it back"),
}
# What a step is called once it was taken.
TAKEN: Words = {
    TheirStep.ACKNOWLEDGE: pgettext_lazy("dispatch", "Acknowledged"),
    TheirStep.ANSWER: pgettext_lazy("dispatch", "Answer"),
    TheirStep.ADD: _("Word added"),
    TheirStep.WITHDRAW: pgettext_lazy("dispatch", "Taken back"),
}
DONE: Words = {
    TheirStep.ACKNOWLEDGE: _("The desk sees that you have it."),
    TheirStep.ANSWER: _("Your answer is with the desk."),
    TheirStep.ADD: _("Your word is with the desk."),
    TheirStep.WITHDRAW: _("You have taken it back. The desk sees that nothing is asked any more."),
}

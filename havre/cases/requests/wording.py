"""What the pages of legal requests call things, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from havre.cases.requests.rules.clocks import Clock, RequestState, Step
from havre.cases.requests.rules.kinds import RequestKind

Words = dict[str, Promise]

KINDS: Words = {
    RequestKind.PRESERVATION_DEMAND: _("Preservation demand"),
    RequestKind.PRESERVATION_ORDER: _("Preservation order"),
    RequestKind.PRODUCTION_ORDER: _("Production order"),
    RequestKind.TRANSMISSION_DATA: _("Production order for transmission data"),
    RequestKind.TRACKING_DATA: _("Production order for tracking data"),
    RequestKind.INFORMATION_TO_OBTAIN: _("Information to obtain an order"),
    RequestKind.MLAT: _("Request for mutual legal assistance"),
}
STATES: Words = {
    RequestState.DRAFT: pgettext_lazy("request", "Draft"),
    RequestState.SENT: pgettext_lazy("request", "Sent"),
    RequestState.ANSWERED: pgettext_lazy("request", "Answered"),
    RequestState.REFUSED: pgettext_lazy("request", "Refused"),
    RequestState.EXPIRED: pgettext_lazy("request", "Expired"),
    RequestState.WITHDRAWN: pgettext_lazy("request", "Withdrawn"),
}
CLOCKS: Words = {
    Clock.RUNNING: _("in time"),
    Clock.SOON: _("due soon"),
    Clock.OVERDUE: _("overdue"),
    Clock.LAPSED: _("the duty has ended"),
}
STEPS: Words = {
    Step.ANSWER: _("It was answered"),
    Step.REFUSE: _("It was refused"),
    Step.WITHDRAW: _("We withdraw it"),
    Step.REOPEN: _("Take the last step back"),
}
STANDINGS: Words = {
    "stated": _("periods of the statute as we were told them: counsel checks them before use"),
    "general knowledge": _("general knowledge, not checked: confirm it before it is used"),
}
WHICH: Words = {
    "": _("Waiting"),
    "overdue": _("Overdue or ended"),
    "soon": _("Due within seven days"),
    "draft": _("Drafts"),
    "settled": _("Settled"),
    "all": pgettext_lazy("requests", "All"),
}

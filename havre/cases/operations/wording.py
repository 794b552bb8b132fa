"""What the pages of operations call things, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from havre.cases.operations.rules.states import Course, OperationState, TargetState

Words = dict[str, Promise]

STATES: Words = {
    OperationState.PLANNED: pgettext_lazy("operation", "Planned"),
    OperationState.RUNNING: pgettext_lazy("operation", "Running"),
    OperationState.ENDED: pgettext_lazy("operation", "Ended"),
    OperationState.CALLED_OFF: pgettext_lazy("operation", "Called off"),
}
COURSES: Words = {
    Course.START: _("Start it"),
    Course.END: _("End it"),
    Course.CALL_OFF: _("Call it off"),
    Course.REOPEN: _("Plan it again"),
}
TARGET_STATES: Words = {
    TargetState.WAITING: pgettext_lazy("target", "Waiting"),
    TargetState.READY: pgettext_lazy("target", "Ready"),
    TargetState.DONE: pgettext_lazy("target", "Done"),
    TargetState.DROPPED: pgettext_lazy("target", "Dropped"),
}

"""What the pages about calls say of ways, rungs and outcomes, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.triage.paging.rules.ladder import PageKind, PageState, Rung
from havre.triage.paging.rules.ways import Way

KINDS: dict[str, Promise] = {
    PageKind.REFERRAL: _("A referral in IMMEDIATE that its agency has not answered"),
    PageKind.REPORT: _("A report in IMMEDIATE"),
    PageKind.UNATTENDED: _("Nobody looks at the queue, and reports wait"),
}
STATES: dict[str, Promise] = {
    PageState.ACKNOWLEDGED: _("taken"),
    PageState.ENDED: _("no more needed"),
    PageState.MISSED: _("nobody has taken it"),
    PageState.WAITING: _("people are being called"),
}
RUNGS: dict[str, Promise] = {
    Rung.COORDINATOR: _("coordinator"),
    Rung.ON_CALL: _("on call"),
    Rung.SUPERVISOR: _("supervisor"),
}
WAYS: dict[str, Promise] = {
    Way.EMAIL: _("e-mail"),
    Way.SMS: _("SMS"),
    Way.WEBHOOK: _("webhook"),
}

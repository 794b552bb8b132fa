"""The door to what somebody leaves behind."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.cases.leaving import actions
from havre.cases.leaving.reads import LeftKind

KINDS: dict[str, Promise] = {
    LeftKind.CASE: _("Case that the officer leads"),
    LeftKind.REFERRAL: _("Referral that the officer holds"),
    LeftKind.TASK: _("Task that is not done"),
    LeftKind.WATCH: _("Watch for which the officer answers"),
}


@door(Permit.OFFICERS_KEEP)
@require_safe
def left_behind(request: OfficerRequest, secondment_id: UUID) -> HttpResponse:
    page = actions.read_left(secondment_id, by=request.user)
    rows = [(KINDS[one.kind], one) for one in page.things]
    return render(request, "leaving/left_behind.html", {"page": page, "rows": rows})

"""The doors of the queue."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.intake.reads import report_by_reference
from havre.intake.rules.receipts import tidy_reference
from havre.links.reads import cluster_named
from havre.triage.actions import AlreadyClaimedError, claim_report, read_queue, release_report
from havre.triage.filters.forms import SaveForm
from havre.triage.filters.reads import kept_filters, start_of
from havre.triage.filters.rules import KEPT
from havre.triage.forms import QueueForm
from havre.triage.reads import queue_page
from havre.triage.rules.words import Band
from havre.triage.wording import LANES, OTHER_VIEWS, side_list

NOT_MODIFIED = 304


@door(Permit.QUEUE_READ)
@require_safe
def queue(request: OfficerRequest) -> HttpResponse:
    if number := request.GET.get("number"):
        return _to_report(request, number)
    kept = kept_filters(actor=request.user)
    start = start_of(kept) if not request.GET else None
    asked = QueueForm(start.asked if start else request.GET).asked()
    seen = request.headers.get("If-None-Match")
    if seen and seen == queue_page(**asked, language=_language(), actor=request.user).mark:
        # Nothing is shown that was not: no look, no line.
        return HttpResponse(status=NOT_MODIFIED)
    page = read_queue(**asked, language=_language(), by=request.user)
    context = {
        "form": QueueForm(initial=asked),
        "page": page,
        "lane": asked["lane"],
        "lanes": side_list(LANES, page.counts, asked["lane"]),
        "also": side_list(OTHER_VIEWS, page.counts, asked["lane"]),
        "kept": kept,
        "start": start,
        "is_chosen": {name: asked[name] for name in KEPT},
        "save": SaveForm(),
        "may_share": request.user.may(Permit.FILTER_SHARE),
        "waiting": page.counts[""],
        "immediate": page.counts[Band.A],
        "may_release": request.user.may(Permit.CLAIM_RELEASE),
    }
    return render(request, "triage/queue.html", context)


@door(Permit.QUEUE_READ)
@require_POST
def claim(request: OfficerRequest, reference: str) -> HttpResponse:
    try:
        claim_report(reference, by=request.user)
    except AlreadyClaimedError:
        _say_taken(request, reference)
    else:
        messages.success(request, _("You claimed %(report)s.") % {"report": reference})
    return _back(request, reference)


@door(Permit.QUEUE_READ)
@require_POST
def release(request: OfficerRequest, reference: str) -> HttpResponse:
    try:
        release_report(reference, by=request.user)
    except AlreadyClaimedError:
        _say_taken(request, reference)
    else:
        messages.success(request, _("%(report)s is free again.") % {"report": reference})
    return _back(request, reference)


def _to_report(request: OfficerRequest, number: str) -> HttpResponse:
    """To what somebody asks for by number or name, or back to the queue with a word."""
    try:
        found = _asked_for(request, number)
    except ObjectDoesNotExist:
        words = _("You may see no report of this number. Ask for it once more: R and eight signs.")
        messages.warning(request, words, extra_tags="look")
        return redirect("queue")
    return redirect("report_page", found)


def _asked_for(request: OfficerRequest, number: str) -> str:
    """The report of a number; of the name of a group, also one it had once, its oldest report."""
    try:
        name = UUID(number.strip())
    except ValueError:
        return report_by_reference(tidy_reference(number) or "", actor=request.user).reference
    reports = cluster_named(name, actor=request.user).reports
    if not reports:
        raise ObjectDoesNotExist
    return reports[0].reference


def _language() -> str:
    return get_language() or "en"


def _say_taken(request: OfficerRequest, reference: str) -> None:
    words = _("A colleague has %(report)s in hand. Nothing was changed.") % {"report": reference}
    messages.warning(request, words, extra_tags="look")


def _back(request: OfficerRequest, reference: str) -> HttpResponse:
    """To the page the button stood on: the report's, or the queue in the same lane."""
    if request.POST.get("from") == "report":
        return redirect("report_page", reference)
    lane = QueueForm(request.POST).asked()["lane"]
    return redirect(f"{reverse('queue')}?lane={lane}" if lane else "queue")

"""The doors of pages: who was called, taking one, and how one is reached."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.triage.paging import actions
from havre.triage.paging.couriers import couriers
from havre.triage.paging.forms import ReachForm
from havre.triage.paging.outside import webhook_hosts
from havre.triage.paging.page import pages_in_words, results_in_words
from havre.triage.paging.reads import reach_of, webhook_secret

UNPROCESSABLE = 422


@door(Permit.PAGE_ANSWER)
@require_safe
def pages(request: OfficerRequest) -> HttpResponse:
    found = actions.read_pages(after=request.GET.get("after", ""), by=request.user)
    opens = request.user.may(Permit.REPORT_READ)
    context = {"page": pages_in_words(found, request.user), "opens": opens}
    return render(request, "paging/pages.html", context)


@door(Permit.PAGE_ANSWER)
@require_POST
def acknowledge_page(request: OfficerRequest, page_id: UUID) -> HttpResponse:
    try:
        page = actions.acknowledge_page(page_id, by=request.user)
    except actions.NotWaitingError:
        said = _("Somebody has taken this page already, or it is needed no more.")
        messages.warning(request, said, extra_tags="look")
        return redirect("pages")
    except actions.NotYoursToTakeError:
        said = _("Its agency alone ends this, by its answer: reach somebody there.")
        messages.warning(request, said, extra_tags="look")
        return redirect("pages")
    messages.success(request, _("You have taken the page. Nobody else is called for it."))
    if request.POST.get("from") == "report" and page.reference:
        return redirect("report_page", page.reference)
    return redirect("pages")


@door(Permit.ROTA_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def reach(request: OfficerRequest) -> HttpResponse:
    said, ways = reach_of(request.user), couriers()
    typed = request.POST if request.method == "POST" else None
    form = ReachForm(typed, reach=said, ways=ways, hosts=webhook_hosts())
    if typed is not None and form.is_valid():
        actions.set_reach(**form.cleaned_data, by=request.user)
        messages.success(request, _("Kept. From now on you are reached like this."))
        return redirect("reach")
    secret = webhook_secret(said).hex() if said.webhook else ""
    tests = results_in_words(said)
    context = {
        "form": form,
        "said": said,
        "tests": tests,
        "secret": secret,
        "reached": any(w in ways for w in said.ways()),
    }
    status = UNPROCESSABLE if typed is not None else 200
    return render(request, "paging/reach.html", context, status=status)


@door(Permit.ROTA_READ)
@require_POST
def try_reach(request: OfficerRequest) -> HttpResponse:
    if actions.ask_for_test(by=request.user):
        messages.success(
            request, _("A test is going out by every way. What became of it stands below.")
        )
    else:
        said = _("Nothing to try: name a way and keep it, or wait a minute after the last test.")
        messages.warning(request, said, extra_tags="look")
    return redirect("reach")

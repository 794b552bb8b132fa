"""The doors of silent watches: an agency's own, asking, ending, and the coordinator's answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.cases.silent.actions import read_silent_requests, read_silent_watches
from havre.cases.silent.forms import DecideForm, LongerForm, SeenForm, SilentForm
from havre.cases.silent.page import silent_rows
from havre.links.silent.actions import (
    ask_for_longer,
    ask_for_silent_watch,
    end_silent_watch,
    mark_silent_alert,
    withdraw_silent_watch,
)
from havre.links.silent.rules import NotToBeDecidedError
from havre.links.watches.rules import AlreadyWatchedError, NotAnIdentifierError
from havre.referrals.notices.alerting import decide_silent_watch

UNPROCESSABLE = 422


@door(Permit.WATCH_KEEP)
@require_safe
def silent_watches(request: OfficerRequest) -> HttpResponse:
    which = request.GET.get("which", "")
    opened = read_silent_watches(which=which, after=request.GET.get("after", ""), by=request.user)
    rows = silent_rows(opened, language=get_language() or "en", reader=request.user)
    context = {"rows": rows, "page": opened.page, "which": which}
    context["may_grant"] = request.user.may(Permit.SILENT_GRANT)
    return render(request, "silent/silent_watches.html", context)


@door(Permit.WATCH_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def new_silent_watch(request: OfficerRequest) -> HttpResponse:
    form = SilentForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _form(request, form)
    given = {name: form.cleaned_data[name] for name in ("kind", "platform", "value")}
    try:
        watch = ask_for_silent_watch(**given, terms=form.terms(), by=request.user)
    except NotAnIdentifierError:
        form.add_error("value", _("That is no identifier of this kind. Check it, and its kind."))
        return _form(request, form)
    except AlreadyWatchedError:
        fault = _("Your agency has asked for it already: see the list of silent watches.")
        form.add_error("value", fault)
        return _form(request, form)
    done = _("%(watch)s is asked for. It is quiet once the national coordinator grants it.")
    messages.success(request, done % {"watch": watch.reference})
    return redirect("silent_watches")


@door(Permit.WATCH_KEEP)
@require_POST
def prolong_silent_watch(request: OfficerRequest, reference: str) -> HttpResponse:
    form = LongerForm(request.POST)
    if not form.is_valid():
        messages.warning(request, str(form.errors["until"][0]), extra_tags="look")
        return redirect("silent_watches")
    try:
        ask_for_longer(reference, until=form.cleaned_data["until"], by=request.user)
    except NotToBeDecidedError:
        fault = _("It is not quiet any more. Ask for a new silent watch.")
        messages.warning(request, fault, extra_tags="look")
    else:
        done = _("Asked for. Until the coordinator answers, it is quiet as long as it was.")
        messages.success(request, done)
    return redirect("silent_watches")


@door(Permit.WATCH_KEEP)
@require_POST
def end_silence(request: OfficerRequest, reference: str) -> HttpResponse:
    watch = end_silent_watch(reference, by=request.user)
    done = _("%(watch)s is over. The identifier ties reports again; ask anew to keep it quiet.")
    messages.success(request, done % {"watch": watch.reference})
    return redirect("silent_watches")


@door(Permit.WATCH_KEEP)
@require_POST
def mark_alert(request: OfficerRequest, reference: str) -> HttpResponse:
    form = SeenForm(request.POST)
    if form.is_valid():
        mark_silent_alert(reference, is_seen=form.cleaned_data["does"] == "seen", by=request.user)
        messages.success(request, _("Kept."))
    else:
        messages.warning(request, _("Choose a word for the alert."), extra_tags="look")
    return redirect("silent_watches")


@door(Permit.SILENT_GRANT)
@require_safe
def silent_requests(request: OfficerRequest) -> HttpResponse:
    which = request.GET.get("which", "")
    opened = read_silent_requests(which=which, after=request.GET.get("after", ""), by=request.user)
    rows = silent_rows(opened, language=get_language() or "en", reader=request.user)
    context = {"rows": rows, "page": opened.page, "which": which}
    return render(request, "silent/silent_requests.html", context)


@door(Permit.SILENT_GRANT)
@require_POST
def decide_silence(request: OfficerRequest, reference: str) -> HttpResponse:
    form = DecideForm(request.POST)
    if not form.is_valid():
        fault = next(iter(form.non_field_errors()), _("Choose what you say. Nothing was changed."))
        messages.warning(request, str(fault), extra_tags="look")
        return redirect("silent_requests")
    try:
        if form.cleaned_data["does"] == "withdraw":
            withdraw_silent_watch(reference, by=request.user)
        else:
            decide_silent_watch(reference, refusal=form.cleaned_data["refusal"], by=request.user)
    except NotToBeDecidedError:
        fault = _("Nothing is asked for there any more, or you asked for it yourself.")
        messages.warning(request, fault, extra_tags="look")
    else:
        messages.success(request, _("Kept. The agency reads it on its list."))
    return redirect("silent_requests")


def _form(request: OfficerRequest, form: SilentForm) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "silent/new_silent_watch.html", {"form": form}, status=status)

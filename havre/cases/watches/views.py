"""The doors of the watch list: the list, adding, bringing one, renewing, ending, and the alerts."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.cases.watches.actions import (
    import_watches,
    read_alerts,
    read_watches,
    watch_person,
)
from havre.cases.watches.forms import AnswerForm, ListForm, PersonForm, RenewForm, WatchForm
from havre.cases.watches.page import alert_rows, brokered_rows, watch_rows
from havre.cases.watches.wording import CAME, no_room
from havre.links.watches.actions import (
    Terms,
    add_watch,
    answer_alert,
    ask_for_report,
    end_watch,
    renew_watch,
)
from havre.links.watches.reads import today, who_answers
from havre.links.watches.rules import (
    AlreadyWatchedError,
    Authority,
    NotAnIdentifierError,
    Purpose,
    Tells,
    TooManyWatchesError,
    WatchOverError,
)

UNPROCESSABLE = 422
HALF_A_YEAR = timedelta(days=182)


@door(Permit.WATCH_KEEP)
@require_safe
def watches(request: OfficerRequest) -> HttpResponse:
    which = request.GET.get("which", "")
    opened = read_watches(which=which, after=request.GET.get("after", ""), by=request.user)
    context = {"rows": watch_rows(opened), "page": opened.page, "which": which}
    return render(request, "watches/watches.html", context)


@door(Permit.WATCH_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def new_watch(request: OfficerRequest) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    form = WatchForm(typed, officers=who_answers(request.user.agency))
    if not form.is_valid():
        return _form(request, "watches/new_watch.html", form)
    given = {name: form.cleaned_data[name] for name in ("kind", "platform", "value")}
    try:
        watch = add_watch(**given, terms=form.terms(), by=request.user)
    except NotAnIdentifierError:
        form.add_error("value", _("That is no identifier of this kind. Check it, and its kind."))
        return _form(request, "watches/new_watch.html", form)
    except AlreadyWatchedError:
        form.add_error("value", _("Your agency watches it already: renew that watch instead."))
        return _form(request, "watches/new_watch.html", form)
    except TooManyWatchesError:
        form.add_error("value", no_room())
        return _form(request, "watches/new_watch.html", form)
    done = _("%(watch)s is watched. You are told here when a report holds it.")
    messages.success(request, done % {"watch": watch.reference})
    return redirect("watches")


@door(Permit.WATCH_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_watches(request: OfficerRequest) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    form = ListForm(typed, officers=who_answers(request.user.agency))
    if not form.is_valid():
        return _form(request, "watches/bring_watches.html", form)
    told = import_watches(form.cleaned_data["rows"], terms=form.terms(), by=request.user)
    rows = [(row, CAME[came]) for row, came in told]
    return render(request, "watches/brought.html", {"rows": rows})


@door(Permit.WATCH_KEEP)
@require_POST
def renew(request: OfficerRequest, reference: str) -> HttpResponse:
    form = RenewForm(request.POST)
    fault = "" if form.is_valid() else str(form.errors["until"][0])
    if not fault:
        try:
            renew_watch(reference, until=form.cleaned_data["until"], by=request.user)
        except TooManyWatchesError:
            fault = no_room()
    if fault:
        messages.warning(request, fault, extra_tags="look")
    else:
        messages.success(request, _("Renewed. It holds until the day you chose."))
    return redirect("watches")


@door(Permit.WATCH_KEEP)
@require_POST
def end(request: OfficerRequest, reference: str) -> HttpResponse:
    watch = end_watch(reference, by=request.user)
    done = _("%(watch)s is over. It stands under those that are over and can begin again.")
    messages.success(request, done % {"watch": watch.reference})
    return redirect("watches")


@door(Permit.WATCH_KEEP)
@require_safe
def alerts(request: OfficerRequest) -> HttpResponse:
    which = request.GET.get("which", "")
    opened = read_alerts(which=which, after=request.GET.get("after", ""), by=request.user)
    language = get_language() or "en"
    context = {
        "rows": alert_rows(opened),
        "page": opened.page,
        "which": which,
        "brokered": brokered_rows(opened, language=language),
    }
    return render(request, "watches/alerts.html", context)


@door(Permit.WATCH_KEEP)
@require_POST
def answer(request: OfficerRequest, reference: str) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose a word for the alert."), extra_tags="look")
    elif form.cleaned_data["does"] == "ask":
        _ask(request, reference)
    else:
        answer_alert(reference, finding=form.finding, by=request.user)
        messages.success(request, _("Kept."))
    return redirect("watch_alerts")


@door(Permit.WATCH_KEEP, Permit.CASE_WRITE)
@require_POST
def watch_somebody(request: OfficerRequest, reference: str) -> HttpResponse:
    form = PersonForm(request.POST)
    if form.is_valid():
        terms = Terms(
            until=today() + HALF_A_YEAR,
            purpose=Purpose.INVESTIGATION,
            authority=Authority.DUTY,
            tells=Tells.CENTRE,
        )
        person = form.cleaned_data["person"]
        try:
            added = watch_person(reference, person, terms=terms, by=request.user)
        except TooManyWatchesError:
            messages.warning(request, no_room(), extra_tags="look")
            return redirect("case", reference)
        done = ngettext(
            "%(added)d identifier is watched from now on, for half a year.",
            "%(added)d identifiers are watched from now on, for half a year.",
            added,
        )
        nothing = _("Nothing was added: there is no identifier yet, or all are watched already.")
        messages.success(request, done % {"added": added} if added else nothing)
    return redirect("case", reference)


def _ask(request: OfficerRequest, reference: str) -> None:
    try:
        ask_for_report(reference, by=request.user)
    except WatchOverError:
        said = _("The watch is over, so nothing was asked. Renew the watch, then ask again.")
        messages.warning(request, said, extra_tags="look")
    else:
        said = _("The tipline reads on the report that your agency asks for it.")
        messages.success(request, said)


def _form(request: OfficerRequest, template: str, form: WatchForm | ListForm) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, template, {"form": form}, status=status)

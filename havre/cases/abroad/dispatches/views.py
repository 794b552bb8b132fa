"""The doors of a partner's clerks: the list, a request of their own, one dispatch, a reply."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.cases.abroad.actions import FiledAlreadyError
from havre.cases.abroad.dispatches import forms
from havre.cases.abroad.dispatches.actions import (
    ask_the_desk,
    read_dispatch,
    read_dispatches,
    reply_to_desk,
)
from havre.cases.abroad.dispatches.page import dispatch_context, dispatch_rows
from havre.cases.abroad.dispatches.wording import DONE
from havre.cases.abroad.rules.states import AbroadRefusedError
from havre.cases.abroad.wording import why_not

UNPROCESSABLE = 422


@door(Permit.DISPATCH_READ)
@require_safe
def dispatches(request: OfficerRequest) -> HttpResponse:
    form = forms.WhichForm(request.GET)
    after = request.GET.get("after", "")
    named, page = read_dispatches(which=form.asked(), after=after, by=request.user)
    context = {"rows": dispatch_rows(named), "page": page, "form": form}
    return render(request, "dispatches/dispatches.html", context)


@door(Permit.DISPATCH_READ, Permit.DISPATCH_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_dispatch(request: OfficerRequest) -> HttpResponse:
    held = request.user.context.compartments.split(",")
    form = forms.AskForm(request.POST if request.method == "POST" else None, held=held)
    asked = _asked(request, form) if form.is_valid() else None
    if asked is None:
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "dispatches/new_dispatch.html", {"form": form}, status=status)
    messages.success(request, _("The desk has your request. Its number is %s.") % asked)
    return redirect("dispatch", asked)


@door(Permit.DISPATCH_READ)
@require_safe
def dispatch(request: OfficerRequest, reference: str) -> HttpResponse:
    return _page(request, reference)


@door(Permit.DISPATCH_READ, Permit.DISPATCH_WRITE)
@require_POST
def reply(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, reference, faulty=form)
    try:
        reply_to_desk(reference, **form.given(), by=request.user)
    except AbroadRefusedError as error:
        messages.warning(request, str(why_not(error)), extra_tags="look")
    else:
        messages.success(request, str(DONE[form.cleaned_data["step"]]))
    return redirect("dispatch", reference)


def _asked(request: OfficerRequest, form: forms.AskForm) -> str | None:
    try:
        return ask_the_desk(**form.given(), by=request.user).reference
    except FiledAlreadyError as error:
        told = _("Your request of this number stands here already: %s.") % error.reference
        form.add_error("their_reference", told)
    except AbroadRefusedError as error:
        form.add_error(None, str(why_not(error)))
    return None


def _page(
    request: OfficerRequest, reference: str, *, faulty: forms.ReplyForm | None = None
) -> HttpResponse:
    opened = read_dispatch(reference, by=request.user)
    context = dispatch_context(opened, language=get_language() or "en", faulty=faulty)
    status = UNPROCESSABLE if faulty else 200
    return render(request, "dispatches/dispatch.html", context, status=status)

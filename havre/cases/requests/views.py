"""The doors of legal requests: the agency's list, a new one, one request, and its steps."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.cases.requests import forms
from havre.cases.requests.actions import (
    change_request,
    draft_request,
    look_where_to_draft,
    open_to_print,
    read_request,
    read_requests,
    send_request,
    settle_request,
)
from havre.cases.requests.page import request_context, request_row
from havre.cases.requests.paper import paper_of
from havre.cases.requests.rules.clocks import NoDayError, RequestStateError, WrongDayError
from havre.cases.requests.rules.kinds import NoSuchLawError

UNPROCESSABLE = 422


@door(Permit.CASE_READ)
@require_safe
def requests(request: OfficerRequest) -> HttpResponse:
    asked = forms.RequestsForm(request.GET).asked()
    page = read_requests(**asked, by=request.user)
    rows = [request_row(one) for one in page.requests]
    context = {"form": forms.RequestsForm(initial=asked), "page": page, "rows": rows}
    return render(request, "requests/requests.html", context)


@door(Permit.CASE_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_request(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.DraftForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = draft_request(reference, **form.cleaned_data, by=request.user)
        messages.success(request, _("The draft was saved. Nothing was sent."))
        return redirect("legal_request", made.reference)
    opened = look_where_to_draft(reference, by=request.user)
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"form": form, "opened": opened}
    return render(request, "requests/new_request.html", context, status=status)


@door(Permit.CASE_READ)
@require_safe
def legal_request(request: OfficerRequest, reference: str) -> HttpResponse:
    return _page(request, reference)


@door(Permit.CASE_READ)
@require_safe
def request_paper(request: OfficerRequest, reference: str) -> HttpResponse:
    opened = open_to_print(reference, by=request.user)
    answer = HttpResponse(paper_of(opened), content_type="application/pdf")
    name = f"{opened.request.reference}-draft-ebauche.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@door(Permit.CASE_WRITE)
@require_POST
def save_request(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.DraftForm(request.POST)
    return _do(request, reference, form, change_request, done=_("The draft was changed."))


@door(Permit.CASE_WRITE)
@require_POST
def request_sent(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.SendForm(request.POST)
    return _do(request, reference, form, send_request, done=_("It is sent; its clock runs."))


@door(Permit.CASE_WRITE)
@require_POST
def request_settled(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.SettleForm(request.POST)
    return _do(request, reference, form, settle_request, done=_("The request was changed."))


def _do(
    request: OfficerRequest, reference: str, form: Form, act: Callable[..., object], *, done: str
) -> HttpResponse:
    """Do what the form says and say so, or why not: beside the field, or on top of the page."""
    if not form.is_valid():
        return _page(request, reference, faulty=form)
    try:
        act(reference, **form.cleaned_data, by=request.user)
    except RequestStateError:
        words = _("The request stands elsewhere by now. Nothing was changed.")
        messages.warning(request, words, extra_tags="look")
    except NoDayError:
        form.add_error("answer_by", _("Write the last day: this kind of order names one."))
        return _page(request, reference, faulty=form)
    except (WrongDayError, NoSuchLawError):
        form.add_error("sent_on", _("Check the day: from a year ago to today."))
        return _page(request, reference, faulty=form)
    else:
        messages.success(request, done)
    return redirect("legal_request", reference)


def _page(request: OfficerRequest, reference: str, *, faulty: Form | None = None) -> HttpResponse:
    context = request_context(read_request(reference, by=request.user))
    if faulty is not None:
        name = type(faulty).__name__.removesuffix("Form").lower()
        offered = context.get(name)
        if isinstance(faulty, forms.SettleForm) and isinstance(offered, forms.SettleForm):
            faulty.fields["step"].widget = offered.fields["step"].widget
        context |= {name: faulty, "faulty": faulty}
    status = UNPROCESSABLE if faulty else 200
    return render(request, "requests/request.html", context, status=status)

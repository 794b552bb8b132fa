"""The doors of operations: the list, a new one, one operation, and what is done in it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.cases.operations import forms
from havre.cases.operations.actions import (
    add_target,
    end_partnership,
    invite_partner,
    mark_target,
    move_operation,
    plan_operation,
    read_operation,
    read_operations,
    send_out,
    set_days,
)
from havre.cases.operations.page import name_of, operation_context, operation_rows
from havre.cases.operations.rules.states import EmbargoError, OperationStateError
from havre.cases.rules.access import AlsoTheirsError, GrantRefusedError
from havre.cases.wording import ALSO_THEIRS

UNPROCESSABLE = 422


@door(Permit.CASE_READ)
@require_safe
def operations(request: OfficerRequest) -> HttpResponse:
    named, page = read_operations(after=request.GET.get("after", ""), by=request.user)
    context = {"rows": operation_rows(named, language=_language()), "page": page}
    context["may_plan"] = request.user.may(Permit.CASE_LEAD)
    return render(request, "operations/operations.html", context)


@door(Permit.CASE_LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def new_operation(request: OfficerRequest) -> HttpResponse:
    form = forms.PlanForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "operations/new_operation.html", {"form": form}, status=status)
    operation = plan_operation(**form.cleaned_data, by=request.user)
    messages.success(request, _("The operation is planned. You lead it."))
    return redirect("operation", operation.reference)


@door(Permit.CASE_READ)
@require_safe
def operation(request: OfficerRequest, reference: str) -> HttpResponse:
    return _page(request, reference)


@door(Permit.CASE_LEAD)
@require_POST
def operation_days(request: OfficerRequest, reference: str) -> HttpResponse:
    return _do(request, reference, forms.DaysForm(request.POST), set_days, _("The days are set."))


@door(Permit.CASE_LEAD)
@require_POST
def invite_agency(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.InviteForm(request.POST)
    return _do(request, reference, form, invite_partner, _("The agency takes part."))


@door(Permit.CASE_LEAD)
@require_POST
def agency_leaves(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.PartForm(request.POST)
    return _do(request, reference, form, end_partnership, _("The agency no longer takes part."))


@door(Permit.CASE_LEAD)
@require_POST
def change_operation(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.CourseForm(request.POST)
    return _do(request, reference, form, move_operation, _("The operation was changed."))


@door(Permit.CASE_WRITE)
@require_POST
def target_operation(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.TargetForm(request.POST)
    return _do(request, reference, form, add_target, _("The target was added."))


@door(Permit.CASE_WRITE)
@require_POST
def target_progress(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.ProgressForm(request.POST)
    return _do(request, reference, form, mark_target, _("The target was changed."))


@door(Permit.CASE_LEAD)
@require_POST
def operation_out(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.OutForm(request.POST)
    return _do(request, reference, form, send_out, _("The packages were sent out."))


def _do(
    request: OfficerRequest, reference: str, form: Form, act: Callable[..., object], done: str
) -> HttpResponse:
    """Do what the form says and say so, or why not: beside the field, or on top of the page."""
    if not form.is_valid():
        return _page(request, reference, faulty=form)
    try:
        act(reference, **form.cleaned_data, by=request.user)
    except OperationStateError:
        _warn(request, _("The operation stands elsewhere by now. Nothing was changed."))
    except EmbargoError:
        _warn(request, _("It is held back until the embargo is over. Nothing was sent."))
    except AlsoTheirsError:
        _warn(request, str(ALSO_THEIRS))
    except GrantRefusedError:
        _warn(request, _("It cannot be shared like this: the last day is from today to a year."))
    except ObjectDoesNotExist:
        # The operation itself must be one's to see: else this page is not there either.
        if not isinstance(form, forms.TargetForm):
            raise
        form.add_error("called", _("No such case that you lead, or report that you were sent."))
        return _page(request, reference, faulty=form)
    else:
        messages.success(request, done)
    return redirect("operation", reference)


def _page(request: OfficerRequest, reference: str, *, faulty: Form | None = None) -> HttpResponse:
    opened = read_operation(reference, by=request.user)
    agency = str(request.user.agency_id)
    context = operation_context(opened, agency=agency, language=_language())
    offered = context["forms"]
    if faulty is not None and isinstance(offered, dict):
        if isinstance(faulty, forms.TargetForm) and "target" in offered:
            faulty.fields["to"].widget = offered["target"].fields["to"].widget
        offered[name_of(faulty)] = faulty
        context["faulty"] = faulty
    status = UNPROCESSABLE if faulty else 200
    return render(request, "operations/operation.html", context, status=status)


def _warn(request: OfficerRequest, words: str) -> None:
    messages.warning(request, words, extra_tags="look")


def _language() -> str:
    return get_language() or "en"

"""The doors of cases: the list, a new one, one case, and what is done in it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.cases import forms
from havre.cases.actions import (
    add_member,
    end_membership,
    mark_case,
    move_case,
    open_case,
    read_cases,
)
from havre.cases.contents.actions import (
    add_identifier,
    add_note,
    add_person,
    finish_task,
    link_report,
    read_case,
    set_task,
    take_exhibit,
    unmask_person,
)
from havre.cases.page import case_rows, case_view, forms_for, search_rows
from havre.cases.rules.access import GrantRefusedError, NoLeadError
from havre.cases.rules.states import CaseStateError
from havre.cases.search.actions import search_cases
from havre.cases.sharing.actions import hand_over_case, share_case, withdraw_grant

UNPROCESSABLE = 422


@door(Permit.CASE_READ)
@require_safe
def cases(request: OfficerRequest) -> HttpResponse:
    asked = forms.CasesForm(request.GET).asked()
    found = read_cases(**asked, by=request.user)
    form = forms.CasesForm(initial=asked)
    rows = case_rows(found, language=_language())
    context = {"form": form, "page": found.page, "rows": rows}
    context["may_open"] = request.user.may(Permit.CASE_WRITE)
    return render(request, "cases/cases.html", context)


@door(Permit.CASE_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: OfficerRequest) -> HttpResponse:
    form = forms.NewForm(request.POST if request.method == "POST" else None)
    form.initial = {"report": request.GET.get("report", "")}
    if not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "cases/new_case.html", {"form": form}, status=status)
    given = dict(form.cleaned_data)
    report = given.pop("report")
    case = open_case(**given, by=request.user)
    if report:
        link_report(case.reference, report, by=request.user)
    messages.success(request, _("Case %(number)s is open.") % {"number": case.written_number})
    return redirect("case", case.reference)


@door(Permit.CASE_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: OfficerRequest) -> HttpResponse:
    # By POST: what somebody looked for belongs in no address, history or server's log.
    form = forms.SearchForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        found = search_cases(form.cleaned_data["text"], by=request.user)
        context |= search_rows(found, language=_language())
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "cases/search.html", context, status=status)


@door(Permit.CASE_READ)
@require_safe
def case(request: OfficerRequest, reference: str) -> HttpResponse:
    return _page(request, reference)


@door(Permit.CASE_READ)
@require_POST
def show_person(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.UnmaskForm(request.POST)
    if not form.is_valid():
        return _page(request, reference, faulty=form)
    shown = unmask_person(reference, form.cleaned_data["person"], by=request.user)
    return _page(request, reference, unmask=shown.pk)


@door(Permit.CASE_LEAD)
@require_POST
def change_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form, done = forms.MoveForm(request.POST), _("The state of the case was changed.")
    return _do(request, reference, form, done, lambda a: move_case(reference, **a, by=request.user))


@door(Permit.CASE_LEAD)
@require_POST
def wall_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form, done = forms.MarkForm(request.POST), _("Who may see the case was changed.")
    return _do(request, reference, form, done, lambda a: mark_case(reference, **a, by=request.user))


@door(Permit.CASE_LEAD)
@require_POST
def join_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form, done = forms.MemberForm(request.POST), _("The member was added.")
    return _do(
        request, reference, form, done, lambda a: add_member(reference, **a, by=request.user)
    )


@door(Permit.CASE_LEAD)
@require_POST
def leave_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form, done = forms.LeaveForm(request.POST), _("The member left the case.")
    return _do(
        request, reference, form, done, lambda a: end_membership(reference, **a, by=request.user)
    )


@door(Permit.CASE_WRITE)
@require_POST
def note_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form, done = forms.NoteForm(request.POST), _("The note was added.")
    return _do(request, reference, form, done, lambda a: add_note(reference, **a, by=request.user))


@door(Permit.CASE_WRITE)
@require_POST
def task_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form, done = forms.TaskForm(request.POST), _("The task was set.")
    return _do(request, reference, form, done, lambda a: set_task(reference, **a, by=request.user))


@door(Permit.CASE_WRITE)
@require_POST
def finish_case_task(request: OfficerRequest, reference: str) -> HttpResponse:
    form, done = forms.DoneForm(request.POST), _("The task is done.")
    return _do(
        request, reference, form, done, lambda a: finish_task(reference, **a, by=request.user)
    )


@door(Permit.CASE_WRITE)
@require_POST
def person_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form, done = forms.PersonForm(request.POST), _("The person was added.")
    return _do(
        request, reference, form, done, lambda a: add_person(reference, **a, by=request.user)
    )


@door(Permit.CASE_WRITE)
@require_POST
def identify_person(request: OfficerRequest, reference: str) -> HttpResponse:
    form, done = forms.IdentifierForm(request.POST), _("The identifier was added.")
    return _do(
        request, reference, form, done, lambda a: add_identifier(reference, **a, by=request.user)
    )


@door(Permit.CASE_WRITE)
@require_POST
def report_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form, done = forms.ReportForm(request.POST), _("The report belongs to the case now.")
    return _do(
        request, reference, form, done, lambda a: link_report(reference, **a, by=request.user)
    )


@door(Permit.CASE_WRITE)
@require_POST
def exhibit_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form, done = forms.ExhibitForm(request.POST), _("The file is an exhibit of the case now.")
    return _do(
        request, reference, form, done, lambda a: take_exhibit(reference, **a, by=request.user)
    )


@door(Permit.CASE_LEAD)
@require_POST
def share(request: OfficerRequest, reference: str) -> HttpResponse:
    form, done = forms.ShareForm(request.POST), _("The case is shared.")
    return _do(
        request, reference, form, done, lambda a: share_case(reference, **a, by=request.user)
    )


@door(Permit.CASE_LEAD)
@require_POST
def end_share(request: OfficerRequest, reference: str) -> HttpResponse:
    form, done = forms.WithdrawForm(request.POST), _("The share has ended.")
    return _do(
        request, reference, form, done, lambda a: withdraw_grant(reference, **a, by=request.user)
    )


@door(Permit.CASE_LEAD)
@require_POST
def pass_case_on(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.HandOverForm(request.POST)
    if not form.is_valid():
        return _page(request, reference, faulty=form)
    try:
        hand_over_case(reference, **form.cleaned_data, by=request.user)
    except GrantRefusedError:
        messages.warning(request, _("Your agency holds it already."), extra_tags="look")
        return redirect("case", reference)
    messages.success(request, _("The case was handed over. It is no longer yours to see."))
    return redirect("cases")


def _do(
    request: OfficerRequest,
    reference: str,
    form: Form,
    done: str,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Do it and say so, or say why not: beside the field, or on top of the page."""
    if not form.is_valid():
        return _page(request, reference, faulty=form)
    try:
        act(form.cleaned_data)
    except CaseStateError:
        _warn(request, _("The case stands elsewhere by now. Nothing was changed."))
    except NoLeadError:
        _warn(request, _("A case that only its members see needs one who leads it."))
    except GrantRefusedError:
        _warn(request, _("It cannot be shared like this: the last day is from today to a year."))
    else:
        messages.success(request, done)
    return redirect("case", reference)


def _page(
    request: OfficerRequest,
    reference: str,
    *,
    unmask: UUID | None = None,
    faulty: Form | None = None,
) -> HttpResponse:
    contents = read_case(reference, unmask=unmask, by=request.user)
    view = case_view(contents, language=_language(), officer=request.user)
    context = {"page": view, "forms": forms_for(view, faulty), "faulty": faulty}
    status = UNPROCESSABLE if faulty else 200
    return render(request, "cases/case.html", context, status=status)


def _warn(request: OfficerRequest, words: str) -> None:
    messages.warning(request, words, extra_tags="look")


def _language() -> str:
    return get_language() or "en"

"""The doors of cases: the list, a new one, one case, and what is done in it."""

from collections.abc import Callable
from uuid import UUID

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
    reopen_task,
    set_task,
    take_exhibit,
    unmask_person,
)
from havre.cases.page import case_rows, case_view, forms_for, search_rows
from havre.cases.rules.access import AlsoTheirsError, GrantRefusedError, NoLeadError
from havre.cases.rules.states import CaseStateError
from havre.cases.search.actions import search_cases
from havre.cases.sharing.actions import hand_over_case, share_case, withdraw_grant
from havre.cases.wording import ALSO_THEIRS

UNPROCESSABLE = 422


@door(Permit.CASE_READ)
@require_safe
def cases(request: OfficerRequest) -> HttpResponse:
    asked = forms.CasesForm(request.GET).asked()
    found = read_cases(**asked, by=request.user)
    form = forms.CasesForm(initial=asked)
    rows = case_rows(found, language=_language())
    context = {"form": form, "page": found.page, "rows": rows}
    context["overdue"] = found.overdue_requests
    context["may_open"] = request.user.may(Permit.CASE_WRITE)
    context["may_watch"] = request.user.may(Permit.WATCH_KEEP)
    context["alerts"] = found.alerts
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


@door(Permit.CASE_READ, Permit.IDENTIFIER_UNMASK)
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
    form = forms.MoveForm(request.POST)
    return _do(request, reference, form, move_case, done=_("The state of the case was changed."))


@door(Permit.CASE_LEAD)
@require_POST
def wall_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.MarkForm(request.POST)
    return _do(request, reference, form, mark_case, done=_("Who may see the case was changed."))


@door(Permit.CASE_LEAD)
@require_POST
def join_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.MemberForm(request.POST)
    return _do(request, reference, form, add_member, done=_("The member was added."))


@door(Permit.CASE_LEAD)
@require_POST
def leave_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.LeaveForm(request.POST)
    return _do(request, reference, form, end_membership, done=_("The member left the case."))


@door(Permit.CASE_WRITE)
@require_POST
def note_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.NoteForm(request.POST)
    return _do(request, reference, form, add_note, done=_("The note was added."))


@door(Permit.CASE_WRITE)
@require_POST
def task_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.TaskForm(request.POST)
    return _do(request, reference, form, set_task, done=_("The task was set."))


@door(Permit.CASE_WRITE)
@require_POST
def finish_case_task(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.DoneForm(request.POST)
    return _do(request, reference, form, finish_task, done=_("The task is done."))


@door(Permit.CASE_WRITE)
@require_POST
def reopen_case_task(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.DoneForm(request.POST)
    return _do(request, reference, form, reopen_task, done=_("The task is to be done again."))


@door(Permit.CASE_WRITE)
@require_POST
def person_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.PersonForm(request.POST)
    return _do(request, reference, form, add_person, done=_("The person was added."))


@door(Permit.CASE_WRITE)
@require_POST
def identify_person(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.IdentifierForm(request.POST)
    return _do(request, reference, form, add_identifier, done=_("The identifier was added."))


@door(Permit.CASE_WRITE)
@require_POST
def report_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.ReportForm(request.POST)
    return _do(request, reference, form, link_report, done=_("The report belongs to the case now."))


@door(Permit.CASE_WRITE)
@require_POST
def exhibit_case(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.ExhibitForm(request.POST)
    return _do(
        request, reference, form, take_exhibit, done=_("The file is an exhibit of the case now.")
    )


@door(Permit.CASE_LEAD)
@require_POST
def share(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.ShareForm(request.POST)
    return _do(request, reference, form, share_case, done=_("The case is shared."))


@door(Permit.CASE_LEAD)
@require_POST
def end_share(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.WithdrawForm(request.POST)
    return _do(request, reference, form, withdraw_grant, done=_("The share has ended."))


@door(Permit.CASE_LEAD)
@require_POST
def pass_case_on(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.HandOverForm(request.POST)
    if not form.is_valid():
        return _page(request, reference, faulty=form)
    try:
        hand_over_case(reference, **form.cleaned_data, by=request.user)
    except AlsoTheirsError:
        _warn(request, str(ALSO_THEIRS))
        return redirect("case", reference)
    except GrantRefusedError:
        messages.warning(request, _("Your agency holds it already."), extra_tags="look")
        return redirect("case", reference)
    messages.success(request, _("The case was handed over. It is no longer yours to see."))
    return redirect("cases")


def _do(
    request: OfficerRequest,
    reference: str,
    form: Form,
    act: Callable[..., object],
    *,
    done: str,
) -> HttpResponse:
    """Do what the form says and say so, or why not: beside the field, or on top of the page."""
    if not form.is_valid():
        return _page(request, reference, faulty=form)
    try:
        act(reference, **form.cleaned_data, by=request.user)
    except CaseStateError:
        _warn(request, _("The case stands elsewhere by now. Nothing was changed."))
    except NoLeadError:
        _warn(request, _("A case that only its members see needs one who leads it."))
    except AlsoTheirsError:
        _warn(request, str(ALSO_THEIRS))
    except GrantRefusedError:
        _warn(request, _("It cannot be shared like this: the last day is from today to a year."))
    except ObjectDoesNotExist:
        # The case itself must be one's to see: else this page is not there either.
        if not isinstance(form, forms.ReportForm):
            raise
        form.add_error("report", _("No such report was sent to your agency. Check the number."))
        return _page(request, reference, faulty=form)
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
    offered = forms_for(view, faulty, language=_language())
    context = {"page": view, "forms": offered, "faulty": faulty}
    context["may_watch"] = request.user.may(Permit.WATCH_KEEP)
    context["may_unmask"] = request.user.may(Permit.IDENTIFIER_UNMASK)
    status = UNPROCESSABLE if faulty else 200
    return render(request, "cases/case.html", context, status=status)


def _warn(request: OfficerRequest, words: str) -> None:
    messages.warning(request, words, extra_tags="look")


def _language() -> str:
    return get_language() or "en"

"""The doors of the bulletin board."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.cases.bulletins import forms
from havre.cases.bulletins.actions import post_notice, read_board, read_notice, withdraw_notice
from havre.cases.bulletins.page import board_rows, notice_context
from havre.cases.bulletins.rules import NoWordsError, WrongDaysError

UNPROCESSABLE = 422


@door(Permit.BULLETIN_READ)
@require_safe
def bulletins(request: OfficerRequest) -> HttpResponse:
    opened = read_board(after=request.GET.get("after", ""), by=request.user)
    context = {
        "rows": board_rows(opened, language=_language()),
        "page": opened.page,
        "may_post": request.user.may(Permit.BULLETIN_POST),
    }
    return render(request, "bulletins/bulletins.html", context)


@door(Permit.BULLETIN_READ, Permit.BULLETIN_POST)
@require_http_methods(["GET", "HEAD", "POST"])
def new_bulletin(request: OfficerRequest) -> HttpResponse:
    held = request.user.context.compartments.split(",")
    form = forms.PostForm(request.POST if request.method == "POST" else None, held=held)
    posted = _posted(request, form) if form.is_valid() else None
    if posted is None:
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "bulletins/new_bulletin.html", {"form": form}, status=status)
    messages.success(request, _("The notice hangs on the board. You can take it down here."))
    return redirect("bulletin", posted)


@door(Permit.BULLETIN_READ)
@require_safe
def bulletin(request: OfficerRequest, reference: str) -> HttpResponse:
    opened = read_notice(reference, by=request.user)
    context = notice_context(opened, language=_language())
    return render(request, "bulletins/bulletin.html", context)


@door(Permit.BULLETIN_READ, Permit.BULLETIN_POST)
@require_POST
def withdraw(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.WithdrawForm(request.POST)
    form.full_clean()
    is_back = bool(form.cleaned_data.get("is_back"))
    notice = withdraw_notice(reference, is_back=is_back, by=request.user)
    done = _("The notice hangs again.") if is_back else _("The notice was taken down.")
    messages.success(request, done)
    is_own = notice.agency_id == request.user.agency_id
    return redirect("bulletin", reference) if is_own else redirect("bulletins")


def _posted(request: OfficerRequest, form: forms.PostForm) -> str | None:
    try:
        return post_notice(**form.given(), by=request.user).reference
    except NoWordsError:
        form.add_error("title_en", _("Write it in at least one language; in both if you can."))
    except WrongDaysError:
        form.add_error("until", _("Choose a day from today to a year from now."))
    return None


def _language() -> str:
    return get_language() or "en"

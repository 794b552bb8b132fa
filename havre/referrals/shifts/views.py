"""The page by which one shift of the desk follows another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.referrals.shifts.actions import hand_shift_over, read_agency_shift, read_shift
from havre.referrals.shifts.forms import HandOverForm, SpanForm
from havre.triage.duty.wording import on_the_wall
from havre.triage.paging.wording import KINDS, RUNGS, STATES, WAYS

UNPROCESSABLE = 422


@door(Permit.QUEUE_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def shift(request: OfficerRequest) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    form = HandOverForm(typed)
    if typed is not None and form.is_valid():
        hand_shift_over(form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Kept for the next shift."))
        return redirect("shift")
    choice = SpanForm(request.GET)
    hours = choice.asked()
    opened, language = read_shift(hours=hours, by=request.user), get_language() or "en"
    span = opened.page.span
    context = {
        "page": opened.page,
        "notes": opened.notes,
        "rows": [(one, KINDS[one.kind], STATES[one.state]) for one in opened.page.pages],
        "since": on_the_wall(span.starts, language),
        "until": on_the_wall(span.ends, language),
        "choice": SpanForm(initial={"hours": hours or ""}),
        "form": form,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "shifts/shift.html", context, status=status)


@door(Permit.INBOX_READ, Permit.ROTA_KEEP)
@require_safe
def agency_shift(request: OfficerRequest) -> HttpResponse:
    choice = SpanForm(request.GET)
    hours, language = choice.asked(), get_language() or "en"
    page = read_agency_shift(hours=hours, by=request.user)
    called = [
        (
            one,
            STATES[one.page.state],
            [(call, RUNGS[call.rung], WAYS.get(call.way)) for call in one.calls],
        )
        for one in page.calls
    ]
    context = {
        "page": page,
        "called": called,
        "since": on_the_wall(page.span.starts, language),
        "until": on_the_wall(page.span.ends, language),
        "choice": SpanForm(initial={"hours": hours or ""}),
    }
    return render(request, "shifts/agency_shift.html", context)

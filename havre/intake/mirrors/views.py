"""The doors of a mirror: where a provider's reports go too, and the receipts of the other side."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.intake.mirrors import actions
from havre.intake.mirrors.forms import ChangeForm, CopiesForm, CopyForm, MirrorForm
from havre.intake.mirrors.reads import MirrorPage
from havre.intake.mirrors.rules import FIRST_WAITS, CopyState
from havre.intake.mirrors.wording import REMARKS, STATES, STEPS, advice

TO_TRY = {CopyState.REFUSED, CopyState.STOPPED, CopyState.WAITING}
TO_STOP = {CopyState.REFUSED, CopyState.WAITING}


@door(Permit.CONSOLE_USE)
@require_http_methods(["GET", "HEAD", "POST"])
def mirror(request: OfficerRequest) -> HttpResponse:
    asked = CopiesForm(request.GET).asked()
    page = actions.read_mirror(**asked, by=request.user)
    form = _form(request, page)
    if form.is_valid():
        actions.set_mirror(**form.cleaned_data, by=request.user)
        messages.success(request, _("It is set. The other service is asked who you are there."))
        return redirect("console_mirror")
    context = {
        "form": form,
        "choice": CopiesForm(initial=asked),
        "page": page,
        "counts": [(STATES[state], count) for state, count in page.counts.items()],
        "rows": [(one, STATES[one.state], advice(one.failed_as)) for one in page.copies],
        "advice": advice(page.mirror.failed_as) if page.mirror else "",
    }
    status = 422 if form.errors else 200
    return render(request, "intake/mirrors/mirror.html", context, status=status)


@door(Permit.CONSOLE_USE)
@require_POST
def change_mirror(request: OfficerRequest) -> HttpResponse:
    form, by = ChangeForm(request.POST), request.user
    what = form.cleaned_data["what"] if form.is_valid() else ""
    if what == "try":
        rows = actions.try_now(by=by)
        told = ngettext("%(rows)d copy is tried now.", "%(rows)d copies are tried now.", rows)
        messages.success(request, told % {"rows": rows})
    elif what == "forget":
        actions.forget_password(by=by)
        messages.success(request, _("The password is destroyed. Nothing is sent any more."))
    elif what:
        actions.switch_mirror(is_on=what == "on", by=by)
        messages.success(request, _("The mirror was changed."))
    return redirect("console_mirror")


@door(Permit.CONSOLE_USE)
@require_safe
def copy(request: OfficerRequest, copy_id: UUID) -> HttpResponse:
    page = actions.read_copy(copy_id, by=request.user)
    context = {
        "page": page,
        "state": STATES[page.copy.state],
        "advice": advice(page.copy.failed_as),
        "rows": [(one, STEPS[one.step]) for one in page.answers],
        "remarks": [REMARKS[one] for one in page.copy.remarks],
        "waits_for_first": page.copy.failed_as == FIRST_WAITS,
        "may_try": page.copy.state in TO_TRY,
        "may_stop": page.copy.state in TO_STOP,
    }
    return render(request, "intake/mirrors/copy.html", context)


@door(Permit.CONSOLE_USE)
@require_POST
def change_copy(request: OfficerRequest, copy_id: UUID) -> HttpResponse:
    form, by = CopyForm(request.POST), request.user
    what = form.cleaned_data["what"] if form.is_valid() else ""
    if what == "stop":
        actions.stop_copy(copy_id, by=by)
        messages.success(request, _("It is sent no more. You can have it tried again."))
    else:
        actions.send_again(copy_id, by=by)
        messages.success(request, _("It is tried again within a minute."))
    return redirect("console_copy", copy_id)


def _form(request: OfficerRequest, page: MirrorPage) -> MirrorForm:
    typed = request.POST if request.method == "POST" else None
    now = page.mirror
    known = {"url": now.url, "username": now.username} if now else {}
    return MirrorForm(typed, is_own_house=settings.PUBLIC_HOST == "localhost", initial=known)

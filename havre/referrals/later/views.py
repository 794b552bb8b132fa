"""The doors of later words: pass them on, keep them back, take back what nobody has opened."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.intake.later.rules import words_read
from havre.intake.reads import report_by_reference
from havre.referrals.later.actions import keep_words_back, pass_words_on, take_words_back
from havre.referrals.later.forms import KeepForm
from havre.referrals.later.wording import REFUSED


@door(Permit.REPORT_REFER)
@require_POST
def pass_on(request: OfficerRequest, reference: str) -> HttpResponse:
    read = words_read(request.POST.getlist("read"))
    is_asked = bool(request.POST.get("centre_asked"))

    def act() -> str:
        told = pass_words_on(reference, messages=read, centre_asked=is_asked, by=request.user)
        said = ngettext(
            "Passed on: %(count)s agency was told.",
            "Passed on: %(count)s agencies were told.",
            len(told),
        )
        return said % {"count": len(told)}

    return _done(request, reference, act)


@door(Permit.REPORT_REFER)
@require_POST
def keep_back(request: OfficerRequest, reference: str) -> HttpResponse:
    report_by_reference(reference, actor=request.user)
    form, read = KeepForm(request.POST), words_read(request.POST.getlist("read"))
    if not form.is_valid():
        words = _("Choose why it stays here. Nothing was changed.")
        messages.warning(request, words, extra_tags="look")
        return redirect("report_page", reference)

    def act() -> str:
        because = form.cleaned_data["because"]
        keep_words_back(reference, messages=read, because=because, by=request.user)
        return _("It stays with the tipline. It can be passed on from here at any time.")

    return _done(request, reference, act)


@door(Permit.REPORT_REFER)
@require_POST
def take_back(request: OfficerRequest, reference: str) -> HttpResponse:
    chosen = words_read(request.POST.getlist("read"))

    def act() -> str:
        take_words_back(reference, messages=chosen, by=request.user)
        return _("Taken back. Nobody there had opened it; it waits again.")

    return _done(request, reference, act)


def _done(request: OfficerRequest, reference: str, act: Callable[[], str]) -> HttpResponse:
    """Do it and say so on the report's page, or say why nothing was changed."""
    try:
        messages.success(request, act())
    except tuple(REFUSED) as error:
        messages.warning(request, str(REFUSED[type(error)]), extra_tags="look")
    return redirect("report_page", reference)

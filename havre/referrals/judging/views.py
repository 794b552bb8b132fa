"""The doors of a link: look at it, judge it, take the judgement back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.links.resolving.wording import likeness_row
from havre.referrals.judging.actions import judge as judge_two
from havre.referrals.judging.actions import open_link, take_back
from havre.referrals.judging.forms import JudgeForm
from havre.referrals.judging.wording import SENTENCES
from havre.referrals.pages.tables import link_row

UNPROCESSABLE = 422


@door(Permit.REPORT_READ)
@require_safe
def link(request: OfficerRequest, reference: str, other: str) -> HttpResponse:
    return _link(request, reference, other, JudgeForm())


@door(Permit.LINK_JUDGE)
@require_POST
def judge(request: OfficerRequest, reference: str, other: str) -> HttpResponse:
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return _link(request, reference, other, form)
    judge_two(reference, other=other, **form.cleaned_data, by=request.user)
    messages.success(request, _("Kept. It counts before whatever the two share."))
    return redirect("link", reference, other)


@door(Permit.LINK_JUDGE)
@require_POST
def unjudge(request: OfficerRequest, reference: str, other: str, judgement: UUID) -> HttpResponse:
    take_back(reference, other=other, judgement=judgement, by=request.user)
    messages.success(request, _("Taken back. What was said before counts again."))
    return redirect("link", reference, other)


def _link(request: OfficerRequest, reference: str, other: str, form: JudgeForm) -> HttpResponse:
    opened = open_link(reference, other=other, by=request.user)
    language = get_language() or "en"
    context = {
        "opened": opened,
        "row": link_row(opened.linked, language=language) if opened.linked else None,
        "likeness": likeness_row(opened.likeness) if opened.likeness else None,
        "said": [
            (each, SENTENCES[each.judgement.side, each.judgement.verdict]) for each in opened.said
        ],
        "form": form,
        "may_judge": request.user.may(Permit.LINK_JUDGE),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "referrals/link.html", context, status=status)

"""The doors of secondments, and the one where somebody chooses for whom to act."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies import sessions
from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.agencies.secondments import actions
from havre.agencies.secondments.forms import RenewForm, SecondmentForm
from havre.agencies.secondments.reads import (
    agencies_that_receive,
    places_to_act_from,
    who_may_be_lent,
)
from havre.agencies.secondments.rules import SecondmentRefusedError
from havre.agencies.secondments.wording import REFUSALS, longest_days

UNPROCESSABLE = 422
by_page_or_form = require_http_methods(["GET", "HEAD", "POST"])
# What may be done with one of them, and what is said when it is done.
STEPS: dict[str, tuple[Callable[..., object], Promise]] = {
    "agree": (actions.agree_secondment, _("You have agreed. The other agency sees it too.")),
    "end": (actions.end_secondment, _("It has ended, at once.")),
    "let-in": (actions.let_in_again, _("The officer may act for your agency again.")),
    "refuse": (actions.refuse_secondment, _("You have refused. The other agency sees it too.")),
    "withdraw": (actions.withdraw_secondment, _("It is asked for no longer.")),
}


@door(Permit.OFFICERS_KEEP)
@require_safe
def secondments(request: OfficerRequest) -> HttpResponse:
    page = actions.read_secondments(after=request.GET.get("after", ""), by=request.user)
    return render(request, "secondments/secondments.html", {"page": page})


@door(Permit.OFFICERS_KEEP)
@by_page_or_form
def new_secondment(request: OfficerRequest) -> HttpResponse:
    officers = who_may_be_lent(request.user)
    agencies = agencies_that_receive(request.user)
    form = SecondmentForm(request.POST or None, officers=officers, agencies=agencies)
    if form.is_valid():
        given = form.given()
        try:
            made = actions.ask_secondment(UUID(given.pop("officer")), **given, by=request.user)
        except SecondmentRefusedError as error:
            form.refuse(error.refusal)
        else:
            messages.success(request, _("It was asked for. The other agency has to agree."))
            return redirect("secondment", made.pk)
    context = {"form": form, "longest": longest_days(), "nobody": not officers}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "secondments/new_secondment.html", context, status=status)


@door(Permit.OFFICERS_KEEP)
@require_safe
def secondment(request: OfficerRequest, secondment_id: UUID) -> HttpResponse:
    return _shown(request, secondment_id, RenewForm())


@door(Permit.OFFICERS_KEEP)
@require_POST
def move_secondment(request: OfficerRequest, secondment_id: UUID) -> HttpResponse:
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        return _shown(request, secondment_id, RenewForm(), status=UNPROCESSABLE)
    act, said = step
    try:
        act(secondment_id, by=request.user)
    except SecondmentRefusedError as error:
        why = REFUSALS[error.refusal]
        return _shown(request, secondment_id, RenewForm(), why=why, status=UNPROCESSABLE)
    messages.success(request, str(said))
    return redirect("secondment", secondment_id)


@door(Permit.OFFICERS_KEEP)
@require_POST
def renew_secondment(request: OfficerRequest, secondment_id: UUID) -> HttpResponse:
    form = RenewForm(request.POST)
    if form.is_valid():
        try:
            made = actions.ask_renewal(
                secondment_id, last=form.cleaned_data["last"], by=request.user
            )
        except SecondmentRefusedError as error:
            form.refuse(error.refusal)
        else:
            messages.success(request, _("It was asked for. The other agency has to agree."))
            return redirect("secondment", made.pk)
    return _shown(request, secondment_id, form, status=UNPROCESSABLE)


@door(Permit.ACCOUNT_KEEP, as_oneself=True)
@by_page_or_form
def act_for(request: OfficerRequest) -> HttpResponse:
    if request.method == "POST":
        if "place" not in request.POST:
            raise Http404
        chosen = actions.choose_agency(request.POST["place"], by=request.user)
        sessions.act_from(request, chosen)
        return redirect("desk")
    places = places_to_act_from(request.user, sessions.place_chosen(request))
    return render(request, "secondments/act_for.html", {"places": places})


def _shown(
    request: OfficerRequest,
    pk: UUID,
    form: RenewForm,
    *,
    why: Promise | str = "",
    status: int = 200,
) -> HttpResponse:
    page = actions.open_secondment(pk, by=request.user)
    context = {"page": page, "form": form, "why": why, "longest": longest_days()}
    return render(request, "secondments/secondment.html", context, status=status)

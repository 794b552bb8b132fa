"""The doors of the policy."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.oversight.policies.forms import (
    ActivateForm,
    ChangeForm,
    ReasonForm,
    ReturnForm,
    SimulateForm,
)
from havre.oversight.policies.page import asked_thing, list_in_words, policy_page, thing_word
from havre.oversight.policies.wording import REFUSED
from havre.triage.policies import actions
from havre.triage.policies.reads import proposal_of
from havre.triage.policies.rules.words import Change, PolicyRefusedError

UNPROCESSABLE, NOT_MODIFIED = 422, 304


@door(Permit.POLICY_READ)
@require_safe
def policies(request: OfficerRequest) -> HttpResponse:
    page = actions.read_policies(after=request.GET.get("after", ""), by=request.user)
    context = list_in_words(page) | {
        "keeps": request.user.may(Permit.POLICY_KEEP),
        "back": ReturnForm(),
    }
    return render(request, "oversight/policies/policies.html", context)


@door(Permit.POLICY_READ)
@require_safe
def policy(request: OfficerRequest, policy_id: UUID) -> HttpResponse:
    seen = request.headers.get("If-None-Match")
    if seen:
        proposal = proposal_of(policy_id, actor=request.user)
        if policy_page(proposal, language=_language(), officer=request.user).mark == seen:
            # Nothing is shown that was not: no look, no line.
            return HttpResponse(status=NOT_MODIFIED)
    return _page(request, policy_id)


@door(Permit.POLICY_KEEP)
@require_POST
def draft_policy(request: OfficerRequest) -> HttpResponse:
    return redirect("policy", actions.draft_policy(by=request.user).pk)


@door(Permit.POLICY_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def change_policy(request: OfficerRequest, policy_id: UUID) -> HttpResponse:
    proposal = actions.read_policy(policy_id, by=request.user)
    key = (request.POST or request.GET).get("what", "")
    asked = asked_thing(key, proposal) if proposal.is_draft else None
    if asked is None:
        messages.warning(request, _("Choose from the list what to change."), extra_tags="look")
        return redirect("policy", policy_id)
    what, name, facts, before = asked
    if "drop" in request.POST:
        actions.change_policy(policy_id, Change(what=what, id=name), by=request.user)
        return redirect("policy", policy_id)
    form = ChangeForm(what, name, facts, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.change_policy(policy_id, form.change(), by=request.user)
        except PolicyRefusedError as error:
            form.refuse(REFUSED[type(error)])
        except ValueError:
            form.refuse(_("The policy would not fit together any more. Choose another value."))
        else:
            messages.success(request, _("The draft was changed."))
            return redirect("policy", policy_id)
    context = {"form": form, "proposal": proposal, "what": key}
    context["thing"] = thing_word(before, what, name, _language())
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "oversight/policies/change.html", context, status=status)


@door(Permit.POLICY_KEEP)
@require_POST
def propose_policy(request: OfficerRequest, policy_id: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, policy_id, reason=form)
    try:
        actions.propose_policy(policy_id, reason=form.cleaned_data["reason"], by=request.user)
    except PolicyRefusedError as error:
        return _refused(request, policy_id, error)
    messages.success(request, _("Proposed. Now try it on past reports; a colleague decides."))
    return redirect("policy", policy_id)


@door(Permit.POLICY_KEEP)
@require_POST
def simulate_policy(request: OfficerRequest, policy_id: UUID) -> HttpResponse:
    form = SimulateForm(request.POST)
    if not form.is_valid():
        return _page(request, policy_id, simulate=form)
    try:
        actions.ask_to_simulate(policy_id, days=form.cleaned_data["days"], by=request.user)
    except PolicyRefusedError as error:
        return _refused(request, policy_id, error)
    return redirect("policy", policy_id)


@door(Permit.POLICY_KEEP)
@require_POST
def activate_policy(request: OfficerRequest, policy_id: UUID) -> HttpResponse:
    form = ActivateForm(request.POST)
    if form.is_valid():
        try:
            actions.activate_policy(policy_id, **form.cleaned_data, by=request.user)
        except PolicyRefusedError as error:
            form.refuse(REFUSED[type(error)])
        else:
            messages.success(request, _("Put in force. What waits is scored anew by it."))
            return redirect("policy", policy_id)
    return _page(request, policy_id, activate=form)


@door(Permit.POLICY_KEEP)
@require_POST
def withdraw_policy(request: OfficerRequest, policy_id: UUID) -> HttpResponse:
    try:
        actions.withdraw_policy(policy_id, by=request.user)
    except PolicyRefusedError as error:
        return _refused(request, policy_id, error)
    messages.success(request, _("Withdrawn. The policy in force stays as it is."))
    return redirect("policies")


@door(Permit.POLICY_KEEP)
@require_POST
def return_policy(request: OfficerRequest) -> HttpResponse:
    form = ReturnForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Say why an earlier version should hold again."))
        return redirect("policies")
    try:
        asked = actions.ask_to_return(**form.cleaned_data, by=request.user)
    except PolicyRefusedError:
        messages.warning(request, _("This version holds already. Nothing was changed."))
        return redirect("policies")
    messages.success(request, _("Asked for. A colleague puts it in force."))
    return redirect("policy", asked.pk)


def _page(request: OfficerRequest, policy_id: UUID, **forms: Any) -> HttpResponse:  # noqa: ANN401
    proposal = actions.read_policy(policy_id, by=request.user)
    start = request.GET.get("start", "")
    page = policy_page(
        proposal,
        start=int(start) if start.isdecimal() and len(start) < len("100000") else 0,
        language=_language(),
        officer=request.user,
    )
    blank = {
        "reason": ReasonForm(),
        "simulate": SimulateForm(),
        "activate": ActivateForm(),
        "back": ReturnForm(),
    }
    wrong = [form for form in forms.values() if form.errors]
    context = blank | forms | {"page": page, "proposal": proposal, "form": next(iter(wrong), None)}
    status = UNPROCESSABLE if wrong else 200
    return render(request, "oversight/policies/policy.html", context, status=status)


def _refused(request: OfficerRequest, policy_id: UUID, error: PolicyRefusedError) -> HttpResponse:
    messages.warning(request, str(REFUSED[type(error)]), extra_tags="look")
    return redirect("policy", policy_id)


def _language() -> str:
    return get_language() or "en"

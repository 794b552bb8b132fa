"""The doors of a report, of the inbox and of a referral."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.identifiers.actions import unmask_mention
from havre.intake.actions import send_message
from havre.intake.reads import report_by_reference
from havre.referrals.actions import (
    AlreadyReferredError,
    accept_referral,
    open_referral,
    open_sent,
    read_inbox,
    record_outcome,
    refer_report,
    return_report,
)
from havre.referrals.forms import InboxForm, MessageForm, OutcomeForm, ReferForm, ReturnForm
from havre.referrals.page import referral_page
from havre.referrals.page import report_page as page_of_report
from havre.referrals.rules.outcomes import ReferralStateError

UNPROCESSABLE = 422


@door(Permit.REPORT_READ)
@require_safe
def report_page(request: OfficerRequest, reference: str) -> HttpResponse:
    return _report(request, reference)


@door(Permit.IDENTIFIER_UNMASK, Permit.REPORT_READ)
@require_POST
def unmask(request: OfficerRequest, reference: str, mention: UUID) -> HttpResponse:
    shown = {mention: unmask_mention(mention, by=request.user)}
    return _report(request, reference, unmasked=shown)


@door(Permit.REPORT_REFER)
@require_POST
def refer(request: OfficerRequest, reference: str) -> HttpResponse:
    report = report_by_reference(reference, actor=request.user)
    form = ReferForm(request.POST, language=_language(), incidents=report.incident_count)
    if not form.is_valid():
        return _report(request, reference, refer=form)
    to = form.cleaned_data["to"]
    names = {"report": reference, "agency": to.name(_language())}
    try:
        refer_report(report, **form.cleaned_data, by=request.user)
    except AlreadyReferredError:
        _warn(request, _("%(agency)s has %(report)s already. Nothing was sent.") % names)
        return redirect("report_page", reference)
    messages.success(request, _("%(report)s was referred to %(agency)s.") % names)
    return redirect("queue")


@door(Permit.REPORT_ANSWER)
@require_POST
def answer(request: OfficerRequest, reference: str) -> HttpResponse:
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _report(request, reference, message=form)
    report = report_by_reference(reference, actor=request.user)
    send_message(report, form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Your answer waits for the reporter."))
    return redirect("report_page", reference)


@door(Permit.INBOX_READ)
@require_safe
def inbox(request: OfficerRequest) -> HttpResponse:
    asked = InboxForm(request.GET).asked()
    page = read_inbox(**asked, language=_language(), by=request.user)
    context = {"form": InboxForm(initial=asked), "page": page}
    return render(request, "referrals/inbox.html", context)


@door(Permit.REFERRAL_READ)
@require_safe
def referral(request: OfficerRequest, reference: str) -> HttpResponse:
    return _referral(request, reference)


@door(Permit.IDENTIFIER_UNMASK, Permit.REFERRAL_READ)
@require_POST
def unmask_for_addressee(request: OfficerRequest, reference: str, mention: UUID) -> HttpResponse:
    shown = {mention: unmask_mention(mention, by=request.user)}
    return _referral(request, reference, unmasked=shown)


@door(Permit.REFERRAL_ANSWER)
@require_POST
def accept(request: OfficerRequest, reference: str) -> HttpResponse:
    done = _("You took %(referral)s.") % {"referral": reference}
    return _answered(request, reference, done, lambda: accept_referral(reference, by=request.user))


@door(Permit.REFERRAL_ANSWER)
@require_POST
def send_back(request: OfficerRequest, reference: str) -> HttpResponse:
    form = ReturnForm(request.POST, language=_language())
    if not form.is_valid():
        return _referral(request, reference, returning=form)
    done = _("%(referral)s went back to the tipline.") % {"referral": reference}
    given = form.cleaned_data
    return _answered(
        request, reference, done, lambda: return_report(reference, **given, by=request.user)
    )


@door(Permit.REFERRAL_ANSWER)
@require_POST
def outcome(request: OfficerRequest, reference: str) -> HttpResponse:
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _referral(request, reference, outcome=form)
    done, given = _("The outcome was recorded."), form.cleaned_data
    return _answered(
        request, reference, done, lambda: record_outcome(reference, **given, by=request.user)
    )


def _report(
    request: OfficerRequest,
    reference: str,
    *,
    unmasked: dict[UUID, str] | None = None,
    refer: ReferForm | None = None,
    message: MessageForm | None = None,
) -> HttpResponse:
    """The page of a report; with a form that did not read, its faults and what was typed."""
    opened, sent = open_sent(reference, by=request.user)
    page = page_of_report(
        opened, sent, language=_language(), unmasked=unmasked or {}, actor=request.user
    )
    fresh = ReferForm(
        language=_language(),
        suggested=page.suggested,
        held_by=page.held_by,
        incidents=page.report.incident_count,
    )
    context = {"page": page, "refer": refer or fresh, "message": message or MessageForm()}
    context["faulty"] = refer or message
    status = UNPROCESSABLE if context["faulty"] else 200
    return render(request, "referrals/report.html", context, status=status)


def _referral(
    request: OfficerRequest,
    reference: str,
    *,
    unmasked: dict[UUID, str] | None = None,
    returning: ReturnForm | None = None,
    outcome: OutcomeForm | None = None,
) -> HttpResponse:
    """The page of a referral; with a form that did not read, its faults and what was typed."""
    opened = open_referral(reference, by=request.user)
    page = referral_page(opened, language=_language(), unmasked=unmasked or {}, actor=request.user)
    context = {
        "page": page,
        "returning": returning or ReturnForm(language=_language()),
        "outcome": outcome or OutcomeForm(),
        "faulty": returning or outcome,
        "may_answer": request.user.may(Permit.REFERRAL_ANSWER),
    }
    status = UNPROCESSABLE if context["faulty"] else 200
    return render(request, "referrals/referral.html", context, status=status)


def _answered(
    request: OfficerRequest, reference: str, done: str, act: Callable[[], object]
) -> HttpResponse:
    """Do it and say so, or say that the referral stands elsewhere by now."""
    try:
        act()
    except ReferralStateError:
        _warn(request, _("This referral has moved on. Nothing was changed."))
    else:
        messages.success(request, done)
    return redirect("referral", reference)


def _warn(request: OfficerRequest, words: str) -> None:
    messages.warning(request, words, extra_tags="look")


def _language() -> str:
    return get_language() or "en"

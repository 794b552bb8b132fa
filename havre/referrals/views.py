"""The doors of a referral."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.agencies.rules.words import AgencyKind
from havre.intake.questions.forms import ProviderForm
from havre.intake.questions.rules import AskedAlreadyError, NoProviderError, kinds_for
from havre.referrals.actions import (
    accept_referral,
    open_notice,
    open_referral,
    record_outcome,
    return_report,
)
from havre.referrals.actions import unmask_for_addressee as show_to_addressee
from havre.referrals.asking.actions import ask_provider
from havre.referrals.asking.forms import end_from_form
from havre.referrals.asking.wording import NOT_ASKED
from havre.referrals.forms import OutcomeForm, ReturnForm
from havre.referrals.identity.reads import is_identity_given
from havre.referrals.inbox.actions import ask_tipline, decline_referral
from havre.referrals.inbox.actions import hand_over as give_to_colleague
from havre.referrals.inbox.forms import AskForm, DeclineForm, HandOverForm
from havre.referrals.inbox.reads import colleagues_for
from havre.referrals.notices.calling import called_for
from havre.referrals.packages.reads import key_for_files, packages_of
from havre.referrals.pages.page import referral_page
from havre.referrals.reads import is_over
from havre.referrals.releases.actions import keep_outcome, release_outcome
from havre.referrals.releases.forms import ReleaseForm
from havre.referrals.releases.reads import words_open_to
from havre.referrals.rules.outcomes import ReferralStateError
from havre.referrals.rules.states import ALLOWED_FROM, Act
from havre.referrals.sending.wording import ENDINGS

UNPROCESSABLE = 422


@door(Permit.REFERRAL_READ)
@require_safe
def referral(request: OfficerRequest, reference: str) -> HttpResponse:
    if is_over(reference, actor=request.user):
        notice = open_notice(reference, by=request.user)
        context = {"referral": notice, "ended": ENDINGS.get(notice.ended_because)}
        return render(request, "referrals/over.html", context)
    return _referral(request, reference)


@door(Permit.IDENTIFIER_UNMASK, Permit.REFERRAL_READ)
@require_POST
def unmask(request: OfficerRequest, reference: str, mention: UUID) -> HttpResponse:
    shown = {mention: show_to_addressee(mention, by=request.user)}
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
    done = _("%(referral)s went back to the tipline.") % {"referral": reference}
    return _filled(request, reference, form, return_report, faulty="returning", done=done)


@door(Permit.REFERRAL_ANSWER)
@require_POST
def outcome(request: OfficerRequest, reference: str) -> HttpResponse:
    form = OutcomeForm(request.POST)
    done = _("The outcome was recorded.")
    return _filled(request, reference, form, record_outcome, faulty="outcome", done=done)


@door(Permit.REFERRAL_ANSWER)
@require_POST
def tell_sender(request: OfficerRequest, reference: str) -> HttpResponse:
    """Choose what the sender of the report may know, or nothing."""
    form = ReleaseForm(request.POST, words=words_open_to(reference, actor=request.user))
    if not form.is_valid():
        return _referral(request, reference, telling=form)
    word, by = form.cleaned_data["word"], request.user
    if word is None:
        done = _("Its sender is told nothing more.")
        return _answered(request, reference, done, lambda: keep_outcome(reference, by=by))
    done = _("Chosen. Its sender reads it later; the page says when.")
    return _answered(request, reference, done, lambda: release_outcome(reference, word=word, by=by))


@door(Permit.REFERRAL_ANSWER)
@require_POST
def ask(request: OfficerRequest, reference: str) -> HttpResponse:
    form = AskForm(request.POST)
    done = _("Your question waits for the tipline.")
    return _filled(request, reference, form, ask_tipline, faulty="asking", done=done)


@door(Permit.REFERRAL_ANSWER)
@require_POST
def ask_the_provider(request: OfficerRequest, reference: str) -> HttpResponse:
    form = ProviderForm(request.POST, kinds=kinds_for(AgencyKind(request.user.agency.kind)))
    done = _("Your question waits for the provider.")
    try:
        return _filled(request, reference, form, ask_provider, faulty="provider", done=done)
    except (AskedAlreadyError, NoProviderError) as error:
        form.add_error("kind", str(NOT_ASKED[type(error)]))
        return _referral(request, reference, provider=form)


@door(Permit.REFERRAL_ANSWER)
@require_POST
def end_asking(request: OfficerRequest, reference: str) -> HttpResponse:
    """Take a question to the provider back, or let the account go."""
    done = end_from_form(request.POST, reference, by=request.user)
    if done:
        messages.success(request, done)
    else:
        _warn(request, _("It was answered already. Nothing was changed."))
    return redirect("referral", reference)


@door(Permit.REFERRAL_ANSWER)
@require_POST
def decline(request: OfficerRequest, reference: str) -> HttpResponse:
    form = DeclineForm(request.POST)
    done = _("%(referral)s was declined. The tipline has it again.") % {"referral": reference}
    return _filled(request, reference, form, decline_referral, faulty="declining", done=done)


@door(Permit.REFERRAL_ANSWER)
@require_POST
def hand_over(request: OfficerRequest, reference: str) -> HttpResponse:
    form = HandOverForm(request.POST, colleagues=colleagues_for(request.user, reference))
    done = _("It was handed over.")
    return _filled(request, reference, form, give_to_colleague, faulty="handing", done=done)


def _referral(
    request: OfficerRequest,
    reference: str,
    *,
    unmasked: dict[UUID, str] | None = None,
    **forms: Form,
) -> HttpResponse:
    """The page of a referral; with a form that did not read, its faults and what was typed."""
    opened = open_referral(reference, by=request.user)
    page = referral_page(
        opened,
        language=_language(),
        unmasked=unmasked or {},
        all_links=request.GET.get("links") == "all",
        actor=request.user,
    )
    context = {
        "page": page,
        "returning": ReturnForm(language=_language()),
        "outcome": OutcomeForm(),
        "asking": AskForm(),
        "declining": DeclineForm(),
        "handing": HandOverForm(colleagues=colleagues_for(request.user, reference)),
        "provider": ProviderForm(kinds=page.asked.kinds),
        "telling": ReleaseForm(
            words=page.told.open, chosen=page.told.waiting.word if page.told.waiting else ""
        ),
        **forms,
        "faulty": next(iter(forms.values()), None),
        "may_answer": (may_answer := request.user.may(Permit.REFERRAL_ANSWER)),
        "may_ask": may_answer and page.referral.state in ALLOWED_FROM[Act.ASK],
        "called": called_for(page.referral, actor=request.user),
        "knows_who": is_identity_given(page.referral, actor=request.user),
        "files_key": key_for_files(actor=request.user),
        "packages": packages_of(page.referral),
        "may_keep_key": request.user.may(Permit.KEYS_KEEP),
    }
    status = UNPROCESSABLE if context["faulty"] else 200
    return render(request, "referrals/referral.html", context, status=status)


def _filled(
    request: OfficerRequest,
    reference: str,
    form: Form,
    act: Callable[..., object],
    *,
    faulty: str,
    done: str,
) -> HttpResponse:
    """Do with the referral what its form says, or show it with what is missing."""
    if not form.is_valid():
        shown: dict[str, Any] = {faulty: form}
        return _referral(request, reference, **shown)
    given = form.cleaned_data
    return _answered(request, reference, done, lambda: act(reference, **given, by=request.user))


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

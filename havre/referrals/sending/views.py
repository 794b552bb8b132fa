"""The doors of a report on the desk: read it, send it, add to what was sent, take it back."""

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
from havre.identifiers.actions import unmask_mention
from havre.intake.actions import send_message
from havre.intake.questions.forms import ProviderForm
from havre.intake.questions.rules import AskedAlreadyError, NoProviderError, kinds_for
from havre.intake.reads import report_by_reference
from havre.referrals.asking.actions import ask_provider_for_desk
from havre.referrals.asking.forms import end_from_form
from havre.referrals.asking.wording import NOT_ASKED
from havre.referrals.inbox.actions import answer_question
from havre.referrals.inbox.forms import ReplyForm
from havre.referrals.later.forms import KeepForm
from havre.referrals.pages.page import ReportPage
from havre.referrals.pages.page import report_page as page_of_report
from havre.referrals.rules.guards import AlreadyReferredError, ReferralRefusedError
from havre.referrals.rules.outcomes import ReferralStateError
from havre.referrals.sending.actions import (
    add_to_referral,
    cancel_referral,
    note_conflict,
    open_for_desk,
    send_report,
    supplement_referral,
    undo_referral,
)
from havre.referrals.sending.forms import (
    AddForm,
    CancelForm,
    ConflictForm,
    MessageForm,
    ReferForm,
    SupplementForm,
    as_typed,
    forms_of_incident,
    forms_of_sent,
)
from havre.referrals.sending.reads import parallel_to, report_of_referral
from havre.referrals.sending.wording import NOT_ADDED
from havre.triage.actions import AlreadyClaimedError
from havre.triage.closing.actions import close_report, confirm_closing, reopen_report
from havre.triage.closing.forms import CloseForm, ReopenForm, typed_number
from havre.triage.closing.rules import NotStandingError, SamePersonError
from havre.triage.closing.wording import NOT_CLOSED
from havre.triage.closing.wording import REFUSED as CLOSE_REFUSED
from havre.triage.overrides.actions import confirm_lane, end_lane, set_lane
from havre.triage.overrides.forms import LaneForm
from havre.triage.overrides.rules import NoOverrideError, OwnOverrideError
from havre.triage.overrides.wording import REFUSED as LANE_REFUSED
from havre.triage.splitting.reads import numbers_among, numbers_to_refer

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
    parallel = parallel_to(report.pk, language=_language())
    numbers = numbers_to_refer(report, actor=request.user)
    form = ReferForm(request.POST, language=_language(), parallel=parallel, **numbers)
    if not form.is_valid():
        return _report(request, reference, refer=form)
    names = {agency.code: agency.name(_language()) for agency in form.recipients()}
    try:
        send_report(report, to=form.recipients(), **form.errand(), by=request.user)
    except AlreadyReferredError as error:
        given = {"report": reference, "agency": names[error.agency]}
        words = _("%(agency)s has %(report)s already: add to it below instead. Nothing was sent.")
        return _back(request, reference, look=words % given)
    except ReferralRefusedError as error:
        form.refuse(error, agency=names[error.agency])
        return _report(request, reference, refer=form)
    given = {"report": reference, "agency": ", ".join(names.values())}
    done = _("%(report)s was referred to %(agency)s. It can be taken back until it is opened.")
    messages.success(request, done % given)
    return redirect("queue")


@door(Permit.REPORT_REFER)
@require_POST
def supplement(request: OfficerRequest, reference: str) -> HttpResponse:
    report = report_by_reference(reference, actor=request.user)
    numbers = numbers_to_refer(report, actor=request.user)
    form = SupplementForm(request.POST, earlier=request.POST.get("earlier", ""), **numbers)
    if not form.is_valid():
        return _report(request, reference, faulty=form)
    try:
        supplement_referral(report, **form.cleaned_data, by=request.user)
    except (ReferralRefusedError, ReferralStateError) as error:
        words = NOT_ADDED.get(type(error)) or _("That agency has it or may not have it.")
        return _back(request, reference, look=str(words))
    return _back(request, reference, done=_("It was added to what the agency has."))


@door(Permit.REPORT_REFER)
@require_POST
def conflict(request: OfficerRequest, reference: str) -> HttpResponse:
    report = report_by_reference(reference, actor=request.user)
    form = ConflictForm(request.POST, language=_language())
    if not form.is_valid():
        return _report(request, reference, conflict=form, faulty=form)
    note_conflict(report, **form.cleaned_data, by=request.user)
    return _back(request, reference, done=_("Noted. It will not be sent to that agency."))


@door(Permit.REPORT_REFER)
@require_POST
def undo(request: OfficerRequest, reference: str) -> HttpResponse:
    done = _("Taken back. Nobody had opened it.")
    return _changed(request, reference, done, lambda: undo_referral(reference, by=request.user))


@door(Permit.REPORT_REFER)
@require_POST
def cancel(request: OfficerRequest, reference: str) -> HttpResponse:
    form = CancelForm(request.POST, referral=reference)
    return _filled(
        request,
        reference,
        form,
        cancel_referral,
        done=_("Cancelled. The agency is told why, and reads it no more."),
    )


@door(Permit.REPORT_REFER)
@require_POST
def add(request: OfficerRequest, reference: str) -> HttpResponse:
    form = AddForm(request.POST, referral=reference)
    return _filled(
        request, reference, form, add_to_referral, done=_("It was added to what the agency has.")
    )


@door(Permit.REPORT_REFER)
@require_POST
def reply(request: OfficerRequest, reference: str) -> HttpResponse:
    form = ReplyForm(request.POST, referral=reference)
    return _filled(
        request, reference, form, answer_question, done=_("Your answer is with the agency.")
    )


@door(Permit.REPORT_ANSWER)
@require_POST
def answer(request: OfficerRequest, reference: str) -> HttpResponse:
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _report(request, reference, message=form)
    report = report_by_reference(reference, actor=request.user)
    send_message(report, form.cleaned_data["text"], by=request.user)
    return _back(request, reference, done=_("Your answer waits for the reporter."))


@door(Permit.REPORT_REFER)
@require_POST
def ask_the_provider(request: OfficerRequest, reference: str) -> HttpResponse:
    report_by_reference(reference, actor=request.user)
    form = ProviderForm(request.POST, kinds=kinds_for(AgencyKind.TIPLINE))
    if not form.is_valid():
        return _report(request, reference, provider=form, faulty=form)
    try:
        ask_provider_for_desk(reference, **form.cleaned_data, by=request.user)
    except (AskedAlreadyError, NoProviderError) as error:
        form.add_error("kind", str(NOT_ASKED[type(error)]))
        return _report(request, reference, provider=form, faulty=form)
    return _back(request, reference, done=_("Your question waits for the provider."))


@door(Permit.REPORT_REFER)
@require_POST
def end_asking(request: OfficerRequest, reference: str) -> HttpResponse:
    """Take a question to the provider back, or let the account go."""
    done = end_from_form(request.POST, reference, by=request.user)
    late = _("It was answered already. Nothing was changed.")
    return _back(request, reference, done=done, look="" if done else late)


@door(Permit.REPORT_CLOSE)
@require_POST
def close(request: OfficerRequest, reference: str) -> HttpResponse:
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _report(request, reference, close=form, faulty=form)
    try:
        closing = close_report(reference, **form.cleaned_data, by=request.user)
    except tuple(CLOSE_REFUSED) as error:
        form.refuse(error)
        return _report(request, reference, close=form, faulty=form)
    except AlreadyClaimedError:
        words = _("A colleague has %(report)s in hand. Nothing was changed.")
        return _back(request, reference, look=words % {"report": reference})
    except NotStandingError as error:
        late = NOT_CLOSED.get(type(error), _("It no longer waits. Nothing was changed."))
        return _back(request, reference, look=str(late))
    twice = closing.read_twice
    done = _("%(report)s left the queue. A second person reads the closing before it is final.")
    final = _("%(report)s is closed. It can be opened again from its page.")
    messages.success(request, (done if twice else final) % {"report": reference})
    return redirect("queue")


@door(Permit.REPORT_CLOSE)
@require_POST
def confirm(request: OfficerRequest, reference: str) -> HttpResponse:
    try:
        confirm_closing(reference, incident=typed_number(request.POST), by=request.user)
    except SamePersonError:
        words = _("Somebody else reads what you closed. Nothing was changed.")
        return _back(request, reference, look=words)
    except NotStandingError:
        return _back(request, reference, look=_("It waits for no second reader any more."))
    return _back(request, reference, done=_("The closing is final."))


@door(Permit.REPORT_CLOSE)
@require_POST
def reopen(request: OfficerRequest, reference: str) -> HttpResponse:
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _report(request, reference, reopen=form, faulty=form)
    try:
        reopen_report(reference, **form.cleaned_data, by=request.user)
    except NotStandingError:
        return _back(request, reference, look=_("It is not closed. Nothing was changed."))
    return _back(request, reference, done=_("It waits in the queue again, with its first clock."))


@door(Permit.REPORT_RANK)
@require_POST
def rank(request: OfficerRequest, reference: str) -> HttpResponse:
    form = LaneForm(request.POST)
    if not form.is_valid():
        return _report(request, reference, lane=form, faulty=form)
    try:
        override = set_lane(reference, **form.cleaned_data, by=request.user)
    except tuple(LANE_REFUSED) as error:
        form.refuse(LANE_REFUSED[type(error)])
        return _report(request, reference, lane=form, faulty=form)
    except AlreadyClaimedError:
        words = _("A colleague has %(report)s in hand. Nothing was changed.")
        return _back(request, reference, look=words % {"report": reference})
    except NoOverrideError:
        return _back(request, reference, look=_("It no longer waits. Nothing was changed."))
    waits = _("It stays in its lane until a second person agrees that it is lowered.")
    done = _("It stands in the lane you chose. The score stays as it is.")
    return _back(request, reference, done=waits if override.needs_second else done)


@door(Permit.REPORT_RANK)
@require_POST
def confirm_rank(request: OfficerRequest, reference: str) -> HttpResponse:
    try:
        confirm_lane(reference, by=request.user)
    except OwnOverrideError:
        words = _("Somebody else agrees to what you asked for. Nothing was changed.")
        return _back(request, reference, look=words)
    except NoOverrideError:
        return _back(request, reference, look=_("No lowering waits to be confirmed."))
    return _back(request, reference, done=_("It was lowered."))


@door(Permit.REPORT_RANK)
@require_POST
def end_rank(request: OfficerRequest, reference: str) -> HttpResponse:
    try:
        end_lane(reference, by=request.user)
    except NoOverrideError:
        return _back(request, reference, look=_("No lane is set by hand. Nothing was changed."))
    return _back(request, reference, done=_("It stands where the rules put it."))


def _report(
    request: OfficerRequest,
    reference: str,
    *,
    unmasked: dict[UUID, str] | None = None,
    faulty: Form | None = None,
    **forms: Any,  # noqa: ANN401 - each form by the name the page knows it by
) -> HttpResponse:
    """The page of a report; with a form that did not read, its faults and what was typed."""
    desk = open_for_desk(reference, by=request.user)
    page = page_of_report(
        desk,
        language=_language(),
        unmasked=unmasked or {},
        all_links=request.GET.get("links") == "all",
        actor=request.user,
    )
    fresh = _fresh_forms(page, faulty)
    faulty = faulty or forms.get("refer") or forms.get("message")
    context = {
        "page": page,
        **fresh,
        **forms,
        "faulty": faulty,
        "may_give": request.user.may(Permit.IDENTITY_GIVE),
        "may_release": request.user.may(Permit.CLAIM_RELEASE),
    }
    status = UNPROCESSABLE if faulty else 200
    return render(request, "referrals/report.html", context, status=status)


def _fresh_forms(page: ReportPage, faulty: Form | None) -> dict[str, object]:
    numbers = numbers_among([view.row.part for view in page.incidents], page.report)
    return {
        "refer": ReferForm(
            language=_language(),
            suggested=page.suggested,
            parallel=page.weighing.parallel,
            held_by=page.held_by | page.barred,
            **numbers,
        ),
        "conflict": ConflictForm(language=_language()),
        "message": MessageForm(),
        "keep": KeepForm(),
        "close": CloseForm(),
        "reopen": ReopenForm(),
        "apart": [(view, *forms_of_incident(view.row.number, faulty)) for view in page.incidents],
        "lane": LaneForm(),
        "provider": ProviderForm(kinds=page.asked.kinds),
        "supplements": [
            (held, as_typed(SupplementForm(earlier=held.reference, **numbers), faulty))
            for held in page.weighing.held
            if numbers["incidents"]
        ],
        "taken": [(row, *forms_of_sent(row.referral.reference, faulty)) for row in page.sent],
    }


def _filled(
    request: OfficerRequest,
    referral: str,
    form: Form,
    act: Callable[..., object],
    *,
    done: str,
) -> HttpResponse:
    """Do with the referral what its form says, or show the report with what is missing."""
    if not form.is_valid():
        return _report(request, report_of_referral(referral, actor=request.user), faulty=form)
    given = form.cleaned_data
    return _changed(request, referral, done, lambda: act(referral, **given, by=request.user))


def _changed(
    request: OfficerRequest, referral: str, done: str, act: Callable[[], object]
) -> HttpResponse:
    """Do it and say so on the report's page, or say that the referral stands elsewhere by now."""
    report = report_of_referral(referral, actor=request.user)
    try:
        act()
    except ReferralStateError:
        moved_on = _("This referral has moved on. Nothing was changed.")
        return _back(request, report, look=moved_on)
    except ReferralRefusedError as error:
        return _back(request, report, look=str(NOT_ADDED[type(error)]))
    return _back(request, report, done=done)


def _back(request: OfficerRequest, report: str, *, done: str = "", look: str = "") -> HttpResponse:
    if done:
        messages.success(request, done)
    if look:
        messages.warning(request, look, extra_tags="look")
    return redirect("report_page", report)


def _language() -> str:
    return get_language() or "en"

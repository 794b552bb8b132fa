"""The doors of record systems: the inbox and its referrals, by the same actions as the pages."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from havre.agencies.doors import open_door
from havre.plumbing.apis.bodies import typed_query
from havre.plumbing.apis.cursors import no_cursor, parts_of
from havre.plumbing.apis.doors import json_answer, refuse_other_methods
from havre.plumbing.apis.problems import Fault, Kind, ProblemError, json_response, pointer
from havre.referrals.actions import (
    accept_referral,
    open_notice,
    open_referral,
    read_inbox,
    record_outcome,
    return_report,
)
from havre.referrals.asking.actions import ask_provider
from havre.referrals.inbox.actions import ask_tipline, decline_referral, hand_over
from havre.referrals.inbox.listing import PLACE
from havre.referrals.packages.actions import fetch_package
from havre.referrals.packages.rules.archive import file_name
from havre.referrals.reads import agencies_to_refer_to, is_over, referral_by_reference
from havre.referrals.records.contract import contract_document
from havre.referrals.records.door import SystemRequest, act, by_key
from havre.referrals.records.shapes import (
    Asked,
    AskedPackage,
    DeclineBody,
    HandOverBody,
    InboxPageTold,
    NoBody,
    OutcomeBody,
    ProviderQuestionBody,
    QuestionBody,
    ReturnBody,
    WholeReferral,
)
from havre.referrals.records.told import notice_told, page_told, whole_told
from havre.referrals.rules.sending import Ending


@open_door
@csrf_exempt
def contract(request: HttpRequest) -> HttpResponse:
    def work() -> HttpResponse:
        refuse_other_methods(request, ["GET"])
        return json_response(contract_document())

    return json_answer(work)


@open_door
@csrf_exempt
@by_key("GET")
def referrals(request: SystemRequest) -> InboxPageTold:
    asked = typed_query(request, Asked)
    (place,) = parts_of(asked.after, str) or ("",)
    if place and not PLACE.fullmatch(str(place)):
        raise no_cursor()
    state = "" if asked.state == "open" else asked.state
    page = read_inbox(state=state, after=str(place), language=_language(), by=request.officer)
    return page_told(page)


@open_door
@csrf_exempt
@by_key("GET")
def referral(request: SystemRequest, reference: str) -> WholeReferral:
    by = request.officer
    if is_over(reference, actor=by):
        return notice_told(open_notice(reference, by=by), language=_language())
    return whole_told(open_referral(reference, by=by), language=_language(), by=by)


@open_door
@csrf_exempt
@by_key("GET")
def package(request: SystemRequest, reference: str) -> HttpResponse:
    number = typed_query(request, AskedPackage).number
    container = fetch_package(reference, number=number or None, by=request.officer)
    answer = HttpResponse(container, content_type="application/zip")
    name = file_name(reference, number)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@open_door
@csrf_exempt
@act(NoBody)
def accept(request: SystemRequest, reference: str, _body: NoBody) -> str:
    return accept_referral(reference, by=request.officer).state


@open_door
@csrf_exempt
@act(ReturnBody)
def send_back(request: SystemRequest, reference: str, body: ReturnBody) -> str:
    known = {agency.code: agency for agency in agencies_to_refer_to()}
    if body.suggested_agency is not None and body.suggested_agency not in known:
        reason = _("is no agency’s code here; leave it out if you do not know")  # noqa: RUF001
        raise ProblemError(Kind.INVALID, faults=[Fault(pointer("suggestedAgency"), reason)])
    suggested = known.get(body.suggested_agency or "")
    back = return_report(reference, note=body.note, suggested_agency=suggested, by=request.officer)
    return back.state


@open_door
@csrf_exempt
@act(DeclineBody)
def decline(request: SystemRequest, reference: str, body: DeclineBody) -> str:
    because = Ending(body.because)
    return decline_referral(reference, because=because, note=body.note, by=request.officer).state


@open_door
@csrf_exempt
@act(HandOverBody)
def pass_on(request: SystemRequest, reference: str, body: HandOverBody) -> str:
    return hand_over(reference, to=body.to, note=body.note, by=request.officer).state


@open_door
@csrf_exempt
@act(OutcomeBody)
def outcome(request: SystemRequest, reference: str, body: OutcomeBody) -> str:
    said = record_outcome(
        reference,
        disposition=body.disposition,
        insufficiency=body.insufficiency,
        count=body.count,
        usefulness=body.usefulness,
        missing_fields=body.missing_fields,
        note=body.note,
        by=request.officer,
    )
    return said.referral.state


@open_door
@csrf_exempt
@act(QuestionBody)
def ask(request: SystemRequest, reference: str, body: QuestionBody) -> str:
    return ask_tipline(reference, text=body.text, by=request.officer).referral.state


@open_door
@csrf_exempt
@act(ProviderQuestionBody)
def ask_its_provider(request: SystemRequest, reference: str, body: ProviderQuestionBody) -> str:
    ask_provider(
        reference,
        kind=body.question,
        order_number=body.order_number,
        keeps_up=body.keep_account_up,
        by=request.officer,
    )
    return referral_by_reference(reference, actor=request.officer).state


def _language() -> str:
    return (get_language() or "en")[:2]

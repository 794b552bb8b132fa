"""The doors of the provider's JSON wire. Each does what its neighbour on the XML wire does."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from havre.agencies.doors import open_door
from havre.intake.jsondoor.asked import ListQuery, add_report, in_this_list, take_file
from havre.intake.jsondoor.door import (
    answered,
    as_response,
    checked,
    document_in,
    is_lenient_to,
    provider_door,
    refuse_a_body,
    source_of,
)
from havre.intake.jsondoor.once import answer_of
from havre.intake.jsondoor.reads import own_reports
from havre.intake.jsondoor.said import openapi
from havre.intake.jsondoor.wires.answers import (
    Described,
    Status,
    notices_told,
    page_told,
    report_told,
)
from havre.intake.jsondoor.wires.checks import checked_details, checked_report
from havre.intake.jsondoor.wires.tree import read_file_details
from havre.intake.mirrors.asked import copy_told
from havre.intake.providers.actions import retract_filing
from havre.intake.providers.door import WireRequest
from havre.intake.providers.filings import describe_file, finish_filing
from havre.intake.providers.reads import notices, report_state
from havre.plumbing import clock
from havre.plumbing.apis.bodies import typed_query
from havre.plumbing.apis.cursors import cursor_of
from havre.plumbing.apis.doors import json_answer, refuse_other_methods
from havre.plumbing.apis.problems import Kind, ProblemError


@open_door
@csrf_exempt
def openapi_document(request: HttpRequest) -> HttpResponse:
    def work() -> HttpResponse:
        refuse_other_methods(request, ("GET",))
        return as_response(openapi())

    return json_answer(work)


@open_door
@csrf_exempt
@provider_door("GET")
def status(request: WireRequest) -> HttpResponse:
    provider = request.provider
    said = Status(
        provider=provider.code,
        environment="test" if provider.environment == "test" else "production",
        reading="lenient" if is_lenient_to(provider) else "strict",
        address=request.META.get("REMOTE_ADDR", ""),
    )
    return as_response(answer_of(200, said))


@open_door
@csrf_exempt
@provider_door("GET", "POST")
def reports(request: WireRequest) -> HttpResponse:
    if request.method == "POST":
        return add_report(request)
    asked = typed_query(request, ListQuery)
    rows, last = own_reports(
        after=in_this_list(asked.after, actor=request.provider),
        state=asked.state,
        limit=asked.limit,
        actor=request.provider,
    )
    page = page_told(rows, cursor_of(last) if last else "")
    return as_response(answer_of(200, page))


@open_door
@csrf_exempt
@provider_door("GET")
def report(request: WireRequest, number: int) -> HttpResponse:
    state = report_state(number, actor=request.provider)
    said = report_told(state, copy=copy_told(number, actor=request.provider))
    return as_response(answer_of(200, said))


@open_door
@csrf_exempt
@provider_door("POST")
def supplements(request: WireRequest, number: int) -> HttpResponse:
    return add_report(request, supplements=number)


@open_door
@csrf_exempt
@provider_door("POST")
def files(request: WireRequest, number: int) -> HttpResponse:
    return take_file(request, number)


@open_door
@csrf_exempt
@provider_door("POST")
def file_details(request: WireRequest, number: int, file_id: str) -> HttpResponse:
    source, provider = source_of(request), request.provider
    details = read_file_details(
        document_in(source),
        report=number,
        file_id=file_id,
        now=clock.now(),
        lenient=is_lenient_to(provider),
    )

    def work() -> tuple[int, object]:
        describe_file(details, source=source, by=provider)
        warnings = list(details.warnings)
        return 201, Described(report_id=number, file_id=file_id, warnings=warnings)

    return answered(request, work, source=source)


@open_door
@csrf_exempt
@provider_door("POST")
def finish(request: WireRequest, number: int) -> HttpResponse:
    refuse_a_body(request)
    provider = request.provider

    def work() -> tuple[int, object]:
        _filing, ids = finish_filing(number, by=provider)
        state = report_state(number, actor=provider)
        return 200, report_told(state, with_quality=provider.wants_quality, file_ids=ids)

    return answered(request, work)


@open_door
@csrf_exempt
@provider_door("POST")
def retract(request: WireRequest, number: int) -> HttpResponse:
    refuse_a_body(request)
    provider = request.provider

    def work() -> tuple[int, object]:
        retract_filing(number, by=provider)
        return 200, report_told(report_state(number, actor=provider), with_quality=False)

    return answered(request, work)


@open_door
@csrf_exempt
@provider_door("POST")
def check_report(request: WireRequest) -> HttpResponse:
    raw, lenient = document_in(source_of(request)), is_lenient_to(request.provider)
    return checked(checked_report(raw, now=clock.now(), lenient=lenient))


@open_door
@csrf_exempt
@provider_door("POST")
def check_details(request: WireRequest) -> HttpResponse:
    raw, lenient = document_in(source_of(request)), is_lenient_to(request.provider)
    return checked(checked_details(raw, now=clock.now(), lenient=lenient))


@open_door
@csrf_exempt
@provider_door("GET")
def preservation_notices(request: WireRequest) -> HttpResponse:
    said = notices_told(notices(actor=request.provider))
    return as_response(answer_of(200, said))


@open_door
@csrf_exempt
def nothing(_: HttpRequest) -> HttpResponse:
    def work() -> HttpResponse:
        raise ProblemError(Kind.NOT_FOUND)

    return json_answer(work)

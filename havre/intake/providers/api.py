"""The doors of the CyberTipline-compatible wire: point an existing client here."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from havre.agencies.doors import open_door
from havre.intake.mirrors.asked import copy_told
from havre.intake.providers.actions import retract_filing
from havre.intake.providers.door import (
    WireRequest,
    file_of,
    is_lenient,
    nothing_there,
    number_of,
    tell_quality,
    tell_warnings,
    wire,
    xml_of,
)
from havre.intake.providers.filings import describe_file, finish_filing, open_filing
from havre.intake.providers.lanes import upload_lane
from havre.intake.providers.reads import notices, report_state
from havre.intake.providers.schema import schema
from havre.intake.providers.wires.ispws import parse_file_details, parse_report, parse_supplement
from havre.intake.providers.wires.ispws_answer import Code, answer
from havre.intake.providers.wires.ispws_check import check_answer, checked
from havre.intake.providers.wires.ispws_state import notices_answer, state_answer
from havre.plumbing import clock

# What the wire calls a door that is closed, by what was to be done.
NO_REPORT, NO_CHANGE = Code.NOT_AUTHORIZED_TO_SUBMIT, Code.NOT_AUTHORIZED_TO_UPDATE


@open_door
@csrf_exempt
@wire("GET", "POST")
def status(request: WireRequest) -> bytes:
    who, where = request.provider.code, request.META.get("REMOTE_ADDR", "")
    return answer(Code.SUCCESS, description=f"Remote User : {who}, Remote Ip : {where}")


@open_door
@csrf_exempt
@wire("GET", "POST")
def xsd(_: WireRequest) -> bytes:
    return schema()


@open_door
@csrf_exempt
@wire("POST", when_lost=Code.SAVE_FAILED, when_closed=NO_REPORT, asks_again=True)
def submit(request: WireRequest) -> bytes:
    source = xml_of(request)
    document = parse_report(source, now=clock.now(), lenient=is_lenient(request))
    filing = open_filing(document, source=source, by=request.provider)
    tell_warnings(request, document.warnings)
    tell_quality(request, filing)
    return answer(Code.SUCCESS, report=filing.number)


@open_door
@csrf_exempt
@wire("POST", when_lost=Code.SAVE_FAILED, when_closed=NO_REPORT, asks_again=True)
def supplement(request: WireRequest) -> bytes:
    source = xml_of(request)
    added = parse_supplement(source, now=clock.now(), lenient=is_lenient(request))
    number, document = added.report_number, added.document
    filing = open_filing(document, source=source, supplements=number, by=request.provider)
    tell_warnings(request, document.warnings)
    tell_quality(request, filing)
    return answer(Code.SUCCESS, report=filing.number)


@open_door
@csrf_exempt
@wire("POST", when_lost=Code.UPLOAD_FAILED, when_closed=NO_CHANGE, asks_again=True)
def upload(request: WireRequest) -> bytes:
    with upload_lane(request.provider):
        file, exhibit = file_of(request).keep(by=request.provider)
    number = file.filing.number
    return answer(Code.SUCCESS, report=number, file_id=file.file_id, hash=exhibit.md5)


@open_door
@csrf_exempt
@wire("POST", when_lost=Code.UPDATE_FAILED, when_closed=NO_CHANGE, asks_again=True)
def fileinfo(request: WireRequest) -> bytes:
    source = xml_of(request)
    details = parse_file_details(source, now=clock.now(), lenient=is_lenient(request))
    describe_file(details, source=source, by=request.provider)
    tell_warnings(request, details.warnings)
    return answer(Code.SUCCESS, report=details.report_number, file_id=details.file_id)


@open_door
@csrf_exempt
@wire("POST", when_lost=Code.UPDATE_FAILED, when_closed=NO_CHANGE, asks_again=True)
def finish(request: WireRequest) -> bytes:
    number = number_of(request)
    filing, files = finish_filing(number, by=request.provider)
    tell_quality(request, filing)
    return answer(Code.SUCCESS, report=number, files=files, done=True)


@open_door
@csrf_exempt
@wire("POST", when_lost=Code.UPDATE_FAILED, when_closed=NO_CHANGE)
def retract(request: WireRequest) -> bytes:
    number = number_of(request)
    retract_filing(number, by=request.provider)
    return answer(Code.SUCCESS, report=number)


@open_door
@csrf_exempt
@wire("POST")
def check(request: WireRequest) -> bytes:
    found = checked(xml_of(request), now=clock.now(), lenient=is_lenient(request))
    return check_answer(found)


@open_door
@csrf_exempt
@wire("GET")
def state(request: WireRequest, number: int) -> bytes:
    told = report_state(number, actor=request.provider)
    return state_answer(told, copy=copy_told(number, actor=request.provider))


@open_door
@csrf_exempt
@wire("GET")
def preservation_notices(request: WireRequest) -> bytes:
    return notices_answer(notices(actor=request.provider))


@open_door
@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    return nothing_there(request)

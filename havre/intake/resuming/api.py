"""The doors of an upload that resumes: tus 1.0.0, on the provider's JSON wire."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from havre.agencies.doors import open_door
from havre.intake.jsondoor.door import as_response, provider_door, refuse_a_body
from havre.intake.jsondoor.once import answer_of
from havre.intake.providers.door import WireRequest
from havre.intake.providers.lanes import upload_lane
from havre.intake.providers.reads import filing_to_fill
from havre.intake.resuming.actions import begin_upload
from havre.intake.resuming.reads import Standing, standing_of
from havre.intake.resuming.rules import (
    EXTENSIONS,
    MOST_MEDIA_TYPE,
    MOST_NAME,
    VERSION,
    OffsetError,
    metadata_of,
)
from havre.intake.resuming.said import UploadTold
from havre.intake.resuming.taking import drop_upload, take_in
from havre.intake.rules.submission import FileFacts
from havre.plumbing.apis.problems import Fault, Kind, ProblemError
from havre.plumbing.body import BodyTooLargeError, body_parts

PIECE_TYPE = "application/offset+octet-stream"
MOST_DIGITS = 19
NO_CONTENT, CREATED, PRECONDITION_FAILED, UNSUPPORTED = 204, 201, 412, 415


@open_door
@csrf_exempt
@provider_door("POST", "OPTIONS")
def uploads(request: WireRequest, number: int) -> HttpResponse:
    """Begin an upload for an open report, or say what of tus is spoken here."""
    provider = request.provider
    if request.method == "OPTIONS":
        filing_to_fill(number, by=provider)
        answer = _spoken(HttpResponse(status=NO_CONTENT))
        answer["Tus-Version"], answer["Tus-Extension"] = VERSION, EXTENSIONS
        answer["Tus-Max-Size"] = str(settings.UPLOAD_MOST_BYTES)
        return answer
    _must_speak_tus(request)
    length = _whole_number(request, "Upload-Length")
    facts = _facts_of(request)
    refuse_a_body(request)
    if length > settings.UPLOAD_MOST_BYTES:
        raise BodyTooLargeError(settings.UPLOAD_MOST_BYTES)
    found = filing_to_fill(number, by=provider)
    upload = begin_upload(found, length=length, facts=facts, by=provider)
    if not length:
        take_in(upload, (), found, start=0, by=provider)
    answer = _spoken(HttpResponse(status=CREATED))
    answer["Location"] = request.build_absolute_uri(reverse("json_upload", args=[upload.pk]))
    return answer


@open_door
@csrf_exempt
@provider_door("HEAD", "GET", "PATCH", "DELETE")
def upload(request: WireRequest, upload_id: UUID) -> HttpResponse:
    """How far an upload is; go on with it; drop it."""
    if request.method != "GET":
        _must_speak_tus(request)
    found = standing_of(upload_id, by=request.provider)
    match request.method:
        case "PATCH":
            return _gone_on(request, found)
        case "DELETE":
            refuse_a_body(request)
            filing_to_fill(found.number, by=request.provider)
            drop_upload(upload_id, by=request.provider)
            return _spoken(HttpResponse(status=NO_CONTENT))
    if not found.upload.file_id:
        filing_to_fill(found.number, by=request.provider)
    answer = as_response(answer_of(200, _told(found)))
    answer["Upload-Offset"], answer["Upload-Length"] = str(found.offset), str(found.upload.length)
    answer["Cache-Control"] = "no-store"
    return _spoken(answer)


def _gone_on(request: WireRequest, found: Standing) -> HttpResponse:
    provider = request.provider
    if request.headers.get("Content-Type", "").partition(";")[0].strip() != PIECE_TYPE:
        reason = gettext_lazy("must be application/offset+octet-stream")
        faults = [Fault("Content-Type", reason, "header")]
        raise ProblemError(Kind.INVALID, faults=faults, status=UNSUPPORTED)
    start = _whole_number(request, "Upload-Offset")
    if start != found.offset:
        raise _stands_elsewhere(found.offset)
    with upload_lane(provider):
        filing = filing_to_fill(found.number, by=provider)
        body = body_parts(request.META, most_bytes=found.upload.length - start)
        try:
            offset = take_in(found.upload, body, filing, start=start, by=provider)
        except OffsetError as error:
            raise _stands_elsewhere(error.offset) from error
    answer = _spoken(HttpResponse(status=NO_CONTENT))
    answer["Upload-Offset"] = str(offset)
    return answer


def _told(found: Standing) -> UploadTold:
    upload = found.upload
    return UploadTold(
        report_id=found.number,
        offset=found.offset,
        length=upload.length,
        file_id=upload.file_id,
        md5=upload.md5,
        sha1=upload.sha1,
        sha256=upload.sha256,
    )


def _spoken(answer: HttpResponse) -> HttpResponse:
    answer["Tus-Resumable"] = VERSION
    return answer


def _must_speak_tus(request: HttpRequest) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        reason = gettext_lazy("must be 1.0.0, the version of tus that is spoken here")
        raise ProblemError(
            Kind.INVALID,
            faults=[Fault("Tus-Resumable", reason, "header")],
            status=PRECONDITION_FAILED,
            headers={"Tus-Version": VERSION},
        )


def _whole_number(request: HttpRequest, header: str) -> int:
    said = request.headers.get(header, "")
    if not (said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS):
        reason = gettext_lazy("must be a whole number of bytes")
        raise ProblemError(Kind.INVALID, faults=[Fault(header, reason, "header")])
    return int(said)


def _facts_of(request: HttpRequest) -> FileFacts:
    told = metadata_of(request.headers.get("Upload-Metadata", ""))
    if told is None or len(told.get("filename", "")) > MOST_NAME:
        reason = gettext_lazy("must be names with Base64 of UTF-8 text, parted by commas")
        raise ProblemError(Kind.INVALID, faults=[Fault("Upload-Metadata", reason, "header")])
    return FileFacts(
        name=told.get("filename", ""), media_type=told.get("filetype", "")[:MOST_MEDIA_TYPE]
    )


def _stands_elsewhere(offset: int) -> ProblemError:
    said = _("This upload stands at byte %(offset)d. Ask where it stands, and go on from there.")
    headers = {"Upload-Offset": str(offset), "Tus-Resumable": VERSION}
    return ProblemError(Kind.CONFLICT, said % {"offset": offset}, headers=headers)

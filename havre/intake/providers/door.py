"""The door of the provider wire: who knocks, and every answer in the wire's own form."""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial, wraps

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from havre.agencies.models import Provider
from havre.agencies.reads import provider_of_key
from havre.agencies.rules.providers import Reading
from havre.agencies.rules.trust import caller_of, lets_in
from havre.intake.models import Filing
from havre.intake.providers.known import forget, known_provider, remember
from havre.intake.providers.lanes import keep_to_lane
from havre.intake.providers.rules.quality import Quality
from havre.intake.providers.uploads import Arrival, number_in
from havre.intake.providers.wires.ispws import MOST_BYTES, InvalidReport, MalformedXml
from havre.intake.providers.wires.ispws_answer import Code, answer, http_status
from havre.intake.providers.wires.multipart import FileForm, MalformedForm, form_fields
from havre.intake.providers.wires.refusals import WireRefusal
from havre.plumbing import ids
from havre.plumbing.apis.doors import basic_pair
from havre.plumbing.body import BodyRefusedError, BodyTooLargeError, body_parts, whole_body

REALM = 'Basic realm="ESP Web Services"'
MOST_FORM_BYTES = 65_536
MOST_WARNING = 2_000
REQUEST_ID_BYTES = 16
RETRY_AFTER_SECONDS = 30
# To whoever shows its right key, from where it may: the key is not what is wrong.
CLOSED = "this account is closed here; ask whoever gave you its key"
# Statuses that the codes alone do not give.
NOT_ALLOWED = 405
TOO_LARGE = 413
SERVER_ERRORS = 500

# What a provider's profile may have answered with HTTP 200, for clients that repeat all else.
FAULTS_OF_A_DOCUMENT = frozenset({Code.MALFORMED_XML, Code.VALIDATION_FAILED})
# What a sender did wrong, and what the wire calls it; the first that fits.
OF_THE_SENDER: tuple[tuple[type[Exception], Code, int | None], ...] = (
    (MalformedXml, Code.MALFORMED_XML, None),
    (InvalidReport, Code.VALIDATION_FAILED, None),
    (MalformedForm, Code.MALFORMED_FILE, None),
    (BodyTooLargeError, Code.MALFORMED_FILE, TOO_LARGE),
    (BodyRefusedError, Code.INVALID_REQUEST, None),
)
# What failed here: the database is away, the disk is full. What the wire calls it depends on what
# was being done.
OF_OURS = (InterfaceError, OperationalError, OSError)

log = logging.getLogger("havre.wire")


class WireRequest(HttpRequest):
    """A request of a provider that has shown its key. `notes` are headers of the answer to be."""

    provider: Provider
    # The same, once it is known.
    known: Provider | None
    notes: dict[str, str]
    # The body, once it was read, or why it was not.
    read_before: bytes | BodyRefusedError | None
    # The file that it brings, once that was asked for.
    arrival: Arrival | None


Answering = Callable[..., bytes]


def wire(
    *methods: str,
    when_lost: Code = Code.SERVER_ERROR,
    when_closed: Code = Code.NOT_AUTHORIZED,
    asks_again: bool = False,
) -> Callable[[Answering], Callable[..., HttpResponse]]:
    """Let a known provider in by one of these methods; every answer is the wire's XML.

    `when_lost` is the code for a database or a disk that failed while the view was at work,
    `when_closed` the one for a provider whose door was closed here. Where the view `asks_again`, by
    actions that ask for the key in their own transaction, a provider may come in as it was known
    before; whatever fails then is done once more with one just asked for.
    """

    def label(view: Answering) -> Callable[..., HttpResponse]:
        @wraps(view)
        def run(request: WireRequest, *args: object, **kwargs: object) -> HttpResponse:
            begin(request)
            act = partial(view, request, *args, **kwargs)
            try:
                return let_in(request, act, methods, asks_again=asks_again)
            except Exception as error:  # noqa: BLE001 - whatever it is, the wire answers in its form
                if request.arrival:
                    request.arrival.discard()
                known = request.known
                refusal = refusal_of(error, lost=when_lost if known else Code.SERVER_ERROR)
                if refusal.code is Code.NOT_AUTHORIZED:
                    refusal = WireRefusal(when_closed, refusal.reason)
                refusal.methods = methods
                if known and refusal.code in FAULTS_OF_A_DOCUMENT and not refusal.status:
                    refusal.status = known.fault_status
                return refused(refusal, request.notes)

        return run

    return label


def begin(request: WireRequest) -> None:
    """Nobody is known yet, and nothing read."""
    request.notes = request_id()
    request.known = request.read_before = request.arrival = None


def let_in(
    request: WireRequest,
    act: Callable[[], bytes],
    methods: tuple[str, ...],
    *,
    asks_again: bool,
) -> HttpResponse:
    """Do what is asked, for whoever shows a key. Raises what went wrong."""
    is_counted = False
    remembered = as_known_before(request) if asks_again else None
    if remembered:
        request.provider = request.known = remembered
        try:
            refuse_other_methods(request, methods)
            keep_to_lane(remembered)
            is_counted = True
            return xml_response(act(), 200, request.notes)
        except OF_OURS:
            raise
        except Exception:  # noqa: BLE001 - whatever it is, it may be otherwise by now
            forget(remembered)
    request.provider = request.known = provider_of(request, to_remember=asks_again)
    refuse_other_methods(request, methods)
    if not is_counted:
        keep_to_lane(request.provider)
    return xml_response(act(), 200, request.notes)


def nothing_there(_: HttpRequest) -> HttpResponse:
    """The wire's own 404, for whoever asks: no such address stands behind this door."""
    return refused(WireRefusal(Code.RESOURCE_NOT_FOUND), request_id())


def went_wrong(error: Exception) -> HttpResponse:
    """The wire's own server error, for what failed before a door of it was open."""
    return refused(refusal_of(error, lost=Code.SERVER_ERROR), request_id())


def request_id() -> dict[str, str]:
    """The header by which an answer can be named."""
    return {"Request-ID": ids.random_bytes(REQUEST_ID_BYTES).hex()}


def provider_of(request: HttpRequest, *, to_remember: bool = False) -> Provider:
    """Who shows a key (HTTP Basic). Raises WireRefusal, before anything of the body is read."""
    shown = basic_pair(request)
    known = shown and provider_of_key(*shown)
    # Its key in other hands is answered as a wrong one is: nobody learns what else it takes.
    if not shown or not known or not is_let_in(known, request):
        raise WireRefusal(Code.AUTHENTICATION_REQUIRED)
    if not known.is_active:
        raise WireRefusal(Code.NOT_AUTHORIZED, CLOSED)
    if to_remember:
        remember(*shown, known)
    return known


def as_known_before(request: HttpRequest) -> Provider | None:
    """Who shows a key that opened before, from where it may be shown; to be asked again."""
    shown = basic_pair(request)
    known = shown and known_provider(*shown)
    return known if known and is_let_in(known, request) else None


def is_let_in(provider: Provider, request: HttpRequest) -> bool:
    """Whether a provider's key opens the door from there, with the certificate that was shown."""
    if not provider.certificates and not provider.networks:
        return True
    caller = caller_of(
        str(request.META.get("REMOTE_ADDR", "")),
        forwarded=request.headers.get("X-Forwarded-For", ""),
        shown=request.headers.get(settings.CLIENT_CERTIFICATE_HEADER, ""),
        proxies=settings.PROXIES,
    )
    bound = {"certificates": provider.certificates, "networks": provider.networks}
    return lets_in(caller, **bound)


def refuse_other_methods(request: HttpRequest, methods: tuple[str, ...]) -> None:
    """Raises WireRefusal when the request comes by no method of this door."""
    if request.method not in methods:
        said = f"send it by {' or '.join(methods)}"
        raise WireRefusal(Code.INVALID_REQUEST, said, status=NOT_ALLOWED)


def body_of(request: WireRequest, *, most_bytes: int) -> bytes:
    """The whole body, read once, however often it is asked for; refused as often, where it is."""
    if request.read_before is None:
        try:
            request.read_before = whole_body(request.META, most_bytes=most_bytes)
        except BodyRefusedError as error:
            request.read_before = error
    if isinstance(request.read_before, BodyRefusedError):
        raise request.read_before
    return request.read_before


def xml_of(request: WireRequest) -> bytes:
    """The document in the body, whatever its Content-Type. Raises WireRefusal."""
    try:
        return body_of(request, most_bytes=MOST_BYTES)
    except BodyTooLargeError as error:
        raise WireRefusal(Code.MALFORMED_XML, str(error), status=TOO_LARGE) from None


def file_of(request: WireRequest) -> Arrival:
    """The file of an upload, the same however often it is asked for. Raises MalformedForm."""
    if request.arrival is None:
        chunks = body_parts(request.META, most_bytes=settings.UPLOAD_MOST_BYTES)
        request.arrival = Arrival(FileForm(chunks, request.META.get("CONTENT_TYPE", "")))
    return request.arrival


def number_of(request: WireRequest) -> int:
    """The report's number, in a form of either kind. Raises WireRefusal."""
    try:
        body = body_of(request, most_bytes=MOST_FORM_BYTES)
        return number_in(form_fields(body, request.META.get("CONTENT_TYPE", "")))
    except BodyTooLargeError as error:
        raise WireRefusal(Code.INVALID_REQUEST, str(error), status=TOO_LARGE) from None
    except MalformedForm as error:
        raise WireRefusal(Code.INVALID_REQUEST, str(error)) from None


def refusal_of(error: Exception, *, lost: Code) -> WireRefusal:
    """What the wire calls an error. The log names its kind alone: a message may quote a report."""
    if isinstance(error, WireRefusal):
        return error
    for kind, code, status in OF_THE_SENDER:
        if isinstance(error, kind):
            return WireRefusal(code, str(error), status=status)
    log.error("a request on the wire failed: %s", type(error).__name__)
    if isinstance(error, OF_OURS):
        if lost is Code.UPLOAD_FAILED and isinstance(error, OSError):
            lost = Code.FILE_UPLOAD_FAILED
        return WireRefusal(lost, "it may not have been kept; send it again")
    return WireRefusal(Code.SERVER_ERROR)


def refused(refusal: WireRefusal, headers: Mapping[str, str]) -> HttpResponse:
    """A refusal as an answer."""
    status = refusal.status or http_status(refusal.code)
    response = xml_response(answer(refusal.code, description=refusal.description), status, headers)
    if refusal.code is Code.AUTHENTICATION_REQUIRED:
        response["WWW-Authenticate"] = REALM
    if status == NOT_ALLOWED:
        response["Allow"] = ", ".join(refusal.methods)
    if refusal.retry_after or status >= SERVER_ERRORS:
        response["Retry-After"] = str(refusal.retry_after or RETRY_AFTER_SECONDS)
    return response


def is_lenient(request: WireRequest) -> bool:
    """Whether this provider's documents are read as they are meant."""
    return request.provider.reading == Reading.LENIENT


def tell_warnings(request: WireRequest, warnings: Sequence[str]) -> None:
    """Name in a header what was read otherwise than it was written."""
    if warnings:
        told = "; ".join(warnings)
        request.notes["X-Report-Warnings"] = f"{len(warnings)}; {told[:MOST_WARNING]}"


def tell_quality(request: WireRequest, filing: Filing) -> None:
    """Name in a header how much of what police need was told, for who wants to hear it."""
    if request.provider.wants_quality and filing.quality is not None:
        quality = Quality(filing.quality, tuple(filing.missing))
        request.notes["X-Report-Quality"] = quality.header


def xml_response(xml: bytes, status: int, headers: Mapping[str, str]) -> HttpResponse:
    """XML as the wire sends it."""
    told = {"Content-Length": str(len(xml)), **headers}
    return HttpResponse(
        xml, status=status, content_type="application/xml; charset=utf-8", headers=told
    )

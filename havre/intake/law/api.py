"""The doors of the statutory channel (S.C. 2011, c. 4, s. 2): addresses in, a receipt out."""

import hashlib
import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from havre.agencies.doors import open_door
from havre.intake.law.actions import report_by_program
from havre.intake.law.door import as_json, body_of, statutory
from havre.intake.law.reads import address_report, receipt_of
from havre.intake.law.rules.addresses import addresses_in
from havre.intake.law.signing import ALGORITHM, public_key, told
from havre.intake.providers.door import WireRequest
from havre.plumbing.apis.repeats import repeat_key, request_digest


@open_door
@csrf_exempt
@statutory("POST")
def addresses(request: WireRequest) -> tuple[int, object]:
    """Addresses in, a receipt out; with an Idempotency-Key the same receipt for the same bytes."""
    source = body_of(request)
    given, key = addresses_in(source), repeat_key(request)
    digest = request_digest(request, hashlib.sha256(source).hexdigest())
    done = report_by_program(given, key=key, digest=digest, by=request.provider)
    return done.status, json.loads(done.body)


@open_door
@csrf_exempt
@statutory("GET")
def receipt(request: WireRequest, incident_number: str) -> tuple[int, object]:
    row = address_report(incident_number, actor=request.provider)
    return 200, told(receipt_of(row), bytes(row.signature))


@open_door
@csrf_exempt
def receipt_key(request: HttpRequest) -> HttpResponse:
    if request.method != "GET":
        return as_json(405, {"title": "send it by GET"})
    return as_json(200, {"algorithm": ALGORITHM, "public_key": public_key()})

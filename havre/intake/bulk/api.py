"""The doors for a program that sends many reports in one file."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from havre.agencies.doors import open_door
from havre.intake.bulk.actions import go_on, read_progress, stop_upload
from havre.intake.bulk.asked import (
    RowsQuery,
    bulk_told,
    one_too_many,
    take_file,
    written_results,
)
from havre.intake.bulk.rules import Outcome
from havre.intake.bulk.wires.answers import BulkRowsPage, row_told
from havre.intake.bulk.wording import all_said
from havre.intake.jsondoor.door import answered, as_response, provider_door, refuse_a_body
from havre.intake.jsondoor.once import answer_of
from havre.intake.providers.door import WireRequest
from havre.plumbing.apis.bodies import typed_query
from havre.plumbing.apis.cursors import cursor_of, parts_of
from havre.plumbing.apis.problems import Kind, ProblemError


@open_door
@csrf_exempt
@provider_door("POST")
def bulk(request: WireRequest) -> HttpResponse:
    return take_file(request)


@open_door
@csrf_exempt
@provider_door("GET")
def progress(request: WireRequest, bulk_id: UUID) -> HttpResponse:
    found, _rows = read_progress(bulk_id, by=request.provider)
    return as_response(answer_of(200, bulk_told(found)))


@open_door
@csrf_exempt
@provider_door("POST")
def stop(request: WireRequest, bulk_id: UUID) -> HttpResponse:
    refuse_a_body(request)
    return answered(request, lambda: (200, bulk_told(stop_upload(bulk_id, by=request.provider))))


@open_door
@csrf_exempt
@provider_door("POST")
def resume(request: WireRequest, bulk_id: UUID) -> HttpResponse:
    refuse_a_body(request)
    with one_too_many():
        return answered(request, lambda: (200, bulk_told(go_on(bulk_id, by=request.provider))))


@open_door
@csrf_exempt
@provider_door("GET")
def rows(request: WireRequest, bulk_id: UUID) -> HttpResponse:
    asked = typed_query(request, RowsQuery)
    after = parts_of(asked.after, int) or (0,)
    _found, told = read_progress(
        bulk_id,
        outcome=Outcome(asked.outcome) if asked.outcome else None,
        after=int(after[0]),
        most=asked.limit + 1,
        by=request.provider,
    )
    shown = told[: asked.limit]
    following = cursor_of(shown[-1].place) if len(told) > asked.limit else None
    page = BulkRowsPage(rows=[row_told(one, all_said) for one in shown], next=following)
    return as_response(answer_of(200, page))


@open_door
@csrf_exempt
@provider_door("GET")
def result(request: WireRequest, bulk_id: UUID) -> HttpResponse:
    found, told = read_progress(bulk_id, most=None, by=request.provider)
    if not (found.is_done or found.is_stopped):
        raise ProblemError(Kind.CONFLICT)
    return written_results(found, told)

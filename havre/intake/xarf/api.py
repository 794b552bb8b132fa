"""The door for a program that reports in XARF."""

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from havre.agencies.doors import open_door
from havre.intake.jsondoor.door import answered, document_in, provider_door
from havre.intake.jsondoor.wires.answers import report_told
from havre.intake.providers.door import WireRequest
from havre.intake.providers.lanes import upload_lane
from havre.intake.providers.reads import report_state
from havre.intake.xarf.actions import take_xarf
from havre.intake.xarf.wires.documents import MOST_XARF_BYTES, read_xarf
from havre.plumbing import clock
from havre.plumbing.body import whole_body


@open_door
@csrf_exempt
@provider_door("POST")
def xarf(request: WireRequest) -> HttpResponse:
    provider = request.provider
    with upload_lane(provider):
        source = whole_body(request.META, most_bytes=MOST_XARF_BYTES)
    report = read_xarf(document_in(source), source=source, now=clock.now())

    def work() -> tuple[int, object]:
        number, is_new = take_xarf(report, source=source, by=provider)
        state = report_state(number, actor=provider)
        told = report_told(state, with_quality=provider.wants_quality)
        return 201 if is_new else 200, told

    return answered(request, work, source=source)

"""The door where an agency takes a package away."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.referrals.packages.actions import fetch_package


@door(Permit.REFERRAL_ANSWER)
@require_POST
def package(request: OfficerRequest, reference: str) -> HttpResponse:
    container = fetch_package(reference, by=request.user)
    answer = HttpResponse(container, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{reference}.zip"'
    return answer

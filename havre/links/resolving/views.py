"""The doors of batch re-resolution: what it proposes, and what a refit would change."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.links.resolving.actions import read_likenesses, read_refit
from havre.links.resolving.rules.model import adopted
from havre.links.resolving.rules.refits import as_file
from havre.links.resolving.wording import likeness_row, refit_rows, run_row


@door(Permit.LINK_JUDGE)
@require_safe
def likenesses(request: OfficerRequest) -> HttpResponse:
    page = read_likenesses(after=_after(request), by=request.user)
    context = {
        "page": page,
        "rows": [likeness_row(row) for row in page.rows],
        "latest": run_row(page.run) if page.run else None,
    }
    return render(request, "resolving/likenesses.html", context)


@door(Permit.LINK_JUDGE)
@require_safe
def refit(request: OfficerRequest) -> HttpResponse:
    run = read_refit(by=request.user)
    shown = refit_rows(run) if run else None
    context = {
        "latest": run_row(run) if run else None,
        "refit": shown[0] if shown else None,
        "rows": shown[1] if shown else [],
        "adopted": adopted(),
    }
    return render(request, "resolving/refit.html", context)


@door(Permit.LINK_JUDGE)
@require_safe
def refit_file(request: OfficerRequest) -> HttpResponse:
    run = read_refit(by=request.user)
    shown = refit_rows(run) if run else None
    if run is None or shown is None:
        raise Http404
    answer = HttpResponse(as_file(shown[0]), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="refit-{run.begun_at:%Y-%m-%d}.json"'
    return answer


def _after(request: OfficerRequest) -> str:
    try:
        return str(UUID(request.GET.get("after", "")))
    except ValueError:
        return ""

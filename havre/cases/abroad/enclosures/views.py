"""The doors of documents from partners: a clerk sends them, the desk fetches one."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.cases.abroad.dispatches.actions import read_dispatch
from havre.cases.abroad.dispatches.page import dispatch_context
from havre.cases.abroad.enclosures.actions import fetch_enclosure, send_enclosures
from havre.cases.abroad.enclosures.forms import EnclosureForm, HeldFiles
from havre.cases.abroad.enclosures.rules import EnclosureRefusedError
from havre.cases.abroad.enclosures.wording import why_not_taken
from havre.cases.abroad.rules.states import AbroadRefusedError
from havre.cases.abroad.wording import why_not

UNPROCESSABLE = 422


def holding_files(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Read this view's form with its files in memory; its token is asked for inside."""

    @wraps(view)
    def run(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.upload_handlers = [HeldFiles(request)]
        return view(request, *args, **kwargs)

    return csrf_exempt(run)


@holding_files
@csrf_protect
@door(Permit.DISPATCH_READ, Permit.DISPATCH_WRITE)
@require_POST
def enclose(request: OfficerRequest, reference: str) -> HttpResponse:
    form = EnclosureForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, reference, form)
    try:
        sent = send_enclosures(reference, **form.given(), by=request.user)
    except EnclosureRefusedError as error:
        form.add_error("documents", why_not_taken(error))
        return _page(request, reference, form)
    except AbroadRefusedError as error:
        messages.warning(request, str(why_not(error)), extra_tags="look")
    else:
        done = ngettext(
            "%(sent)d document is with the desk.",
            "%(sent)d documents are with the desk.",
            len(sent),
        )
        messages.success(request, done % {"sent": len(sent)})
    return redirect("dispatch", reference)


@door(Permit.EXCHANGE_READ)
@require_safe
def fetch(request: OfficerRequest, reference: str, enclosure: UUID) -> HttpResponse:
    found = fetch_enclosure(reference, enclosure, by=request.user)
    answer = HttpResponse(found.content, content_type="application/octet-stream")
    name = f"{reference}-{found.enclosure.number}.{found.enclosure.kind}"
    # Never shown in the page: whatever it is, a browser only keeps it.
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _page(request: OfficerRequest, reference: str, form: EnclosureForm) -> HttpResponse:
    opened = read_dispatch(reference, by=request.user)
    context = dispatch_context(opened, language=get_language() or "en", enclosing=form)
    return render(request, "dispatches/dispatch.html", context, status=UNPROCESSABLE)

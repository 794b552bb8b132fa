"""The doors of documents that are passed on: the desk's two, and the two of whoever gets them."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.cases.abroad.actions import read_exchange
from havre.cases.abroad.page import exchange_context
from havre.cases.abroad.passing import forms
from havre.cases.abroad.passing.actions import (
    fetch_passed,
    pass_documents,
    read_passed,
    take_back_document,
)
from havre.cases.abroad.passing.page import rows_received
from havre.cases.abroad.passing.rules import PassingRefusedError, is_told_by_mail
from havre.cases.abroad.passing.wording import why_not_passed
from havre.cases.abroad.rules.states import AbroadRefusedError
from havre.cases.abroad.wording import why_not

UNPROCESSABLE = 422


@door(Permit.EXCHANGE_READ, Permit.EXCHANGE_WRITE)
@require_POST
def pass_on(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.PassForm(request.POST)
    if not form.is_valid():
        return _page(request, reference, form)
    try:
        passed = pass_documents(reference, **form.cleaned_data, by=request.user)
    except PassingRefusedError as error:
        form.add_error("documents" if error.number else "to", why_not_passed(error))
        return _page(request, reference, form)
    except AbroadRefusedError as error:
        messages.warning(request, str(why_not(error)), extra_tags="look")
    else:
        done = ngettext(
            "%(passed)d document was passed on.",
            "%(passed)d documents were passed on.",
            len(passed),
        )
        messages.success(request, done % {"passed": len(passed)})
        if not is_told_by_mail(passed[0].compartment):
            why = _("No mail tells of what lies in a closed compartment: call whoever holds it.")
            messages.warning(request, why, extra_tags="look")
    return redirect("exchange", reference)


@door(Permit.EXCHANGE_READ, Permit.EXCHANGE_WRITE)
@require_POST
def take_back(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.TakeBackForm(request.POST)
    if not form.is_valid():
        return _page(request, reference, form)
    try:
        gone = take_back_document(reference, form.cleaned_data["document"], by=request.user)
    except PassingRefusedError as error:
        messages.warning(request, why_not_passed(error), extra_tags="look")
    else:
        done = (
            _("It was withdrawn. They read that they must use no copy of it.")
            if gone.withdrawn_at
            else _("It was taken back. Nobody there had fetched it.")
        )
        messages.success(request, done)
    return redirect("exchange", reference)


@door(Permit.PASSED_READ)
@require_safe
def passed(request: OfficerRequest) -> HttpResponse:
    opened, page = read_passed(after=request.GET.get("after", ""), by=request.user)
    rows = rows_received(opened, language=get_language() or "en")
    return render(request, "passing/passed.html", {"rows": rows, "page": page})


@door(Permit.PASSED_READ)
@require_safe
def fetch(request: OfficerRequest, document: UUID) -> HttpResponse:
    try:
        found = fetch_passed(document, by=request.user)
    except PassingRefusedError as error:
        messages.warning(request, why_not_passed(error), extra_tags="look")
        return redirect("passed")
    answer = HttpResponse(found.content, content_type="application/octet-stream")
    one = found.document
    # Never shown in the page: whatever it is, a browser only keeps it.
    name = f"{one.reference}-{one.number}.{one.kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _page(request: OfficerRequest, reference: str, form: Form) -> HttpResponse:
    opened = read_exchange(reference, by=request.user)
    language = get_language() or "en"
    context = exchange_context(opened, reader=request.user, language=language, faulty=form)
    return render(request, "abroad/exchange.html", context, status=UNPROCESSABLE)

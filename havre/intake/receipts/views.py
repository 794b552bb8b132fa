"""The doors of receipts at a provider's console: reporting, the list, one as paper, one as JSON."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.agencies.rules.providers import Environment
from havre.intake.law.reads import receipt_of
from havre.intake.law.signing import told
from havre.intake.receipts.actions import (
    read_receipt,
    read_receipts,
    read_reporter,
    report_typed,
)
from havre.intake.receipts.forms import AddressesForm
from havre.intake.receipts.paper import facts_of, paper_of, proof_of
from havre.plumbing.apis.problems import ProblemError


@door(Permit.CONSOLE_USE)
@require_safe
def receipts(request: OfficerRequest) -> HttpResponse:
    page = read_receipts(after=request.GET.get("after", ""), by=request.user)
    return render(request, "intake/receipts/receipts.html", {"page": page})


@door(Permit.CONSOLE_USE)
@require_safe
def receipt(request: OfficerRequest, incident_number: str) -> HttpResponse:
    row = read_receipt(incident_number, by=request.user)
    context = {"row": row, "facts": facts_of(row), "proof": proof_of(row)}
    return render(request, "intake/receipts/receipt.html", context)


@door(Permit.CONSOLE_USE)
@require_safe
def receipt_paper(request: OfficerRequest, incident_number: str) -> HttpResponse:
    row = read_receipt(incident_number, by=request.user)
    paper = paper_of(row, language=get_language() or "en")
    return _kept(HttpResponse(paper, content_type="application/pdf"), f"{row.incident_number}.pdf")


@door(Permit.CONSOLE_USE)
@require_safe
def receipt_file(request: OfficerRequest, incident_number: str) -> HttpResponse:
    row = read_receipt(incident_number, by=request.user)
    said = told(receipt_of(row), bytes(row.signature))
    return _kept(JsonResponse(said), f"{row.incident_number}.json")


@door(Permit.CONSOLE_USE)
@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: OfficerRequest) -> HttpResponse:
    """Report addresses under section 2 without a program; the receipt comes at once.

    A closed account reports nothing; its page says so.
    """
    form = AddressesForm(request.POST if request.method == "POST" else None)
    reporter = read_reporter(by=request.user)
    is_closed, is_test = not reporter.is_active, reporter.environment == Environment.TEST
    if not is_closed and not is_test and form.is_valid():
        try:
            number = report_typed(**form.cleaned_data, by=request.user)
        except ProblemError:
            words = _("This page was sent before with other addresses. Open it anew for these.")
            form.add_error("addresses", words)
        else:
            messages.success(request, _("The addresses are reported. This is the receipt."))
            return redirect("console_receipt", number)
    context = {"form": form, "is_closed": is_closed, "is_test": is_test}
    is_refused = form.is_bound and (is_closed or form.errors)
    status = 422 if is_refused else 200
    return render(request, "intake/receipts/addresses.html", context, status=status)


def _kept(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

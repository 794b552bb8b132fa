"""The doors of receipts at a provider's console: the list, one as paper, one as JSON."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.intake.law.reads import receipt_of
from havre.intake.law.signing import told
from havre.intake.receipts.actions import read_receipt, read_receipts
from havre.intake.receipts.paper import facts_of, paper_of, proof_of


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


def _kept(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

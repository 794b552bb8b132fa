"""The doors of the annual report: the page, the paper, the table, and what is written in it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.oversight.annual.actions import read_annual, write_annual
from havre.oversight.annual.forms import ShownYearForm, TextForm, YearForm
from havre.oversight.annual.page import notes_of, paper_of, report_context, table_of

UNPROCESSABLE = 422


@door(Permit.ANNUAL_READ)
@require_safe
def annual(request: OfficerRequest) -> HttpResponse:
    return _page(request, YearForm(request.GET).asked())


@door(Permit.ANNUAL_READ)
@require_safe
def paper(request: OfficerRequest, year: int) -> HttpResponse:
    report = read_annual(year, form="pdf", by=request.user).report
    answer = HttpResponse(paper_of(report), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{_name(year)}.pdf"'
    return answer


@door(Permit.ANNUAL_READ)
@require_safe
def table(request: OfficerRequest, year: int) -> HttpResponse:
    report = read_annual(year, form="csv", by=request.user).report
    answer = HttpResponse(table_of(report), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_name(year)}.csv"'
    return answer


@door(Permit.ANNUAL_READ, Permit.ANNUAL_WRITE)
@require_POST
def write(request: OfficerRequest, year: int) -> HttpResponse:
    form = TextForm(request.POST)
    if not form.is_valid():
        return _page(request, year, form=form)
    write_annual(year, **form.cleaned_data, by=request.user)
    messages.success(request, _("The report was changed."))
    return redirect(f"{reverse('annual')}?year={year}")


def _page(
    request: OfficerRequest, year: int | None, *, form: TextForm | None = None
) -> HttpResponse:
    opened = read_annual(year, by=request.user)
    report = opened.report
    written = {
        "measures": report.measures,
        "conflicts": report.conflicts_text,
        "other": report.other,
    }
    context = {
        **report_context(report),
        "notes": notes_of(report),
        "choice": ShownYearForm(opened.years, shown=report.year.begins),
        "writes": request.user.may(Permit.ANNUAL_WRITE),
        "form": form or TextForm(initial=written),
    }
    return render(request, "oversight/annual.html", context, status=UNPROCESSABLE if form else 200)


def _name(year: int) -> str:
    return f"section-9-{year}-{year + 1}"

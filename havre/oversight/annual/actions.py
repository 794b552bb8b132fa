"""Reading the annual report, in whatever form, and writing what stands beside its counts."""

from dataclasses import dataclass

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.oversight.annual.models import AnnualText
from havre.oversight.annual.reads import AnnualReport, annual_report, years
from havre.oversight.annual.rules import ReportingYear
from havre.plumbing import clock
from havre.plumbing.context import acting_as


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReport:
    """A year's report, and the years there are."""

    report: AnnualReport
    years: tuple[ReportingYear, ...]


@action(Event.ANNUAL_READ)
def read_annual(begins: int | None = None, *, form: str = "page", by: Officer) -> OpenedReport:
    """Look at the annual report of a year, or the latest; `form` says how, for the log.

    Raises AnnualText.DoesNotExist for a year that there is none of.
    """
    with acting_as(Station.PIPELINE.context):
        known = years(actor=Station.PIPELINE)
        year = known[0] if begins is None else _known(begins, known)
        report = annual_report(year, actor=Station.PIPELINE)
    record(Event.ANNUAL_READ, about_kind="annual", about=str(year.begins), by=by, form=form)
    return OpenedReport(report=report, years=known)


@action(Event.ANNUAL_WRITTEN)
def write_annual(
    begins: int, *, measures: str, conflicts: str, other: str, by: Officer
) -> AnnualText:
    """Write what the report of a year says beside its counts. Raises AnnualText.DoesNotExist."""
    with acting_as(Station.PIPELINE.context):
        _known(begins, years(actor=Station.PIPELINE))
    text = AnnualText.objects.visible_to(by).filter(pk=begins).first() or AnnualText(year=begins)
    text.measures, text.conflicts, text.other = measures, conflicts, other
    text.changed_at, text.by = clock.now(), by
    text.save()
    record(Event.ANNUAL_WRITTEN, about_kind="annual", about=str(begins), by=by)
    return text


def _known(begins: int, known: tuple[ReportingYear, ...]) -> ReportingYear:
    year = ReportingYear(begins)
    if year not in known:
        raise AnnualText.DoesNotExist
    return year

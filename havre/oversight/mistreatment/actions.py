"""Reading the yearly report on the risk of mistreatment abroad."""

from dataclasses import dataclass

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.cases.abroad.models import Exchange
from havre.oversight.mistreatment.reads import RiskReport, risk_report, years
from havre.oversight.mistreatment.rules import RiskYear
from havre.plumbing.context import acting_as


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedRisks:
    """A year's report, and the years there are."""

    report: RiskReport
    years: tuple[RiskYear, ...]


@action(Event.MISTREATMENT_READ)
def read_risks(begins: int | None = None, *, by: Officer) -> OpenedRisks:
    """Look at the report of a year, or of the latest. Raises Exchange.DoesNotExist for no year."""
    with acting_as(Station.PIPELINE.context):
        known = years(actor=Station.PIPELINE)
        year = known[0] if begins is None else RiskYear(begins)
        if year not in known:
            raise Exchange.DoesNotExist
        report = risk_report(year, actor=Station.PIPELINE)
    record(Event.MISTREATMENT_READ, about_kind="mistreatment", about=str(year.begins), by=by)
    return OpenedRisks(report=report, years=known)

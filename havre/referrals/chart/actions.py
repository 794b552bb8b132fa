"""Looking at the neighbourhood of a report. Looking is an act and leaves a line."""

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.intake.reads import report_by_reference
from havre.links.reads import linked_to
from havre.referrals.chart.reads import Chart, chart_of, said_of


@action(Event.CHART_READ)
def read_chart(
    reference: str, *, opened: str, hides_crowds: bool, language: str, by: Officer
) -> Chart:
    """The reports tied to a report, and those tied to one of these, as far as `by` may see them.

    A report that is not among the first is not opened. Raises Report.DoesNotExist, alike for what
    is missing and what `by` may not see.
    """
    report = report_by_reference(reference, actor=by)
    around = linked_to(report.pk, actor=by)
    record(Event.CHART_READ, about_kind="report", about=report.pk, by=by)
    inner = next((one for one in around if one.reference == opened), None)
    further = linked_to(inner.report, actor=by) if inner else []
    if inner:
        record(Event.CHART_READ, about_kind="report", about=inner.report, by=by)
    return chart_of(
        reference,
        around,
        opened=inner.reference if inner else "",
        further=further,
        said=(said_of(report.pk, actor=by), said_of(inner.report, actor=by) if inner else {}),
        hides_crowds=hides_crowds,
        language=language,
    )

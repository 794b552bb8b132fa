"""The yearly report on the risk of mistreatment abroad, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from havre.cases.abroad.rules.mistreatment import Act
from havre.oversight.annual.rules import SMALLEST_SHOWN
from havre.oversight.mistreatment.actions import OpenedRisks
from havre.oversight.mistreatment.reads import Result
from havre.plumbing import clock

ACTS: dict[Act, Promise] = {
    Act.DISCLOSURE: gettext_lazy("Telling them something"),
    Act.REQUEST: gettext_lazy("Asking them for something"),
    Act.USE: gettext_lazy("Using what they told us"),
}
RESULTS: dict[Result, Promise] = {
    Result.LOW: gettext_lazy("No substantial risk"),
    Result.ALLOWED: gettext_lazy("Risk, allowed by a second person"),
    Result.REFUSED: pgettext_lazy("mistreatment", "Refused"),
    Result.WAITS: pgettext_lazy("mistreatment", "Not decided yet"),
}


def risks_context(opened: OpenedRisks) -> dict[str, object]:
    """What the template of the report is given."""
    report = opened.report
    return {
        "report": report,
        "years": [year.begins for year in opened.years],
        "heads": list(RESULTS.values()),
        "rows": [
            (ACTS[act], [_shown(report.by_act[act][result]) for result in RESULTS]) for act in ACTS
        ],
        "totals": [report.totals[result] for result in RESULTS],
        "smallest": SMALLEST_SHOWN,
        "as_of": report.as_of.astimezone(clock.LEGAL_ZONE).strftime("%Y-%m-%d %H:%M %Z"),
    }


def _shown(count: int | None) -> str:
    return _("not shown") if count is None else str(count)

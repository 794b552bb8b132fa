"""The annual report as page, paper and table: words for codes, the months without small counts."""

import csv
import io
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from havre.intake.law.wording import CLOCKS, INCIDENTS
from havre.oversight.annual.reads import AnnualReport, IncidentTold
from havre.oversight.annual.rules import SMALLEST_SHOWN
from havre.plumbing import clock
from havre.plumbing.typeset import DOCUMENT, typeset

LANGUAGES = ("en", "fr")
# A cell that begins so could be read as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def report_context(report: AnnualReport) -> dict[str, Any]:
    """What the template of the report is given."""
    return {
        "report": report,
        "months": _months(report),
        "incidents": [_incident(one) for one in report.incidents],
        "smallest": SMALLEST_SHOWN,
    }


def paper_of(report: AnnualReport) -> bytes:
    """The report as a PDF/A: English, then French on a page of its own."""
    titles, stamps, feet, sections = [], [], [], []
    for language in LANGUAGES:
        with override(language):
            titles.append(_("Annual report under section 9"))
            stamps.append(pgettext("on paper", "PREVIEW"))
            feet.append(_("SOR/2011-292, s. 9. To both ministers by 30 June."))
            sections += _sections(report, language)
    document = {
        "title": " / ".join(titles),
        "kicker": f"{report.year.first_day.isoformat()} / {report.year.last_day.isoformat()}",
        "stamp": " / ".join(stamps) if report.is_preview else "",
        "foot": " / ".join(feet),
        "sections": sections,
    }
    return typeset(DOCUMENT, document, language="en", at=clock.now())


def table_of(report: AnnualReport) -> str:
    """The counts as CSV, in the reader's language; no cell can be read as a formula."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow([_("Item"), _("Month"), _("Count")])
    for what, count in _totals(report):
        rows.writerow([_safe(what), "", count])
    for month, all_, led in _months(report):
        rows.writerow([_safe(_("Reports under section 2")), month, all_])
        rows.writerow([_safe(_("Of these, led to information for police")), month, led])
    for text, said in _texts(report):
        rows.writerow([_safe(text), "", _safe(said)])
    for note in notes_of(report):
        rows.writerow([_safe(note), "", ""])
    return written.getvalue()


def notes_of(report: AnnualReport) -> list[str]:
    """What must be said of the counts: a year that runs, one that began late, one that is empty."""
    notes = []
    if report.is_preview:
        at = report.as_of.astimezone(clock.LEGAL_ZONE).strftime("%Y-%m-%d %H:%M %Z")
        notes.append(_("Preview: the year still runs. Counted up to %(moment)s.") % {"moment": at})
    if report.began_on:
        told = {"day": report.began_on.isoformat()}
        notes.append(_("Part of a year: the first report of all came on %(day)s.") % told)
    if report.is_empty:
        notes.append(_("Nothing was reported in this year, and no incident or conflict noted."))
    return notes


def _sections(report: AnnualReport, language: str) -> list[dict[str, Any]]:
    turn = [{"parts": [{"kind": "break"}]}] if language != LANGUAGES[0] else []
    title = _("Annual report under section 9")
    notes = [
        {"kind": "notice", "title": title, "text": note, "tone": "care"}
        for note in notes_of(report)
    ]
    facts = {"kind": "facts", "rows": [[what, str(count)] for what, count in _totals(report)]}
    head = [_("Month"), _("Reports under section 2"), _("Of these, led to information for police")]
    months = {"kind": "table", "head": head, "rows": [list(row) for row in _months(report)]}
    small = _("Counts of a month below %(smallest)s are not shown.") % {"smallest": SMALLEST_SHOWN}
    incidents: list[dict[str, Any]] = [
        {"kind": "quote", "text": "\n".join(_incident(one))} for one in report.incidents
    ]
    none = [{"kind": "text", "text": _("None.")}]
    said = [
        (title, [*notes, facts]),
        (_("Month by month"), [months, {"kind": "text", "text": small}]),
        (_("(c) Incidents, and the steps taken"), incidents or none),
        *(
            (what, [{"kind": "quote", "text": text or _("Nothing is written yet.")}])
            for what, text in _texts(report)
        ),
    ]
    return [
        *turn,
        *({"heading": head, "language": language, "parts": parts} for head, parts in said),
    ]


def _totals(report: AnnualReport) -> list[tuple[str, int]]:
    return [
        (_("(a) Reports under section 2"), report.reports),
        (_("(a) Of these, led to information for police"), report.led),
        (_("(c) Incidents"), len(report.incidents)),
        (_("(d) Conflicts of interest that were noted"), report.conflicts),
    ]


def _texts(report: AnnualReport) -> list[tuple[str, str]]:
    return [
        (_("(b) Security measures"), report.measures),
        (_("(d) Conflicts of interest"), report.conflicts_text),
        (_("(e) Anything else"), report.other),
    ]


def _months(report: AnnualReport) -> list[tuple[str, str, str]]:
    hidden = _("fewer than shown")
    return [
        (
            one.month.strftime("%Y-%m"),
            hidden if one.reports is None else str(one.reports),
            hidden if one.led is None else str(one.led),
        )
        for one in report.months
    ]


def _incident(one: IncidentTold) -> tuple[str, str, str, str]:
    at = one.noticed_at.astimezone(clock.LEGAL_ZONE).strftime("%Y-%m-%d %H:%M %Z")
    return at, str(INCIDENTS[one.kind]), str(CLOCKS[one.state]), one.steps


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text

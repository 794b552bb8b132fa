"""Reading the record, which is itself recorded."""

from datetime import timedelta

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.reads import LogPage, log_page
from havre.audit.rules import Event
from havre.oversight.measures import Measures, measures_since
from havre.plumbing import clock


@action(Event.MEASURES_READ)
def read_measures(days: int, *, by: Officer) -> Measures:
    """Look at how ranking and routing have done over the last days."""
    measures = measures_since(clock.now() - timedelta(days=days), actor=by)
    record(Event.MEASURES_READ, about_kind="measures", about="desk", by=by, days=days)
    return measures


@action(Event.LOG_READ)
def read_log(*, event: str = "", about: str = "", after: str = "", by: Officer) -> LogPage:
    """Look at a page of the log, newest first. This look is its next line."""
    page = log_page(event=event, about=about, after=after)
    # An id that has a line is no news to the log; what else was typed must not stand in it.
    is_known = bool(about) and any(entry.about == about for entry in page.entries)
    record(
        Event.LOG_READ,
        about_kind="log",
        about=about if is_known else "unknown" if about else "everything",
        by=by,
        chosen=event,
        rows=len(page.entries),
    )
    return page

"""Searching. Looking for somebody is an act, and what was typed stands nowhere."""

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.cases.search.reads import Found, found_by


@action(Event.CASES_SEARCHED)
def search_cases(text: str, *, by: Officer) -> Found:
    """Look for a name or an identifier in all that one may see; the log holds counts alone."""
    found = found_by(text, actor=by)
    record(
        Event.CASES_SEARCHED,
        about_kind="cases",
        about=by.agency_id,
        by=by,
        people=len(found.called) + len(found.known_by),
        referrals=len(found.referrals),
    )
    return found

"""Searching what was sent to an agency, or what came to the desk. What was typed stands nowhere."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.intake.models import Report
from havre.referrals.finding.reads import (
    MOST_FOUND,
    referrals_numbered,
    referrals_telling_of,
    reports_numbered,
    reports_telling_of,
    tokens_in,
)
from havre.referrals.models import Referral
from havre.triage.interpreting.anew import note_before_given

T = TypeVar("T", Referral, Report)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Generic[T]):
    """What tells of an identifier, newest first, and what bears a number."""

    telling: tuple[T, ...]
    numbered: tuple[T, ...]

    @property
    def shown(self) -> tuple[T, ...]:
        """The first of what tells of it."""
        return self.telling[:MOST_FOUND]

    @property
    def is_more(self) -> bool:
        """Whether more tells of it than is shown."""
        return len(self.telling) > MOST_FOUND


@action(Event.REPORTS_SEARCHED)
def search_referrals(text: str, *, by: Officer) -> Told[Referral]:
    """Look for an identifier or a number in what was sent to one's agency.

    A value that is held back from the agency is not found. The log holds a count alone.
    """
    tokens = tokens_in(text)
    telling, waiting = referrals_telling_of(tokens, actor=by)
    if waiting:
        for report in sorted(waiting):
            note_before_given(report)
        anew, waiting = referrals_telling_of(tokens, actor=by)
        # What was crowded out before these were noted waits for the job.
        telling = tuple(one for one in anew if one.report_id not in waiting)
    found = Told(telling=telling, numbered=referrals_numbered(text, actor=by))
    _write_line(found, by=by)
    return found


@action(Event.REPORTS_SEARCHED)
def search_reports(text: str, *, by: Officer) -> Told[Report]:
    """Look for an identifier or a number in the reports that the desk may see."""
    telling = reports_telling_of(tokens_in(text), actor=by)
    found = Told(telling=telling, numbered=reports_numbered(text, actor=by))
    _write_line(found, by=by)
    return found


def _write_line(found: Told[Referral] | Told[Report], *, by: Officer) -> None:
    rows = len(found.shown) + len(found.numbered)
    record(Event.REPORTS_SEARCHED, about_kind="reports", about=by.agency_id, by=by, rows=rows)

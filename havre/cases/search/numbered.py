"""What bears a number that somebody typed: cases, and referrals by their own or their report's."""

import re

from havre.agencies.models import Officer
from havre.cases.models import Case
from havre.intake.rules.receipts import tidy_reference
from havre.referrals.models import Referral

# The number that people say of a case: the year and the agency's own count.
SAID = re.compile(r"\s*(\d{4})\s*[-\u2010\u2011\u2013/]\s*0*(\d{1,6})\s*")
MOST = 20


def cases_numbered(text: str, *, actor: Officer) -> tuple[Case, ...]:
    """The cases that bear a number as people say it, or as it stands in an address."""
    seen = Case.objects.visible_to(actor).select_related("agency")
    if said := SAID.fullmatch(text):
        year, number = map(int, said.groups())
        return tuple(seen.filter(year=year, number=number)[:MOST]) if year < 2**15 else ()
    letter, rest = text.strip()[:1].upper(), text.strip()[1:]
    tidy = tidy_reference(f"R{rest}") if letter == "C" else None
    return tuple(seen.filter(reference=f"C{tidy[1:]}")) if tidy else ()


def referrals_numbered(text: str, *, actor: Officer) -> tuple[Referral, ...]:
    """The referrals to the actor's agency of this number, or of the report of this number."""
    tidy = tidy_reference(text)
    if tidy is None:
        return ()
    seen = Referral.objects.visible_to(actor).filter(to_agency=actor.agency_id)
    by_report = seen.filter(report__reference=tidy)
    found = seen.filter(reference=tidy).union(by_report)
    return tuple(found.order_by("-sent_at")[:MOST])

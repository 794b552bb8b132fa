"""The cases that bear a number that somebody typed."""

import re

from havre.agencies.models import Officer
from havre.cases.models import Case
from havre.intake.rules.receipts import tidy_reference

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

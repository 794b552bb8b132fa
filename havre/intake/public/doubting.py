"""Which reports wait apart before they are read. None is refused, and no sender is told."""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from havre.intake.floods.watch import is_flood
from havre.intake.form_tokens import FormToken
from havre.intake.public.rules.doubts import looks_made_by_a_machine
from havre.plumbing import clock

LINK_HOSTS = Path(__file__).parent / "data" / "link_hosts.csv"


@cache
def hiding_hosts() -> frozenset[str]:
    """Hosts whose links hide where they lead: data with a date. No list of offenders."""
    with LINK_HOSTS.open(encoding="utf-8", newline="") as file:
        return frozenset(row["host"] for row in csv.DictReader(file))


def is_doubtful(texts: Iterable[str], *, token: FormToken, address: str, is_odd: bool) -> bool:
    """Whether a report waits apart: a trap was filled in, or it came too fast, too often, alike."""
    said = list(texts)
    # Counted in any case, so that what comes after it is judged rightly.
    is_much = is_flood(address, "\n".join(said))
    is_made = any(looks_made_by_a_machine(text, hiding=hiding_hosts()) for text in said)
    return is_odd or is_much or is_made or token.is_hasty(clock.now())

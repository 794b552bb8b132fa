"""After a release that changed the rules, what is kept by a form of earlier ones gets the present.

Reports are noted anew by a job of their own; this is what no report holds.
"""

from havre.audit.rules import Station
from havre.cases.contents.carrying import carry_case_identifiers, identifiers_are_kept_otherwise
from havre.links.silent.carrying import FIRST, carry_watches, watches_are_kept_otherwise
from havre.plumbing.context import acting_as

MOST_BATCHES = 50
CARRIED = (
    (watches_are_kept_otherwise, carry_watches),
    (identifiers_are_kept_otherwise, carry_case_identifiers),
)


def carry_what_is_kept() -> int:
    """Carry what other rules wrote, batch after batch, each in a transaction; gives how many.

    Each is looked at once: what could not be carried is tried by the next sweep.
    """
    by, done = Station.PIPELINE, 0
    for waits, carry in CARRIED:
        last = FIRST
        for _batch in range(MOST_BATCHES):
            with acting_as(by.context):
                is_done = not waits(after=last)
            looked = [] if is_done else carry(after=last, by=by)
            if not looked:
                break
            done += len(looked)
            last = looked[-1]
    return done

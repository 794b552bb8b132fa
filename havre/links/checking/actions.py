"""Checking the clusters that are kept, and mending them."""

from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.links.book import StoredBook
from havre.links.checking.reads import Difference, difference
from havre.links.rules.settling import settle
from havre.links.settling import settle_anew, wait_to_settle


@action(Event.LINKS_CHECKED)
def check_links(*, mend: bool = False, by: Actor) -> Difference:
    """Compare the clusters kept with those made anew from everything; `mend` settles what differs.

    Gives what differed before.
    """
    wait_to_settle()
    found = difference(actor=by)
    if mend:
        for side, compartment, values in found.astray:
            book = StoredBook(side, compartment)
            book.keep(settle(book, touched=(), values=values))
        for report in sorted(found.reports):
            settle_anew(report)
    record(
        Event.LINKS_CHECKED,
        about_kind="links",
        about="clusters",
        by=by,
        values=found.values,
        reports=len(found.reports),
        mended=mend,
    )
    return found

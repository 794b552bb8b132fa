"""How a report that is read anew reaches the clusters kept. A part of this room's actions."""

from typing import TYPE_CHECKING

from havre.intake.models import Report
from havre.links.book import StoredBook
from havre.links.rules.facts import Side, Told, concerns
from havre.links.rules.settling import settle
from havre.plumbing.pipes import one_after_the_other

if TYPE_CHECKING:
    from uuid import UUID


def wait_to_settle() -> None:
    """Wait until nobody else settles; nobody else does until this transaction ends.

    Two reports of one person that come together must meet.
    """
    one_after_the_other("links")


def settle_anew(report: Report) -> int:
    """Put a report where what it tells now belongs, on either side; gives how many others moved."""
    wait_to_settle()
    moved = 0
    told: dict[UUID, dict[bytes, Told] | None] = {}
    for side in Side:
        book = StoredBook(side, report.compartment, told)
        mine = book.told_by([report.pk]).get(report.pk, {})
        mine = {value: each for value, each in mine.items() if concerns(side, each)}
        kept = book.values_kept(report.pk)
        # Among children a report has a place by what it tells of one, or by an analyst's word.
        is_here = bool(mine) or kept is not None or bool(book.verdicts_on([report.pk]))
        if side is Side.VICTIM and not is_here:
            continue
        before = kept or set()
        fresh = {value: each for value, each in mine.items() if value not in before}
        settled = settle(book, touched={report.pk}, values={*before, *mine}, fresh=fresh)
        moved += book.keep(settled, values_of={report.pk: set(mine)})
    return moved

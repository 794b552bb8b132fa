"""How a report that is read anew reaches the clusters kept. A part of this room's actions."""

from uuid import UUID

from havre.links.book import StoredBook, asked, places, telling, told_by_now, verdicts
from havre.links.rules.facts import Side, concerns
from havre.links.rules.settling import settle
from havre.plumbing.pipes import ONE_AFTER_THE_OTHER, run_statement


def wait_to_settle() -> None:
    """Wait until nobody else settles; nobody else does until this transaction ends.

    Two reports of one person that come together must meet.
    """
    run_statement(ONE_AFTER_THE_OTHER, {"key": "links"})


def settle_anew(report: UUID) -> int:
    """Put a report where what it tells now belongs, on either side; gives how many others moved.

    A report that was not noted yet has no place.
    """
    wait_to_settle()
    record = report.bytes
    noted, kept, said = asked(telling([record]), places([record]), verdicts([record]))
    if not noted:
        return 0
    compartment, moved = noted[0][1], 0
    told = told_by_now(noted, compartment)[record]
    for side in Side:
        mine = {value: each for value, each in told.items() if concerns(side, each)}
        # Among children a report has a place by what it tells of one, or by an analyst's word.
        is_here = mine or any(row[0] == side for row in (*kept, *said))
        if side is Side.VICTIM and not is_here:
            continue
        book = StoredBook(side, compartment, {record: told})
        book.hear([record], said)
        book.take(kept, also=[record])
        before = book.values_kept(record)
        fresh = {value: each for value, each in mine.items() if value not in before}
        moved += book.keep(settle(book, touched={record}, values={*before, *mine}, fresh=fresh))
    return moved

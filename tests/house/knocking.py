"""Everybody knocks at the doors of the table, and what is wrong with the answers.

Whom the gate turns away, whatever they ask for and however, does not knock for all of it: officers
knock at each door by POST, which alone changes something, and by one of its other methods, those
from outside by one of all. These are dealt to them in turn, and the table must say the same of all
else they ask for there. HAVRE_DOORS=whole knocks for everything.
"""

import os
from collections.abc import Iterator
from itertools import count

from django.urls import URLPattern, URLResolver, get_resolver

from havre.agencies.rules.permits import Permit
from tests.house.callers import Caller, Street, undone
from tests.house.doors import Row, as_bare, in_words, knock, read_table
from tests.house.traces import asked, is_as_before, writes

REFUSALS = {
    *("401", "404", "405", "409"),
    *("problem 401", "problem 404", "problem 405", "problem 409"),
    *("wire 1210", "wire 2000", "wire 4000", "wire 4100", "wire 5001"),
}
OUTSIDE = {"stranger", "reporter", "provider", "other provider", "system A", "system B"}
# Nothing stands on these pages before they are filled in, but what one said of oneself.
EMPTY_FORMS = {
    ("add_officer", "GET"),
    ("add_shifts", "GET"),
    ("case_search", "GET"),
    ("console_check", "GET"),
    ("find_referral", "GET"),
    ("find_report", "GET"),
    ("new_case", "GET"),
    ("new_bulletin", "GET"),
    ("new_dispatch", "GET"),
    ("new_exchange", "GET"),
    ("new_incident", "GET"),
    ("new_notification", "GET"),
    ("new_operation", "GET"),
    ("new_secondment", "GET"),
    ("bring_watches", "GET"),
    ("new_silent_watch", "GET"),
    ("new_watch", "GET"),
    ("reach", "GET"),
    ("take_report", "GET"),
}
ROWS = read_table()
# Of each door and method the row that all are tried by: what is their own, or else what exists.
FULL = {
    row.name[:2]: row
    for row in sorted(ROWS, key=lambda row: (row.whose == "own", row.whose != "missing"))
}
# Of each door the rows among which those whom the gate turns away are dealt.
DEALT = {door: [row for row in FULL.values() if row.door == door] for door, _ in FULL}
IS_WHOLE = os.environ.get("HAVRE_DOORS") == "whole"


def doors(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from doors(pattern.url_patterns)
        else:
            yield pattern


PERMITS_OF = {
    one.name: getattr(one.callback, "permits", ()) for one in doors(get_resolver().url_patterns)
}


def is_turned_away(row: Row, column: str, caller: Caller) -> bool:
    """Whether the gate sends somebody off before a door can ask which thing is wanted."""
    # A place elsewhere has permits of its own.
    permits = () if column.startswith("seconded") else PERMITS_OF[row.door]
    return bool(permits) and not (caller.officer and all(map(caller.officer.may, permits)))


def is_refusal(row: Row, column: str) -> bool:
    """Whether the table lets somebody do nothing at all here."""
    expected = row.answers[column]
    if expected == "to sign-in":
        return column in OUTSIDE
    return expected in REFUSALS or (expected == "to second-factor" and row.whose != "-")


def turned_away(door: str, street: Street) -> Iterator[tuple[Row, Caller]]:
    """Whom the gate of a door turns away, each with the rows by which they are to try it.

    A gate may let in one role by POST alone, so every officer tries that. Those from outside and
    officers are dealt apart, so that some of both try every method; and from door to door another
    begins.
    """
    rows, begins = DEALT[door], list(DEALT).index(door)
    counted = {True: count(begins), False: count(begins)}
    for column in rows[0].answers:
        for caller in street.callers[column]:
            if is_turned_away(rows[0], column, caller):
                always = [row for row in rows if caller.officer and row.method == "POST"]
                others = [row for row in rows if row not in always]
                dealt = next(counted[caller.officer is None])
                yield from ((row, caller) for row in (*always, others[dealt % len(others)]))


def cells(row: Row, street: Street, *, refused: bool) -> Iterator[tuple[str, str, Caller]]:
    """Who is to knock by a row of the table, and what it says of them."""
    away = {id(caller) for to, caller in turned_away(row.door, street) if to is row}
    for column, expected in row.answers.items():
        if is_refusal(row, column) is refused:
            for caller in street.callers[column]:
                if IS_WHOLE or id(caller) in away or not is_turned_away(row, column, caller):
                    yield column, expected, caller


def refused_at(row: Row, street: Street) -> list[tuple[str, ...]]:
    """What is wrong with the refusals of a row: other answers, or a trace that they left."""
    # A provider's 404 is no page: but it is the same for all who get it.
    wrong, told = [], set()
    with undone():
        before = writes() if row.method != "GET" else {}
        for column, expected, caller in cells(row, street, refused=True):
            response = knock(row, caller, street)
            answer = in_words(row, response)
            if answer != expected:
                wrong.append((*row.name, column, caller.name, answer, "not", expected))
            elif answer == "problem 404" or (answer == "404" and caller.officer is None):
                told.add(response.content)
            elif answer == "404" and as_bare(response) != street.nothing[caller.officer.pk]:
                wrong.append((*row.name, column, caller.name, "another 404 than elsewhere"))
        if row.method != "GET" and not is_as_before(street.digest, before):
            wrong.append((*row.name, "a refusal left a trace"))
    if len(told) > 1:
        wrong.append((*row.name, "two kinds of 404"))
    return wrong


def let_in_at(row: Row, street: Street) -> list[tuple[str, ...]]:
    """What is wrong with the others: other answers, or something asked for and not done."""
    wrong, must_do = [], row.method == "POST" and row.whose != "-"
    for column, expected, caller in cells(row, street, refused=False):
        with undone():
            before, lines = writes() if must_do else {}, line_count()
            answer = in_words(row, knock(row, caller, street))
            if answer != expected:
                wrong.append((*row.name, column, caller.name, answer, "not", expected))
            if must_do and is_as_before(street.digest, before):
                wrong.append((*row.name, column, caller.name, "nothing was done"))
            if is_a_look(row, answer) and line_count() == lines:
                wrong.append((*row.name, column, caller.name, "left no line in the log"))
    return wrong


def line_count() -> int:
    return asked("SELECT count(*) FROM audit_entry")[0][0]


def is_a_look(row: Row, answer: str) -> bool:
    """Whether an officer was shown, or did, something that the log must tell of."""
    permits = set(PERMITS_OF[row.door]) - {Permit.ACCOUNT_KEEP}
    stopped = answer in {"422", "to second-factor"}
    return bool(permits) and not stopped and row.name[:2] not in EMPTY_FORMS

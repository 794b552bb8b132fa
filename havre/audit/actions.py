"""Writing the log, and the rule that no action goes unwritten."""

import json
from collections.abc import Callable
from contextlib import nullcontext
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar
from uuid import UUID

from havre.audit.lines import LINE_VERSION
from havre.audit.rules import Actor, Detail, Event, UnloggedActionError
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as, acting_at_once, own_part_as
from havre.plumbing.pipes import statement
from havre.plumbing.together.gathered import write_row

P = ParamSpec("P")
R = TypeVar("R")

SALT_BYTES = 16
SQL = Path(__file__).parent / "sql"
WRITE_LINE, WRITE_LINES = SQL / "write_line.sql", SQL / "write_lines.sql"

# What the innermost running action has written so far.
_written: ContextVar[list[Event] | None] = ContextVar("written", default=None)


def record(
    event: Event, *, about_kind: str, about: UUID | str, by: Actor, **details: Detail
) -> None:
    """Write one line of the log, inside the caller's transaction.

    Of whoever acts from a place in another agency it says who that is, and of which agency.
    """
    write_row(
        statement(WRITE_LINE),
        statement(WRITE_LINES),
        {
            "id": ids.uuid7(),
            "at": clock.now(),
            "event": str(event),
            "actor": by.signature,
            "agency": by.context.agency or None,
            "about_kind": about_kind,
            "about": str(about),
            "details": json.dumps({**details, **getattr(by, "comes_from", {})}),
            "salt": ids.random_bytes(SALT_BYTES),
            "version": LINE_VERSION,
        },
    )
    written = _written.get()
    if written is not None:
        written.append(event)


def action(event: Event, *, at_once: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action: one transaction, as `by`, with its line in the log or nothing.

    Inside a transaction, as at a door, it is a part of its own: what refuses keeps nothing, and
    whoever catches it can go on to a page. Inside another action it stands or falls with that.
    `at_once` is for an action that only writes (see `acting_at_once`). Raises
    UnloggedActionError, and keeps nothing, when the line is missing.
    """
    as_actor = acting_at_once if at_once else acting_as

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            by: Actor = kwargs["by"]  # type: ignore[assignment]
            outer, mine = _written.get(), list[Event]()
            token = _written.set(mine)
            try:
                part = own_part_as(by.context) if outer is None else nullcontext()
                with part, as_actor(by.context):
                    result = function(*args, **kwargs)
                    if event not in mine:
                        msg = f"{function.__name__} wrote no line {event}"
                        raise UnloggedActionError(msg)
            finally:
                _written.reset(token)
            if outer is not None:
                outer.extend(mine)
            return result

        run.event = event  # type: ignore[attr-defined]
        return run

    return decorate


def writing_is_watched() -> bool:
    """Whether an action is running, so that nothing is opened without a line."""
    return _written.get() is not None

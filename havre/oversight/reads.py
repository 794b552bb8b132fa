"""What the record shows, in words."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from havre.agencies.reads import officer_names
from havre.audit.models import Entry
from havre.audit.reads import LogPage
from havre.audit.wording import EVENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One line of the log; `who` is an officer's name, or the actor as the log names it."""

    entry: Entry
    what: Promise | str
    who: str
    details: tuple[tuple[str, str], ...]


def log_rows(page: LogPage) -> tuple[LogRow, ...]:
    """The lines of a page as a person reads them."""
    officers = {entry.pk: _officer_id(entry.actor) for entry in page.entries}
    names = officer_names({one for one in officers.values() if one})
    return tuple(
        LogRow(
            entry=entry,
            what=EVENTS.get(entry.event, entry.event),
            who=names.get(one, entry.actor) if (one := officers[entry.pk]) else entry.actor,
            details=tuple(
                (key, _plain(value))
                for key, value in sorted(entry.details.items())
                if value is not None
            ),
        )
        for entry in page.entries
    )


def _officer_id(actor: str) -> UUID | None:
    kind, _, name = actor.partition(":")
    return UUID(name) if kind == "officer" else None


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

"""Reading silent watches. Every look at them is a line in the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.evidence.custody import key_of
from havre.links.silent.models import SilentWatch
from havre.links.silent.reads import SilentPage, own_silent_watches, silent_watches_to_decide
from havre.plumbing.keys import KeyRefusedError
from havre.plumbing.sealing import open_bytes, place


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSilent:
    """A page of silent watches with value and reason of each, by watch."""

    page: SilentPage
    said: dict[UUID, tuple[str, str]]


@action(Event.SILENT_WATCHES_READ)
def read_silent_watches(*, which: str = "", after: str = "", by: Officer) -> OpenedSilent:
    """Look at a page of what one's agency keeps quiet."""
    page = own_silent_watches(which=which, after=after, actor=by)
    rows = len(page.watches)
    record(Event.SILENT_WATCHES_READ, about_kind="watches", about=by.agency_id, by=by, rows=rows)
    return OpenedSilent(page=page, said=_said(page.watches, by))


@action(Event.SILENT_WATCHES_READ)
def read_silent_requests(*, which: str = "", after: str = "", by: Officer) -> OpenedSilent:
    """Look at what agencies ask to be kept quiet, or at what is by a coordinator's word."""
    page = silent_watches_to_decide(which=which, after=after, actor=by)
    rows = len(page.watches)
    record(Event.SILENT_WATCHES_READ, about_kind="watches", about="requests", by=by, rows=rows)
    return OpenedSilent(page=page, said=_said(page.watches, by))


def _said(watches: Sequence[SilentWatch], by: Officer) -> dict[UUID, tuple[str, str]]:
    """Value and reason of each; one whose key is gone is left out."""
    found = {}
    for watch in watches:
        try:
            key = key_of(watch.pk, by=by)
        except KeyRefusedError:
            continue
        value, reason = (
            open_bytes(key, bytes(sealed), at=place("silent_watch", column, str(watch.pk))).decode()
            for column, sealed in (("value", watch.value), ("reason", watch.reason))
        )
        found[watch.pk] = (value, reason)
    return found

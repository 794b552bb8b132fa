"""Reports that are closed, one or several, and kept filters of the queue, for callers at doors."""

from typing import Any
from uuid import UUID, uuid4

from havre.agencies.models import Officer
from havre.audit.rules import Station
from havre.plumbing.context import acting_as
from havre.triage.alike.clues import note_clues
from havre.triage.filters.actions import begin_with, save_filter

ALIKE_DOORS = (
    *("alike", "attach_alike", "close", "close_alike", "part_alike"),
    *("rejoin_alike", "reopen", "reopen_alike"),
)


def typed_of_alike(reference: str) -> dict[str, dict[str, object]]:
    """What somebody who may would send to each door: every field of its form."""
    closing = {"reason": "no-offence", "note": "Boats."}
    these = {"reports": [reference]}
    return {
        "attach_alike": {"earlier": "F-0000-0000", "because": "The same page.", **these},
        "close_alike": {**closing, "tells_reporter": "on", **these},
        "part_alike": these,
    }


FILTER_DOORS = {"begin_with", "delete_filter", "rename_filter"}
TYPED_FILTERS = {
    "rename_filter": {"name": "Letters"},
    "save_filter": {"name": "Letters", "channel": "mail"},
}


def of_a_filter(row: Any, street: Any) -> dict[str, object]:
    """Which filter a row of the table asks for."""
    return {"filter_id": street.filters[row.whose]} if row.door in FILTER_DOORS else {}


def some_filters(analyst: Officer, supervisor: Officer, name: str = "Today") -> dict[str, UUID]:
    """One of an analyst's own, which the queue begins with, and one of the desk; and a clue."""
    with acting_as(Station.PIPELINE.context):
        note_clues([b"a digest"], to=uuid4())
    own = save_filter("In French", asked={"spoken": "fr"}, by=analyst)
    desk = save_filter(name, asked={"lane": "B"}, is_shared=True, by=supervisor)
    begin_with(own.pk, by=analyst)
    return {"own": own.pk, "desk": desk.pk, "missing": uuid4()}

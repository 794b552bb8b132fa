"""The watches and alerts that callers ask for at doors, and what they would send there."""

from datetime import timedelta

from havre.agencies.models import Agency
from havre.links.watches.models import Hit
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from tests.house.silent_at_doors import SILENT_DOORS, silent_of, typed_on_silent_watches
from tests.house.worlds import World

# What the address of each door names.
WATCH_DOORS = {
    "answer_alert": "alert",
    "end_watch": "watch",
    "renew_watch": "watch",
    **SILENT_DOORS,
}
Watches = dict[str, dict[str, str]]


def watches_by_whose(world: World, harbor: Agency, valley: Agency) -> Watches:
    """A watch and an alert of A, of B, and none."""
    found = {
        "missing": {
            "watch": "W-0000-0000",
            "alert": "H-0000-0000",
            "silent": "Q-0000-0000",
            "silent alert": "Z-0000-0000",
        }
    }
    with acting_as(Context(actor="test", scope=Scope.WORK)):
        for whose, agency in (("own", harbor), ("other", valley)):
            alert = Hit.objects.filter(agency=agency, is_told=True).first().reference
            found[whose] = {"watch": world.watches[agency], "alert": alert, **silent_of(agency)}
    return found


def of_a_watch(door: str, watches: dict[str, str]) -> dict[str, object]:
    """Where a watch or an alert stands; nothing for the doors of others."""
    return {"reference": watches[WATCH_DOORS[door]]} if door in WATCH_DOORS else {}


def typed_on_a_watch_list() -> dict[str, dict[str, str]]:
    """What somebody who may would send to each door: every field of its form."""
    until = (clock.now() + timedelta(days=30)).date().isoformat()
    on_terms = {
        "whose": "suspect",
        "purpose": "investigation",
        "authority": "duty",
        "tells": "centre",
        "until": until,
        "answers": "",
    }
    email = {"kind": "email", "platform": "", "value": "gull@example.com"}
    return {
        "answer_alert": {"does": "ask"},
        "bring_watches": {**on_terms, "rows": "kind,platform,value\nemail,,gull@example.com"},
        "new_watch": {**on_terms, **email},
        "renew_watch": {"until": until},
        **typed_on_silent_watches(),
    }

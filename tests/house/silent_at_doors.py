"""What agencies keep quiet, in the world of the doors and the walls."""

from collections.abc import Iterable
from datetime import timedelta

from havre.agencies.models import Officer
from havre.identifiers.rules.words import Kind
from havre.links.silent.actions import (
    Asked,
    ask_for_silent_watch,
    decide_silent_watch,
    end_silent_watch,
)
from havre.links.silent.models import SilentAlert, SilentWatch
from havre.links.watches.reads import today
from havre.links.watches.rules import Authority

# What the address of each door names.
SILENT_DOORS = {
    "decide_silent_watch": "silent",
    "end_silent_watch": "silent",
    "mark_silent_alert": "silent alert",
    "prolong_silent_watch": "silent",
}


def some_silent_watches(officers: Iterable[Officer], coordinator: Officer) -> None:
    """Each of these keeps something quiet, and has an alert of what it kept quiet before."""
    terms = Asked(
        until=today() + timedelta(days=60), authority=Authority.DUTY, reason="An account of ours."
    )
    for officer in officers:
        for value in ("dock.master@example.com", "heron@example.com"):
            watch = ask_for_silent_watch(value, kind=Kind.EMAIL, terms=terms, by=officer)
            decide_silent_watch(watch.reference, refusal=None, by=coordinator)
            if value.startswith("dock"):
                end_silent_watch(watch.reference, by=officer)


def silent_of(agency: object) -> dict[str, str]:
    """The silent watch of an agency that stands, and an alert of another. Asked as Havre itself."""
    return {
        "silent": SilentWatch.objects.filter(agency=agency).standing().get().reference,
        "silent alert": SilentAlert.objects.filter(agency=agency).first().reference,
    }


def typed_on_silent_watches() -> dict[str, dict[str, str]]:
    """What somebody who may would send to each door: every field of its form."""
    until = (today() + timedelta(days=30)).isoformat()
    return {
        "decide_silent_watch": {"does": "withdraw", "refusal": ""},
        "mark_silent_alert": {"does": "seen"},
        "new_silent_watch": {
            "kind": "email",
            "platform": "",
            "value": "gull@example.com",
            "authority": "duty",
            "reason": "An account of ours.",
            "until": until,
        },
        "prolong_silent_watch": {"until": until},
    }

"""The pages to whoever is on call that callers ask for at doors."""

from typing import Protocol
from uuid import UUID, uuid4

from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from havre.triage.paging.models import Page
from tests.house.reviews_at_doors import REVIEW_DOORS, TYPED_REVIEWS

TYPED_PAGES = {
    "notes": {
        "source": "site",
        "address": "boats.example.com",
        "looked_at": "2026-11-01T10:00",
        "how": "Without an account.",
        "found": "A page about boats.",
        "kept_back": "",
        "corrects": "",
    },
    "ask_interpreter": {"language": "uk"},
    "translation": {
        "from_language": "uk",
        "to_language": "en",
        "text": "He asked me to meet.",
        "who": "No. 214",
    },
    "classification": {"incident": "1", "happening": "threat", "reason": "It says so."},
    # Everything belongs to both incidents.
    "split": {
        "incidents": "2",
        "happening_1": "meeting",
        "happening_2": "other",
        **{f"piece_{n}": ["1", "2"] for n in range(12)},
    },
    **TYPED_REVIEWS,
    "shift": {"text": "A quiet night."},
    "find_referral": {"text": "pier@example.com"},
    "find_report": {"text": "pier@example.com"},
    "notices": {"email": "duty@example.com", "is_on": "on"},
    "reach": {"email": "pier@example.com", "phone": "204-555-0142", "webhook": ""},
    "change_webhook": {"what": "off", "days": "7"},
    "webhooks": {"url": "https://records.example.com/in"},
}
WEBHOOK_DOORS = {
    "change_webhook": "endpoint_id",
    "send_again": "delivery_id",
    "webhook": "endpoint_id",
}
BUNDLE_DOORS = {"bundle", "close_bundle", "decide_bundle"}
SHIFT_DOORS = {"give_shift", "remove_shift"}


class HasReviews(Protocol):
    """The world, as far as it holds decisions that were drawn."""

    reviews: dict[str, UUID]


class Holds(Protocol):
    """What of the street is asked for here."""

    bundles: dict[str, UUID]
    pages: dict[str, UUID]
    shifts: dict[str, UUID]
    webhooks: dict[str, dict[str, UUID]]
    world: "HasReviews"


def of_a_call(door: str, whose: str, street: Holds) -> dict[str, object]:
    """Which shift, page to whoever is on call, webhook or bundle; nothing for others' doors."""
    if door in BUNDLE_DOORS:
        return {"bundle_id": street.bundles[whose]}
    if door in WEBHOOK_DOORS:
        return {WEBHOOK_DOORS[door]: street.webhooks[whose][WEBHOOK_DOORS[door]]}
    if door in REVIEW_DOORS:
        return {"review_id": street.world.reviews[whose]}
    if door in SHIFT_DOORS:
        return {"shift_id": street.shifts[whose]}
    return {"page_id": street.pages[whose]} if door == "acknowledge_page" else {}


def pages_by_whose(reports: dict[str, str]) -> dict[str, UUID]:
    """The pages that wait: for what stands in the queue, and in a closed compartment."""
    with acting_as(Context(actor="test", scope=Scope.WORK)):
        of = {one.reference: one.pk for one in Page.objects.waiting()}
    return {**{name: of[reports[name]] for name in ("unsent", "closed")}, "missing": uuid4()}

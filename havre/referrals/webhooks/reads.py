"""Questions about webhooks: where they lead, what is due, what became of each."""

import hmac
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.rules import Actor
from havre.plumbing import clock
from havre.plumbing.keys import keys
from havre.referrals.notices.models import News
from havre.referrals.webhooks.models import Delivery, Endpoint
from havre.referrals.webhooks.rules import body_of, headers_of

ROWS, MOST_NEWS = 50, 500
# So many deliveries of one endpoint go out at a time: one that is dead holds up no other.
MOST_OF_ONE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A delivery that is due: where it goes, and what is sent."""

    delivery: Delivery
    url: str
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointRow:
    """An endpoint, and how many deliveries to it were given up or fail."""

    endpoint: Endpoint
    waiting: int
    lost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointPage:
    """One endpoint with a page of its deliveries, the latest first."""

    endpoint: Endpoint
    deliveries: tuple[Delivery, ...]
    next: str


def endpoints_of(officer: Officer) -> tuple[EndpointRow, ...]:
    """The endpoints of an officer's agency, in the order in which they were made."""
    found = Delivery.objects.visible_to(officer)
    return tuple(
        EndpointRow(
            endpoint=one,
            waiting=found.to_send().filter(endpoint=one).count(),
            lost=found.filter(endpoint=one, given_up_at__isnull=False).count(),
        )
        for one in Endpoint.objects.visible_to(officer)
    )


def endpoint_of(pk: UUID, *, actor: Officer) -> Endpoint:
    """One endpoint of an officer's agency. Raises Endpoint.DoesNotExist."""
    return Endpoint.objects.visible_to(actor).get(pk=pk)


def delivery_of(pk: UUID, *, actor: Officer) -> Delivery:
    """One delivery of an officer's agency. Raises Delivery.DoesNotExist."""
    return Delivery.objects.visible_to(actor).select_related("endpoint").get(pk=pk)


def endpoint_page(pk: UUID, *, after: str = "", actor: Officer) -> EndpointPage:
    """An endpoint and its deliveries; `after` is what the page before gave as its `next`."""
    endpoint = endpoint_of(pk, actor=actor)
    found = Delivery.objects.visible_to(actor).filter(endpoint=endpoint)
    try:
        found = found.filter(pk__lt=UUID(after)) if after else found
    except ValueError:
        after = ""
    rows = list(found[: ROWS + 1])
    return EndpointPage(
        endpoint=endpoint,
        deliveries=tuple(rows[:ROWS]),
        next=rows[ROWS - 1].pk.hex if len(rows) > ROWS else "",
    )


def secret_of(endpoint: Endpoint, turn: int) -> bytes:
    """What an endpoint's deliveries are signed with: derived, so that nothing of it is stored."""
    about = f"{endpoint.pk}|{turn}".encode()
    return hmac.digest(keys().pepper("record-webhook"), about, "sha256")


def secrets_of(endpoint: Endpoint) -> list[bytes]:
    """Every secret that holds now, the newest first."""
    holds = endpoint.old_until is not None and endpoint.old_until > clock.now()
    turns = [endpoint.turn, endpoint.turn - 1] if holds else [endpoint.turn]
    return [secret_of(endpoint, turn) for turn in turns]


def news_to_pass_on(*, actor: Actor) -> list[News]:
    """The news that was not passed on to endpoints yet, the oldest first."""
    found = News.objects.visible_to(actor).filter(passed_on_at=None).select_related("referral")
    return list(found.order_by("id")[:MOST_NEWS])


def parcels_due(*, actor: Actor) -> list[Parcel]:
    """The deliveries to send now, to endpoints that are on."""
    now = clock.now()
    waiting = Delivery.objects.visible_to(actor).to_send().filter(endpoint__is_on=True)
    due = waiting.filter(next_try_at__lte=now).select_related("endpoint").order_by("next_try_at")
    taken: dict[UUID, int] = defaultdict(int)
    parcels = []
    for delivery in due[:MOST_NEWS]:
        taken[delivery.endpoint_id] += 1
        if taken[delivery.endpoint_id] <= MOST_OF_ONE:
            parcels.append(_parcel(delivery))
    return parcels


def _parcel(delivery: Delivery) -> Parcel:
    body = body_of(delivery.kind, delivery.reference, at=delivery.happened_at)
    secrets = secrets_of(delivery.endpoint)
    return Parcel(
        delivery=delivery,
        url=delivery.endpoint.url,
        body=body,
        headers=headers_of(delivery.message, body, secrets=secrets, now=clock.now()),
    )

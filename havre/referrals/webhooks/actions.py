"""Where webhooks lead, their secrets, and what became of each delivery."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from havre.agencies.models import Agency, Officer
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event, Station
from havre.plumbing import clock, ids
from havre.plumbing.queue import defer
from havre.referrals.models import Referral
from havre.referrals.notices.models import News
from havre.referrals.notices.rules import KEPT
from havre.referrals.rules.outcomes import ReferralState
from havre.referrals.webhooks.models import Delivery, Endpoint
from havre.referrals.webhooks.reads import (
    EndpointPage,
    EndpointRow,
    delivery_of,
    endpoint_of,
    endpoint_page,
    endpoints_of,
    news_to_pass_on,
    secret_of,
)
from havre.referrals.webhooks.rules import (
    GONE,
    LONGEST_OVERLAP,
    MOST_ENDPOINTS,
    TEST,
    next_try,
    shown_secret,
)

# The job that sends deliveries; it never runs twice at once.
TASK, LOCK = "webhooks", "webhooks"


class TooManyEndpointsError(Exception):
    """An agency has as many endpoints as it may. Nothing was added."""


@action(Event.WEBHOOKS_READ)
def read_endpoints(*, by: Officer) -> tuple[EndpointRow, ...]:
    """Look at where the webhooks of one's agency lead."""
    rows = endpoints_of(by)
    record(Event.WEBHOOKS_READ, about_kind="agency", about=by.agency_id, by=by, rows=len(rows))
    return rows


@action(Event.WEBHOOKS_READ)
def read_deliveries(pk: UUID, *, after: str = "", by: Officer) -> EndpointPage:
    """Look at what became of the deliveries to an endpoint. Raises Endpoint.DoesNotExist."""
    page = endpoint_page(pk, after=after, actor=by)
    _note(Event.WEBHOOKS_READ, page.endpoint, by=by, rows=len(page.deliveries))
    return page


@action(Event.WEBHOOK_SET)
def add_endpoint(url: str, *, by: Officer) -> tuple[Endpoint, str]:
    """Let an address be called when something is new; gives it with its secret, shown once.

    Raises TooManyEndpointsError.
    """
    # Held, so that of two at once the second counts the first.
    Agency.objects.select_for_update().get(pk=by.agency_id)
    if Endpoint.objects.visible_to(by).count() >= MOST_ENDPOINTS:
        raise TooManyEndpointsError
    endpoint = Endpoint(id=ids.uuid7(), agency_id=by.agency_id, url=url, made_by=by)
    endpoint.save(force_insert=True)
    _note(Event.WEBHOOK_SET, endpoint, by=by, is_on=True)
    return endpoint, shown_secret(secret_of(endpoint, endpoint.turn))


@action(Event.WEBHOOK_SET)
def switch_endpoint(pk: UUID, *, is_on: bool, by: Officer) -> Endpoint:
    """Call an address no more, or again. What happens in between is not sent afterwards.

    Raises Endpoint.DoesNotExist.
    """
    endpoint = _held(pk, by)
    if is_on and not endpoint.is_on:
        endpoint.since = clock.now()
    endpoint.is_on = is_on
    endpoint.save(update_fields=["is_on", "since"])
    _note(Event.WEBHOOK_SET, endpoint, by=by, is_on=is_on)
    return endpoint


@action(Event.WEBHOOK_SECRET_MADE)
def rotate_secret(pk: UUID, *, overlap: timedelta, by: Officer) -> tuple[Endpoint, str]:
    """Make a new secret, shown once; the one before signs too until the overlap is over.

    Raises Endpoint.DoesNotExist, ValueError for an overlap that is too long.
    """
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        msg = f"an overlap is from 0 to {LONGEST_OVERLAP.days} days"
        raise ValueError(msg)
    endpoint = _held(pk, by)
    endpoint.turn += 1
    endpoint.old_until = clock.now() + overlap
    endpoint.save(update_fields=["old_until", "turn"])
    _note(Event.WEBHOOK_SECRET_MADE, endpoint, by=by, days=overlap.days)
    return endpoint, shown_secret(secret_of(endpoint, endpoint.turn))


@action(Event.DELIVERY_ASKED)
def send_test(pk: UUID, *, by: Officer) -> Delivery:
    """Send an event of no referral, to see whether it arrives. Raises Endpoint.DoesNotExist."""
    endpoint = endpoint_of(pk, actor=by)
    delivery = Delivery(id=ids.uuid7(), agency_id=by.agency_id, endpoint=endpoint, kind=TEST)
    delivery.save(force_insert=True)
    defer(TASK, queue="sweep", lock=LOCK)
    _note(Event.DELIVERY_ASKED, endpoint, by=by, delivery=str(delivery.pk))
    return delivery


@action(Event.DELIVERY_ASKED)
def send_again(pk: UUID, *, by: Officer) -> Delivery:
    """Send a delivery once more, under the same name. Raises Delivery.DoesNotExist."""
    delivery = delivery_of(pk, actor=by)
    delivery.next_try_at, delivery.tries, delivery.failed_as = clock.now(), 0, ""
    delivery.sent_at = delivery.given_up_at = None
    changed = ["failed_as", "given_up_at", "next_try_at", "sent_at", "tries"]
    delivery.save(update_fields=changed)
    defer(TASK, queue="sweep", lock=LOCK)
    _note(Event.DELIVERY_ASKED, delivery.endpoint, by=by, delivery=str(delivery.pk))
    return delivery


@action(Event.NEWS_PASSED_ON)
def pass_news_on(*, by: Station) -> int:
    """Make a delivery of each piece of news for each endpoint that is on. Safe to repeat.

    What was taken back before anybody opened it was never sent, and is told to nobody.
    """
    news, rows = news_to_pass_on(actor=by), 0
    agencies = {each.agency_id for each in news}
    endpoints = list(Endpoint.objects.visible_to(by).filter(agency__in=agencies, is_on=True))
    for each in news:
        for endpoint in endpoints:
            is_its = endpoint.agency_id == each.agency_id and endpoint.since <= each.at
            referral = each.referral
            if is_its and referral and referral.state != ReferralState.UNDONE:
                _deliver(each, referral, endpoint)
                rows += 1
    passed = News.objects.visible_to(by).filter(pk__in=[each.pk for each in news])
    passed.update(passed_on_at=clock.now())
    record(Event.NEWS_PASSED_ON, about_kind="webhooks", about="news", by=by, rows=rows)
    return rows


@action(Event.DELIVERY_SENT)
def note_delivered(delivery: Delivery, *, by: Actor) -> None:
    """A delivery went out and was taken."""
    delivery.sent_at, delivery.tries, delivery.failed_as = clock.now(), delivery.tries + 1, ""
    delivery.save(update_fields=["failed_as", "sent_at", "tries"])
    _note(Event.DELIVERY_SENT, delivery.endpoint, by=by, delivery=str(delivery.pk))


@action(Event.DELIVERY_FAILED)
def note_not_delivered(delivery: Delivery, *, because: str, by: Actor) -> None:
    """A delivery was not taken: it is tried again, and given up after the last try.

    An endpoint that says it is gone is called no more.
    """
    now, because = clock.now(), because[:60]
    delivery.tries, delivery.failed_as = delivery.tries + 1, because
    wait = None if because == GONE or delivery.kind == TEST else next_try(delivery.tries)
    delivery.next_try_at = now + (wait or timedelta())
    delivery.given_up_at = None if wait else now
    delivery.save(update_fields=["failed_as", "given_up_at", "next_try_at", "tries"])
    if because == GONE:
        Endpoint.objects.visible_to(by).filter(pk=delivery.endpoint_id).update(is_on=False)
    _note(
        Event.DELIVERY_FAILED,
        delivery.endpoint,
        by=by,
        delivery=str(delivery.pk),
        because=because,
        given_up=wait is None,
    )


@action(Event.DELIVERIES_FORGOTTEN)
def forget_deliveries(*, by: Station) -> int:
    """Forget deliveries of three months ago. Says how many."""
    old = Q(happened_at__lt=clock.now() - KEPT)
    gone, _ = Delivery.objects.visible_to(by).filter(old).delete()
    record(Event.DELIVERIES_FORGOTTEN, about_kind="webhooks", about="old", by=by, rows=gone)
    return gone


def _deliver(news: News, referral: Referral, endpoint: Endpoint) -> None:
    Delivery(
        id=ids.uuid7(),
        agency_id=endpoint.agency_id,
        endpoint=endpoint,
        news=news.pk,
        kind=news.kind,
        reference=referral.reference,
        happened_at=news.at,
    ).save(force_insert=True)


def _held(pk: UUID, by: Officer) -> Endpoint:
    return Endpoint.objects.visible_to(by).select_for_update().get(pk=pk)


def _note(event: Event, endpoint: Endpoint, *, by: Actor, **details: str | int | bool) -> None:
    about, row = endpoint.agency_id, str(endpoint.pk)
    record(event, about_kind="agency", about=about, by=by, endpoint=row, **details)

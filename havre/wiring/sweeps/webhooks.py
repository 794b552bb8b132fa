"""Calling record systems: what is new is passed on, and what is due goes out. Safe to repeat.

Everything due is found in the database, so that a job that was lost costs half a minute at most.
"""

from concurrent.futures import ThreadPoolExecutor

from django.conf import settings

from havre.audit.rules import Station
from havre.plumbing.context import acting_as
from havre.plumbing.outward.calls import NotPostedError, post
from havre.plumbing.outward.networks import may_lead_to
from havre.referrals.webhooks.actions import note_delivered, note_not_delivered, pass_news_on
from havre.referrals.webhooks.reads import Parcel, news_to_pass_on, parcels_due
from havre.wiring.sweeps.paging import AT_ONCE


def call_systems() -> None:
    """Make deliveries of what is new, and send those that are due."""
    by = Station.PIPELINE
    with acting_as(by.context):
        is_new = bool(news_to_pass_on(actor=by))
    if is_new:
        pass_news_on(by=by)
    with acting_as(by.context):
        parcels = parcels_due(actor=by)
    if not parcels:
        return
    with ThreadPoolExecutor(AT_ONCE) as pool:
        failures = list(pool.map(_posted, parcels))
    for parcel, because in zip(parcels, failures, strict=True):
        if because:
            note_not_delivered(parcel.delivery, because=because, by=by)
        else:
            note_delivered(parcel.delivery, by=by)


def _posted(parcel: Parcel) -> str:
    """Why a delivery was not taken, as a code; "" when it was."""
    is_own = settings.PUBLIC_HOST == "localhost"
    if not may_lead_to(parcel.url, is_own_house=is_own):
        return "address-not-allowed"
    try:
        post(parcel.url, parcel.body, headers=parcel.headers, only_public=not is_own)
    except NotPostedError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - whatever a library raises, the others must go out
        return type(error).__name__
    return ""

"""The lanes of this process: how much of the door one provider may take up at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from time import monotonic

from django.conf import settings

from havre.agencies.models import Provider
from havre.intake.providers.rules.lanes import Lanes
from havre.intake.providers.wires.ispws_answer import Code
from havre.intake.providers.wires.refusals import WireRefusal

TOO_MANY = 429
# One book for all threads of the process; each entry is a moment's work.
_book = Lock()


@cache
def lanes() -> Lanes:
    """The book of lanes, as this installation sets their width."""
    rate = settings.WIRE_PER_SECOND
    return Lanes(per_second=rate, burst=4 * rate)


def keep_to_lane(provider: Provider) -> None:
    """Count a request of a provider. Raises WireRefusal when its lane is full: 429, with a wait."""
    with _book:
        wait = lanes().seconds_to_wait(provider.pk, monotonic())
    _refuse(wait)


@contextmanager
def upload_lane(provider: Provider) -> Iterator[None]:
    """Hold one of a provider's places for uploads. Raises WireRefusal when all are taken."""
    with _book:
        wait = lanes().begin_upload(provider.pk)
    _refuse(wait)
    try:
        yield
    finally:
        with _book:
            lanes().end_upload(provider.pk)


def _refuse(wait: int) -> None:
    if wait:
        said = f"too many requests at once; nothing of this one was kept, send it again in {wait} s"
        raise WireRefusal(Code.INVALID_REQUEST, said, status=TOO_MANY, retry_after=wait)

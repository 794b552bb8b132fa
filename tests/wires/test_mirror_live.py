"""A mirror whose other side is a real second Havre, over HTTP."""

import pytest

from havre.audit.rules import Station
from havre.intake.mirrors.actions import set_mirror
from havre.intake.mirrors.models import Answer, Copy
from havre.intake.models import Filing
from havre.plumbing.context import acting_as
from havre.wiring.sweeps.mirrors import send_copies_on
from tests import make
from tests.live import LiveHouse
from tests.wires.far_side import an_engineer
from tests.wires.wire import a_provider

WORK = Station.PIPELINE.context


@pytest.mark.real_commits
def test_a_second_havre_takes_what_the_first_one_sends(real_database):
    """A second Havre over HTTP, here the same one under another provider's name."""
    make.directory()
    house = LiveHouse(real_database)
    try:
        near, there = a_provider("near-chat"), a_provider("far-chat")
        engineer = an_engineer(near, make.analyst().agency)
        url = f"{house.start()}/ispws"
        set_mirror(url, username="far-chat", password=there.password, by=engineer)
        number = near.submit()
        file = near.upload(number, b"The pier at noon." * 99_000)
        near.describe(number, file.file)
        near.finish(number)
        send_copies_on()
    finally:
        house.stop()
    with acting_as(WORK):
        copy = Copy.objects.get(number=number)
        ours, theirs = (Filing.objects.get(number=n) for n in (number, int(copy.far_report)))
        assert (copy.state, theirs.state, theirs.provider) == ("sent", "finished", there.provider)
        assert theirs.source.sha256 == ours.source.sha256
        (sent,), (arrived,) = (one.files.all() for one in (ours, theirs))
        assert arrived.exhibit.sha256 == sent.exhibit.sha256
        assert arrived.details_source is not None
        assert Answer.objects.filter(step="status", code=0).count() == 1

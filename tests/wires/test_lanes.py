"""Each provider has a lane: a flood of one delays nobody else, and loses nothing."""

from types import SimpleNamespace

import pytest

from havre.intake.providers import lanes
from havre.intake.providers.rules.lanes import Lanes
from havre.intake.providers.wires.ispws_answer import Code
from tests.wires.wire import a_provider


def test_a_lane_lets_a_burst_through_and_then_a_steady_rate():
    book = Lanes(per_second=2, burst=4)
    assert [book.seconds_to_wait("a", 0) for _ in range(6)] == [0, 0, 0, 0, 1, 1]
    assert book.seconds_to_wait("a", 0.5) == 0
    assert book.seconds_to_wait("a", 0.5) == 1
    assert [book.seconds_to_wait("a", 100) for _ in range(5)] == [0, 0, 0, 0, 1]


def test_a_flood_of_one_provider_costs_another_nothing():
    book = Lanes(per_second=1, burst=2)
    assert [book.seconds_to_wait("flood", 0) for _ in range(50)][-1] == 1
    assert book.seconds_to_wait("other", 0) == 0


def test_a_clock_that_goes_back_fills_no_lane():
    book = Lanes(per_second=1, burst=1)
    assert book.seconds_to_wait("a", 10) == 0
    assert book.seconds_to_wait("a", 5) == 1
    assert book.seconds_to_wait("a", 11) == 0


def test_so_many_uploads_are_under_way_at_once_and_no_more():
    book = Lanes(per_second=10, burst=10, uploads_at_once=2)
    book.seconds_to_wait("a", 0)
    assert [book.begin_upload("a") for _ in range(3)] == [0, 0, 1]
    book.end_upload("a")
    assert book.begin_upload("a") == 0


@pytest.fixture
def narrow(settings):
    settings.WIRE_PER_SECOND = 0.5
    lanes.lanes.cache_clear()
    yield
    lanes.lanes.cache_clear()


@pytest.mark.django_db
@pytest.mark.usefixtures("narrow")
def test_whoever_floods_the_door_is_told_when_to_come_again():
    wire, other = a_provider(), a_provider("example-games")
    answers = [wire.get("status") for _ in range(3)]
    assert [said.response.status_code for said in answers] == [200, 200, 429]
    assert int(answers[-1].response["Retry-After"]) >= 1
    assert "nothing of this one was kept" in answers[-1].description
    assert other.get("status").code == 0


@pytest.mark.django_db
def test_a_known_provider_pays_once_for_what_is_looked_at_twice(monkeypatch):
    book = Lanes(per_second=0.0001, burst=2)
    monkeypatch.setattr(lanes, "lanes", lambda: book)
    wire = a_provider()
    wire.submit()
    refused = wire.post("submit", b"<report/>")
    assert refused.code == Code.VALIDATION_FAILED
    assert wire.get("status").response.status_code == 429


@pytest.mark.django_db
def test_uploads_beyond_the_lane_are_told_to_wait_and_the_others_go_on():
    wire = a_provider()
    number = wire.submit()
    held = SimpleNamespace(pk=wire.provider.pk)
    inside = [lanes.upload_lane(held) for _ in range(4)]
    for place in inside:
        place.__enter__()
    said = wire.upload(number)
    assert (said.response.status_code, said.response["Retry-After"]) == (429, "1")
    assert wire.get("status").code == 0
    for place in inside:
        place.__exit__(None, None, None)
    assert wire.upload(number).code == 0

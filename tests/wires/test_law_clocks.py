"""A report starts a clock: reminder, notice to destroy, and who sees them."""

from datetime import timedelta

import pytest
from django.db import connection
from lxml import etree

from havre.agencies.actions import change_provider
from havre.audit.rules import Event, Station
from havre.intake.law.models import Preservation
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from havre.wiring.jobs import legal_clocks
from tests.wires.specimens import COMPILED
from tests.wires.wire import Wire, a_provider

pytestmark = pytest.mark.django_db
EVERYTHING = Context(actor="test", scope=Scope.WORK)
START = clock.now().replace(hour=17, minute=0)


@pytest.fixture
def wire() -> Wire:
    return a_provider()


def filed(wire: Wire) -> int:
    with clock.clock_set_to(START):
        number = wire.submit()
        wire.finish(number)
    return number


def notices(wire: Wire, *, after: timedelta) -> list[tuple[str, str]]:
    """What the provider is told once the hourly sweep has run at that time."""
    with clock.clock_set_to(START + after):
        legal_clocks(0)
        answer = wire.client.get("/ispws/notices", HTTP_AUTHORIZATION=wire.basic)
    root = etree.fromstring(answer.content)
    COMPILED.assertValid(root)
    return [(one.findtext("reportId"), one.findtext("kind")) for one in root.findall("notice")]


def test_a_finished_report_says_until_when_to_preserve(wire):
    number = filed(wire)
    answer = wire.client.get(f"/ispws/reports/{number}", HTTP_AUTHORIZATION=wire.basic)
    said = etree.fromstring(answer.content).findtext("preserveUntil")
    local = START.astimezone(clock.LEGAL_ZONE).date()
    assert said == (local + timedelta(days=21)).isoformat()


def test_the_provider_is_reminded_and_then_told_to_destroy(wire):
    number = str(filed(wire))
    assert notices(wire, after=timedelta(days=15)) == []
    assert notices(wire, after=timedelta(days=16)) == [(number, "reminder")]
    assert notices(wire, after=timedelta(days=21)) == [(number, "reminder")]
    assert notices(wire, after=timedelta(days=22)) == [(number, "destroy")]
    assert notices(wire, after=timedelta(days=200)) == []


def test_each_notice_is_noted_once(wire):
    filed(wire)
    for _ in range(2):
        notices(wire, after=timedelta(days=16))
        notices(wire, after=timedelta(days=22))
    with acting_as(EVERYTHING), connection.cursor() as cursor:
        cursor.execute(
            "SELECT event, count(*) FROM audit_entry WHERE event LIKE 'preservation.%%'"
            " GROUP BY event",
            [],
        )
        counts = dict(cursor.fetchall())
    assert counts == {Event.PRESERVATION_REMINDED: 1, Event.PRESERVATION_ENDED: 1}


def test_another_provider_sees_nothing_of_it(wire):
    filed(wire)
    notices(wire, after=timedelta(days=16))
    assert notices(a_provider("example-games"), after=timedelta(days=16)) == []


def test_a_provider_under_no_law_of_ours_starts_no_clock(wire):
    change_provider(wire.provider, regime="", by=Station.SET_UP)
    filed(wire)
    with acting_as(EVERYTHING):
        assert not Preservation.objects.exists()

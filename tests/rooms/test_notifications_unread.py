"""A notification that nobody reads is told of: to its service, then to whoever sees to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.notifications.actions import TELL, notify_police, open_notification
from havre.intake.notifications.models import Notification
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.queue import waiting_for
from havre.referrals.inbox.actions import read_alarms
from havre.referrals.notices.actions import set_notices
from havre.referrals.notices.models import News
from havre.referrals.notices.rules import NewsKind
from havre.referrals.rules.states import Level
from havre.triage.paging.rules.ways import Way
from havre.wiring.jobs import ring_clocks, tell_who_was_notified
from havre.wiring.sweeps.notices import send_notices
from tests import make
from tests.house.callers import undone
from tests.on_duty import Post
from tests.rooms.test_notification_rules import WHOLE
from tests.wires.wire import a_provider


@dataclass
class Harbor:
    told: Notification
    detective: Officer
    supervisor: Officer
    coordinator: Officer
    analyst: Officer
    elsewhere: Officer

    @property
    def everybody(self) -> list[Officer]:
        return [self.detective, self.supervisor, self.coordinator, self.analyst, self.elsewhere]

    def hear(self) -> list[int]:
        """How many clocks ring for each of them."""
        return [len(read_alarms(by=each)) for each in self.everybody]


@pytest.fixture(scope="module")
def whole(lasting_block) -> Harbor:
    harbor = make.directory()
    detective = make.officer(harbor)
    told = notify_police(WHOLE, to=harbor.code, token="first", by=a_provider("pier-chat").provider)
    return Harbor(
        told=told,
        detective=detective,
        supervisor=make.officer(harbor, Role.AGENCY_SUPERVISOR),
        coordinator=make.officer(
            Agency.objects.get(kind="national-centre"), Role.NATIONAL_COORDINATOR
        ),
        analyst=make.officer(Agency.objects.get(code="tipline"), Role.SUPERVISOR),
        elsewhere=make.officer(Agency.objects.get(code="valley-police"), Role.AGENCY_SUPERVISOR),
    )


@pytest.fixture
def harbor(whole) -> Iterator[Harbor]:
    with undone():
        yield whole


def ring_after(told: Notification, hours: int) -> None:
    with clock.clock_set_to(told.delivered_at + timedelta(hours=hours)):
        ring_clocks(0)


def news() -> list[tuple[str, object]]:
    with acting_as(Station.PIPELINE.context):
        return [(one.kind, one.agency_id) for one in News.objects.all()]


def test_its_delivery_is_told_to_the_police_service_once(harbor):
    assert str(harbor.told.pk) in waiting_for(TELL, "notification")
    tell_who_was_notified(notification=str(harbor.told.pk))
    assert news() == [(NewsKind.PROVIDER_NOTIFIED, harbor.told.agency_id)]


def test_what_was_read_meanwhile_needs_no_telling(harbor):
    open_notification(harbor.told.reference, by=harbor.detective)
    tell_who_was_notified(notification=str(harbor.told.pk))
    assert news() == []


@pytest.mark.parametrize(("is_read", "letters"), [(False, 1), (True, 0)])
def test_a_service_with_notices_is_sent_to_its_inbox_unless_somebody_read_it(
    harbor, is_read, letters
):
    set_notices(email="desk@harbor.example.com", is_on=True, by=harbor.supervisor)
    tell_who_was_notified(notification=str(harbor.told.pk))
    if is_read:
        open_notification(harbor.told.reference, by=harbor.detective)
    with clock.clock_set_to(clock.now() + timedelta(minutes=2)):
        post = Post()
        send_notices({Way.EMAIL: post})
    assert len(post.letters) == letters
    assert all(one.address.endswith("/inbox") for one in post.letters)


def test_a_clock_that_fails_holds_back_no_other(harbor, monkeypatch):
    def fails(*_, **__):
        raise RuntimeError

    ring_after(harbor.told, 13)
    other = notify_police(
        WHOLE, to=harbor.detective.agency.code, token="second", by=harbor.told.provider
    )
    open_notification(harbor.told.reference, by=harbor.detective)
    monkeypatch.setattr("havre.wiring.sweeps.clocks.ring_for_notification", fails)
    with (
        clock.clock_set_to(other.delivered_at + timedelta(hours=20)),
        pytest.raises(ExceptionGroup),
    ):
        ring_clocks(0)
    assert harbor.hear() == [0, 0, 0, 0, 0]


def test_the_supervisor_hears_after_eight_hours_and_the_coordinator_after_twelve(harbor):
    for hours, hear in ((7, [0, 0, 0, 0, 0]), (8, [1, 1, 0, 0, 0]), (12, [1, 1, 1, 0, 0])):
        for _ in range(2):
            ring_after(harbor.told, hours)
        assert harbor.hear() == hear
    (row,) = read_alarms(by=harbor.coordinator)
    assert (row.alarm.level, row.alarm.reference, row.opens) == (
        Level.COORDINATOR,
        harbor.told.reference,
        False,
    )
    with acting_as(Station.PIPELINE.context):
        raised = Entry.objects.filter(event=Event.ALARM_RAISED, about=str(harbor.told.pk))
        assert raised.count() == 2


def test_it_rings_no_more_once_somebody_read_it(harbor):
    ring_after(harbor.told, 13)
    open_notification(harbor.told.reference, by=harbor.detective)
    ring_after(harbor.told, 14)
    assert harbor.hear() == [0, 0, 0, 0, 0]
    ring_after(harbor.told, 15)
    with acting_as(Station.PIPELINE.context):
        ended = Entry.objects.filter(event=Event.ALARM_ENDED, about=str(harbor.told.pk))
        assert ended.count() == 1


def test_the_page_of_clocks_leads_its_readers_to_it_and_names_no_provider(harbor):
    ring_after(harbor.told, 13)
    at = f"/en/inbox/providers/{harbor.told.reference}"
    page = make.browser(harbor.supervisor).get("/en/clocks").content.decode()
    assert at in page
    page = make.browser(harbor.coordinator).get("/en/clocks").content.decode()
    assert harbor.told.reference in page
    assert at not in page
    assert harbor.told.provider_name not in page
    page = make.browser(harbor.coordinator).get("/fr/echeances").content.decode()
    assert "Avis d\u2019un fournisseur" in page


def test_raw_sql_shows_its_clock_to_nobody_of_the_tipline_and_of_no_other_agency(harbor):
    ring_after(harbor.told, 13)
    seen = []
    for officer in harbor.everybody:
        with acting_as(officer.context), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM referrals_alarm")
            seen.append(cursor.fetchone()[0])
    assert seen == [2, 2, 1, 0, 0]

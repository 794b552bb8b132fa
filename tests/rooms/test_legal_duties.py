"""Section 9, incidents within 24 hours, and records that are kept for two years."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Compartment, Role
from havre.evidence.models import RecordKey
from havre.intake.law.actions import (
    DeemedRefusedError,
    WrongMomentError,
    change_incident,
    destroy_record,
    note_deemed,
    note_incident,
    read_deemed,
    read_incident,
    read_legal_duties,
    report_addresses,
    send_incident,
    withdraw_deemed,
)
from havre.intake.law.models import AddressReport, Deemed, IncidentNotice
from havre.intake.law.rules.deemed import DeemedFault, Duty, OtherLaw, duties_left, fault_of
from havre.intake.law.rules.incidents import IncidentKind, IncidentWords, NoticeClock, clock_at
from havre.intake.law.rules.records import kept_until, may_be_destroyed
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from tests import make
from tests.house.callers import undone
from tests.rooms.test_console import an_engineer
from tests.signing_in import signed_in
from tests.wires.wire import Wire, a_provider

EVERYTHING = Context(actor="test", scope=Scope.WORK)
TODAY = date(2026, 11, 28)
NOTICED = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
WORDS = IncidentWords(
    happened="The line was down.", function="Late reports.", steps="A second line.", contact="Roy"
)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, None),
        ({"is_standing": True, "reference": ""}, None),
        ({"reported_on": date(2026, 11, 29)}, ("reported_on", DeemedFault.DAY_TO_COME)),
        ({"reference": ""}, ("reference", DeemedFault.NUMBER_MISSING)),
        ({"is_standing": True}, ("reference", DeemedFault.NUMBER_NOT_NEEDED)),
    ],
)
def test_a_record_of_one_report_has_its_number_and_a_standing_one_has_none(changed, expected):
    whole = {"is_standing": False, "reference": "7001", "reported_on": TODAY, "today": TODAY}
    assert fault_of(**(whole | changed)) == expected


def test_only_section_2_is_deemed_done_and_only_for_what_was_reported():
    one, standing = (duties_left(is_standing=is_standing) for is_standing in (False, True))
    assert [duty for duty, goes_on in one.items() if not goes_on] == [Duty.REPORT_ADDRESS]
    assert all(standing.values())


@pytest.mark.parametrize(
    ("hours", "sent_after", "expected"),
    [
        (1, None, NoticeClock.RUNNING),
        (18, None, NoticeClock.SOON),
        (24, None, NoticeClock.SOON),
        (25, None, NoticeClock.OVERDUE),
        (48, 24, NoticeClock.TIMELY),
        (48, 25, NoticeClock.LATE),
    ],
)
def test_the_ministers_are_told_within_24_hours(hours, sent_after, expected):
    sent = None if sent_after is None else NOTICED + timedelta(hours=sent_after)
    state = clock_at(NOTICED, sent_at=sent, now=NOTICED + timedelta(hours=hours))
    assert state is expected


def test_a_record_is_kept_for_two_years_of_the_law_s_own_days():
    # Half past three in the morning in UTC is still the day before in Toronto.
    assert kept_until(datetime(2024, 3, 1, 3, 30, tzinfo=UTC)) == date(2026, 3, 1)
    assert kept_until(datetime(2024, 11, 28, 12, tzinfo=UTC)) == TODAY
    received = datetime(2024, 11, 28, 12, tzinfo=UTC)
    for today, is_with_agency, may in (
        (TODAY, False, False),
        (TODAY + timedelta(days=1), False, True),
        (TODAY + timedelta(days=1), True, False),
    ):
        assert may_be_destroyed(received, today=today, is_with_agency=is_with_agency) is may


@dataclass
class Desk:
    wire: Wire
    engineer: Officer
    supervisor: Officer
    browser: Client


@pytest.fixture(scope="module")
def whole(lasting_block) -> Desk:
    """Built once, in a transaction that all these tests share and that is rolled back."""
    make.directory()
    wire = a_provider("pier-chat")
    supervisor = make.officer(make.the_tipline(), Role.SUPERVISOR)
    browser = signed_in(supervisor, Client(HTTP_HOST="localhost"))
    return Desk(wire, an_engineer(wire, "p.roy"), supervisor, browser)


@pytest.fixture
def desk(whole) -> Iterator[Desk]:
    with undone():
        yield whole


def a_record(desk: Desk, number: str = "7001") -> Deemed:
    return note_deemed(
        OtherLaw.US_2258A,
        is_standing=False,
        reference=number,
        reported_on=clock.now().date() - timedelta(days=2),
        by=desk.engineer,
    )


def test_a_provider_keeps_its_records_of_section_9_and_takes_one_back(desk, monkeypatch):
    first, second = a_record(desk), a_record(desk, "7002")
    withdraw_deemed(first.pk, is_withdrawn=True, by=desk.engineer)
    assert [bool(row.withdrawn_at) for row in read_deemed(by=desk.engineer).rows] == [False, True]
    withdraw_deemed(first.pk, is_withdrawn=False, by=desk.engineer)
    assert not any(row.withdrawn_at for row in read_deemed(by=desk.engineer).rows)
    with pytest.raises(DeemedRefusedError, match="number-missing"):
        a_record(desk, " ")
    monkeypatch.setattr("havre.intake.law.reads.ROWS", 1)
    page = read_deemed(by=desk.engineer)
    assert (page.rows, page.chosen) == ((second,), 2)
    assert read_deemed(after=page.next, by=desk.engineer).rows == (first,)
    assert read_deemed(after="pier", by=desk.engineer).rows == (second,)
    other = an_engineer(a_provider("quay-chat"), "r.roy")
    assert read_deemed(by=other).rows == ()
    for stranger in (other, desk.supervisor):
        with pytest.raises(Deemed.DoesNotExist), undone():
            withdraw_deemed(first.pk, is_withdrawn=True, by=stranger)


def test_the_page_of_section_9_says_what_goes_on_and_where_a_fault_is_mended(desk):
    browser = signed_in(desk.engineer, Client(HTTP_HOST="localhost"))
    typed = {"law": "ca-mb", "covers": "standing", "given_number": "7", "day": "2026-01-05"}
    answer = browser.post("/en/other-laws", typed)
    assert (answer.status_code, b"Leave the number empty" in answer.content) == (422, True)
    page = browser.post("/en/other-laws", typed | {"given_number": ""}, follow=True)
    html = page.content.decode()
    assert "Standing record" in html
    assert "2258A" in html


def test_an_incident_is_drafted_changed_told_and_taken_back(desk):
    now = clock.now()
    row = note_incident(
        IncidentKind.OUTAGE, WORDS, noticed_at=now - timedelta(hours=3), by=desk.supervisor
    )
    assert read_incident(row.reference, by=desk.supervisor).words == WORDS
    changed = replace(WORDS, steps="A third line.")
    at = now - timedelta(hours=2)
    change_incident(
        row.reference, kind=IncidentKind.LOSS, words=changed, noticed_at=at, by=desk.supervisor
    )
    opened = read_incident(row.reference, by=desk.supervisor)
    assert (opened.words, opened.notice.kind) == (changed, IncidentKind.LOSS)
    for wrong in (now - timedelta(hours=4), now + timedelta(hours=1)):
        with pytest.raises(WrongMomentError):
            send_incident(row.reference, sent_at=wrong, by=desk.supervisor)
    send_incident(row.reference, sent_at=now - timedelta(hours=1), by=desk.supervisor)
    with pytest.raises(WrongMomentError):
        change_incident(
            row.reference, kind=IncidentKind.LOSS, words=changed, noticed_at=now, by=desk.supervisor
        )
    html = desk.browser.get("/fr/obligations-legales").content.decode()
    assert "avisés à temps" in html
    send_incident(row.reference, sent_at=None, by=desk.supervisor)
    assert read_incident(row.reference, by=desk.supervisor).notice.sent_at is None
    late = now + timedelta(hours=1)
    with pytest.raises(WrongMomentError):
        note_incident(IncidentKind.LOSS, WORDS, noticed_at=late, by=desk.supervisor)


def test_the_pages_of_an_incident_refuse_with_a_reason_and_print_both_languages(desk):
    typed = {
        "what": "access",
        "day": "2026-01-05",
        "hour": "14:30",
        "happened": "A key was lost.",
        "function": "Reports could be read.",
        "steps": "The key was ended.",
        "reach": "Pat Roy",
    }
    for day in ("", "2199-01-05"):
        answer = desk.browser.post("/en/legal-duties/incidents/new", typed | {"day": day})
        assert answer.status_code == 422
    answer = desk.browser.post("/en/legal-duties/incidents/new", typed)
    at = answer["Location"]
    assert "overdue: tell the ministers now" in desk.browser.get(at).content.decode()
    # A browser's own field knows one form of a day, whatever the language of the page.
    french = f"/fr/obligations-legales/incidents/{at.rpartition('/')[2]}"
    assert 'value="2026-01-05"' in desk.browser.get(french).content.decode()
    assert desk.browser.get(f"{at}/paper").content.startswith(b"%PDF-")
    assert desk.browser.post(f"{at}/sent", {"day": "2026-01-04", "hour": "9:00"}).status_code == 422
    assert desk.browser.post(at, typed | {"happened": ""}).status_code == 422
    assert (
        desk.browser.post(f"{at}/sent", {"day": "2026-01-05", "hour": "16:00"}).status_code == 302
    )
    assert "told in time" in desk.browser.get(at).content.decode()
    assert desk.browser.post(f"{at}/sent", {"step": "undo"}).status_code == 302
    assert "told in time" not in desk.browser.get(at).content.decode()


def test_incidents_of_one_minute_stand_on_one_page_each_and_none_is_lost(desk, monkeypatch):
    at = clock.now() - timedelta(hours=1)
    made = {
        note_incident(IncidentKind.LOSS, WORDS, noticed_at=at, by=desk.supervisor).reference
        for _ in range(3)
    }
    monkeypatch.setattr("havre.intake.law.reads.ROWS", 1)
    seen, after = [], ""
    while len(seen) <= len(made):
        page = read_legal_duties(after=after, by=desk.supervisor)
        seen += [one.reference for one in page.notices]
        after = page.next
        if not after:
            break
    assert (len(seen), set(seen)) == (len(made), made)


def test_incidents_are_shown_to_the_desk_alone(desk):
    note_incident(IncidentKind.LOSS, WORDS, noticed_at=clock.now(), by=desk.supervisor)
    detective = make.officer(make.agency("shore-police"))
    for who in (detective.context, desk.engineer.context):
        with acting_as(who), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM law_incidentnotice")
            assert cursor.fetchone() == (0,)
    assert not IncidentNotice.objects.visible_to(detective).exists()


def test_a_record_is_destroyed_after_two_years_and_not_before(desk):
    address = ("https://example.com/pier",)
    fresh = report_addresses(address, by=desk.wire.provider)
    with clock.clock_set_to(clock.now() - timedelta(days=800)):
        old = report_addresses(address, by=desk.wire.provider)
        sent = report_addresses(address, by=desk.wire.provider)
    harbor = make.agency("harbor-police", regions=("MB",))
    analyst = make.analyst(compartments=tuple(Compartment))
    make.referral(sent.report, to=harbor, by=analyst)
    page = read_legal_duties(by=desk.supervisor)
    assert [row.incident_number for row in page.over] == [old.incident_number]
    assert (page.kept, page.with_agency, page.destroyed) == (3, 1, 0)
    for kept in (fresh, sent):
        with pytest.raises(AddressReport.DoesNotExist), undone():
            destroy_record(kept.incident_number, by=desk.supervisor)
    html = desk.browser.get("/en/legal-duties").content.decode()
    assert old.incident_number in html
    destroy_record(old.incident_number, by=desk.supervisor)
    page = read_legal_duties(by=desk.supervisor)
    assert (page.over, page.kept, page.destroyed) == ((), 2, 1)
    with acting_as(EVERYTHING):
        assert not RecordKey.objects.filter(record=old.report_id).exists()
        assert RecordKey.objects.filter(record=fresh.report_id).exists()
    with pytest.raises(AddressReport.DoesNotExist):
        destroy_record(old.incident_number, by=desk.supervisor)

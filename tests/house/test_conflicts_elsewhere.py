"""Whoever belongs to two agencies is kept from what one of them keeps from its own people.

By SQL without any filter behind the second wall, and by the first wall alone.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Compartment, Role
from havre.audit.rules import Station
from havre.intake.conflicts.models import Conflict
from havre.intake.models import Report
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from tests.house.callers import undone
from tests.house.test_first_wall import WALLED, shown
from tests.house.test_two_walls import ITS_OWN, WORK, key_of, rows
from tests.house.worlds import World, an_officer, build_world

BOTH = (Compartment.GENERAL, Compartment.TRAFFICKING)
# Where a guest of each capacity would find the report, were nobody of the own agency named in it.
AT_THE_AGENCY = {
    *("audit_entry", "cases_case", "cases_casereport", "evidence_recordkey"),
    *("identifiers_record", "intake_incident", "intake_report", "intake_share", "intake_release"),
    *("intake_stage", "operations_target", "questions_question", "referrals_alarm"),
    *("referrals_outcome", "referrals_package", "referrals_referral", "referrals_remark"),
    *("silent_silentalert", "watches_hit"),
}
LEADS = "WHERE EXISTS (SELECT 1 FROM unnest(%s::text[]) m WHERE strpos(t::text, m) > 0)"


@pytest.fixture(scope="module")
def whole_world(lasting_block) -> World:
    return build_world()


@pytest.fixture
def world(whole_world) -> Iterator[World]:
    with undone():
        yield whole_world


def a_place(person: Officer, agency: Agency, role: Role) -> Officer:
    now = clock.now()
    until = now + timedelta(days=9)
    with acting_as(Station.SET_UP.context):
        place = Officer.objects.create(
            username=f"place-{ids.uuid7().hex}",
            display_name="A. Roy",
            agency=agency,
            role=role,
            compartments=list(BOTH),
            person=person,
            place_from=now - timedelta(days=1),
            place_until=until,
        )
        Officer.objects.filter(pk=person.pk).update(lent_until=until)
    person.refresh_from_db()
    return place


def note(report: UUID, agency: Agency, by: Officer) -> None:
    with acting_as(WORK):
        Conflict(id=ids.uuid7(), report_id=report, agency=agency, noted_by=by).save()


def marks_of(report: UUID) -> list[str]:
    """Whatever a row would hold that leads to a report: its ids, and the cases that hold it."""
    with acting_as(WORK):
        found = rows(
            "SELECT id::text FROM intake_report WHERE id = %(report)s"
            " UNION SELECT id::text FROM intake_incident WHERE report_id = %(report)s"
            " UNION SELECT id::text FROM identifiers_record WHERE report_id = %(report)s"
            " UNION SELECT id::text FROM referrals_referral WHERE report_id = %(report)s"
            " UNION SELECT reference FROM referrals_referral WHERE report_id = %(report)s"
            " UNION SELECT reference FROM intake_report WHERE id = %(report)s"
            " UNION SELECT case_id::text FROM cases_casereport WHERE report_id = %(report)s"
            " UNION SELECT exhibit_id::text FROM intake_attachment WHERE report_id = %(report)s",
            {"report": report},
        )
    return [mark for (mark,) in found]


def found_by(officer: Officer, marks: list[str]) -> set[str]:
    """The tables in which SQL without any filter finds a row that leads there."""
    with acting_as(officer.context):
        return {table for table in ITS_OWN if rows(f"SELECT 1 FROM {table} t {LEADS}", [marks])}


def changed_by(officer: Officer, marks: list[str]) -> set[str]:
    """The tables in which an order without any filter reaches a row that leads there."""
    changed = set()
    for table in ITS_OWN:
        key, found = key_of(table), f"SELECT t.ctid FROM {table} t {LEADS}"
        with acting_as(WORK):
            before = rows(found, [marks])
        with acting_as(officer.context), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {key} = {key}")
        with acting_as(WORK):
            if set(before) != set(rows(found, [marks])):
                changed.add(table)
    return changed


def test_somebody_of_the_named_agency_finds_nothing_of_it_in_another(world):
    harbor, valley = world.officers
    report = world.reports_of(valley)[0]
    guest = a_place(an_officer(harbor, Role.DETECTIVE), valley, Role.DETECTIVE)
    marks = marks_of(report)
    assert AT_THE_AGENCY - found_by(guest, marks) == set()
    note(report, harbor, world.analyst)
    assert guest.context.elsewhere == str(harbor.pk)
    assert found_by(guest, marks) == set()
    assert changed_by(guest, marks) == set()
    # Those who belong there alone go on.
    assert AT_THE_AGENCY - found_by(world.officers[valley], marks) == set()


def test_nor_at_home_while_the_agency_is_named_that_one_is_lent_to(world):
    harbor, valley = world.officers
    report, person = world.reports_of(harbor)[0], an_officer(harbor, Role.DETECTIVE)
    marks = marks_of(report)
    a_place(person, valley, Role.DETECTIVE)
    assert {"intake_report", "referrals_referral"} <= found_by(person, marks)
    note(report, valley, world.analyst)
    assert found_by(person, marks) == set()
    with clock.clock_set_to(clock.now() + timedelta(days=10)):
        assert "intake_report" in found_by(person, marks)


@pytest.mark.parametrize("role", [Role.TIPLINE_ANALYST, Role.SUPERVISOR])
def test_nor_at_the_tipline_s_desk(world, role):
    harbor, valley = world.officers
    guest = a_place(an_officer(harbor, Role.DETECTIVE), world.analyst.agency, role)
    for report in (world.reports_of(valley)[0], world.apart[1], world.shut_report):
        marks = marks_of(report)
        assert {"intake_report", "audit_entry", "evidence_recordkey"} <= found_by(guest, marks)
        note(report, harbor, world.analyst)
        assert found_by(guest, marks) == set()
        assert changed_by(guest, marks) == set()


def test_nor_at_the_international_desk(world):
    harbor, valley = world.officers
    report = world.reports_of(valley)[0]
    national = Agency.objects.get(code="national")
    guest = a_place(an_officer(harbor, Role.DETECTIVE), national, Role.NATIONAL_COORDINATOR)
    with acting_as(WORK):
        tied = [one for (one,) in rows("SELECT report_id FROM abroad_link WHERE report_id NOTNULL")]
    for each in {report, *tied}:
        marks = marks_of(each)
        note(each, harbor, world.analyst)
        assert found_by(guest, marks) == set()


@pytest.mark.parametrize("table", sorted(WALLED))
def test_the_first_wall_alone_keeps_it_too(world, table):
    harbor, valley = world.officers
    report, named = world.reports_of(valley)[0], marks_of(world.reports_of(valley)[0])
    places = [
        a_place(an_officer(harbor, Role.DETECTIVE), agency, role)
        for agency, role in (
            (valley, Role.DETECTIVE),
            (world.analyst.agency, Role.SUPERVISOR),
            (Agency.objects.get(code="national"), Role.NATIONAL_COORDINATOR),
        )
    ]
    note(report, harbor, world.analyst)
    with acting_as(WORK):
        leading = set(rows(f"SELECT {key_of(table)} FROM {table} t {LEADS}", [named]))
        for place in places:
            assert shown(WALLED[table], place) & leading == set(), place.agency.code


def test_what_others_put_into_a_case_is_kept_from_the_agency_that_it_names(world):
    """A joint force of the first with the second: what is in it names somebody of either."""
    first, second = world.officers
    report = world.reports_of(first)[0]
    with acting_as(WORK):
        (case,) = {
            one
            for (one,) in rows(
                "SELECT case_id FROM cases_casereport WHERE report_id = %s", [report]
            )
        }
    marks = [str(case), str(report)]
    of_cases = {table for table in ITS_OWN if table.startswith("cases_")} - {"cases_grant"}
    assert found_by(world.officers[second], marks) & of_cases
    note(report, second, world.analyst)
    assert found_by(world.officers[second], marks) & of_cases == set()
    assert found_by(world.officers[first], marks) & of_cases
    note(report, first, world.analyst)
    assert "cases_casereport" not in found_by(world.officers[first], [str(report)])
    with acting_as(WORK):
        assert Report.objects.filter(pk=report).exists()

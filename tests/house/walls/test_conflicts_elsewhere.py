"""Whoever belongs to two agencies is kept from what one of them keeps from its own people.

By SQL without any filter behind the second wall, and by the first wall alone.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Role
from havre.cases.abroad.dispatches.models import Dispatch
from havre.cases.abroad.models import Exchange, Link
from havre.cases.models import CaseReport
from havre.intake.conflicts.models import Conflict
from havre.intake.models import Report
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context
from havre.referrals.models import Referral
from tests.house.callers import undone
from tests.house.walls.test_first_wall import WALLED, shown
from tests.house.walls.test_two_walls import ITS_OWN, WORK, key_of, rows
from tests.house.worlds import an_officer
from tests.lending import a_place_of

# Where a guest of each capacity would find the report, were nobody of the own agency named in it.
AT_THE_AGENCY = {
    *("audit_entry", "cases_case", "cases_casereport", "evidence_recordkey"),
    *("identifiers_record", "intake_incident", "intake_report", "intake_share", "intake_release"),
    *("intake_stage", "operations_target", "questions_question", "referrals_alarm"),
    *("referrals_outcome", "referrals_package", "referrals_referral", "referrals_remark"),
    *("silent_silentalert", "watches_hit"),
}
# What a detective of an agency could change of a report that was sent there.
CHANGED_AT_THE_AGENCY = {"cases_case", "referrals_alarm", "referrals_referral", "watches_hit"}
CHANGED_AT_A_DESK = (
    *((table, Role.SUPERVISOR) for table in ("evidence_recordkey", "law_addressreport")),
    *((table, Role.SUPERVISOR) for table in ("thin_thinreport", "triage_queueitem")),
    ("paging_page", Role.NATIONAL_COORDINATOR),
)
ABROAD = (
    "(l.report_id = %(report)s"
    " OR l.referral_id IN (SELECT id FROM referrals_referral WHERE report_id = %(report)s)"
    " OR l.case_id IN (SELECT case_id FROM cases_casereport WHERE report_id = %(report)s))"
)
# Something that a column of one kind or another takes, and that reads no row.
CONSTANTS = ("NULL", "now()", "false", "''", "0")
LEADS = "WHERE EXISTS (SELECT 1 FROM unnest(%(marks)s::text[]) m WHERE strpos(t::text, m) > 0)"
# The tables in which whoever asks finds a row that leads there.
FINDS = " UNION ALL ".join(
    f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table} t {LEADS})" for table in ITS_OWN
)


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
            " UNION SELECT exhibit_id::text FROM intake_attachment WHERE report_id = %(report)s"
            f" UNION SELECT l.exchange_id::text FROM abroad_link l WHERE {ABROAD}"
            " UNION SELECT e.reference FROM abroad_exchange e"
            f" JOIN abroad_link l ON l.exchange_id = e.id WHERE {ABROAD}"
            " UNION SELECT d.id::text FROM dispatches_dispatch d"
            f" JOIN abroad_link l ON l.exchange_id = d.exchange_id WHERE {ABROAD}",
            {"report": report},
        )
    return [mark for (mark,) in found]


def found_by(officer: Officer, marks: list[str]) -> set[str]:
    """The tables in which SQL without any filter finds a row that leads there."""
    return found_as(officer.context, marks)


def found_as(context: Context, marks: list[str]) -> set[str]:
    with acting_as(context):
        return {table for (table,) in rows(FINDS, {"marks": marks})}


def changed_by(officer: Officer, marks: list[str]) -> set[str]:
    """The tables in which an order that reads nothing reaches a row that leads there.

    The policies of SELECT are asked of no order that reads no column. What an order writes is a
    constant that leads nowhere: where no row leads there, it reaches none.
    """
    changed = set()
    for table in found_as(WORK, marks):
        gone = reached(officer, table, f"DELETE FROM {table}", marks)
        if gone or any(is_first_taken(officer, table, marks)):
            changed.add(table)
    return changed


def is_first_taken(officer: Officer, table: str, marks: list[str]) -> Iterator[bool]:
    """Whether the first order to set a column that the table takes reaches such a row."""
    columns = rows(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND NOT attisdropped AND attname <> %s ORDER BY attnotnull, attnum",
        [table, key_of(table)],
    )
    for (column,) in columns:
        for constant in CONSTANTS:
            with suppress(DatabaseError):
                yield reached(officer, table, f'UPDATE {table} SET "{column}" = {constant}', marks)
                return
    pytest.fail(f"no order sets a column of {table}: this test would prove nothing")


def reached(officer: Officer, table: str, order: str, marks: list[str]) -> bool:
    """Whether an order would change a row that leads there, or take it away."""
    found = f"SELECT t.ctid FROM {table} t {LEADS}"
    with acting_as(WORK):
        before = rows(found, {"marks": marks})
    with acting_as(officer.context), undone():
        with connection.cursor() as cursor:
            cursor.execute(order)
        with acting_as(WORK):
            return set(before) != set(rows(found, {"marks": marks}))


def test_somebody_of_the_named_agency_finds_nothing_of_it_in_another(world):
    harbor, valley = world.officers
    report = world.reports_of(valley)[0]
    guest = a_place_of(an_officer(harbor, Role.DETECTIVE), valley, Role.DETECTIVE)
    marks = marks_of(report)
    assert AT_THE_AGENCY - found_by(guest, marks) == set()
    assert CHANGED_AT_THE_AGENCY - changed_by(guest, marks) == set()
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
    a_place_of(person, valley, Role.DETECTIVE)
    assert {"intake_report", "referrals_referral"} <= found_by(person, marks)
    note(report, valley, world.analyst)
    assert found_by(person, marks) == set()
    with clock.clock_set_to(clock.now() + timedelta(days=10)):
        assert "intake_report" in found_by(person, marks)


@pytest.mark.parametrize("role", [Role.TIPLINE_ANALYST, Role.SUPERVISOR])
def test_nor_at_the_tipline_s_desk(world, role):
    harbor, valley = world.officers
    guest = a_place_of(an_officer(harbor, Role.DETECTIVE), world.analyst.agency, role)
    for report in (world.reports_of(valley)[0], world.apart[1], world.shut_report):
        marks = marks_of(report)
        assert {"intake_report", "audit_entry", "evidence_recordkey"} <= found_by(guest, marks)
        note(report, harbor, world.analyst)
        assert found_by(guest, marks) == set()
        assert changed_by(guest, marks) == set()


def report_in(table: str, column: str) -> UUID:
    with acting_as(WORK):
        return rows(f"SELECT {column} FROM {table} WHERE {column} NOTNULL ORDER BY 1 LIMIT 1")[0][0]


@pytest.mark.parametrize(("table", "role"), CHANGED_AT_A_DESK)
def test_nor_may_be_changed_there_what_is_not_seen(world, table, role):
    harbor, *_ = world.officers
    code = "national" if role is Role.NATIONAL_COORDINATOR else world.analyst.agency.code
    guest = a_place_of(an_officer(harbor, Role.DETECTIVE), Agency.objects.get(code=code), role)
    report = report_in(table, "record" if table == "evidence_recordkey" else "report_id")
    marks = marks_of(report)
    assert table in changed_by(guest, marks)
    note(report, harbor, world.analyst)
    assert changed_by(guest, marks) == set()


def test_what_may_be_changed_and_is_kept_back_is_kept_from_change(db):
    """A policy that lets somebody change or delete has another beside it that keeps rows back."""
    acts = "SELECT tablename, cmd FROM pg_policies WHERE"
    kept = set(rows(f"{acts} permissive = 'RESTRICTIVE' AND policyname ~ '_elsewhere_'"))
    # A policy for Havre's own stations alone lets nobody.
    let = rows(
        f"{acts} permissive = 'PERMISSIVE' AND cmd IN ('UPDATE', 'DELETE', 'ALL')"
        " AND qual !~ '^[^=]* = ''work''::text\\)$'"
    )
    walled = {table for table, _ in kept}
    assert len(walled) > 20
    assert {one for one in let if one[0] in walled} - kept == set()


@pytest.mark.parametrize("way", ["report", "referral", "case"])
def test_nor_at_the_international_desk(world, way):
    harbor, valley = world.officers
    report = world.reports_of(valley)[0]
    national = Agency.objects.get(code="national")
    guest = a_place_of(an_officer(harbor, Role.DETECTIVE), national, Role.NATIONAL_COORDINATOR)
    with acting_as(WORK):
        tied = {
            "report": lambda: Report.objects.get(pk=report),
            "referral": lambda: Referral.objects.filter(report=report).first(),
            "case": lambda: CaseReport.objects.filter(report=report).first().case,
        }[way]()
        dispatch = Dispatch.objects.filter(direction="out", compartment="general").first()
        exchange = dispatch.exchange
        Link(exchange=exchange, called="-", by=world.analyst, **{way: tied}).save()
    marks = [str(exchange.pk), str(dispatch.pk), exchange.reference]
    assert set(marks) <= set(marks_of(report))
    kept = {"abroad_exchange", "dispatches_dispatch", "dispatches_passage", "enclosures_enclosure"}
    kept |= {"passing_passeddocument"}
    assert found_by(guest, marks) >= kept
    assert changed_by(guest, marks) >= {"abroad_exchange", "dispatches_dispatch"}
    note(report, harbor, world.analyst)
    for led in (marks, marks_of(report)):
        assert found_by(guest, led) == set()
        assert changed_by(guest, led) == set()
    # The first wall alone.
    with acting_as(WORK):
        assert not Exchange.objects.visible_to(guest).filter(pk=exchange.pk).exists()
        assert not Dispatch.objects.visible_to(guest).filter(pk=dispatch.pk).exists()


def test_the_first_wall_alone_keeps_it_too(world):
    harbor, valley = world.officers
    report, named = world.reports_of(valley)[0], marks_of(world.reports_of(valley)[0])
    places = [
        a_place_of(an_officer(harbor, Role.DETECTIVE), agency, role)
        for agency, role in (
            (valley, Role.DETECTIVE),
            (world.analyst.agency, Role.SUPERVISOR),
            (Agency.objects.get(code="national"), Role.NATIONAL_COORDINATOR),
        )
    ]
    note(report, harbor, world.analyst)
    with acting_as(WORK):
        for table in sorted(WALLED):
            led = set(rows(f"SELECT {key_of(table)} FROM {table} t {LEADS}", {"marks": named}))
            for place in places:
                assert shown(WALLED[table], place) & led == set(), (table, place.agency.code)


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
    put_in = {"cases_casereport", "cases_caseexhibit"}
    led = leading(of_cases & WALLED.keys(), marks)
    assert found_by(world.officers[second], marks) & of_cases >= {"cases_case", *put_in}
    assert shown_alone(world.officers[second], led) >= {"cases_case", *put_in}
    note(report, second, world.analyst)
    assert found_by(world.officers[second], marks) & of_cases == set()
    assert shown_alone(world.officers[second], led) == set()
    assert found_by(world.officers[first], marks) & of_cases >= {"cases_case", *put_in}
    assert shown_alone(world.officers[first], led) >= {"cases_case", *put_in}
    note(report, first, world.analyst)
    of_report = set(marks_of(report)) - {str(case)}
    assert found_by(world.officers[first], list(of_report)) & put_in == set()
    assert shown_alone(world.officers[first], leading(put_in, list(of_report))) == set()
    assert "cases_case" in shown_alone(world.officers[first], led)


def leading(tables: set[str], marks: list[str]) -> dict[str, set[tuple]]:
    """The keys of the rows that lead there, by table; none is without."""
    with acting_as(WORK):
        led = {
            one: set(rows(f"SELECT {key_of(one)} FROM {one} t {LEADS}", {"marks": marks}))
            for one in tables
        }
    assert all(led.values())
    return led


def shown_alone(officer: Officer, led: dict[str, set[tuple]]) -> set[str]:
    """The tables in which the first wall alone shows one of these rows."""
    with acting_as(WORK):
        return {one for one, keys in led.items() if shown(WALLED[one], officer) & keys}

"""Every way to a report, by the table of doors, for somebody whose home agency it names.

The guest acts for A and comes from B. The reports of A name somebody of B from here on: wherever
an address names one of them, or what belongs to it, the guest gets the page of what does not
exist; no page shows a mark of one; no form changes a row that leads there.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest
from django.test import override_settings

from havre.agencies.models import Agency
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.records.actions import issue_system_key
from tests.house.callers import Caller, Street, build_street, undone
from tests.house.doors import Row, address_of, as_bare, knock, typed_by
from tests.house.test_who_may_open_which_door import BY_DOOR, QUICK
from tests.house.traces import EVERYTHING, writes, written_since
from tests.house.walls.test_conflicts_elsewhere import LEADS, marks_of, note
from tests.house.walls.test_two_walls import ITS_OWN, WORK, key_of, rows

# What an agency reaches of a report: by its own, and by what was sent to it and to another too.
WHOSE = ("own", "shared")
# A watch is the agency's own, whatever met it: it ends and begins again for all that it met.
OF_ITS_OWN = {"end_watch", "renew_watch"}
STAFF = ("seconded A", "system of a guest")


@pytest.fixture(scope="module")
def street(lasting_block, tmp_path_factory) -> Iterator[Street]:
    with (
        clock.clock_set_to(clock.now()),
        override_settings(
            VAULT=tmp_path_factory.mktemp("vault"),
            PASSWORD_HASHERS=QUICK,
            ACCOUNT_REAUTHENTICATION_TIMEOUT=timedelta(days=1).total_seconds(),
        ),
    ):
        built = build_street()
        guest, before = built.callers["seconded A"][0], built.callers["detective A"][0]
        _key, shown = issue_system_key("Files", officer=guest.officer.username, by=before.officer)
        system = Caller("system", headers={"HTTP_AUTHORIZATION": f"Bearer {shown}"})
        built.callers["system of a guest"] = [system]
        nowhere = Row("report_page", "GET", "missing", {})
        built.nothing[guest.officer.pk] = as_bare(knock(nowhere, guest, built))
        yield built


@pytest.fixture(scope="module")
def marks(street) -> list[bytes]:
    """What would be seen of the reports: their numbers, and those of what belongs to them."""
    valley, analyst = Agency.objects.get(code="valley-sheriff"), street.world.analyst
    with acting_as(EVERYTHING):
        ids = [
            one
            for (one,) in rows(
                "SELECT id FROM intake_report WHERE reference = ANY(%s)",
                [[street.reports[whose] for whose in WHOSE]],
            )
        ]
        named = rows(
            "SELECT c.reference FROM cases_case c JOIN cases_casereport l ON l.case_id = c.id"
            " WHERE l.report_id = ANY(%(reports)s) UNION"
            " SELECT h.reference FROM watches_hit h WHERE h.report_id = ANY(%(reports)s) UNION"
            " SELECT a.reference FROM silent_silentalert a WHERE a.report_id = ANY(%(reports)s)",
            {"reports": ids},
        )
    found = [mark for report in ids for mark in marks_of(report)] + [one for (one,) in named]
    for report in ids:
        note(report, valley, analyst)
    return [mark.encode() for mark in sorted(set(found))]


def told_in(content: bytes, marks: list[bytes]) -> list[bytes]:
    return [mark for mark in marks if mark in content]


def nothing_of(caller: Caller, street: Street) -> object:
    return street.nothing[caller.officer.pk]


def leading(tables: Iterable[str], marks: list[bytes]) -> dict[str, frozenset]:
    """The rows of some tables that lead to the reports, each as it stands now."""
    names = [mark.decode() for mark in marks]
    with acting_as(WORK):
        return {
            table: frozenset(
                rows(f"SELECT {key_of(table)}, t::text FROM {table} t {LEADS}", {"marks": names})
            )
            for table in tables
        }


@pytest.mark.parametrize("who", STAFF)
@pytest.mark.parametrize("door", BY_DOOR)
def test_no_way_leads_to_a_report_that_names_somebody_at_home(street, marks, door, who):
    (caller,) = street.callers[who]
    wrong = []
    for row in BY_DOOR[door]:
        if row.whose not in {"-", *WHOSE} or row.method not in {"GET", "POST"}:
            continue
        with undone():
            address = address_of(row, caller, street).encode()
            typed = str(typed_by(caller, row, street)).encode() if row.method == "POST" else b""
            answer = knock(row, caller, street)
            content = b"".join(answer) if answer.streaming else answer.content
            seen = set(told_in(content, marks)) - set(told_in(address + typed, marks))
            if seen:
                wrong.append((*row.name, answer.status_code, seen))
            if told_in(address, marks) and answer.status_code not in {302, 401, 404, 405}:
                wrong.append((*row.name, answer.status_code, "opened"))
            leads = caller.officer and bool(told_in(address, marks))
            if (
                leads
                and answer.status_code == 404
                and as_bare(answer) != nothing_of(caller, street)
            ):
                wrong.append((*row.name, "another 404 than elsewhere"))
    assert wrong == []


def test_no_form_of_a_guest_changes_what_leads_to_such_a_report(street, marks):
    (caller,) = street.callers["seconded A"]
    # Looking is an act: of a refusal no line is written, of a list one that names nothing.
    kept, changed = set(ITS_OWN) - {"audit_entry"}, []
    known = leading(kept, marks)
    for row in (row for several in BY_DOOR.values() for row in several):
        if row.whose in WHOSE and row.method == "POST" and row.door not in OF_ITS_OWN:
            with undone():
                before = writes()
                knock(row, caller, street)
                touched = kept.intersection(written_since(before))
                if leading(touched, marks) != {table: known[table] for table in touched}:
                    changed.append((*row.name, touched))
    assert changed == []


def test_the_same_ways_lead_there_for_those_who_belong_there_alone(street, marks):
    """The tests above would prove nothing, were there nothing to be found."""
    (caller,) = street.callers["detective A"]
    shown = set()
    for door, several in BY_DOOR.items():
        for row in several:
            if row.whose in {"-", *WHOSE} and row.method == "GET":
                with undone():
                    answer = knock(row, caller, street)
                    content = b"".join(answer) if answer.streaming else answer.content
                    if answer.status_code == 200 and told_in(content, marks):
                        shown.add(door)
    assert {"inbox", "referral", "case", "cases", "watch_alerts"} <= shown

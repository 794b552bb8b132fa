"""A step that keeps failing: the report is parked where people see it, and nothing else waits."""

import re
from html import unescape
from pathlib import Path

import psycopg
import pytest

from havre.plumbing import postgres
from tests.trials.house_under_fire import House, until
from tests.trials.test_canary import REFERENCE, has_walked
from tests.trials.visitors import Visitor

STORY = "He asked me to meet on Saturday at the lighthouse."
ANSWERS = {"happening": "meeting", "story": STORY, "region": "MB", "my_name": "Robin Example"}
WITHOUT_TRIGGERS = "SET session_replication_role = replica"
GARBAGE = "UPDATE intake_report SET body = '\\x00ff00ff' WHERE reference = %s"
WITHOUT_CONTACT_KEY = (
    "DELETE FROM evidence_recordkey WHERE recipient = 'contact'"
    " AND record = (SELECT id FROM intake_report WHERE reference = %s)"
)
NEXT_PAGE = re.compile(r'href="(\?[^"]*after=[^"]*)">Next page')
MOST_PAGES = 100
# What the back-off between two tries would make a test wait for.
AT_ONCE = "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'"


def as_superuser(house: House, order: str, *values: str) -> int:
    """Do something that no account of Havre's may do; gives the number of rows."""
    url = house.cluster.admin_url.replace("/postgres?", f"/{postgres.DATABASE}?")
    with psycopg.connect(url) as admin:
        admin.execute(WITHOUT_TRIGGERS)
        return admin.execute(order, values or None).rowcount


def told(house: House) -> str:
    thanks = Visitor(house).report(ANSWERS)
    assert thanks.status == 200
    return REFERENCE.search(thanks.text)[0]


def is_parked(house: House, reference: str) -> bool:
    house.keep_alive()
    as_superuser(house, AT_ONCE)
    return house.ask(
        "SELECT q.needs_attention FROM triage_queueitem q JOIN intake_report r"
        f" ON r.id = q.report_id WHERE r.reference = '{reference}'"
    ) == [(True,)]


def every_page_of_the_queue(analyst: Visitor, question: str | None) -> str:
    """The queue to its end: other trials leave their reports in the same house."""
    pages: list[str] = []
    while question is not None:
        assert len(pages) < MOST_PAGES
        page = analyst.get(f"/en/queue{question}")
        assert page.status == 200
        pages.append(page.text)
        onward = NEXT_PAGE.search(page.text)
        question = unescape(onward[1]) if onward else None
    return "".join(pages)


@pytest.fixture(scope="module")
def damaged(house) -> list[str]:
    """Reports that are damaged before the worker comes to them, then worked on until parked."""
    house.stop_worker()
    references = []
    for order in (GARBAGE, WITHOUT_CONTACT_KEY):
        references.append(told(house))
        assert as_superuser(house, order, references[-1]) == 1
    house.start_worker()
    assert until(lambda: all(is_parked(house, reference) for reference in references))
    return references


@pytest.fixture(scope="module")
def unreadable(damaged) -> str:
    """The report whose body is garbage."""
    return damaged[0]


@pytest.fixture(scope="module")
def readable(damaged) -> str:
    """The report whose reporter's contact can no longer be opened; what was told can."""
    return damaged[1]


def test_it_stands_under_needs_attention_and_in_the_queue(officers, unreadable, readable):
    for lane in ("?lane=attention", ""):
        listed = every_page_of_the_queue(officers["analyst"], lane)
        assert unreadable in listed
        assert readable in listed


def test_what_can_be_read_of_it_is_shown(officers, readable):
    page = officers["analyst"].get(f"/en/reports/{readable}")
    assert page.status == 200
    assert STORY in re.sub("<[^>]+>", "", page.text)
    assert "A step of its route keeps failing: read it by hand." in page.text


def test_steps_after_the_one_that_failed_were_taken(house, readable):
    ((done, failed),) = house.ask(
        "SELECT q.done_steps, q.failed_step FROM triage_queueitem q JOIN intake_report r"
        f" ON r.id = q.report_id WHERE r.reference = '{readable}'"
    )
    others = [
        *("queue", "alike", "link", "score", "older", "agencies"),
        *("watches", "silent", "bundles"),
    ]
    assert (done, failed) == (others, "identifiers")


def test_one_that_nobody_can_open_still_has_its_page(officers, unreadable):
    page = officers["analyst"].get(f"/en/reports/{unreadable}")
    assert page.status == 200
    assert unreadable in page.text
    assert "What was told cannot be opened: its seal is broken." in page.text
    assert STORY not in page.text


def test_other_reports_are_not_held_back(house, unreadable):
    reference = told(house)
    assert until(lambda: has_walked(house, reference))
    assert not is_parked(house, reference)


def test_the_log_of_the_worker_names_the_fault_and_nothing_that_was_typed(house, unreadable):
    log = Path(house.environment["HAVRE_VAR"], "work.log").read_text()
    assert "step score of report" in log
    assert "lighthouse" not in log
    lines = house.ask(
        "SELECT count(*) FROM audit_entry e JOIN intake_report r ON e.about = r.id::text"
        f" WHERE e.event = 'report.parked' AND r.reference = '{unreadable}'"
    )
    assert lines == [(1,)]

"""A page asks the database as often for many rows as for few. Counted, not timed."""

from collections import Counter
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.backends.signals import connection_created
from django.test.utils import CaptureQueriesContext

from havre.cases.actions import add_member, open_case
from havre.cases.contents.actions import (
    add_identifier,
    add_note,
    add_person,
    link_report,
    set_task,
)
from havre.cases.rules.access import CaseRole
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.referrals.inbox.actions import ask_tipline
from havre.wiring.apps import PLANS_KEPT
from tests import make
from tests.signing_in import stopped_clock

__all__ = ["stopped_clock"]
FEW = 2
STATEMENTS = {
    "queue": 30,
    "report": 58,
    "inbox": 17,
    "referral": 49,
    "cases": 20,
    "case": 35,
    "search by name": 19,
    "search by identifier": 19,
    "search by words": 19,
}
STORY = (
    "Seen again as @dock_master, number {n} of harbor_chat, by dock.{n}@example.com on Saturday."
)


class World:
    """A desk, an agency with an inbox and a case, and more of everything when asked."""

    def __init__(self) -> None:
        self.harbor = make.directory()
        self.analyst, self.detective = make.analyst(), make.officer(self.harbor)
        self.case = open_case("The man at the pier", by=self.detective)
        self.report = make.report(STORY.format(n=0))
        self.referral = make.referral(
            make.report(STORY.format(n=0)), to=self.harbor, by=self.analyst
        )
        self.desk, self.room = make.browser(self.analyst), make.browser(self.detective)
        self.made = 0

    def add(self, count: int) -> None:
        for n in range(self.made, self.made + count):
            make.report(STORY.format(n=n))
            sent = make.report(STORY.format(n=n))
            make.referral(sent, to=self.harbor, by=self.analyst)
            ask_tipline(self.referral.reference, text="Which pier?", by=self.detective)
            self._add_to_case(n, sent)
        self.made += count

    def _add_to_case(self, n: int, sent) -> None:
        of, by = self.case.reference, self.detective
        for role in (PersonRole.SUSPECT, PersonRole.WITNESS):
            person = add_person(of, f"Robert Larsen {'I' * (n + 1)}", role=role, by=by)
            value = f"dock.{role}.{n}@example.com"
            add_identifier(of, person.pk, value, kind=Kind.EMAIL, by=by)
        add_note(of, f"The ferry list, page {n}.", by=by)
        set_task(of, "Ask at the pier.", due=None, assigned_to=None, by=by)
        add_member(of, make.officer(self.harbor).pk, role=CaseRole.INVESTIGATOR, by=by)
        link_report(of, sent.reference, by=by)
        another = open_case(f"Another man {n}", by=by)
        add_note(another.reference, "The ferry list again.", by=by)
        add_person(another.reference, "Robert Larsen", role=PersonRole.SUSPECT, by=by)

    def pages(self) -> dict[str, Counter[str]]:
        """What every page asks the database."""
        search = "/en/cases/search"
        return {
            "queue": asked(self.desk, "/en/queue"),
            "report": asked(self.desk, f"/en/reports/{self.report.reference}"),
            "inbox": asked(self.room, "/en/inbox"),
            "referral": asked(self.room, f"/en/referrals/{self.referral.reference}"),
            "cases": asked(self.room, "/en/cases"),
            "case": asked(self.room, f"/en/cases/{self.case.reference}"),
            "search by name": asked(self.room, search, text="Bob Larsen"),
            "search by identifier": asked(self.room, search, text="dock.0@example.com"),
            "search by words": asked(self.room, search, text="ferries"),
        }


def asked(browser, path: str, **typed: str) -> Counter[str]:
    """The statements of one page, each with how often it was run."""
    with CaptureQueriesContext(connection) as statements:
        answer = browser.post(path, typed) if typed else browser.get(path)
    assert answer.status_code == 200
    found = (one["sql"].split(" WHERE ")[0] for one in statements)
    return Counter("SAVEPOINT" if "SAVEPOINT" in one else one for one in found)


@pytest.mark.usefixtures("db")
def test_a_page_asks_as_often_for_three_times_as_many_rows():
    world = World()
    world.add(FEW)
    world.pages()
    few = world.pages()
    world.add(2 * FEW)
    many = world.pages()

    # docs/performance.md says these: whoever changes one looks at what is asked more often.
    assert {page: count.total() for page, count in many.items()} == STATEMENTS
    grown = [page for page in few if many[page].total() != few[page].total()]
    assert {page: many[page] - few[page] for page in grown} == {}


def test_a_connection_of_the_web_keeps_the_statements_of_all_pages_planned():
    wire = SimpleNamespace(prepared_max=100)
    made = SimpleNamespace(connection=wire, vendor="")
    connection_created.send(type(connection), connection=made)
    assert wire.prepared_max == PLANS_KEPT

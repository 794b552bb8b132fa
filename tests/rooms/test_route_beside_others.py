"""What others do while a report walks the route: neither passes the other unseen."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection

from havre.audit.rules import Station
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import GivenIdentifier, Person, PersonRole
from havre.links.watches.actions import Terms, add_watch
from havre.links.watches.models import Hit
from havre.links.watches.reads import today
from havre.links.watches.rules import Authority, Purpose, Tells
from havre.plumbing.context import acting_as
from havre.wiring import route
from havre.wiring.route import PARTS, place, walk
from tests import make

BY = Station.PIPELINE


def elsewhere(run) -> None:
    """Run something with a connection of its own, and wait for it."""

    def run_and_leave() -> None:
        try:
            run()
        finally:
            connection.close()

    thread = Thread(target=run_and_leave)
    thread.start()
    thread.join()


@pytest.mark.real_commits
@pytest.mark.parametrize("after", ["watches", "silent"])
def test_a_watch_that_begins_while_watches_are_met_is_told_of_the_report(monkeypatch, after):
    """Whoever comes too late to be met by the route finds what it noted."""
    detective = make.officer(make.directory())
    heron = GivenIdentifier(kind="email", value="heron@example.com")
    suspect = Person(role=PersonRole.SUSPECT, identifiers=(heron,))
    report = make.report("I saw a boat.", people=(suspect,), walks=False)
    place(report.pk)
    terms = Terms(
        until=today() + timedelta(days=90),
        purpose=Purpose.INVESTIGATION,
        authority=Authority.DUTY,
        tells=Tells.AGENCY,
    )

    def begin() -> None:
        add_watch("heron@example.com", kind=Kind.EMAIL, terms=terms, by=detective)

    def of(name, step):
        def meanwhile(report_id, *, by):
            step(report_id, by=by)
            elsewhere(begin)

        return meanwhile if name == after else step

    parts = [[(name, of(name, step)) for name, step in part] for part in PARTS]
    monkeypatch.setattr(route, "PARTS", parts)

    walk(report.pk)

    with acting_as(BY.context):
        assert Hit.objects.filter(report=report).count() == 1

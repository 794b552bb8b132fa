"""A report by the number that its reporter or an agency reads out, from the desk's first page."""

import re
from uuid import uuid4

import pytest

from havre.agencies.rules.permits import Compartment
from havre.intake.rules.submission import GivenIdentifier, Person, PersonRole
from havre.links.judging.actions import judge_link
from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import Side
from tests import make

pytestmark = pytest.mark.django_db
QUEUES = {"en": ("/en/queue", "/en/reports/"), "fr": ("/fr/file", "/fr/signalements/")}


def told_of(handle):
    given = GivenIdentifier(kind="email", value=f"{handle}@example.com")
    return make.report(people=(Person(role=PersonRole.SUSPECT, identifiers=(given,)),))


@pytest.mark.parametrize("language", QUEUES)
def test_a_number_leads_to_its_report_however_it_is_typed(language):
    make.directory()
    desk, (queue, reports) = make.browser(make.analyst()), QUEUES[language]
    report = make.report()

    for typed in (report.reference, report.reference.lower().replace("-", " "), "0"):
        answer = desk.get(queue, {"number": typed})
        led = f"{reports}{report.reference}" if len(typed) > 1 else queue
        assert (answer.status_code, answer["Location"]) == (302, led)
    assert 'name="number"' in desk.get(queue).content.decode()


def test_what_is_kept_from_an_analyst_is_answered_as_what_is_not_there():
    make.directory()
    closed = make.report(compartment=Compartment.TRAFFICKING)
    desk = make.browser(make.analyst())

    for number in (closed.reference, "R-0000-0000"):
        shown = desk.get("/en/queue", {"number": number}, follow=True).content.decode()
        assert "You may see no report of this number." in shown


def test_a_group_is_found_by_its_name_and_by_one_that_it_had_before_it_was_joined():
    make.directory()
    analyst = make.analyst()
    desk = make.browser(analyst)
    groups = [[told_of(handle) for _ in range(2)] for handle in ("pier.nine", "buoy.two")]

    def name_of(report):
        page = desk.get(f"/en/reports/{report.reference}").content.decode()
        return re.search(r"\?number=([0-9a-f-]{36})", page)[1]

    names = [name_of(first) for first, _ in groups]
    (oldest, one), (_, other) = groups
    said = {"side": Side.SUSPECT, "verdict": Verdict.SAME, "reason": "Seen at two piers."}
    judge_link(one.reference, other=other.reference, **said, by=analyst)

    assert len(set(names)) == 2
    for name in names:
        led = desk.get("/en/queue", {"number": f" {name.upper()} "})
        assert led["Location"] == f"/en/reports/{oldest.reference}"
    assert desk.get("/en/queue", {"number": str(uuid4())})["Location"] == "/en/queue"
    closed = make.browser(make.analyst(compartments=(Compartment.TRAFFICKING,)))
    assert closed.get("/en/queue", {"number": names[0]})["Location"] == "/en/queue"

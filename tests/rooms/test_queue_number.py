"""A report by the number that its reporter or an agency reads out, from the desk's first page."""

import pytest

from havre.agencies.rules.permits import Compartment
from tests import make

pytestmark = pytest.mark.django_db
QUEUES = {"en": ("/en/queue", "/en/reports/"), "fr": ("/fr/file", "/fr/signalements/")}


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

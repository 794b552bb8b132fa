"""What is told later is read as of the day it was told: while it waits, and once it is given."""

from datetime import datetime, timedelta

import pytest

from havre.audit.rules import Station
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.actions import return_report
from havre.referrals.sending.actions import send_report
from havre.referrals.splitting.actions import read_split
from havre.triage.splitting.models import IncidentScore
from havre.wiring.route import walk
from tests import make, splitting
from tests.splitting import analyst, harbor, receipt, valley
from tests.told import again, place, report, tell, words_of

__all__ = ["analyst", "harbor", "receipt", "report", "valley"]  # fixtures


@pytest.fixture
def month_later():
    """A month after the reports of the test came in."""
    then = clock.now() + timedelta(days=30)
    with clock.clock_set_to(then):
        yield then


def meeting_on(day: datetime) -> str:
    return f"He wants to meet me on {day:%B} {day.day}, {day.year}."


def sent(report, *, to, by, words=()):
    (one,) = send_report(report, to=[to], reason="Their shore.", words=words, is_anew=True, by=by)
    return one


@pytest.fixture
def told(report, receipt, month_later):
    tell(report, receipt, meeting_on(month_later + timedelta(days=1)))
    assert (place(report).band, place(report).rule) == ("A", "meeting-soon")
    return report


def test_sent_with_the_report_a_word_keeps_its_day(told, analyst, harbor):
    one = sent(told, to=harbor, words=words_of(told, by=analyst), by=analyst)
    assert (again(one).band, again(one).rule) == ("A", "meeting-soon")


def test_given_and_sent_back_a_word_keeps_its_day(told, analyst, harbor, valley):
    one = sent(told, to=harbor, words=words_of(told, by=analyst), by=analyst)
    return_report(one.reference, note="Not ours.", by=make.officer(harbor))
    walk(told.pk, was_returned=True)
    assert (place(told).band, place(told).rule) == ("A", "meeting-soon")
    assert again(sent(told, to=valley, by=analyst)).band == "A"


def split(story: str, receipt, *, by):
    people = (splitting.suspect("Quay Example"), splitting.suspect("Pier Example"), make.REPORTER)
    report = make.report(story, people=people, holder=receipt)
    splitting.split_in_two(report, by=by)
    return report


def test_put_to_an_incident_a_word_keeps_its_day(analyst, receipt, harbor):
    calm = "Quay wrote to me of boats. Somebody else, Pier, sells old pictures of boats in Toronto."
    report = split(calm, receipt, by=analyst)
    with clock.clock_set_to(clock.now() + timedelta(days=30)):
        splitting.tell(report, receipt, meeting_on(clock.now() + timedelta(days=1)))
        assert place(report).band == "A"
        later = read_split(report.reference, by=analyst).later
        splitting.put(report, {one.name: {2} for one in later}, by=analyst)
        assert place(report).band == "A"
        one = splitting.send(report, 2, harbor, by=analyst)
    assert (again(one).band, again(one).rule) == ("A", "meeting-soon")


def test_a_word_lends_its_day_to_no_incident_that_it_was_not_put_to(analyst, receipt):
    then = clock.now() + timedelta(days=30)
    pier = meeting_on(then).replace("He", "Somebody else, Pier,")
    report = split(f"Quay wrote of boats. {pier}", receipt, by=analyst)

    def lanes() -> list[str]:
        with acting_as(Station.PIPELINE.context):
            scores = IncidentScore.objects.filter(report=report).order_by("incident__number")
            return [one.band for one in scores]

    before = lanes()
    with clock.clock_set_to(then - timedelta(days=1)):
        splitting.tell(report, receipt, "Quay likes boats.")
        later = read_split(report.reference, by=analyst).later
        splitting.put(report, {one.name: {2} for one in later}, by=analyst)
    assert lanes() == before


def test_what_is_told_days_later_takes_no_word_before_it_out_of_its_lane(
    told, month_later, receipt
):
    with clock.clock_set_to(month_later + timedelta(days=4)):
        tell(told, receipt, "Thank you.")
        assert (place(told).band, place(told).rule) == ("A", "meeting-soon")


def test_nor_does_what_is_given_days_later_take_one_out_of_what_is_sent(
    told, receipt, analyst, harbor, valley
):
    one = sent(told, to=harbor, words=words_of(told, by=analyst), by=analyst)
    assert again(one).rule == "meeting-soon"
    with clock.clock_set_to(clock.now() + timedelta(days=4)):
        tell(told, receipt, "Thank you.")
        two = sent(told, to=valley, words=words_of(told, by=analyst), by=analyst)
    for referral in (one, two):
        assert (again(referral).band, again(referral).rule) == ("A", "meeting-soon")


def test_nor_does_what_is_put_to_an_incident_days_later(analyst, receipt, harbor):
    calm = "Quay wrote to me of boats. Somebody else, Pier, sells old pictures of boats in Toronto."
    report, then = split(calm, receipt, by=analyst), clock.now() + timedelta(days=30)
    for day, text in ((0, meeting_on(then + timedelta(days=1))), (4, "Quay likes boats.")):
        with clock.clock_set_to(then + timedelta(days=day)):
            splitting.tell(report, receipt, text)
            later = read_split(report.reference, by=analyst).later
            splitting.put(report, {one.name: {2} for one in later}, by=analyst)
    one = splitting.send(report, 2, harbor, by=analyst)
    assert (again(one).band, again(one).rule) == ("A", "meeting-soon")

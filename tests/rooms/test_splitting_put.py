"""Putting what was told later to incidents: what waits, what is answered, what it meets."""

import pytest
from django.db import connection

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.identifiers.rules.words import Kind
from havre.intake.actions import ROUTE_TASK
from havre.intake.models import Closure
from havre.intake.rules.submission import Happening
from havre.intake.splits.models import Part
from havre.links.watches.actions import Terms, add_watch
from havre.links.watches.reads import alerts_waiting, today
from havre.links.watches.rules import Authority, Purpose, Tells
from havre.plumbing.context import acting_as
from havre.referrals.rules.sending import WholeBecause
from havre.triage.closing.actions import close_report
from havre.triage.closing.rules import ClosingReason
from havre.triage.models import Closing
from havre.triage.splitting.models import IncidentScore
from havre.triage.splitting.placing import ANEW
from havre.wiring.jobs import words_came
from havre.wiring.route import place as take_first_step
from havre.wiring.route import walk
from tests import make
from tests.splitting import (
    KNIFE,
    STORY,
    analyst,
    calm,
    go_on,
    harbor,
    passages,
    place,
    put,
    receipt,
    report,
    say,
    send,
    split_in_two,
    tell,
    to_place,
    valley,
)
from tests.told import again

__all__ = ["analyst", "calm", "harbor", "receipt", "report", "valley"]  # fixtures


def score(report, number) -> IncidentScore:
    with acting_as(Station.PIPELINE.context):
        return IncidentScore.objects.get(incident__report=report, incident__number=number)


def close(report, *numbers, by) -> None:
    for number in numbers:
        reason = ClosingReason.INSUFFICIENT
        close_report(report.reference, reason=reason, note="Boats.", incident=number, by=by)


def is_answered(report) -> bool:
    with acting_as(Station.PIPELINE.context):
        return Closure.objects.filter(report=report).exists()


def routes_asked_for(report) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs"
            " WHERE task_name = %s AND args ->> 'report' = %s",
            [ROUTE_TASK, str(report.pk)],
        )
        return cursor.fetchone()[0]


def open_ones(report) -> list[int]:
    with acting_as(Station.PIPELINE.context):
        found = Part.objects.standing().filter(report=report, done_as="")
        return list(found.order_by("number").values_list("number", flat=True))


def test_while_words_wait_no_answer_is_given_and_none_says_that_it_is_closed(
    report, analyst, receipt
):
    tell(report, receipt)
    close(report, 2, 3, by=analyst)

    assert not is_answered(report)
    assert place(report), "its words wait"

    put(report, {}, by=analyst)

    assert is_answered(report), "with the last of them all is decided"
    assert place(report) is None


def test_what_was_closed_while_words_waited_stays_closed(report, analyst, receipt):
    say(report, receipt)
    words_came(report=str(report.pk))
    close(report, 2, 3, by=analyst)

    go_on(report)

    assert open_ones(report) == []
    assert to_place(report) == 1


@pytest.mark.parametrize(("number", "then_open"), [(3, [3]), (ANEW, [4])])
def test_what_is_put_before_anything_else_is_done_waits_and_what_was_closed_stays_so(
    report, analyst, receipt, number, then_open
):
    close(report, 2, 3, by=analyst)
    assert is_answered(report)
    say(report, receipt)
    assert place(report) is None

    anew = Happening.OTHER if number == ANEW else None
    put(report, {passages(report, by=analyst)["Pier"]: {number}}, anew=anew, by=analyst)

    item = place(report)
    assert (item.open_incidents, item.rule != "") == (1, True)
    assert open_ones(report) == then_open
    assert not is_answered(report)
    go_on(report)
    assert open_ones(report) == then_open


def test_an_incident_opened_again_by_words_says_by_whom(report, analyst, receipt):
    close(report, 3, by=analyst)
    tell(report, receipt)
    colleague = make.analyst()
    names = passages(report, by=colleague)
    put(report, {names["Pier"]: {3}, names["Quay"]: {2}}, by=colleague)

    with acting_as(Station.PIPELINE.context):
        assert Closing.objects.get(report=report).reopened_by == colleague
        line = Entry.objects.get(event=Event.WORDS_PLACED)
    assert line.details["incidents"] == ["2", "3"]
    assert line.details["reopened"] == ["3"]


def test_what_is_put_to_an_incident_meets_watches(report, analyst, receipt, harbor, valley):
    send(report, 2, harbor, by=analyst)
    send(report, 3, valley, by=analyst)
    watcher = make.officer(make.agency("river-police"))
    terms = Terms(
        until=today(),
        purpose=Purpose.INVESTIGATION,
        authority=Authority.DUTY,
        tells=Tells.AGENCY,
    )
    add_watch("second.pier@example.com", kind=Kind.EMAIL, terms=terms, by=watcher)
    tell(report, receipt)
    before = routes_asked_for(report)
    put(report, {passages(report, by=analyst)["Pier"]: {3}}, by=analyst)

    assert routes_asked_for(report) == before + 1
    take_first_step(report.pk)
    walk(report.pk)

    with acting_as(watcher.context):
        assert alerts_waiting(actor=watcher) == 1
    assert place(report) is None, "nothing of it waits by that"


def test_what_was_told_later_stands_behind_no_report_that_says_nearly_the_same(
    analyst, receipt, harbor
):
    text = f"{STORY} I saw an odd page about nets and boats, at the pier, every day of this week."
    first, second = (make.report(text, people=(), holder=one) for one in (None, receipt))
    assert place(second).behind_id == first.pk
    split_in_two(second, by=analyst)
    for number in (2, 3):
        send(second, number, harbor, by=analyst)

    tell(second, receipt)

    assert (place(second).open_incidents, place(second).behind_id) == (0, None)


def test_a_danger_that_is_put_to_an_incident_raises_who_has_it_and_nobody_else(
    calm, analyst, receipt, harbor, valley
):
    ours, theirs = send(calm, 2, harbor, by=analyst), send(calm, 3, valley, by=analyst)
    before = again(theirs)
    assert again(ours).band > "A"
    tell(calm, receipt, KNIFE)

    put(calm, {passages(calm, by=analyst)["He"]: {2}}, by=analyst)

    assert place(calm) is None
    risen = again(ours)
    assert (risen.band, risen.rule) == ("A", score(calm, 2).rule)
    assert risen.title == score(calm, 2).title != ours.title
    assert risen.answer_by < ours.answer_by
    after = again(theirs)
    assert (after.band, after.title, after.answer_by) == (
        before.band,
        before.title,
        before.answer_by,
    )


@pytest.mark.parametrize("number", [2, 3])
def test_the_whole_story_rises_with_any_incident_and_never_falls(
    calm, analyst, receipt, harbor, number
):
    whole = send(calm, 2, harbor, by=analyst, whole=WholeBecause.ONE_STORY)
    send(calm, 3, make.agency("lake-police"), by=analyst)
    tell(calm, receipt, KNIFE)
    put(calm, {passages(calm, by=analyst)["He"]: {number}}, by=analyst)
    risen = again(whole)
    assert (risen.band, risen.title) == ("A", score(calm, number).title)

    tell(calm, receipt, "Thank you.")
    put(calm, {passages(calm, by=analyst)["Thank"]: {5 - number}}, by=analyst)
    assert (again(whole).band, again(whole).rule) == ("A", risen.rule)

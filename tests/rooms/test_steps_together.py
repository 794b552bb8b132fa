"""Several steps of the route in one transaction; where one of them fails, each in its own."""

from collections import Counter
from contextlib import nullcontext

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from havre.agencies.models import Agency
from havre.audit.actions import action, record
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.identifiers.models import Mention
from havre.intake.later.reads import words_waiting
from havre.intake.reads import report_by_id
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.plumbing.queue import defer, waiting_for
from havre.plumbing.together.steps import in_one_go, read_once
from havre.triage.jurisdiction.actions import suggest_agencies
from havre.triage.models import QueueItem, Suggestion
from havre.triage.steps.absent import look_what_is_absent
from havre.wiring import route
from havre.wiring.route import PARTS, ROUTE, StepFailedError, place, walk
from tests import make

BY = Station.PIPELINE
NAMES = [name for name, _ in ROUTE]


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def report():
    return make.report(walks=False)


def lines(about, event: Event) -> list[Entry]:
    with acting_as(BY.context):
        return list(Entry.objects.filter(about=str(about), event=event).order_by("id"))


def steps_in_log(report) -> list[str]:
    return [line.details["step"] for line in lines(report.pk, Event.STEP_TAKEN)]


def done_steps(report) -> list[str]:
    with acting_as(BY.context):
        return QueueItem.objects.get(report=report).done_steps


def stumbling(monkeypatch, *names: str) -> list[str]:
    """Let these steps write what they write and then fail; gives those that were tried."""
    tried: list[str] = []

    def of(name, step):
        def stumble(report_id, *, by):
            step(report_id, by=by)
            tried.append(name)
            raise RuntimeError(name)

        return stumble if name in names else step

    parts = [[(name, of(name, step)) for name, step in part] for part in PARTS]
    monkeypatch.setattr(route, "PARTS", parts)
    return tried


def test_every_step_is_taken_and_leaves_its_line_in_order(report):
    walk(report.pk)

    assert steps_in_log(report) == NAMES == done_steps(report)
    for event in (Event.REPORT_QUEUED, Event.IDENTIFIERS_NOTED, Event.REPORT_SCORED):
        assert len(lines(report.pk, event)) == 1
    written = lines(report.pk, Event.STEP_TAKEN)
    assert {line.actor for line in written} == {BY.signature}
    assert len({bytes(line.salt) for line in written}) == len(written)
    assert {(line.about_kind, line.version, line.agency) for line in written} == {
        ("report", 1, None)
    }


def test_what_stands_in_the_queue_already_is_not_put_there_again(report):
    place(report.pk)
    walk(report.pk)

    assert len(lines(report.pk, Event.REPORT_QUEUED)) == 1
    assert steps_in_log(report) == NAMES == done_steps(report)


@pytest.mark.parametrize("failing", [("watches",), ("alike", "score"), ("link",), ("queue",)])
def test_a_step_that_fails_holds_back_no_other_and_keeps_nothing(report, monkeypatch, failing):
    place(report.pk)
    if failing == ("queue",):
        with acting_as(BY.context):
            QueueItem.objects.filter(report=report).update(done_steps=[])
    before = steps_in_log(report)
    tried = stumbling(monkeypatch, *failing)

    with pytest.raises(StepFailedError, match=failing[0]):
        walk(report.pk)

    others = [name for name in NAMES if name not in failing]
    assert [name for name in done_steps(report) if name not in failing] == others
    assert steps_in_log(report) == before + [n for n in others if n not in before]
    assert set(tried) == set(failing)
    if "score" in failing:
        assert lines(report.pk, Event.REPORT_SCORED) == []
    assert len(lines(report.pk, Event.IDENTIFIERS_NOTED)) == 1
    with acting_as(BY.context):
        assert Mention.objects.filter(record=report.pk).count() > 0


def test_after_its_last_try_the_report_is_parked_by_the_first_step_that_failed(report, monkeypatch):
    stumbling(monkeypatch, "agencies", "bundles")
    walk(report.pk, tries_so_far=3)
    with acting_as(BY.context):
        item = QueueItem.objects.get(report=report)
    assert (item.needs_attention, item.failed_step) == (True, "agencies")


def test_of_what_a_report_has_none_no_step_asks(report):
    place(report.pk)
    with CaptureQueriesContext(connection) as asked:
        walk(report.pk)
    tables = Counter(q["sql"].partition(' FROM "')[2].partition('"')[0] for q in asked)
    # Before the first step, and where one stands alone, it is asked for later words.
    assert tables["intake_message"] == 3
    assert not {"splits_part", "triage_closing", "triage_override"} & tables.keys()


def test_where_a_report_does_not_wait_nothing_is_taken_for_absent(report):
    """Who works on it at the same time does not wait for the step either."""
    with acting_as(BY.context), in_one_go():
        look_what_is_absent(report.pk)
        with CaptureQueriesContext(connection) as asked:
            words_waiting(report.pk, actor=BY)
    assert len(asked) == 1


def test_what_waited_for_the_end_of_a_block_that_failed_was_never_done():
    about = ids.uuid7()

    def write_and_stumble():
        with acting_as(BY.context), in_one_go():
            record(Event.STEP_TAKEN, about_kind="report", about=about, by=BY, step="one")
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - our own, from above
        write_and_stumble()
    assert lines(about, Event.STEP_TAKEN) == []


def test_who_else_acts_inside_writes_in_their_own_name():
    about = ids.uuid7()
    with acting_as(BY.context), in_one_go():
        record(Event.STEP_TAKEN, about_kind="report", about=about, by=BY, step="one")
        with acting_as(Station.SET_UP.context):
            record(
                Event.STEP_TAKEN, about_kind="report", about=about, by=Station.SET_UP, step="two"
            )
        record(Event.STEP_TAKEN, about_kind="report", about=about, by=BY, step="three")
    found = [(line.details["step"], line.actor) for line in lines(about, Event.STEP_TAKEN)]
    assert found == [("one", BY), ("two", Station.SET_UP), ("three", BY)]


def test_what_a_step_read_is_read_once_by_those_beside_it_and_by_nobody_after(report):
    reads = []

    def read():
        reads.append(1)
        return len(reads)

    with acting_as(BY.context):
        with in_one_go():
            assert [read_once("harbor", read) for _ in range(3)] == [1, 1, 1]
            with in_one_go():
                assert read_once("harbor", read) == 1, "a part of it shares it"
            assert report_by_id(report.pk, actor=BY) is report_by_id(report.pk, actor=BY)
        assert [read_once("harbor", read) for _ in range(2)] == [2, 3]
        with in_one_go():
            assert read_once("harbor", read) == 4


def test_a_change_of_the_directory_is_followed_at_once():
    of = make.report("He lives in Winnipeg, he said.")
    force = Agency.objects.filter(code="valley-police")
    (of_valley,) = force.values_list("pk", flat=True)

    def suggested() -> set:
        with acting_as(BY.context):
            suggest_agencies(of.pk, by=BY)
            return set(Suggestion.objects.filter(report=of).values_list("agency", flat=True))

    for region, is_its in (("MB", True), ("NS", False), ("MB", True), ("NS", False)):
        force.update(regions=[region], default_for=[region])
        assert (of_valley in suggested()) is is_its


def test_what_is_kept_until_when_comes_with_its_place(report, monkeypatch):
    day = clock.now().date()
    monkeypatch.setattr("havre.triage.actions.preserved_of", lambda _report, *, actor: day)
    place(report.pk)
    with acting_as(BY.context):
        assert QueueItem.objects.get(report=report).kept_until == day


def test_what_one_step_undid_of_its_own_undoes_nothing_of_the_others():
    """The driver lets the server forget its statements then; what waits is told anew."""
    about = ids.uuid7()

    def write(by=BY):
        record(Event.STEP_TAKEN, about_kind="report", about=about, by=by, step="one")

    def stumble():
        with acting_as(Station.SET_UP.context):
            write(Station.SET_UP)
            # As the driver does at a rollback; in tests what is planned outlives it.
            connection.cursor().execute("DEALLOCATE ALL")
            raise ValueError

    with acting_as(BY.context):
        with in_one_go():
            write()
        with in_one_go():
            write()
            with pytest.raises(ValueError):  # noqa: PT011 - our own, from above
                stumble()
    assert len(lines(about, Event.STEP_TAKEN)) == 2


@pytest.mark.parametrize("fails", [True, False])
def test_what_an_action_left_for_the_end_is_kept_with_it_or_undone_with_it(fails):
    about = ids.uuid7()

    @action(Event.STEP_TAKEN)
    def act(*, by):
        record(Event.STEP_TAKEN, about_kind="report", about=about, by=by, step="two")
        defer("learn", queue="route", report=str(about))
        if fails:
            raise ValueError

    with acting_as(BY.context), in_one_go():
        record(Event.STEP_TAKEN, about_kind="report", about=about, by=BY, step="one")
        with pytest.raises(ValueError) if fails else nullcontext():  # noqa: PT011 - our own
            act(by=BY)
    told = [line.details["step"] for line in lines(about, Event.STEP_TAKEN)]
    assert told == ["one", "two"][: 1 if fails else 2]
    assert (str(about) in waiting_for("learn", "report")) is not fails

"""Who has ended a job of the route goes on with the next in line; the line is the library's."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AppNotOpen
from procrastinate.sql import queries

from havre.audit.rules import Station
from havre.intake.models import Report
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.queue import defer
from havre.triage.models import QueueItem
from havre.wiring.line import going_on as line
from havre.wiring.line.at_once import for_all_that_wait
from havre.wiring.line.going_on import MOST, OVER, going_on, work_off_line
from havre.wiring.line.working import WorkerConnector
from havre.wiring.route import REST, REST_PRIORITY, TRIES
from tests import make

BY = Station.PIPELINE


@pytest.fixture(autouse=True)
def worker(db) -> int:
    make.directory()
    return asked("SELECT procrastinate_register_worker_v1()")[0][0]


def asked(sql: str, values=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def jobs() -> list[tuple]:
    """Each job's task, status and tries, in the order in which they came."""
    return asked("SELECT task_name, status, attempts FROM procrastinate_jobs ORDER BY id")


def context(worker: int, queue: str = "route", pk: int | None = None) -> SimpleNamespace:
    """What the library gives with a job that it took."""
    job = SimpleNamespace(queue=queue, worker_id=worker, id=pk)
    facts = {"app": app, "job": job}
    return SimpleNamespace(**facts, evolve=lambda **more: SimpleNamespace(**(facts | more)))


def reports(many: int) -> list[Report]:
    return [make.report(f"At pier {n}.", walks=False) for n in range(many)]


def test_every_report_in_line_is_placed_and_then_scored_and_each_job_is_ended_once(worker):
    filed = reports(3)

    assert work_off_line(context(worker)) == 6

    with acting_as(BY.context):
        items = list(QueueItem.objects.filter(report__in=filed))
    assert [bool(item.band) for item in items] == [True] * 3
    assert jobs() == [("route", "succeeded", 1)] * 3 + [(REST, "succeeded", 1)] * 3
    events = asked("SELECT type, count(*) FROM procrastinate_events GROUP BY type")
    assert dict(events) == {"deferred": 6, "started": 6, "succeeded": 6}


def test_so_many_at_most_are_worked_off_before_the_library_has_its_turn(worker):
    reports(MOST + 2)

    assert work_off_line(context(worker)) == MOST

    done = [("route", "succeeded", 1)] * MOST
    assert jobs() == done + [("route", "todo", 0)] * 2 + [(REST, "todo", 0)] * MOST


def test_what_comes_before_the_route_in_line_is_left_to_the_library(worker):
    reports(1)
    defer("page", queue="page", priority=100)
    assert work_off_line(context(worker)) == 0
    assert [status for _, status, _ in jobs()] == ["todo", "todo"]

    asked("UPDATE procrastinate_jobs SET priority = -5 WHERE task_name = 'page' RETURNING id")
    assert work_off_line(context(worker)) == 1
    # Its rest waits behind what is more urgent than that.
    assert jobs() == [("route", "succeeded", 1), ("page", "todo", 0), (REST, "todo", 0)]


def test_a_job_that_waits_for_another_or_for_its_time_is_not_taken(worker):
    reports(2)
    first = "(SELECT min(id) FROM procrastinate_jobs)"
    asked(f"UPDATE procrastinate_jobs SET lock = 'pier' WHERE id = {first} RETURNING id")
    assert work_off_line(context(worker)) == 0
    later = "scheduled_at = now() + interval '1 hour'"
    asked(f"UPDATE procrastinate_jobs SET lock = NULL, {later} RETURNING id")
    assert work_off_line(context(worker)) == 0
    assert [status for _, status, _ in jobs()] == ["todo", "todo"]


def test_a_job_that_fails_is_tried_again_later_and_holds_back_no_other(worker, monkeypatch):
    bad, good = reports(2)
    real = line.logger
    told = []
    monkeypatch.setattr(real, "error", lambda *words: told.append(words))

    def place(report, **_):
        if report == bad.pk:
            msg = "what a reporter typed"
            raise ValueError(msg)

    monkeypatch.setattr("havre.wiring.jobs.place", place)
    began = clock.now()

    assert work_off_line(context(worker)) == 2

    assert jobs() == [("route", "todo", 1), ("route", "succeeded", 1)]
    ((at,),) = asked("SELECT scheduled_at FROM procrastinate_jobs WHERE status = 'todo'")
    assert began + timedelta(seconds=2) < at < clock.now() + timedelta(seconds=4)
    assert "typed" not in repr(told)
    assert str(good.pk)


def test_a_job_that_was_tried_often_enough_has_failed(worker, monkeypatch):
    reports(1)
    asked("UPDATE procrastinate_jobs SET attempts = %s RETURNING id", [TRIES])
    monkeypatch.setattr("havre.wiring.jobs.place", lambda *_, **__: 1 / 0)
    work_off_line(context(worker))
    assert jobs() == [("route", "failed", TRIES + 1)]


def test_the_jobs_taken_belong_to_the_worker_and_go_to_another_when_it_dies(worker, monkeypatch):
    reports(1)
    taken = []
    find = "SELECT status, worker_id FROM procrastinate_jobs"
    monkeypatch.setattr("havre.wiring.jobs.place", lambda *_, **__: taken.extend(asked(find)))
    work_off_line(context(worker))
    assert taken == [("doing", worker)]


def test_the_rest_keeps_its_place_in_line_and_says_how_often_it_was_tried(worker, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "havre.wiring.jobs.walk", lambda _report, **facts: seen.append(facts["tries_so_far"])
    )
    (report,) = reports(1)
    asked("UPDATE procrastinate_jobs SET priority = 3, attempts = 2 RETURNING id")
    work_off_line(context(worker))
    ((priority,),) = asked("SELECT priority FROM procrastinate_jobs WHERE task_name = %s", [REST])
    assert (priority, seen) == (3 + REST_PRIORITY, [0])
    assert report.pk


@pytest.mark.parametrize(("queue", "times"), [("route", 1), ("sweep", 0)])
def test_who_lost_track_of_the_jobs_ends_and_only_the_route_goes_on(
    worker, monkeypatch, queue, times
):
    def away(*_):
        raise OperationalError

    monkeypatch.setattr(line, "ask_again", away)
    lost = []
    around = going_on(lambda: lost.append(1))
    assert around(lambda: "done", context(worker, queue), None) == "done"
    assert len(lost) == times


def test_who_cannot_write_the_end_of_a_job_that_failed_ends_too(worker, monkeypatch):
    """Else the job would stay "doing" for as long as this worker lives, its report nowhere."""
    reports(1)
    lost = []

    def stumble(*_, **__):
        # As after a failover, before the database may be written again.
        asked("SELECT set_config('transaction_read_only', 'on', true)")
        raise ValueError

    monkeypatch.setattr("havre.wiring.jobs.place", stumble)
    with transaction.atomic():
        going_on(lambda: lost.append(1))(lambda: "done", context(worker), None)
        transaction.set_rollback(True)
    assert lost == [1]


def test_a_job_of_the_librarys_that_fails_goes_on_with_none(worker):
    reports(1)
    with pytest.raises(ZeroDivisionError):
        going_on(lambda: None)(lambda: 1 / 0, context(worker), None)
    assert [status for _, status, _ in jobs()] == ["todo"]


def test_the_job_that_went_on_is_ended_before_the_next_is_begun(worker, monkeypatch):
    reports(2)
    ((first,),) = asked(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s"
        " WHERE id = (SELECT min(id) FROM procrastinate_jobs) RETURNING id",
        [worker],
    )
    seen = []
    monkeypatch.setattr("havre.wiring.jobs.place", lambda *_, **__: seen.extend(jobs()))

    assert work_off_line(context(worker, pk=first)) == 1

    assert seen == [("route", "succeeded", 1), ("route", "doing", 0)]
    # The library writes it no second time, which would be refused; of others it does.
    connector = WorkerConnector()
    finish = {"job_id": first, "status": "succeeded", "delete_job": False}
    asyncio.run(connector.execute_query_async(queries["finish_job"], **finish))
    assert first not in OVER
    with pytest.raises(AppNotOpen):
        asyncio.run(connector.execute_query_async(queries["finish_job"], **finish))


def test_one_job_does_what_all_were_asked_for_that_waited_when_it_began(worker):
    for _ in range(3):
        defer("page", queue="page")
    defer("notice", queue="sweep")
    asked("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = (SELECT min(id)"
          " FROM procrastinate_jobs) RETURNING id")  # fmt: skip

    with for_all_that_wait("page"):
        defer("page", queue="page")

    assert [job[:2] for job in jobs()] == [("page", "doing"), ("notice", "todo"), ("page", "todo")]


def test_where_that_one_fails_the_others_are_still_run(worker):
    for _ in range(2):
        defer("page", queue="page")

    with pytest.raises(RuntimeError), for_all_that_wait("page"):
        raise RuntimeError

    assert [job[:2] for job in jobs()] == [("page", "todo")] * 2

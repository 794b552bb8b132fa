"""The jobs of the route that stand in line: who has ended one goes on with the next itself.

To be given a job and to say that it ended takes the library's loop, its own connection and two
commits, and a report has two jobs: a quarter of what it cost. Here both are one statement. The line
is the library's: what it would give out next is taken, and only if that is a job of the route.
"""

import json
import logging
from collections.abc import Callable
from typing import Any

from django.db import Error
from procrastinate import JobContext
from procrastinate.jobs import Job
from procrastinate.worker import Worker

from havre.plumbing.context import drop_a_dead_connection
from havre.plumbing.pipes import ask_again

QUEUE = "route"
# After so many the library has its turn: it may have been asked to stop.
MOST = 20
GO_ON = """
WITH ended AS (
  UPDATE procrastinate_jobs SET status = 'succeeded', attempts = attempts + 1
  WHERE id = %(ended)s::bigint AND status = 'doing'
), first AS (
  SELECT id, queue_name, task_name, lock FROM procrastinate_jobs
  WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
  ORDER BY priority DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED
)
UPDATE procrastinate_jobs job SET status = 'doing', worker_id = %(worker)s::bigint
FROM first WHERE job.id = first.id AND first.lock IS NULL
  AND first.queue_name = %(queue)s::text AND first.task_name = ANY (%(tasks)s::text[])
RETURNING job.id, job.queue_name, job.task_name, job.priority, job.args::text, job.attempts,
  job.worker_id
"""
TRY_AGAIN = (
    "SELECT procrastinate_retry_job_v2("
    "%(job)s::bigint, %(at)s::timestamptz, NULL::integer, NULL::text, NULL::text)::text"
)
ENDED = (
    "SELECT procrastinate_finish_job_v1("
    "%(job)s::bigint, %(status)s::procrastinate_job_status, false)::text"
)

# The jobs that the library took and whose end is written: it need not write it again.
OVER: set[int] = set()

logger = logging.getLogger(__name__)


def going_on(lose_track: Callable[[], None]) -> Callable[..., Any]:
    """What the library runs around each job, in the job's own thread.

    `lose_track` is called where nobody can tell whether a job was taken, or its end written.
    """

    def go_on(run: Callable[[], Any], context: JobContext, _worker: Worker) -> object:
        result = run()
        if context.job.queue == QUEUE:
            try:
                work_off_line(context)
            except Error as error:
                logger.warning("the worker lost track of its jobs: %s", type(error).__name__)
                lose_track()
        return result

    return go_on


def work_off_line(context: JobContext) -> int:
    """Run the jobs that are next in line, so many at most. Gives how many.

    The job of `context` is done, and its end is written before another one is begun. What is taken
    here belongs to the same worker, so that it goes to another one if this one dies.
    """
    ended: int | None = context.job.id
    for count in range(MOST):
        job = next_in_line(context, ended)
        if count == 0 and context.job.id is not None:
            OVER.add(context.job.id)
        if job is None:
            return count
        ended = job.id if _is_well(context, job) else None
    if ended is not None:
        _asked(ENDED, job=ended, status="succeeded")
    return MOST


def next_in_line(context: JobContext, ended: int | None) -> Job | None:
    """Say that a job ended well, and take the next one, if it is one of the route's."""
    tasks = [name for name, task in context.app.tasks.items() if task.queue == QUEUE]
    worker = context.job.worker_id
    found = _asked(GO_ON, ended=ended, worker=worker, queue=QUEUE, tasks=tasks)
    for pk, queue, task, priority, told, attempts, owner in found:
        return Job(
            id=pk,
            queue=queue,
            task_name=task,
            priority=priority,
            task_kwargs=json.loads(told),
            attempts=attempts,
            worker_id=owner,
            lock=None,
            queueing_lock=None,
        )
    return None


def _is_well(context: JobContext, job: Job) -> bool:
    """Run a job; one that fails is tried again when its task says, by the library's own rule."""
    task = context.app.tasks[job.task_name]
    first = [context.evolve(job=job)] if task.pass_context else []
    try:
        task(*first, **job.task_kwargs)
    except Exception as error:  # noqa: BLE001 - whatever it is, the next job must go on
        logger.error("job %s of %s failed: %s", job.id, task.name, type(error).__name__)  # noqa: TRY400
        again = task.get_retry_exception(error, job)
        if again:
            _asked(TRY_AGAIN, job=job.id, at=again.retry_decision.retry_at)
        else:
            _asked(ENDED, job=job.id, status="failed")
        return False
    return True


def _asked(sql: str, **values: object) -> list[tuple[Any, ...]]:
    drop_a_dead_connection()
    return ask_again(sql, values)

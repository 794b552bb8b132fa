"""Hand work to the background: a job row that commits with the work that asked for it."""

import json

from django.db import connection

from havre.plumbing.together.gathered import run_last

# What the library's own function inserts. Its triggers, which wake the workers and note the event,
# are the table's; the function would run the same insert as a statement inside another.
DEFER = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, args)"
    " VALUES (%(queue)s::text, %(task)s::text, %(priority)s::integer, %(lock)s::text,"
    " %(arguments)s::jsonb)"
)

WAITING = (
    "SELECT DISTINCT args ->> %s::text FROM procrastinate_jobs"
    " WHERE task_name = %s AND status IN ('todo', 'doing')"
)


def defer(
    task: str, *, queue: str, priority: int = 0, lock: str | None = None, **arguments: str
) -> None:
    """Write the job row in the caller's transaction. Arguments are ids, never typed text.

    Jobs of a higher priority are taken first, older before younger; jobs of one `lock` never run
    at the same time.
    """
    told = {"queue": queue, "task": task, "priority": priority, "lock": lock}
    run_last(DEFER, {**told, "arguments": json.dumps(arguments)})


def waiting_for(task: str, argument: str) -> set[str]:
    """The values of an argument for which a job of this task still waits or runs."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [argument, task])
        return {value for (value,) in cursor.fetchall()}

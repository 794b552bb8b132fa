"""Hand work to the background: a job row that commits with the work that asked for it."""

import json

from django.db import connection

DEFER = (
    "SELECT procrastinate_defer_jobs_v1("
    "ARRAY[ROW(%s, %s, 0, NULL, NULL, %s, NULL)::procrastinate_job_to_defer_v1])"
)


def defer(task: str, *, queue: str, **arguments: str) -> None:
    """Write the job row in the caller's transaction. Arguments are ids, never typed text."""
    with connection.cursor() as cursor:
        cursor.execute(DEFER, [queue, task, json.dumps(arguments)])

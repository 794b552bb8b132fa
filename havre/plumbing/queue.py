"""Hand work to the background: a job row that commits with the work that asked for it."""

import json

from havre.plumbing.pipes import run_statement

DEFER = (
    "SELECT procrastinate_defer_jobs_v1("
    "ARRAY[ROW(%(queue)s::text, %(task)s::text, 0, NULL, NULL, %(arguments)s::jsonb, NULL)"
    "::procrastinate_job_to_defer_v1])"
)


def defer(task: str, *, queue: str, **arguments: str) -> None:
    """Write the job row in the caller's transaction. Arguments are ids, never typed text."""
    run_statement(DEFER, {"queue": queue, "task": task, "arguments": json.dumps(arguments)})

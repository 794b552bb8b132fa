"""Jobs of one kind that wait together: one of them does what all were asked for."""

from collections.abc import Iterator
from contextlib import contextmanager

from havre.plumbing.context import drop_a_dead_connection
from havre.plumbing.pipes import ask_again, run_statement

ALIKE = (
    "SELECT id FROM procrastinate_jobs"
    " WHERE task_name = %(task)s::text AND status = 'todo' AND args = '{}'::jsonb"
)
NEED_NOT = "DELETE FROM procrastinate_jobs WHERE id = ANY (%(jobs)s::bigint[]) AND status = 'todo'"


@contextmanager
def for_all_that_wait(task: str) -> Iterator[None]:
    """Let the block do at once what all jobs of a task that wait at this moment were asked for.

    For a task that is told nothing and does all that is due: whatever came with one of them is
    seen in the block. They go when it ended well, and stay when it failed.
    """
    drop_a_dead_connection()
    jobs = [pk for (pk,) in ask_again(ALIKE, {"task": task})]
    yield
    if jobs:
        run_statement(NEED_NOT, {"jobs": jobs})

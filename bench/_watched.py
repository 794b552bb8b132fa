"""A worker as it is run, which writes down what the processors did for each job.

Started by bench/replay.py and bench/steady.py: `python -m bench._watched FILE --concurrency=2`. Of
each job FILE has a line: its kind, the milliseconds of the thread that ran it, and those of the
server's process that answered that thread. What the library does between jobs is in neither.
"""

import argparse
import gc
import importlib
import inspect
import os
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any


def noting(file: Path, name: str, run: Callable[..., Any]) -> Callable[..., Any]:
    """The same job, which adds what it took to the file."""

    @wraps(run)
    def noted(*args: Any, **kwargs: Any) -> Any:
        from django.db import connection

        connection.ensure_connection()
        server = connection.connection.info.backend_pid
        ours, theirs = time.thread_time_ns(), served_ns(server)
        try:
            return run(*args, **kwargs)
        finally:
            ours = time.thread_time_ns() - ours
            theirs = max(served_ns(server) - theirs, 0)
            with file.open("a", encoding="utf-8") as told:
                told.write(f"{name} {ours / 1e6:.3f} {theirs / 1e6:.3f}\n")

    return noted


def served_ns(pid: int) -> int:
    """What a process has used; 0 where the system does not tell, or it has ended."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
    except OSError:
        return 0


def work(file: Path, *, concurrency: int) -> None:
    """Run jobs as `havre work` does, each of them noted."""
    from havre.plumbing import database
    from havre.wiring.cli import COLLECT_AFTER, start_django

    gc.set_threshold(COLLECT_AFTER)
    with database.database_at_hand("work_url") as addresses:
        os.environ.update(addresses.as_environment())
        start_django("work")
        from procrastinate.contrib.django import app

        for name, task in app.tasks.items():
            if not inspect.iscoroutinefunction(task.func):
                task.func = noting(file, name, task.func)
        importlib.import_module("havre.wiring.line.working").work(concurrency=concurrency)


def table(file: Path, reports: int) -> str:
    """For each kind of job how many a report caused, and what one of them took."""
    taken: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        name, ours, theirs = line.split()
        taken[name].append((float(ours), float(theirs)))
    rows = [("job", "a report", "Python ms", "PostgreSQL ms", "ms a report")]
    costs = {name: sum(map(sum, all_of)) for name, all_of in taken.items()}
    for name in sorted(taken, key=lambda name: -costs[name]):
        count = len(taken[name])
        ours, theirs = (sum(each) / count for each in zip(*taken[name], strict=True))
        row = (name, f"{count / reports:.2f}", f"{ours:.1f}", f"{theirs:.1f}")
        rows.append((*row, f"{costs[name] / reports:.1f}"))
    return "\n".join(f"{row[0]:<24}" + "".join(f"{cell:>15}" for cell in row[1:]) for row in rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--concurrency", type=int, default=2)
    chosen = parser.parse_args()
    work(chosen.file, concurrency=chosen.concurrency)

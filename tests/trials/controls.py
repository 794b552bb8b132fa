"""Negative controls: the kill trial must be able to see a loss. Run by hand, once.

python -m tests.trials.controls [a] [b] [c]

(a) `synchronous_commit=off`, set after the web has started, since it refuses to start with it;
    kill -9 of PostgreSQL. (b) the reference before the commit; kill -9 of the web. (c) as (b), with
    providers who file reports with files.
Each must lose what was acknowledged.
"""

import json
import os
import random
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from havre.plumbing import postgres
from havre.plumbing.environment import CLONE
from tests.trials.house_under_fire import House, Reporters, fetch, house_under_fire, until
from tests.trials.providers_under_fire import Providers, file_under_fire, losses

REPORTS = int(os.environ.get("HAVRE_TRIAL_REPORTS", "400"))
# As in careless.py, which starts Django when it is imported.
A_MOMENT_SECONDS = 0.1
KILLS = int(os.environ.get("HAVRE_TRIAL_KILLS", "8"))
PEOPLE = 8


class CarelessHouse(House):
    """A house whose web answers first and commits a moment later."""

    def start_web(self) -> None:
        words = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "8", "--no-ws"]
        with Path(self.environment["HAVRE_VAR"], "careless.log").open("ab") as log:
            self.web = subprocess.Popen(
                [
                    *(sys.executable, "-m", "granian", *words),
                    *("--host", "127.0.0.1", "--port", str(self.port)),
                    "tests.trials.careless:application",
                ],
                cwd=CLONE,
                env=self.environment | {"HAVRE_ACCOUNT": "app"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


def without_synchronous_commit(house: House) -> None:
    """From now on a commit is acknowledged before it is on disk."""
    with psycopg.connect(house.cluster.admin_url, autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {postgres.DATABASE} SET synchronous_commit = off")
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [postgres.DATABASE],
        )
    assert until(lambda: fetch(house, "GET", "/en/report")[0] == 200)


def killed_while_reporting(house: House, part: str, chance: random.Random) -> Reporters:
    """Eight people report until `REPORTS` references were shown; a part is killed now and then."""
    people, done = Reporters(house), threading.Event()

    def report() -> None:
        while not done.is_set():
            people.report(len(people.shown))

    threads = [threading.Thread(target=report) for _ in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for count in range(1, KILLS + 1):
        while len(people.shown) < REPORTS * count // (KILLS + 1):
            time.sleep(0.01)
        time.sleep(chance.random() * 0.3)
        house.kill(part)
    while len(people.shown) < REPORTS:
        time.sleep(0.01)
    done.set()
    for thread in threads:
        thread.join()
    return people


def lost(house: House, people: Reporters) -> set[str]:
    """References that somebody was shown and that are not stored."""
    stored = {reference for (reference,) in house.ask("SELECT reference FROM intake_report")}
    return set(people.shown.values()) - stored


def run(name: str, kind: type[House], part: str, prepare: Callable[[House], None]) -> bool:
    """One control: say how many were shown and lost, and whether it saw a loss."""
    seed = int(os.environ.get("HAVRE_TRIAL_SEED", str(secrets.randbits(32))))
    with tempfile.TemporaryDirectory() as folder, house_under_fire(folder, kind) as house:
        os.killpg(house.worker.pid, 9)  # jobs are not asked about here, and would commit in between
        prepare(house)
        people = killed_while_reporting(house, part, random.Random(seed))
        time.sleep(1)
        gone = lost(house, people)
    print(f"control ({name}): {len(people.shown)} shown, {len(gone)} lost", end="", flush=True)
    print(f" (seed {seed}, {people.tries} tries, {part} killed {len(house.kills)} times)")
    return bool(gone)


def run_with_files() -> bool:
    """Control (c): the careless web in front of providers."""
    seed = int(os.environ.get("HAVRE_TRIAL_SEED", str(secrets.randbits(32))))
    with tempfile.TemporaryDirectory() as folder, house_under_fire(folder, CarelessHouse) as house:
        key = moved_in(house)
        people = Providers(house, key, rest_seconds=2 * A_MOMENT_SECONDS)
        try:
            file_under_fire(people, reports=REPORTS // 10, strikes=["web"] * KILLS, seed=seed)
        except AssertionError as error:
            # A report that was acknowledged is unknown a moment later: the client itself notices.
            gone = [str(error)]
        else:
            gone = losses(people)
    told = f"{len(people.filed)} reports begun, {len(gone)} losses"
    print(f"control (c): {told} (seed {seed}, web killed {len(house.kills)} times)")
    print("\n".join(one[:200] for one in gone[:3]))
    return bool(gone)


def moved_in(house: House) -> str:
    """The people of the house move in; gives the provider's key."""
    command = [sys.executable, "-m", "tests.trials.residents"]
    environment = house.environment
    done = subprocess.run(command, cwd=CLONE, env=environment, check=True, capture_output=True)
    return json.loads(done.stdout)["key"]


def main(chosen: list[str]) -> int:
    """0 when every control that ran lost something."""
    controls = {
        "a": (House, "postgres", without_synchronous_commit),
        "b": (CarelessHouse, "web", lambda _house: None),
    }
    wanted = chosen or [*controls, "c"]
    results = [run(name, *controls[name]) for name in wanted if name in controls]
    results += [run_with_files()] if "c" in wanted else []
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
